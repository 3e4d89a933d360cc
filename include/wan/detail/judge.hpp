// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One overload of `judge` per kind of limit: the column's type says how a value is judged.
#pragma once

#include <wan/detail/data_url.hpp>
#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/http/url.hpp>
#include <wan/media.hpp>
#include <wan/model/limits.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace wan::detail {

template <class Range, class Show>
std::string listed(const Range& values, Show show) {
    std::string text;
    std::size_t left = values.size();
    for (const auto& v : values) text.append(show(v)).append(left-- > 2 ? ", " : left == 1 ? " or " : "");
    return text;
}

/// Collects the violations of one field.
struct field_report {
    std::vector<violation>* violations;
    std::string_view field;
    std::string_view path;
    std::string_view who; ///< whose limit it is: the model
    wan::region where = region::unknown;
    set_of<url_scheme> schemes = {url_scheme::http, url_scheme::https, url_scheme::oss, url_scheme::data};

    void add(rule broken, std::string value, std::string allowed, std::string_view said,
             severity how_bad = severity::error) const {
        std::string message{field};
        message.append(": ").append(said);
        if (!allowed.empty()) message.append("; ").append(who).append(" takes ").append(allowed);
        violations->push_back({std::string{field}, std::string{path}, broken, std::move(value), std::move(allowed),
                               how_bad, std::move(message)});
    }

    /// Where the value itself says enough.
    void add(rule broken, std::string value, std::string allowed) const {
        const std::string said = value;
        add(broken, std::move(value), std::move(allowed), said);
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
    if (!limit.tiers.contains(tier))
        report.add(rule::one_of, name.empty() ? "no tier" : std::string{name}, allowed_tiers(limit));
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
    if (!limit.types.contains(type)) report.add(rule::one_of, std::string{to_wire(type)}, "single or multi");
}

/// The column of the model's own name: any text goes, new models appear every month.
inline void judge(const field_report& report, std::string_view, std::string_view model) {
    if (counted(report, model) && model.empty())
        report.add(rule::required, {}, {}, "is set but empty; leave it unset for the provider's default");
}

inline void judge_inline_image(const field_report& report, const image_limit& limit, std::string_view url) {
    const auto mime_type = [](std::string_view t) { return t; };
    const auto parts = split_data_url(url);
    if (!parts)
        return report.add(rule::url, printable(url), "data:image/...;base64,...", "not a base64 data URL");
    bool known_type = false;
    for (const auto type : limit.types) known_type = known_type || type == parts->type;
    if (!known_type) report.add(rule::one_of, printable(parts->type), listed(limit.types, mime_type));
    const auto bytes = base64_decoded_size(parts->base64);
    if (!bytes)
        report.add(rule::url, printable(url), "padded base64 (RFC 4648)",
                   parts->base64.empty() ? "a data URL without data" : "a data URL whose data is not base64");
    else if (*bytes > limit.max_bytes)
        report.add(rule::max_bytes, std::to_string(*bytes) + " bytes",
                   "at most " + std::to_string(limit.max_bytes) + " bytes");
}

/// What a medium may be named by, for a person.
inline std::string allowed_urls(set_of<url_scheme> schemes) {
    std::vector<std::string_view> forms;
    for (const auto& row : wire_table<url_scheme>)
        if (schemes.contains(row.value))
            forms.push_back(row.value == url_scheme::data ? "data:image/...;base64,..." : row.value == url_scheme::oss ? "oss://" : row.name);
    return "a URL: " + listed(forms, [](std::string_view form) { return form; });
}

/// A URL that can be fetched, of one of the schemes.
inline void judge_url(const field_report& report, set_of<url_scheme> schemes, std::string_view url) {
    const auto refuse = [&](std::string_view said) {
        report.add(rule::url, printable(url), allowed_urls(schemes), quoted(url) + " " + std::string{said});
    };
    for (const char c : url)
        if (is_control(c) || c == ' ') return refuse("has a space or control character");
    if (!counted(report, url)) return;
    const auto parts = parse_url(url);
    if (!parts) return refuse("is no complete URL");
    // Of a scheme in capitals only HTTP's own are sure to be understood.
    const auto is = [&](url_scheme s) { return schemes.contains(s) && equal_ignoring_case(parts->scheme, to_wire(s)); };
    if (!is(url_scheme::http) && !is(url_scheme::https) && !(schemes.contains(url_scheme::oss) && parts->scheme == "oss"))
        refuse("has a scheme that is not read there");
}

inline void judge(const field_report& report, const image_limit& limit, const media& image) {
    if (image.empty()) return report.add(rule::required, {}, allowed_urls(report.schemes), "missing");
    if (image.url().starts_with("data:") && report.schemes.contains(url_scheme::data))
        return judge_inline_image(report, limit, image.url());
    judge_url(report, report.schemes, image.url());
}

inline void judge(const field_report& report, const recording_limit&, const media& recording) {
    auto schemes = report.schemes;
    schemes.remove(url_scheme::data); // images alone can be sent along
    if (recording.empty()) return report.add(rule::required, {}, allowed_urls(schemes), "missing");
    judge_url(report, schemes, recording.url());
}

} // namespace wan::detail
