// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What a model accepts, as data: one column per member of the requests, named as the member.
#pragma once

#include <wan/media.hpp>
#include <wan/model/region.hpp>
#include <wan/reflect.hpp>
#include <wan/request/job.hpp>
#include <wan/set_of.hpp>

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace wan {

// One type per kind of limit. A value-initialised limit says that the model does not take the member at all.

/// A text of at most `max_characters` code points. Longer ones would be cut silently by the service.
struct text_limit {
    std::uint32_t max_characters;
    constexpr bool offered() const noexcept { return max_characters != 0; }
};

/// Whole numbers from `min` to `max`.
struct range_limit {
    std::int64_t min;
    std::int64_t max;
    constexpr bool offered() const noexcept { return max != 0; }
};

/// The tiers a model offers, and the one it takes when none is asked for.
struct resolution_limit {
    set_of<resolution> tiers;
    resolution default_tier;
    constexpr bool offered() const noexcept { return tiers.bits != 0; }
    constexpr resolution if_unset() const noexcept { return default_tier; }
};

/// Video lengths in seconds: every whole number from `min` to `max` in steps of `step`.
struct duration_limit {
    int min;
    int max;
    int step;
    int default_seconds;
    constexpr bool offered() const noexcept { return max != 0; }
    constexpr int if_unset() const noexcept { return default_seconds; }
};

/// Images. Where documents disagree the outer range is the rule and the inner one a warning.
struct image_limit {
    std::uint64_t max_bytes;
    range_limit side;                        ///< pixels, width and height each
    range_limit strict_side;                 ///< pixels, the narrowest range that any document states
    int max_ratio;                           ///< of the longer to the shorter side; 0: not documented
    std::span<const std::string_view> types; ///< MIME types
    bool takes_alpha = false;
    constexpr bool offered() const noexcept { return !types.empty(); }
};

/// Sounds and clips. No service takes them within a request.
struct recording_limit {
    std::uint64_t max_bytes;
    range_limit seconds;
    range_limit side;                        ///< pixels, width and height each; of clips
    int max_ratio;                           ///< of the longer to the shorter side; of clips
    std::span<const std::string_view> types; ///< MIME types
    constexpr bool offered() const noexcept { return !types.empty(); }
};

/// Video effects. No names: none are documented for this model.
struct template_limit {
    bool any;
    std::span<const std::string_view> names;
    set_of<region> regions; ///< where effects are offered
    constexpr bool offered() const noexcept { return any; }
};

/// A switch.
struct flag_limit {
    bool any;
    constexpr bool offered() const noexcept { return any; }
};

/// A choice of shots.
struct shot_type_limit {
    set_of<shot_type> types;
    constexpr bool offered() const noexcept { return types.bits != 0; }
};

/// Requests per second and tasks at once, per main account over all of its keys. 0: not documented.
struct rate_limit {
    double submits_per_second;
    int running_tasks;
};

/// One model of one provider family.
struct model_limits {
    std::string_view model;
    set_of<job> jobs;
    set_of<region> regions;
    std::string_view namesake; ///< the same model's name in other regions; empty if it has none

    image_limit first_frame_url;
    image_limit last_frame_url;
    image_limit image_url;
    recording_limit first_clip_url;
    recording_limit driving_audio_url;
    recording_limit audio_url;
    flag_limit audio;
    text_limit prompt;
    text_limit negative_prompt;
    template_limit template_;
    resolution_limit resolution;
    duration_limit duration;
    shot_type_limit shot_type;
    range_limit seed;
    flag_limit prompt_extend;
    flag_limit watermark;

    int output_fps;
    bool makes_sound;
    rate_limit rate;
    std::chrono::hours video_url_lifetime; ///< 0: not documented
    std::string_view source;
};
BOOST_DESCRIBE_STRUCT(model_limits, (),
                      (model, jobs, regions, namesake, first_frame_url, last_frame_url, image_url, first_clip_url,
                       driving_audio_url, audio_url, audio, prompt, negative_prompt, template_, resolution, duration,
                       shot_type, seed, prompt_extend, watermark, output_fps, makes_sound, rate, video_url_lifetime,
                       source))

} // namespace wan
