// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks media that are given as URLs or as bytes.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/detail/text.hpp>
#include <wan/http/base64.hpp>
#include <wan/http/detail/private_host.hpp>
#include <wan/http/url.hpp>
#include <wan/media/detail/base64_text.hpp>
#include <wan/media/detail/data_url.hpp>
#include <wan/media/inspect.hpp>
#include <wan/media/media_support.hpp>
#include <wan/model/detail/offering_services.hpp>
#include <wan/model/limits.hpp>
#include <wan/printable.hpp>
#include <wan/validation/detail/check_limits.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns the accepted forms of URLs, for messages.
inline std::string allowed_urls(set_of<url_scheme> schemes) {
    std::vector<std::string_view> forms;
    for (const auto& row : wire_table<url_scheme>)
        if (schemes.contains(row.value))
            forms.push_back(row.value == url_scheme::data  ? "data:image/...;base64,..."
                            : row.value == url_scheme::oss ? "oss://"
                                                           : row.name);
    if (forms.empty()) return "no URL";
    return "a URL: " + listed(forms, [](std::string_view form) { return form; });
}

/// Returns whether the provider's table is the program's own, which may be incomplete.
constexpr bool has_custom_table(const media_support& support) noexcept {
    return support.service != media_support{}.service && !is_built_in(support.service);
}

/// Checks that the text is a URL that can be fetched, with one of the schemes.
inline void check_url(const limit_report& report, set_of<url_scheme> schemes, std::string_view url) {
    const auto refuse = [&](std::string_view said) {
        report.add(rule::url, printable(url), allowed_urls(schemes), quoted(url) + " " + std::string{said});
    };
    for (const char c : url)
        if (is_control(c) || c == ' ') return refuse("contains a space or a control character");
    if (!counted(report, url)) return;
    if (has_scheme(url, "file")) return refuse("is a local file; pass its bytes with wan::media::owned");
    const auto parts = parse_url(url);
    if (!parts && url.find("://") == std::string_view::npos)
        return refuse(
            "is not a complete URL; if it is a file path, pass the file's bytes with wan::media::owned");
    if (!parts) return refuse("is not a complete URL");
    const auto is = [&](url_scheme s) {
        return schemes.contains(s) && equal_ignoring_case(parts->scheme, to_wire(s));
    };
    if (!is(url_scheme::http) && !is(url_scheme::https) && !is(url_scheme::oss))
        return refuse(has_custom_table(report.support)
                          ? "has a scheme that is not in the table's media_schemes"
                          : "has an unsupported scheme");
    if (report.support.is_remote && !is(url_scheme::oss) && is_private_host(parts->host))
        report.add(
            rule::url, printable(url), {},
            quoted(url) + " is a local address, which " + std::string{report.support.service} +
                " cannot reach; pass the file itself (in C++ with wan::media::owned), or use a public URL",
            severity::warning);
}

inline std::string listed_types(std::span<const std::string_view> types) {
    return listed(types, [](std::string_view type) { return type; });
}
inline bool is_listed(std::span<const std::string_view> types, std::string_view type) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

/// Returns an aspect ratio for messages, such as "16:1" or "1:8.3".
inline std::string shown_ratio(frame_size size) {
    const auto longer = (std::max)(size.width, size.height), shorter = (std::min)(size.width, size.height);
    auto text = std::to_string(longer / shorter);
    if (const auto tenths = std::uint64_t{longer % shorter} * 10 / shorter; tenths != 0)
        text.append(1, '.').append(std::to_string(tenths));
    return size.width >= size.height ? text + ":1" : "1:" + text;
}
inline std::string shown_size(frame_size size) {
    return std::to_string(size.width) + "x" + std::to_string(size.height);
}

inline void check_frame(const field_report& report, frame_size size, const range_limit& side,
                        const range_limit& strict_side, double max_ratio) {
    const auto fits = [&](const range_limit& limit) {
        const auto in = [&](std::uint32_t n) { return n >= limit.min && n <= limit.max; };
        return !limit.offered() || (in(size.width) && in(size.height));
    };
    const auto pixels = [](const range_limit& limit) {
        const auto least = std::to_string(limit.min);
        return limit.max == no_limit ? "sides of at least " + least + " pixels"
                                     : "sides of " + least + " to " + std::to_string(limit.max) + " pixels";
    };
    const auto shown = shown_size(size) + " pixels";
    if (!fits(side))
        report.add(rule::range, shown, pixels(side));
    else if (!fits(strict_side))
        report.add(rule::range, shown, pixels(strict_side) + ", according to some documents", shown,
                   severity::warning);
    const auto longer = (std::max)(size.width, size.height), shorter = (std::min)(size.width, size.height);
    const auto most = shown_number(max_ratio);
    if (max_ratio > 0 && longer > shorter * max_ratio)
        report.add(rule::range, shown_ratio(size), "ratios from 1:" + most + " to " + most + ":1",
                   shown + ", " + shown_ratio(size));
}

inline void check_size(const field_report& report, std::uint64_t max_bytes, std::uint64_t bytes) {
    if (bytes > max_bytes)
        report.add(rule::max_bytes, std::to_string(bytes) + " bytes",
                   "at most " + std::to_string(max_bytes) + " bytes");
}

/// The announced type of a medium: from a data URL, or from the extension of a file's name.
struct declared_type {
    std::string_view type; ///< empty: no type was announced
    std::string_view said;
    severity how_bad;
};

/// The bytes are sent with their actual type, so a wrong name causes only a warning.
inline declared_type declared_by_name(std::string_view name) noexcept {
    for (const auto& row : file_endings)
        if (name.size() > row.ending.size() &&
            equal_ignoring_case(name.substr(name.size() - row.ending.size()), row.ending))
            return {row.type, row.ending, severity::warning};
    return {};
}

/// Returns whether the medium has one of the types. If not, reports the reason.
template <class Info>
bool check_type(const field_report& report, const inspected<Info>& info,
                std::span<const std::string_view> types, const declared_type& declared) {
    if (!info) {
        const auto& why = info.error();
        const bool is_unknown = why.problem == inspect_problem::unknown_format;
        report.add(is_unknown ? rule::one_of : rule::unreadable,
                   why.format ? std::string{mime_type(*why.format)} : std::string{}, listed_types(types),
                   to_string(why));
        return false;
    }
    const auto type = mime_type(info->format);
    if (!is_listed(types, type)) {
        report.add(rule::one_of, std::string{type}, listed_types(types));
        return false;
    }
    if (!declared.type.empty() && declared.type != type)
        report.add(rule::type, std::string{type}, {},
                   "labelled " + std::string{declared.said} + " but contains " + std::string{type} +
                       "; correct the name or type",
                   declared.how_bad);
    return true;
}

inline void check_bytes(const field_report& report, const image_limit& limit, const byte_source& bytes,
                        const declared_type& declared) {
    check_size(report, limit.max_bytes, bytes.size());
    const auto info = inspect_image(bytes);
    if (!check_type(report, info, limit.types, declared)) return;
    check_frame(report, info->size, limit.side, limit.strict_side, limit.max_ratio);
    if (!info->has_alpha || limit.takes_alpha) return;
    // The documents mention only PNG.
    const auto type = std::string{mime_type(info->format)};
    report.add(rule::alpha, type + " with an alpha channel", "images without an alpha channel",
               type + " with an alpha channel; remove it, for example with ImageMagick: `convert IN "
                      "-background white -alpha remove -alpha off PNG24:OUT`",
               info->format == media_format::png ? severity::error : severity::warning);
}

/// Returns a duration for messages, such as "12.5 seconds".
inline std::string shown_seconds(std::chrono::milliseconds time) {
    auto text = std::to_string(time.count() / 1000);
    if (auto rest = std::to_string(1000 + time.count() % 1000).substr(1); rest != "000") {
        while (rest.ends_with('0')) rest.pop_back();
        text.append(1, '.').append(rest);
    }
    return text + " seconds";
}

inline void check_bytes(const field_report& report, const recording_limit& limit, const byte_source& bytes,
                        const declared_type& declared) {
    check_size(report, limit.max_bytes, bytes.size());
    const auto info = limit.side.offered() ? inspect_clip(bytes) : inspect_sound(bytes);
    if (!check_type(report, info, limit.types, declared)) return;
    const auto least = std::chrono::seconds{limit.seconds.min},
               most = std::chrono::seconds{limit.seconds.max};
    if (info->duration < least || info->duration > most) {
        const auto shown = (info->is_estimate ? "about " : "") + shown_seconds(info->duration);
        report.add(rule::range, shown,
                   std::to_string(least.count()) + " to " + std::to_string(most.count()) + " seconds",
                   info->is_estimate ? shown + ", estimated from its headers" : shown,
                   info->is_estimate ? severity::warning : severity::error);
    }
    if (info->size) check_frame(report, *info->size, limit.side, {}, limit.max_ratio);
}

inline void check_data_url(const field_report& report, const image_limit& limit, std::string_view url) {
    const auto parts = split_data_url(url);
    if (!parts)
        return report.add(rule::url, printable(url), "data:image/...;base64,...", "not a base64 data URL");
    const auto type = usual_type(parts->type);
    const bool is_of_a_type = is_listed(limit.types, type);
    if (!is_of_a_type)
        report.add(rule::one_of, printable(parts->type), listed_types(limit.types),
                   parts->type.empty() ? "a data URL without a type" : printable(parts->type));
    if (!is_of_a_type && report.is_known_model) return;
    const auto size = base64_decoded_size(parts->base64);
    if (!size)
        return report.add(rule::url, printable(url), "padded base64 (RFC 4648)",
                          parts->base64.empty() ? "a data URL without data"
                                                : "a data URL whose data is not base64");
    if (!is_of_a_type) return;
    check_bytes(report, limit, base64_text{parts->base64, *size}, {type, type, severity::error});
}

/// Reports that the provider does not accept the bytes, and says what to do instead.
inline void refuse_bytes(const limit_report& report, media_kind kind, const media& medium) {
    const auto& support = report.support;
    std::string said{medium.name().empty() ? "the bytes" : printable(medium.name())};
    said.append(medium.transfer() == media_transfer::upload && !support.has_store ? " cannot be uploaded: "
                                                                                  : " cannot be sent: ")
        .append(support.service);
    if (!support.has_store && kind == media_kind::image && support.schemes.contains(url_scheme::data)) {
        said.append(" has no file store; send it in the request");
    } else if (!support.has_store) {
        said.append(" accepts only URLs; host the file where the provider can fetch it by http or https, and "
                    "pass that URL");
        if (has_custom_table(support))
            said.append(kind == media_kind::image
                            ? ". If the provider does accept base64 images, add url_scheme::data to "
                              "media_schemes in its table"
                            : ". If the provider does store files, its table needs an upload route");
    } else {
        said.append(" does not accept such data in a request; upload it");
    }
    report.add(rule::unsupported, printable(medium.name()), {}, said);
}

template <class Limit>
void check_medium(const limit_report& report, const Limit& limit, const media& medium, media_kind kind,
                  set_of<url_scheme> schemes) {
    if (medium.empty()) return report.add(rule::required, {}, allowed_urls(schemes), "missing");
    if (media_route_of(report.support, kind, medium) == media_route::none) refuse_bytes(report, kind, medium);
    if (medium.bytes() != nullptr) {
        auto named = report;
        named.file = medium.name();
        return check_bytes(named, limit, *medium.bytes(), declared_by_name(medium.name()));
    }
    constexpr bool takes_data_urls = requires { check_data_url(report, limit, medium.url()); };
    if constexpr (takes_data_urls)
        if (has_scheme(medium.url(), "data") && schemes.contains(url_scheme::data))
            return check_data_url(report, limit, medium.url());
    check_url(report, schemes, medium.url());
}

inline void check_value(const limit_report& report, const image_limit& limit, const media& image) {
    check_medium(report, limit, image, media_kind::image, report.support.schemes);
}

inline void check_value(const limit_report& report, const recording_limit& limit, const media& recording) {
    auto schemes = report.support.schemes;
    schemes.remove(url_scheme::data); // only images can be sent within a request
    check_medium(report, limit, recording, media_kind::recording, schemes);
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
