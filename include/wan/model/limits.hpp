// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What a model accepts, as data: one column per member of the requests, named as the member.
#pragma once

#include <wan/reflect.hpp>
#include <wan/request/resolution.hpp>

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace wan {

/// Where a service runs. Key, endpoint and model must be of the same region.
enum class region { unknown, singapore, beijing, virginia, frankfurt };
BOOST_DESCRIBE_ENUM(region, unknown, singapore, beijing, virginia, frankfurt)

enum class job { keyframe_to_video };
BOOST_DESCRIBE_ENUM(job, keyframe_to_video)

/// A set of enumerators.
template <class E>
struct set_of {
    std::uint32_t bits = 0;

    constexpr set_of() = default;
    template <class... Es>
    constexpr set_of(E first, Es... others) : bits((bit(first) | ... | bit(others))) {}

    constexpr bool contains(E e) const noexcept { return (bits & bit(e)) != 0; }
    static constexpr std::uint32_t bit(E e) noexcept {
        const auto i = static_cast<unsigned>(e);
        return i < 32 ? std::uint32_t{1} << i : 0; // whatever was cast to an E
    }
};

/// A text of at most `max_characters` code points. Longer ones would be cut silently by the service.
struct text_limit {
    std::uint32_t max_characters;
};

/// Whole numbers from `min` to `max`.
struct range_limit {
    std::int64_t min;
    std::int64_t max;
};

/// The tiers a model offers, and the one it takes when none is asked for.
struct resolution_limit {
    set_of<resolution> tiers;
    resolution default_tier;
};

/// Video lengths in seconds: every whole number from `min` to `max` in steps of `step`.
struct duration_limit {
    int min;
    int max;
    int step;
    int default_seconds;
};

/// Input images. Where documents disagree the outer range is the rule and the inner one a warning.
struct image_limit {
    std::uint64_t max_bytes;
    range_limit side;                         ///< pixels, width and height each
    range_limit strict_side;                  ///< pixels, the narrowest range that any document states
    std::span<const std::string_view> types;  ///< MIME types
};

/// Video effects. No names: none are documented for this model.
struct template_limit {
    std::span<const std::string_view> names;
    set_of<region> regions; ///< where effects are offered
};

/// A switch that the model has.
struct flag_limit {};

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
    text_limit prompt;
    text_limit negative_prompt;
    template_limit template_;
    resolution_limit resolution;
    duration_limit duration;
    range_limit seed;
    flag_limit prompt_extend;
    flag_limit watermark;

    int output_fps;
    bool makes_sound;
    rate_limit rate;
    std::chrono::hours video_url_lifetime;
    std::string_view source;
};
BOOST_DESCRIBE_STRUCT(model_limits, (),
                      (model, jobs, regions, namesake, first_frame_url, last_frame_url, prompt, negative_prompt,
                       template_, resolution, duration, seed, prompt_extend, watermark, output_fps, makes_sound,
                       rate, video_url_lifetime, source))

} // namespace wan
