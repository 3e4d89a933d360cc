// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/field_report.hpp>
#include <wan/detail/text.hpp>
#include <wan/json/detail/located_tree.hpp>
#include <wan/json/layout.hpp>
#include <wan/json/pick.hpp>
#include <wan/model/catalog_json.hpp>
#include <wan/model/detail/limit_json.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

/// Checks rules that involve the whole row: required members and consistent values.
inline void check_row(limit_reader& reader, const std::string& place, const model_limits& row) {
    if (row.model.empty()) reader.add(place + ".model", rule::required, {}, "the model's name", "missing");
    if (row.jobs.bits == 0) reader.add(place + ".jobs", rule::required, {}, "at least one job", "missing");
    const auto& d = row.duration;
    const bool is_range = d.min <= d.max && d.step > 0 &&
                          (d.zero_is_all || (d.default_seconds >= d.min && d.default_seconds <= d.max));
    if (d.offered() && !is_range) {
        const auto given = std::to_string(d.min) + " to " + std::to_string(d.max) + " in steps of " +
                           std::to_string(d.step) + ", default " + std::to_string(d.default_seconds);
        reader.add(place + ".duration", rule::range, given,
                   "min <= default_seconds <= max, and a step above 0", given);
    }
    const auto& r = row.resolution;
    if (r.offered() && !r.tiers.contains(r.default_tier))
        reader.add(place + ".resolution.default_tier", rule::one_of, std::string{to_wire(r.default_tier)},
                   "one of its tiers", to_wire(r.default_tier));
}

inline void read_models(limit_reader& reader, const boost::json::value& root, model_catalog& into) {
    const auto* const fields = root.if_object();
    const auto* const models = fields != nullptr ? fields->if_contains("models") : nullptr;
    const auto* const rows = models != nullptr ? models->if_array() : nullptr;
    if (rows == nullptr)
        return reader.add("models", rule::type, {}, "{\"models\": [...]}", "is not an array of models");
    for (const auto& field : *fields)
        if (field.key() != "models") reader.add_unknown(std::string{std::string_view{field.key()}}, "models");
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const auto place = "models[" + std::to_string(i) + "]";
        model_limits row{};
        const auto before = reader.count();
        read_limit(reader, place, (*rows)[i], row);
        if (reader.count() != before) continue;
        check_row(reader, place, row);
        if (!names.insert(row.model).second)
            reader.add(place + ".model", rule::duplicate, printable(row.model), "one row per model",
                       printable(row.model) + " appears twice");
        into.add(row);
    }
}

} // namespace detail

WAN_DECL result<model_catalog> read_catalog(std::string_view text) {
    text = detail::without_bom(text);
    boost::json::parse_options options;
    options.max_depth = json::max_depth;
    boost::json::basic_parser<json::detail::located_tree_builder> parser{options};
    boost::system::error_code ec;
    auto& line = parser.handler().line;
    // The text is parsed line by line, so that the line of each value is known.
    while (!ec && !text.empty()) {
        const auto end = (std::min)(text.find('\n'), text.size() - 1) + 1;
        const auto parsed = parser.write_some(end < text.size(), text.data(), end, ec);
        if (!ec && parsed < end &&
            text.substr(parsed, end - parsed).find_first_not_of(" \t\r\n") != std::string_view::npos)
            ec = boost::json::error::extra_data;
        text.remove_prefix(end);
        if (!ec && !text.empty()) ++line;
        if (parser.done() && text.find_first_not_of(" \t\r\n") == std::string_view::npos) break;
    }
    if (!ec && !parser.done()) ec = boost::json::error::incomplete;
    std::vector<violation> found;
    if (ec) {
        detail::field_report{&found, "catalog", {}, {}}.add(rule::json, {}, "one JSON object",
                                                            "line " + std::to_string(line) +
                                                                ": invalid JSON (" + ec.message() + ")");
        return refusal(std::move(found));
    }
    model_catalog made;
    const auto root = parser.handler().tree().release();
    const auto lines = std::move(parser.handler()).lines();
    detail::limit_reader reader{found, lines, made};
    for (const auto& twice : std::move(parser.handler().tree()).duplicates())
        reader.add(twice.member, rule::duplicate, twice.key.value_or(std::string{}), {},
                   twice.key ? "contains " + quoted(*twice.key) + " twice; keep one"
                             : "appears twice; keep one");
    detail::read_models(reader, root, made);
    if (!found.empty()) return refusal(std::move(found));
    return made;
}

WAN_DECL std::string to_json(std::span<const model_limits> rows) {
    std::string text = "{\"models\": [";
    const char* between = "\n";
    for (const auto& row : rows) {
        text.append(between).append(boost::json::serialize(detail::json_of_limit(row)));
        between = ",\n";
    }
    return text.append("\n]}\n");
}

} // namespace wan::inline WAN_ABI
