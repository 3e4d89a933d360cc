// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What a model accepts, as data: one column per member of the requests, named as the member.
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

// One type per kind of limit. A value-initialised limit says that the model does not take the member at all.

/// A text of at most `max_characters` code points. Longer ones would be cut silently by the service.
struct text_limit {
    std::uint32_t max_characters;             ///< code points
    std::uint32_t max_chinese_characters = 0; ///< of a text with Chinese characters; 0: the same
    bool is_disputed = false; ///< documents disagree whether the model takes the member at all
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return max_characters != 0; }
};
BOOST_DESCRIBE_STRUCT(text_limit, (), (max_characters, max_chinese_characters, is_disputed))

/// A `max` that no document states.
inline constexpr std::int64_t no_limit = (std::numeric_limits<std::int64_t>::max)();

/// Whole numbers from `min` to `max`.
struct range_limit {
    std::int64_t min; ///< the least that is taken
    std::int64_t max; ///< the most that is taken
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return max != 0; }
};
BOOST_DESCRIBE_STRUCT(range_limit, (), (min, max))

/// The tiers a model offers, and the one it takes when none is asked for.
struct resolution_limit {
    set_of<resolution> tiers;         ///< that can be asked for
    resolution default_tier;          ///< taken when none is
    set_of<resolution> disputed = {}; ///< beside `tiers`, by some documents: a warning
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return tiers.bits != 0; }
    /// What the service takes where the request says nothing.
    constexpr resolution if_unset() const noexcept { return default_tier; }
    /// False: there is one tier, so that nothing is left to the service.
    constexpr bool leaves_choice() const noexcept { return (tiers.bits & (tiers.bits - 1)) != 0; }
};
BOOST_DESCRIBE_STRUCT(resolution_limit, (), (tiers, default_tier, disputed))

/// A duration that leaves the length to the model, where `duration_limit::model_may_choose`.
inline constexpr int model_chooses = -1;

/// One word of a list.
struct choice_limit {
    std::span<const std::string_view> words; ///< that can be asked for
    std::string_view default_word;           ///< taken when none is
    /// Beside `words`, by some documents: a warning.
    std::span<const std::string_view> disputed = {};
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return !words.empty(); }
};
BOOST_DESCRIBE_STRUCT(choice_limit, (), (words, default_word, disputed))

/// Video lengths in seconds: every whole number from `min` to `max` in steps of `step`.
struct duration_limit {
    int min;                       ///< seconds
    int max;                       ///< seconds
    int step;                      ///< seconds; from `min` on
    int default_seconds;           ///< taken when no length is asked for
    bool model_may_choose = false; ///< -1 leaves the length to the model
    bool zero_is_all = false;      ///< 0 keeps the length of the video that is edited
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return max != 0; }
    /// What the service takes where the request says nothing.
    constexpr int if_unset() const noexcept { return default_seconds; }
    /// False: there is one length, so that nothing is left to the service.
    constexpr bool leaves_choice() const noexcept { return max > min; }
};
BOOST_DESCRIBE_STRUCT(duration_limit, (), (min, max, step, default_seconds, model_may_choose, zero_is_all))

/// Images. Where documents disagree the outer range is the rule and the inner one a warning.
struct image_limit {
    std::uint64_t max_bytes;                 ///< of the file; the documents' MB are 1024 * 1024
    range_limit side;                        ///< pixels, width and height each
    range_limit strict_side;                 ///< pixels, the narrowest range that any document states
    double max_ratio;                        ///< of the longer to the shorter side; 0: not documented
    std::span<const std::string_view> types; ///< MIME types
    bool takes_alpha = false;                ///< an image with an alpha channel is refused otherwise
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return !types.empty(); }
};
BOOST_DESCRIBE_STRUCT(image_limit, (), (max_bytes, side, strict_side, max_ratio, types, takes_alpha))

/// Sounds and clips. No service takes them within a request.
struct recording_limit {
    std::uint64_t max_bytes;                 ///< of the file; the documents' MB are 1024 * 1024
    range_limit seconds;                     ///< how long it plays
    range_limit side;                        ///< pixels, width and height each; of clips
    double max_ratio;                        ///< of the longer to the shorter side; of clips
    std::span<const std::string_view> types; ///< MIME types
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return !types.empty(); }
};
BOOST_DESCRIBE_STRUCT(recording_limit, (), (max_bytes, seconds, side, max_ratio, types))

/// Documents and web pages that a video refers to.
struct document_limit {
    std::uint64_t max_bytes;                   ///< of the file; the documents' MB are 1024 * 1024
    std::span<const std::string_view> endings; ///< of the file's name, ".pdf"
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return !endings.empty(); }
};
BOOST_DESCRIBE_STRUCT(document_limit, (), (max_bytes, endings))

/// References: what each may be, and how many there may be. A count of 0: the model does not take the type.
struct reference_limit {
    image_limit reference_image = {};     ///< each image
    recording_limit reference_video = {}; ///< each video
    recording_limit reference_audio = {}; ///< each sound
    document_limit file = {};             ///< each document
    recording_limit reference_voice = {}; ///< of one reference
    bool reference_description = false;   ///< whether one reference may have it
    int max_images = 0;                   ///< in all
    int max_videos = 0;                   ///< in all
    int max_audios = 0;                   ///< in all
    int max_files = 0;                    ///< each a file or a link: one excludes the other
    int max_images_and_videos = 0;        ///< together; 0: no matter
    int min_images_and_videos = 0;        ///< together
    int max_seconds_of_videos = 0;        ///< together; 0: no matter
    int max_seconds_of_audios = 0;        ///< together; 0: no matter
    int max_seconds_with_video = 0; ///< of the video that is made, where there is a reference_video; 0: as
                                    ///< without
    bool excludes_frames = false;   ///< no first frame beside references
    int max_seconds_in_and_out = 0; ///< of the reference videos and the video that is made, together; 0: no
                                    ///< matter
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return max_images + max_videos + max_audios + max_files != 0; }
};
BOOST_DESCRIBE_STRUCT(reference_limit, (),
                      (reference_image, reference_video, reference_audio, file, reference_voice,
                       reference_description, max_images, max_videos, max_audios, max_files,
                       max_images_and_videos, min_images_and_videos, max_seconds_of_videos,
                       max_seconds_of_audios, max_seconds_with_video, excludes_frames,
                       max_seconds_in_and_out))

/// Video effects. No names: none are documented for this model.
struct template_limit {
    bool any;                                               ///< whether there are effects
    std::span<const std::string_view> names;                ///< that are documented
    set_of<region> regions;                                 ///< where effects are offered
    constexpr bool offered() const noexcept { return any; } ///< false: the model does not take the member
};
BOOST_DESCRIBE_STRUCT(template_limit, (), (any, names, regions))

/// A switch.
struct flag_limit {
    bool any;                                               ///< whether there is one
    constexpr bool offered() const noexcept { return any; } ///< false: the model does not take the member
};
BOOST_DESCRIBE_STRUCT(flag_limit, (), (any))

/// A choice of shots.
struct shot_type_limit {
    set_of<shot_type> types; ///< that can be asked for
    /// False: the model does not take the member.
    constexpr bool offered() const noexcept { return types.bits != 0; }
};
BOOST_DESCRIBE_STRUCT(shot_type_limit, (), (types))

/// Requests per second and tasks at once, per main account over all of its keys. 0: not documented.
struct rate_limit {
    double submits_per_second; ///< requests that create a task
    int running_tasks;         ///< accepted and not at their ends
};
BOOST_DESCRIBE_STRUCT(rate_limit, (), (submits_per_second, running_tasks))

/// The size of the video for a tier and a ratio.
struct video_shape {
    resolution tier;        ///< of the request
    std::string_view ratio; ///< of the request, "16:9"
    std::string_view size;  ///< as services write it, "1280*720"
};
BOOST_DESCRIBE_STRUCT(video_shape, (), (tier, ratio, size))

/// One model of one provider family. As a table: \ref models.
struct model_limits {
    std::string_view model; ///< as requests name it, "wan2.7-i2v"
    set_of<job> jobs;       ///< what it makes
    set_of<region> regions; ///< where it is offered
    /// Of which its document says whether it is offered there; empty: of all. Elsewhere it may be offered.
    set_of<region> documented_regions;
    std::string_view namesake; ///< the same model's name in other regions; empty if it has none

    reference_limit references;        ///< of reference_to_video, video_edit
    image_limit first_frame_url;       ///< of keyframe_to_video, reference_to_video
    image_limit last_frame_url;        ///< of keyframe_to_video, video_continuation
    image_limit image_url;             ///< of image_to_video
    recording_limit first_clip_url;    ///< of video_continuation
    recording_limit video_url;         ///< of video_edit
    recording_limit driving_audio_url; ///< of keyframe_to_video
    recording_limit audio_url;         ///< of text_to_video, image_to_video
    flag_limit audio;                  ///< of all jobs but video_continuation and video_edit
    choice_limit audio_setting;        ///< of video_edit
    text_limit prompt;                 ///< of every job
    text_limit negative_prompt;        ///< of every job
    template_limit template_;          ///< of keyframe_to_video, image_to_video
    resolution_limit resolution;       ///< of every job
    choice_limit ratio;                ///< of all jobs but video_continuation
    duration_limit duration;           ///< of every job
    shot_type_limit shot_type;         ///< of text_to_video, image_to_video, reference_to_video
    range_limit seed;                  ///< of every job
    flag_limit enable_thinking;        ///< of all jobs but video_continuation and video_edit
    flag_limit prompt_extend;          ///< of every job
    flag_limit watermark;              ///< of every job

    std::span<const video_shape> shapes;   ///< of text_to_video, reference_to_video; empty: not documented
    int output_fps;                        ///< frames per second of the video
    bool makes_sound;                      ///< whether the video has sound unless the request says no
    rate_limit rate;                       ///< what one account may ask
    std::chrono::hours video_url_lifetime; ///< from the task's end on; 0: not documented
    std::string_view source;               ///< the document that says all this
};
BOOST_DESCRIBE_STRUCT(model_limits, (),
                      (model, jobs, regions, documented_regions, namesake, references, first_frame_url,
                       last_frame_url, image_url, first_clip_url, video_url, driving_audio_url, audio_url,
                       audio, audio_setting, prompt, negative_prompt, template_, resolution, ratio, duration,
                       shot_type, seed, enable_thinking, prompt_extend, watermark, shapes, output_fps,
                       makes_sound, rate, video_url_lifetime, source))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
