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
    {"audio", "Generate sound"},
    {"audio_setting", "auto generates new sound, origin keeps the sound of the video"},
    {"audio_url", "A sound file that the video follows"},
    {"driving_audio_url", "A sound file that the video follows"},
    {"duration", "Length of the video in seconds; -1 lets the model choose, if it can"},
    {"enable_thinking", "Let the model plan first"},
    {"first_clip_url", "The clip at the start of the video"},
    {"first_frame_url", "The first frame"},
    {"image_url", "The first frame"},
    {"last_frame_url", "The last frame"},
    {"model", "The model; if not set, the provider's default for this job"},
    {"negative_prompt", "What the video must not show"},
    {"prompt", "What happens in the video"},
    {"prompt_extend", "Let the provider rewrite the prompt"},
    {"ratio", "Aspect ratio, width to height"},
    {"references", "What the video shows: images, clips and sounds, numbered in order"},
    {"resolution", "Size tier of the video"},
    {"seed", "Makes results repeatable; random if not set"},
    {"shot_type", "One shot or several"},
    {"template", "A video effect"},
    {"video_url", "The video to edit"},
    {"watermark", "Mark the video as AI generated"},
};

} // namespace detail

WAN_DECL std::string_view description_of(std::string_view member) noexcept {
    for (const auto& row : detail::member_descriptions)
        if (row.member == member) return row.text;
    return {};
}

} // namespace wan::inline WAN_ABI
