// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks references: each reference, their number and their total duration.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/inspect.hpp>
#include <wan/model/limits.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/request/reference.hpp>
#include <wan/validation/detail/check_limits.hpp>
#include <wan/validation/detail/check_media.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

inline std::size_t count_of(const std::vector<reference>& references, reference_type type) noexcept {
    return static_cast<std::size_t>(std::count_if(references.begin(), references.end(),
                                                  [&](const reference& r) { return r.type == type; }));
}

/// Returns the total duration of the references of this type; nothing if one of the durations is unknown.
inline std::optional<std::chrono::milliseconds> total_duration(const std::vector<reference>& references,
                                                               reference_type type) {
    std::chrono::milliseconds sum{};
    for (const auto& each : references) {
        if (each.type != type) continue;
        const auto* const bytes = each.url.bytes().get();
        if (bytes == nullptr) return std::nullopt;
        const auto info =
            type == reference_type::reference_video ? inspect_clip(*bytes) : inspect_sound(*bytes);
        if (!info) return std::nullopt;
        sum += info->duration;
    }
    return sum;
}

/// Checks one reference.
class reference_check {
public:
    reference_check(const limit_report& report, const reference_limit& limit, std::size_t index) noexcept
        : report_(report), limit_(limit), index_(index) {}

    void operator()(const reference& each) const {
        if (to_wire(each.type).empty())
            return at("type", [&](const limit_report& r) {
                r.add(rule::one_of, "invalid type",
                      listed(wire_table<reference_type>, [](const auto& row) { return row.name; }));
            });
        at("url", [&](const limit_report& r) { check_url_of(r, each); });
        if (each.reference_voice)
            at("reference_voice", [&](const limit_report& r) {
                if (!limit_.reference_voice.offered()) return refuse(r);
                check_value(r, limit_.reference_voice, *each.reference_voice);
            });
        if (each.reference_description)
            at("reference_description", [&](const limit_report& r) {
                if (!limit_.reference_description) return refuse(r);
                (void)counted(r, *each.reference_description);
            });
    }

private:
    template <class Check>
    void at(std::string_view member, Check check) const {
        const auto name = name_of_element(report_.field, index_, member);
        auto own = report_;
        own.field = name;
        check(own);
    }

    static void refuse(const limit_report& r) {
        r.add(rule::not_offered, {}, {}, std::string{r.who} + " does not accept it; leave it unset");
    }

    static void refuse_type(const limit_report& r, reference_type type) {
        r.add(rule::not_offered, {}, {},
              std::string{r.who} + " does not accept a reference of type " + std::string{to_wire(type)} +
                  "; remove it");
    }

    void check_url_of(const limit_report& r, const reference& each) const {
        switch (each.type) {
        case reference_type::reference_image:
            return check_if_offered(r, limit_.reference_image, each.type, each.url);
        case reference_type::reference_video:
            return check_if_offered(r, limit_.reference_video, each.type, each.url);
        case reference_type::reference_audio:
            return check_if_offered(r, limit_.reference_audio, each.type, each.url);
        case reference_type::file: return check_file(r, each.url);
        case reference_type::link: break;
        }
        if (limit_.max_files == 0) return refuse_type(r, each.type);
        if (each.url.empty()) return r.add(rule::required, {}, "a URL: http or https", "missing");
        if (each.url.bytes() != nullptr)
            return r.add(rule::unsupported, {}, "a URL: http or https", "a link must be a URL, not bytes");
        wan::detail::check_url(r, {url_scheme::http, url_scheme::https}, each.url.url());
    }

    template <class Limit>
    static void check_if_offered(const limit_report& r, const Limit& limit, reference_type type,
                                 const media& medium) {
        if (!limit.offered()) return refuse_type(r, type);
        check_value(r, limit, medium);
    }

    void check_file(const limit_report& r, const media& file) const {
        if (!limit_.file.offered()) return refuse_type(r, reference_type::file);
        auto schemes = r.support.schemes;
        schemes.remove(url_scheme::data);
        if (file.empty()) return r.add(rule::required, {}, allowed_urls(schemes), "missing");
        if (file.bytes() == nullptr) return wan::detail::check_url(r, schemes, file.url());
        if (media_route_of(r.support, media_kind::recording, file) == media_route::none)
            return refuse_bytes(r, media_kind::recording, file);
        check_size(r, limit_.file.max_bytes, file.bytes()->size());
        const auto& endings = limit_.file.endings;
        const auto has = [&](std::string_view ending) {
            const std::string_view name = file.name();
            return name.size() > ending.size() &&
                   equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
        };
        if (std::none_of(endings.begin(), endings.end(), has))
            r.add(rule::one_of, printable(file.name()), "names that end with " + listed(endings),
                  file.name().empty() ? "a file without a name" : printable(file.name()));
    }

    const limit_report& report_;
    const reference_limit& limit_;
    std::size_t index_;
};

inline void check_counts(const field_report& report, const reference_limit& limit,
                         const std::vector<reference>& references) {
    using enum reference_type;
    const auto images = count_of(references, reference_image), videos = count_of(references, reference_video),
               audios = count_of(references, reference_audio), files = count_of(references, file),
               links = count_of(references, link);
    const auto at_most = [&](std::size_t count, int most, const std::string& what) {
        if (most > 0 && count > static_cast<std::size_t>(most))
            report.add(rule::range, std::to_string(count) + " " + what,
                       "at most " + std::to_string(most) + " " + what);
    };
    at_most(images, limit.max_images, "images");
    at_most(videos, limit.max_videos, "videos");
    at_most(audios, limit.max_audios, "sounds");
    at_most(files + links, limit.max_files, "files or links");
    at_most(images + videos, limit.max_images_and_videos, "images and videos");
    if (images + videos < static_cast<std::size_t>(limit.min_images_and_videos))
        report.add(rule::required, std::to_string(images + videos) + " images and videos",
                   "at least " + std::to_string(limit.min_images_and_videos));
}

inline void check_total(const field_report& report, const std::vector<reference>& references,
                        reference_type type, int most_seconds) {
    if (most_seconds == 0) return;
    const auto sum = total_duration(references, type);
    if (!sum || *sum <= std::chrono::seconds{most_seconds}) return;
    const auto shown = shown_seconds(*sum) + " of " + std::string{to_wire(type)};
    report.add(rule::range, shown, "at most " + std::to_string(most_seconds) + " seconds in total");
}

inline void check_value(const limit_report& report, const reference_limit& limit,
                        const std::vector<reference>& references) {
    std::size_t index = 0;
    for (const auto& each : references) reference_check{report, limit, index++}(each);
    check_counts(report, limit, references);
    check_total(report, references, reference_type::reference_video, limit.max_seconds_of_videos);
    check_total(report, references, reference_type::reference_audio, limit.max_seconds_of_audios);
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
