// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/field_report.hpp>
#include <wan/detail/text.hpp>
#include <wan/json/detail/located_tree.hpp>
#include <wan/json/layout.hpp>
#include <wan/json/pick.hpp>
#include <wan/model/catalog_json.hpp>
#include <wan/model/detail/limit_json.hpp>
#include <wan/model/detail/row_mistakes.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

inline void check_row(limit_reader& reader, const std::string& place, const model_limits& row) {
    report_row_mistakes(
        row, [&](std::string_view member, rule broken, const std::string& given, std::string_view allowed) {
            reader.add(place + "." + std::string{member}, broken, given, std::string{allowed},
                       given.empty() ? "missing" : given);
        });
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
