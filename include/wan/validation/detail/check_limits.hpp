// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One overload of `judge` per kind of limit: the column's type says how a value is judged.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/media/media_support.hpp>
#include <wan/model/limits.hpp>
#include <wan/printable.hpp>
#include <wan/wire_name.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

template <class Range, class Show>
std::string listed(const Range& values, Show show) {
    std::string text;
    std::size_t left = values.size();
    for (const auto& v : values) text.append(show(v)).append(left-- > 2 ? ", " : left == 1 ? " or " : "");
    return text;
}

/// Whether the rule is one of a model, so that a model which no table knows may well keep another.
constexpr bool is_limit_of_a_model(rule broken) noexcept {
    switch (broken) {
    case rule::max_length:
    case rule::range:
    case rule::one_of:
    case rule::max_bytes:
    case rule::region:
    case rule::not_offered:
    case rule::alpha: return true;
    default: return false;
    }
}

/// Collects the violations of one field.
struct field_report {
    std::vector<violation>* violations;
    std::string_view field;
    std::string_view path;
    std::string_view who; ///< whose limit it is: the model
    wan::region where = region::unknown;
    media_support ways = {};
    std::string_view file = {}; ///< its name, where bytes have one: messages show it
    bool is_known_model = true; ///< false: its limits are guessed from those of others, and only warn

    void add(rule broken, std::string value, std::string allowed, std::string_view said,
             severity how_bad = severity::error) const {
        if (!is_known_model && is_limit_of_a_model(broken)) how_bad = severity::warning;
        std::string message{field};
        message.append(": ");
        if (!file.empty()) message.append(printable(file, 200)).append(": ");
        message.append(said);
        if (!allowed.empty())
            message.append("; ")
                .append(is_known_model ? printable(who) : "known models")
                .append(is_known_model ? " takes " : " take ")
                .append(allowed);
        // The model's name, and whatever else comes from outside, may hold control characters.
        violations->push_back({printable(field, shown_whole), std::string{path}, broken,
                               printable(value, shown_whole), printable(allowed, shown_whole), how_bad,
                               printable(message, 4 * shown_whole)});
    }

    /// Where the value itself says enough.
    void add(rule broken, std::string value, std::string allowed) const {
        const std::string said = value;
        add(broken, std::move(value), std::move(allowed), said);
    }

    /// For what is wrong whatever the model.
    field_report of_any_model() const {
        auto own = *this;
        own.is_known_model = true;
        return own;
    }
};

/// The number of code points; reports and gives nothing if the text is not UTF-8.
inline std::optional<std::size_t> counted(const field_report& report, std::string_view text) {
    const auto count = code_points(text);
    if (!count) report.add(rule::encoding, printable(text), "valid UTF-8", quoted(text) + " is not UTF-8");
    return count;
}

inline void judge(const field_report& report, const text_limit& limit, std::string_view text) {
    const auto count = counted(report, text);
    if (count && *count > limit.max_characters)
        report.add(rule::max_length, std::to_string(*count) + " characters",
                   "at most " + std::to_string(limit.max_characters));
}

inline void judge(const field_report& report, const range_limit& limit, std::int64_t value) {
    if (value < limit.min || value > limit.max)
        report.add(rule::range, std::to_string(value),
                   std::to_string(limit.min) + " to " + std::to_string(limit.max));
}

inline std::string allowed_tiers(const resolution_limit& limit) {
    std::vector<std::string_view> names;
    for (const auto& row : wire_table<resolution>)
        if (limit.tiers.contains(row.value)) names.push_back(row.name);
    return listed(names, [](std::string_view name) { return name; });
}

inline void judge(const field_report& report, const resolution_limit& limit, resolution tier) {
    const auto name = to_wire(tier);
    if (name.empty())
        report.of_any_model().add(rule::one_of, "no tier", allowed_tiers(limit));
    else if (!limit.tiers.contains(tier))
        report.add(rule::one_of, std::string{name}, allowed_tiers(limit));
}

inline void judge(const field_report& report, const duration_limit& limit, int seconds) {
    if (seconds >= limit.min && seconds <= limit.max && (seconds - limit.min) % limit.step == 0) return;
    std::vector<int> lengths;
    for (int s = limit.min; s <= limit.max; s += limit.step) lengths.push_back(s);
    const auto number = [](int s) { return std::to_string(s); };
    const auto allowed = limit.step == 1 && limit.max > limit.min
                             ? number(limit.min) + " to " + number(limit.max)
                             : (lengths.size() == 1 ? "only " : "") + listed(lengths, number);
    report.add(rule::one_of, number(seconds) + " seconds", allowed + " seconds");
}

inline void judge(const field_report& report, const template_limit& limit, std::string_view name) {
    if (!counted(report, name)) return;
    bool known = limit.names.empty();
    for (const auto n : limit.names) known = known || n == name;
    const auto shown = quoted(name);
    if (!known)
        report.add(rule::unknown, printable(name), listed(limit.names, [](std::string_view n) { return n; }),
                   shown + " is no documented effect", severity::warning);
    if (report.where != region::unknown && !limit.regions.contains(report.where))
        report.add(rule::region, std::string{to_wire(report.where)}, {},
                   "effects of this model are documented for Beijing only", severity::warning);
}

inline void judge(const field_report&, const flag_limit&, bool) {}

inline void judge(const field_report& report, const shot_type_limit& limit, shot_type type) {
    const auto name = to_wire(type);
    if (name.empty())
        report.of_any_model().add(rule::one_of, "no type of shot", "single or multi");
    else if (!limit.types.contains(type))
        report.add(rule::one_of, std::string{name}, "single or multi");
}

/// The column of the model's own name: any text goes, new models appear every month.
inline void judge(const field_report& report, std::string_view, std::string_view model) {
    if (counted(report, model) && model.empty())
        report.add(rule::required, {}, {}, "is set but empty; leave it unset for the provider's default");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
