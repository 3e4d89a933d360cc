// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks the rules of a job that involve several members.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/request/job.hpp>
#include <wan/validation/detail/check_limits.hpp>
#include <wan/validation/detail/check_media.hpp>
#include <wan/validation/detail/check_references.hpp>
#include <wan/validation/validation_target.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

inline limit_report report_for(const validation_target& target, std::vector<violation>& found,
                               std::string_view field) {
    return {{.violations = &found,
             .field = field,
             .path = target.path_of ? target.path_of(field) : std::string_view{},
             .who = target.model,
             .is_known_model = find_model(target.catalog, target.model) != nullptr},
            target.region,
            target.support};
}

/// Checks the rules that involve several members.
class together {
public:
    together(const validation_target& target, const model_limits& row, std::vector<violation>& found)
        : target_(target), row_(row), found_(found) {}

    /// Most jobs have no such rules.
    template <class Request>
    void check_value(const Request&) const {}

    void check_value(const text_to_video& request) const {
        using t = text_to_video;
        if (request.audio && request.audio_url)
            warn<&t::audio>(
                rule::ignored,
                "set together with audio_url; the provider uses only one of them, so set only one");
        if (request.shot_type && request.prompt_extend == false)
            warn<&t::shot_type>(rule::ignored, no_extension);
        if (request.ratio) check_shape(*request.ratio, request.resolution);
    }

    void check_value(const reference_to_video& request) const {
        using r = reference_to_video;
        const auto& limit = row_.references;
        if (request.references.empty())
            report_for(target_, found_, member_name<&r::references>)
                .add(rule::required, {}, {}, "missing; set it");
        if (limit.excludes_frames && request.first_frame_url)
            report_for(target_, found_, member_name<&r::first_frame_url>)
                .add(rule::not_offered, {}, {},
                     std::string{target_.model} + " accepts either frames or references, not both");
        if (request.shot_type && request.prompt_extend == false)
            warn<&r::shot_type>(rule::ignored, no_extension);
        if (request.ratio) check_shape(*request.ratio, request.resolution);
        const auto videos = count_of(request.references, reference_type::reference_video);
        const auto seconds = request.duration.value_or(row_.duration.default_seconds);
        if (limit.max_seconds_with_video != 0 && videos != 0 && seconds > limit.max_seconds_with_video)
            report_for(target_, found_, member_name<&r::duration>)
                .add(rule::range, std::to_string(seconds) + " seconds",
                     "at most " + std::to_string(limit.max_seconds_with_video) +
                         " seconds with a reference_video");
        check_in_and_out(request, seconds);
        const auto files = count_of(request.references, reference_type::file),
                   links = count_of(request.references, reference_type::link);
        if (files != 0 && links != 0)
            report_for(target_, found_, member_name<&r::references>)
                .add(rule::range, "a file and a link", "only one of them");
        if (files + links != 0 && request.prompt_extend == false)
            warn<&r::prompt_extend>(
                rule::ignored, "the provider reads files and links only when prompt_extend is true; set it "
                               "to true");
    }

    void check_value(const keyframe_to_video& request) const {
        using k = keyframe_to_video;
        if (request.template_ && request.prompt) warn<&k::prompt>(rule::ignored, has_template);
        if (request.template_ && request.last_frame_url)
            warn<&k::last_frame_url>(rule::ignored, has_template);
        // For a model that does only this job, the API reference calls the last frame optional, but the guide
        // calls it required.
        if (!request.template_ && !request.last_frame_url &&
            row_.jobs.bits == set_of<job>{job::keyframe_to_video}.bits)
            warn<&k::last_frame_url>(
                rule::required, "not set, but some of the provider's documents require it; set it, or test "
                                "without it");
    }

    void check_value(const image_to_video& request) const {
        using i = image_to_video;
        if (request.template_ && request.prompt) warn<&i::prompt>(rule::ignored, has_template);
        // Documents disagree on whether audio or audio_url takes precedence.
        if (request.audio && request.audio_url)
            warn<&i::audio>(
                rule::ignored,
                "set together with audio_url; the provider uses only one of them, so set only one");
        if (request.shot_type && request.prompt_extend == false)
            warn<&i::shot_type>(rule::ignored, no_extension);
    }

    void check_value(const video_continuation& request) const {
        if (request.first_clip_url.bytes() == nullptr) return;
        const auto clip = inspect_clip(*request.first_clip_url.bytes());
        const auto seconds = request.duration.value_or(row_.duration.default_seconds);
        if (!clip || clip->duration < std::chrono::seconds{seconds}) return;
        const auto shown = std::to_string(seconds) + " seconds";
        report_for(target_, found_, member_name<&video_continuation::duration>)
            .add(rule::range, shown, {},
                 shown + " in total, but the given clip alone lasts " + shown_seconds(clip->duration) +
                     "; set a longer duration",
                 severity::warning);
    }

private:
    void check_in_and_out(const reference_to_video& request, int seconds) const {
        const auto most = row_.references.max_seconds_in_and_out;
        const auto given = total_duration(request.references, reference_type::reference_video);
        if (most == 0 || !given || *given == std::chrono::milliseconds{}) return;
        const auto sum = *given + std::chrono::seconds{(std::max)(seconds, row_.duration.min)};
        if (sum > std::chrono::seconds{most})
            report_for(target_, found_, member_name<&reference_to_video::duration>)
                .add(rule::range, shown_seconds(sum) + " with the reference videos",
                     "at most " + std::to_string(most) + " seconds with them");
    }

    /// Reports a ratio that the model supports, but not at this tier: there is no size for this combination.
    void check_shape(std::string_view ratio, std::optional<resolution> asked) const {
        const auto tier = asked.value_or(row_.resolution.default_tier);
        std::vector<std::string_view> ratios;
        for (const auto& shape : row_.shapes)
            if (shape.tier == tier) ratios.push_back(shape.ratio);
        const auto& words = row_.ratio.words;
        const bool is_one = std::find(words.begin(), words.end(), ratio) != words.end();
        if (!is_one || ratios.empty() || std::find(ratios.begin(), ratios.end(), ratio) != ratios.end())
            return;
        report_for(target_, found_, member_name<&text_to_video::ratio>)
            .add(rule::unsupported, printable(ratio), listed(ratios) + " at " + std::string{to_wire(tier)});
    }

    template <auto Member>
    void warn(rule broken, std::string_view said) const {
        report_for(target_, found_, member_name<Member>).add(broken, {}, {}, said, severity::warning);
    }

    static constexpr std::string_view no_extension =
        "the provider ignores it when prompt_extend is false; leave it unset, or set prompt_extend to true";
    static constexpr std::string_view has_template =
        "the provider ignores it when template is set; leave one of the two unset";

    const validation_target& target_;
    const model_limits& row_;
    std::vector<violation>& found_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
