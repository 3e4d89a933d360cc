// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks values: one overload of `check_value` for each kind of limit, selected by the column's type.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/field_report.hpp>
#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/media/media_support.hpp>
#include <wan/model/limits.hpp>
#include <wan/model/region.hpp>
#include <wan/printable.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// A report of one field, for checks against a model's limits.
struct limit_report : field_report {
    wan::region where = region::unknown;
    media_support support = {};
};

/// No document states how mixed texts are counted. Treating a Chinese character as two characters is a guess.
inline void check_chinese(const field_report& report, const text_limit& limit, std::string_view text,
                          std::size_t characters) {
    if (limit.max_chinese_characters == 0 || characters > limit.max_characters) return;
    const auto chinese = chinese_characters(text);
    const bool are_too_many = chinese > limit.max_chinese_characters;
    if (!are_too_many && characters + chinese <= limit.max_characters) return;
    const auto value = std::to_string(chinese) + " Chinese characters";
    if (are_too_many)
        report.add(rule::max_length, value,
                   "at most " + std::to_string(limit.max_chinese_characters) + " Chinese characters",
                   value + " among " + std::to_string(characters));
    else
        report.add(rule::max_length, value, "at most " + std::to_string(limit.max_characters),
                   std::to_string(characters) + " characters, " + std::to_string(chinese) +
                       " of them Chinese, may be counted as " + std::to_string(characters + chinese),
                   severity::warning);
}

/// Reports only a warning, because documents disagree: an error could reject a valid request.
inline void warn_of_dispute(const field_report& report, rule broken, std::string_view value) {
    const auto what = value.empty() ? std::string{"it; leave it unset, or test it"}
                                    : printable(value) + "; use another value, or test it";
    report.add(broken, printable(value), {},
               "the provider's documents disagree on whether " + printable(report.who) + " accepts " + what,
               severity::warning);
}

inline void check_value(const field_report& report, const text_limit& limit, std::string_view text) {
    const auto count = counted(report, text);
    if (!count) return;
    check_chinese(report, limit, text, *count);
    if (*count > limit.max_characters)
        report.add(rule::max_length, std::to_string(*count) + " characters",
                   "at most " + std::to_string(limit.max_characters));
    if (limit.is_disputed) warn_of_dispute(report, rule::not_offered, {});
}

inline void check_value(const field_report& report, const range_limit& limit, std::int64_t value) {
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

inline void check_value(const field_report& report, const resolution_limit& limit, resolution tier) {
    const auto name = to_wire(tier);
    if (name.empty())
        report.of_any_model().add(rule::one_of, "invalid tier", allowed_tiers(limit));
    else if (limit.disputed.contains(tier))
        warn_of_dispute(report, rule::one_of, name);
    else if (!limit.tiers.contains(tier))
        report.add(rule::one_of, std::string{name}, allowed_tiers(limit));
}

inline void check_value(const field_report& report, const choice_limit& limit, std::string_view word) {
    if (!counted(report, word)) return;
    const auto is_in = [&](std::span<const std::string_view> words) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (is_in(limit.disputed))
        warn_of_dispute(report, rule::one_of, word);
    else if (!is_in(limit.words))
        report.add(rule::one_of, printable(word), listed(limit.words));
}

inline void check_value(const field_report& report, const duration_limit& limit, int seconds) {
    if (limit.model_may_choose && seconds == model_chooses) return;
    if (limit.zero_is_all && seconds == 0) return;
    const int step = (std::max)(limit.step, 1);
    if (seconds >= limit.min && seconds <= limit.max && (seconds - limit.min) % step == 0) return;
    std::vector<int> lengths;
    for (int s = limit.min; s <= limit.max; s += step) lengths.push_back(s);
    const auto number = [](int s) { return std::to_string(s); };
    const auto allowed = step == 1 && limit.max > limit.min
                             ? number(limit.min) + " to " + number(limit.max)
                             : (lengths.size() == 1 ? "only " : "") + listed(lengths, number);
    report.add(rule::one_of, number(seconds) + " seconds",
               allowed + " seconds" + (limit.model_may_choose ? ", or -1 to let the model choose" : "") +
                   (limit.zero_is_all ? ", or 0 to keep the length of the video" : ""));
}

inline std::string allowed_regions(set_of<region> regions) {
    std::vector<std::string_view> names;
    for (const auto& row : wire_table<region>)
        if (regions.contains(row.value)) names.push_back(row.name);
    return listed(names);
}

inline void check_value(const limit_report& report, const template_limit& limit, std::string_view name) {
    if (!counted(report, name)) return;
    bool known = limit.names.empty();
    for (const auto n : limit.names) known = known || n == name;
    const auto shown = quoted(name);
    if (!known)
        report.add(rule::unknown, printable(name), listed(limit.names, [](std::string_view n) { return n; }),
                   shown + " is not a documented effect", severity::warning);
    if (report.where != region::unknown && limit.regions.bits != 0 && !limit.regions.contains(report.where))
        report.add(rule::region, std::string{to_wire(report.where)}, {},
                   "the provider documents effects of this model for " + allowed_regions(limit.regions) +
                       " only, not for " + std::string{to_wire(report.where)} +
                       "; use another region, or test it",
                   severity::warning);
}

inline void check_value(const field_report&, const flag_limit&, bool) {}

inline std::string allowed_types(const shot_type_limit& limit) {
    std::vector<std::string_view> names;
    for (const auto& row : wire_table<shot_type>)
        if (limit.types.contains(row.value)) names.push_back(row.name);
    return listed(names);
}

inline void check_value(const field_report& report, const shot_type_limit& limit, shot_type type) {
    const auto name = to_wire(type);
    if (name.empty())
        report.of_any_model().add(rule::one_of, "invalid shot type", allowed_types(limit));
    else if (!limit.types.contains(type))
        report.add(rule::one_of, std::string{name}, allowed_types(limit));
}

/// Checks the model's name. Any text is accepted, because new models appear every month.
inline void check_value(const field_report& report, std::string_view, std::string_view model) {
    if (counted(report, model) && model.empty())
        report.add(rule::required, {}, {}, "set but empty; leave it unset for the provider's default");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
