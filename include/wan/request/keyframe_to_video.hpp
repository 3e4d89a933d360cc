// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "a video from its first and, optionally, its last frame".
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/extra_field.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/media/media.hpp>
#include <wan/request/resolution.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// A request for a video that begins with one image and, if a last frame is given, ends with another. Unset
/// members are not sent; the provider chooses their values. The ranges below cover all models together, as in
/// DashScope's API references. The row of a model (`model_limits`) states the model's limits at one provider,
/// and the source of these limits.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// const wan::keyframe_to_video shot{
///     .first_frame_url = "https://example.com/first.png",
///     .last_frame_url = "https://example.com/last.png",
///     .prompt = "The camera rises.",
/// };
/// \endcode
struct keyframe_to_video {
    /// The first frame. Required; it determines the aspect ratio of the video. JPEG, PNG without alpha, BMP
    /// or WebP.
    media first_frame_url = {};
    std::optional<media> last_frame_url = {}; ///< its size may differ from the size of the first frame
    /// A sound that the video follows: WAV or MP3, 2 to 30 seconds. Only for wan2.7-i2v.
    std::optional<media> driving_audio_url = {};
    /// What happens between the frames; up to 800, 5000 or 20000 characters, depending on the model.
    std::optional<std::string> prompt = {};
    std::optional<std::string> negative_prompt = {}; ///< what must not be visible; up to 500 characters
    /// A video effect, such as "hanfu-1"; the prompt and the last frame are then ignored.
    std::optional<std::string> template_ = {};
    /// The model, such as "wan2.7-i2v"; models without a row are allowed. If not set: the provider's default.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< the model's default if not set
    /// The aspect ratio, such as "16:9"; for wan3.0-video. If not set: the aspect ratio of the first frame.
    std::optional<std::string> ratio = {};
    /// The duration in seconds: 2 to 15; only 5 for most models; 2 to 30 for wan3.0-video. If not set: 5.
    /// With -1 the model chooses, if it supports this.
    std::optional<int> duration = {};
    std::optional<bool> audio = {};        ///< whether the video gets sound; for wan3.0-video
    std::optional<std::int64_t> seed = {}; ///< 0 to 2147483647; random if not set
    /// Lets the model plan before it makes the video; for wan3.0-video.
    std::optional<bool> enable_thinking = {};
    std::optional<bool> prompt_extend = {}; ///< lets the provider rewrite the prompt; true if not set
    /// Adds the mark "AI generated" at the bottom right; false if not set.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in this order

    /// Members that every provider in the library accepts under these names if the model's row offers them.
    using plain_members = json::member_list<&keyframe_to_video::ratio, &keyframe_to_video::audio,
                                            &keyframe_to_video::prompt_extend, &keyframe_to_video::watermark,
                                            &keyframe_to_video::seed, &keyframe_to_video::enable_thinking>;
};
BOOST_DESCRIBE_STRUCT(keyframe_to_video, (),
                      (first_frame_url, last_frame_url, driving_audio_url, prompt, negative_prompt, template_,
                       model, resolution, ratio, duration, audio, seed, enable_thinking, prompt_extend,
                       watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
