// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One overload of `check_value` per kind of limit: the column's type says how a value is checked.
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

/// Collects the violations of one field that a model's limits are held against.
struct limit_report : field_report {
    wan::region where = region::unknown;
    media_support support = {};
};

/// How a mixed text is counted is not documented: that a Chinese character takes the room of two is a guess.
inline void check_chinese(const field_report& report, const text_limit& limit, std::string_view text,
                          std::size_t characters) {
    if (limit.max_chinese_characters == 0 || characters > limit.max_characters) return;
    const auto chinese = chinese_characters(text);
    const bool are_too_many = chinese > limit.max_chinese_characters;
    if (are_too_many || characters + chinese > limit.max_characters)
        report.add(rule::max_length, std::to_string(chinese) + " Chinese characters",
                   "at most " + std::to_string(limit.max_chinese_characters) + " Chinese characters",
                   std::to_string(chinese) + " Chinese characters of " + std::to_string(characters),
                   are_too_many ? severity::error : severity::warning);
}

/// Documents disagree: an error would refuse what may be right.
inline void warn_of_dispute(const field_report& report, rule broken, std::string_view value) {
    const auto what = value.empty() ? std::string{"it"} : printable(value);
    report.add(broken, printable(value), {},
               "documents disagree whether " + printable(report.who) + " takes " + what, severity::warning);
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
        report.of_any_model().add(rule::one_of, "no tier", allowed_tiers(limit));
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
    if (seconds >= limit.min && seconds <= limit.max && (seconds - limit.min) % limit.step == 0) return;
    std::vector<int> lengths;
    for (int s = limit.min; s <= limit.max; s += limit.step) lengths.push_back(s);
    const auto number = [](int s) { return std::to_string(s); };
    const auto allowed = limit.step == 1 && limit.max > limit.min
                             ? number(limit.min) + " to " + number(limit.max)
                             : (lengths.size() == 1 ? "only " : "") + listed(lengths, number);
    report.add(rule::one_of, number(seconds) + " seconds",
               allowed + " seconds" + (limit.model_may_choose ? ", or -1: the model chooses" : "") +
                   (limit.zero_is_all ? ", or 0: all" : ""));
}

inline void check_value(const limit_report& report, const template_limit& limit, std::string_view name) {
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

inline void check_value(const field_report&, const flag_limit&, bool) {}

inline void check_value(const field_report& report, const shot_type_limit& limit, shot_type type) {
    const auto name = to_wire(type);
    if (name.empty())
        report.of_any_model().add(rule::one_of, "no type of shot", "single or multi");
    else if (!limit.types.contains(type))
        report.add(rule::one_of, std::string{name}, "single or multi");
}

/// The column of the model's own name: any text goes, new models appear every month.
inline void check_value(const field_report& report, std::string_view, std::string_view model) {
    if (counted(report, model) && model.empty())
        report.add(rule::required, {}, {}, "is set but empty; leave it unset for the provider's default");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
