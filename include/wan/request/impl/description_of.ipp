// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/request/description_of.hpp>

namespace wan::inline WAN_ABI {

namespace detail {

struct member_description {
    std::string_view member;
    std::string_view text;
};

inline constexpr member_description member_descriptions[] = {
    {"audio", "Make sound"},
    {"audio_setting", "auto makes sound anew, origin keeps that of the video"},
    {"audio_url", "A sound that the video follows"},
    {"driving_audio_url", "A sound that the video follows"},
    {"duration", "How long the video is, in seconds; -1, where the model may choose"},
    {"enable_thinking", "Let the model plan first"},
    {"first_clip_url", "The clip that the video begins with"},
    {"first_frame_url", "The first frame"},
    {"image_url", "The first frame"},
    {"last_frame_url", "The last frame"},
    {"model", "Not set: the provider's for this job"},
    {"negative_prompt", "What must not be seen"},
    {"prompt", "What happens"},
    {"prompt_extend", "Let the service rewrite the prompt"},
    {"ratio", "Width to height"},
    {"references", "What the video shows: images, clips and sounds, numbered in their order"},
    {"resolution", "The tier of the video's size"},
    {"seed", "Makes results repeatable; random if not set"},
    {"shot_type", "One shot, or several"},
    {"template", "A video effect"},
    {"video_url", "The video that is changed"},
    {"watermark", "Mark the video as AI generated"},
};

} // namespace detail

WAN_DECL std::string_view description_of(std::string_view member) noexcept {
    for (const auto& row : detail::member_descriptions)
        if (row.member == member) return row.text;
    return {};
}

} // namespace wan::inline WAN_ABI
