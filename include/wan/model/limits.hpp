// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The limits of a model as data: one column per member of the requests, named like the member.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media.hpp>
#include <wan/model/region.hpp>
#include <wan/request/job.hpp>
#include <wan/set_of.hpp>

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

// One type for each kind of limit. A value-initialized limit means that the model does not accept the member.

/// A text of at most `max_characters` code points. The provider would silently truncate a longer text.
struct text_limit {
    std::uint32_t max_characters;             ///< code points
    std::uint32_t max_chinese_characters = 0; ///< limit of its Chinese characters; 0: no separate limit
    bool is_disputed = false;                 ///< documents disagree on whether the model accepts the member
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return max_characters != 0; }
};
BOOST_DESCRIBE_STRUCT(text_limit, (), (max_characters, max_chinese_characters, is_disputed))

/// The value of `max` if no document states a maximum.
inline constexpr std::int64_t no_limit = (std::numeric_limits<std::int64_t>::max)();

/// Integers from `min` to `max`.
struct range_limit {
    std::int64_t min; ///< the least accepted value
    std::int64_t max; ///< the greatest accepted value
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return max != 0; }
};
BOOST_DESCRIBE_STRUCT(range_limit, (), (min, max))

/// The tiers that a model offers, and its default tier.
struct resolution_limit {
    set_of<resolution> tiers;         ///< the accepted tiers
    resolution default_tier;          ///< used if the request sets no value
    set_of<resolution> disputed = {}; ///< also accepted according to some documents; causes a warning
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return tiers.bits != 0; }
    /// Returns the tier that the provider uses if the request sets no tier.
    constexpr resolution if_unset() const noexcept { return default_tier; }
    /// Returns whether there is more than one tier, so that the default matters.
    constexpr bool leaves_choice() const noexcept { return (tiers.bits & (tiers.bits - 1)) != 0; }
};
BOOST_DESCRIBE_STRUCT(resolution_limit, (), (tiers, default_tier, disputed))

/// The `duration` of a request that lets the model choose the duration. Only valid if
/// `duration_limit::model_may_choose` is set.
inline constexpr int model_chooses = -1;

/// One word from a list.
struct choice_limit {
    std::span<const std::string_view> words; ///< the accepted words
    std::string_view default_word;           ///< used if the request sets no value
    /// Also accepted according to some documents; causes a warning.
    std::span<const std::string_view> disputed = {};
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return !words.empty(); }
};
BOOST_DESCRIBE_STRUCT(choice_limit, (), (words, default_word, disputed))

/// Video durations in seconds: the integers from `min` to `max` in steps of `step`.
struct duration_limit {
    int min;                       ///< seconds
    int max;                       ///< seconds
    int step = 1;                  ///< seconds, counted from `min`
    int default_seconds;           ///< seconds, `min` to `max`; used if the request sets no value
    bool model_may_choose = false; ///< -1 lets the model choose
    bool zero_is_all = false;      ///< 0 keeps the duration of the video that is edited
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return max != 0; }
    /// Returns the duration that the provider uses if the request sets no duration.
    constexpr int if_unset() const noexcept { return default_seconds; }
    /// Returns whether there is more than one duration, so that the default matters.
    constexpr bool leaves_choice() const noexcept { return max > min; }
};
BOOST_DESCRIBE_STRUCT(duration_limit, (), (min, max, step, default_seconds, model_may_choose, zero_is_all))

/// Limits of an image. If documents disagree, a value outside the wider range is an error; a value outside
/// only the narrower range is a warning.
struct image_limit {
    std::uint64_t max_bytes; ///< file size; 1 MB in the documents is taken as 1024 * 1024 bytes
    range_limit side;        ///< width and height in pixels
    range_limit strict_side; ///< the narrowest range, in pixels, that any document states
    double max_ratio;        ///< ratio of longer to shorter side; 0: not documented
    std::span<const std::string_view> types; ///< MIME types
    bool takes_alpha = false;                ///< if false, an image with an alpha channel is invalid
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return !types.empty(); }
};
BOOST_DESCRIBE_STRUCT(image_limit, (), (max_bytes, side, strict_side, max_ratio, types, takes_alpha))

/// Limits of a sound or clip. No provider accepts a sound or clip within a request.
struct recording_limit {
    std::uint64_t max_bytes; ///< file size; 1 MB in the documents is taken as 1024 * 1024 bytes
    range_limit seconds;     ///< duration of the medium
    range_limit side;        ///< width and height in pixels; clips only
    double max_ratio;        ///< ratio of longer to shorter side; clips only
    std::span<const std::string_view> types; ///< MIME types
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return !types.empty(); }
};
BOOST_DESCRIBE_STRUCT(recording_limit, (), (max_bytes, seconds, side, max_ratio, types))

/// Limits of a document or web page on which a video is based.
struct document_limit {
    std::uint64_t max_bytes; ///< file size; 1 MB in the documents is taken as 1024 * 1024 bytes
    std::span<const std::string_view> endings; ///< accepted file extensions, such as ".pdf"
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return !endings.empty(); }
};
BOOST_DESCRIBE_STRUCT(document_limit, (), (max_bytes, endings))

/// The limits of each reference, and of the number of references. A maximum of 0 means that the model does
/// not accept references of that type.
struct reference_limit {
    image_limit reference_image = {};     ///< each image
    recording_limit reference_video = {}; ///< each video
    recording_limit reference_audio = {}; ///< each sound
    document_limit file = {};             ///< each document
    recording_limit reference_voice = {}; ///< the voice of a reference
    bool reference_description = false;   ///< whether a reference may have a description
    int max_images = 0;                   ///< in total
    int max_videos = 0;                   ///< in total
    int max_audios = 0;                   ///< in total
    int max_files = 0;                    ///< in total; a request may have files or links, but not both
    int max_images_and_videos = 0;        ///< in total; 0: no limit
    int min_images_and_videos = 0;        ///< in total
    int max_seconds_of_videos = 0;        ///< in total; 0: no limit
    int max_seconds_of_audios = 0;        ///< in total; 0: no limit
    /// The maximum duration of the generated video if there is a reference_video; 0: no separate maximum.
    int max_seconds_with_video = 0;
    bool excludes_frames = false; ///< a first frame and references are mutually exclusive
    /// The maximum duration of the reference videos and the generated video together; 0: no limit.
    int max_seconds_in_and_out = 0;
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return max_images + max_videos + max_audios + max_files != 0; }
};
BOOST_DESCRIBE_STRUCT(reference_limit, (),
                      (reference_image, reference_video, reference_audio, file, reference_voice,
                       reference_description, max_images, max_videos, max_audios, max_files,
                       max_images_and_videos, min_images_and_videos, max_seconds_of_videos,
                       max_seconds_of_audios, max_seconds_with_video, excludes_frames,
                       max_seconds_in_and_out))

/// Video effects. If `names` is empty, no effects are documented for this model.
struct template_limit {
    bool any;                                ///< whether the model has effects
    std::span<const std::string_view> names; ///< the documented effects
    set_of<region> regions;                  ///< the regions in which effects are offered; empty: any
    constexpr bool offered() const noexcept { return any; } ///< whether the model accepts the member
};
BOOST_DESCRIBE_STRUCT(template_limit, (), (any, names, regions))

/// The limit of a boolean member.
struct flag_limit {
    bool any;                                               ///< whether the model has this option
    constexpr bool offered() const noexcept { return any; } ///< whether the model accepts the member
};
BOOST_DESCRIBE_STRUCT(flag_limit, (), (any))

/// The accepted shot types.
struct shot_type_limit {
    set_of<shot_type> types; ///< the accepted types
    /// Returns whether the model accepts the member.
    constexpr bool offered() const noexcept { return types.bits != 0; }
};
BOOST_DESCRIBE_STRUCT(shot_type_limit, (), (types))

/// Rate limits of a main account, for all of its keys together. 0: not documented.
struct rate_limit {
    double submits_per_second; ///< requests that create a task
    int running_tasks;         ///< tasks that are accepted and have not ended
};
BOOST_DESCRIBE_STRUCT(rate_limit, (), (submits_per_second, running_tasks))

/// The size of the video for a tier and an aspect ratio.
struct video_shape {
    resolution tier;        ///< the tier of the request
    std::string_view ratio; ///< the ratio of the request, such as "16:9"
    std::string_view size;  ///< the size as written on the wire, such as "1280*720"
};
BOOST_DESCRIBE_STRUCT(video_shape, (), (tier, ratio, size))

/// The limits of one model of one provider family. \ref models shows them as a table.
/// Thread safety: a value; const access from several threads is safe.
struct model_limits {
    std::string_view model; ///< the model's name in requests, such as "wan2.7-i2v"
    set_of<job> jobs;       ///< the jobs that the model supports
    set_of<region> regions; ///< the regions in which the model is offered
    /// The regions for which the provider's document says whether the model is offered; empty: all regions.
    /// In other regions, it is unknown whether the model is offered.
    set_of<region> documented_regions;
    std::string_view namesake; ///< the same model's name in other regions; empty if it has no other name

    reference_limit references;        ///< for reference_to_video, video_edit
    image_limit first_frame_url;       ///< for keyframe_to_video, reference_to_video
    image_limit last_frame_url;        ///< for keyframe_to_video, video_continuation
    image_limit image_url;             ///< for image_to_video
    recording_limit first_clip_url;    ///< for video_continuation
    recording_limit video_url;         ///< for video_edit
    recording_limit driving_audio_url; ///< for keyframe_to_video
    recording_limit audio_url;         ///< for text_to_video, image_to_video
    flag_limit audio;                  ///< for all jobs except video_continuation and video_edit
    choice_limit audio_setting;        ///< for video_edit
    text_limit prompt;                 ///< for every job
    text_limit negative_prompt;        ///< for every job
    template_limit template_;          ///< for keyframe_to_video, image_to_video
    resolution_limit resolution;       ///< for every job
    choice_limit ratio;                ///< for all jobs except video_continuation
    duration_limit duration;           ///< for every job
    shot_type_limit shot_type;         ///< for text_to_video, image_to_video, reference_to_video
    range_limit seed;                  ///< for every job
    flag_limit enable_thinking;        ///< for all jobs except video_continuation and video_edit
    flag_limit prompt_extend;          ///< for every job
    flag_limit watermark;              ///< for every job

    std::span<const video_shape> shapes;   ///< for text_to_video, reference_to_video; empty: not documented
    int output_fps;                        ///< frames per second of the video
    bool makes_sound;                      ///< whether the video has sound unless the request disables it
    rate_limit rate;                       ///< the rate limits of an account
    std::chrono::hours video_url_lifetime; ///< counted from the end of the task; 0: not documented
    std::string_view source;               ///< the document that states these limits
};
BOOST_DESCRIBE_STRUCT(model_limits, (),
                      (model, jobs, regions, documented_regions, namesake, references, first_frame_url,
                       last_frame_url, image_url, first_clip_url, video_url, driving_audio_url, audio_url,
                       audio, audio_setting, prompt, negative_prompt, template_, resolution, ratio, duration,
                       shot_type, seed, enable_thinking, prompt_extend, watermark, shapes, output_fps,
                       makes_sound, rate, video_url_lifetime, source))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
