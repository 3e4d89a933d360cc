// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "continue a clip".
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

/// A request for a video that begins with a clip and continues it; only for wan2.7-i2v. Unset members are not
/// sent; the provider chooses their values. The ranges below cover all models together, as in DashScope's API
/// references. The row of a model (`model_limits`) states the model's limits at one provider, and the source
/// of these limits.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// const wan::video_continuation shot{
///     .first_clip_url = "https://example.com/clip.mp4",
///     .prompt = "The kitten jumps off the wall.",
///     .duration = 10,
/// };
/// \endcode
struct video_continuation {
    /// The clip with which the video begins. Required; MP4 or QuickTime, 2 to 10 seconds, up to 100 MB.
    media first_clip_url = {};
    std::optional<media> last_frame_url = {};        ///< the image with which the video ends
    std::optional<std::string> prompt = {};          ///< what happens in the video; up to 5000 characters
    std::optional<std::string> negative_prompt = {}; ///< what must not be visible; up to 500 characters
    /// The model, such as "wan2.7-i2v"; models without a row are allowed. If not set: the provider's default.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< 720P or 1080P; 1080P if not set
    /// The duration in seconds: 2 to 15, including the clip. If not set: 5.
    std::optional<int> duration = {};
    std::optional<std::int64_t> seed = {};  ///< 0 to 2147483647; random if not set
    std::optional<bool> prompt_extend = {}; ///< lets the provider rewrite the prompt; true if not set
    /// Adds the mark "AI generated" at the bottom right; false if not set.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in this order

    /// Members that every provider in the library accepts under these names if the model's row offers them.
    using plain_members = json::member_list<&video_continuation::prompt_extend,
                                            &video_continuation::watermark, &video_continuation::seed>;
};
BOOST_DESCRIBE_STRUCT(video_continuation, (),
                      (first_clip_url, last_frame_url, prompt, negative_prompt, model, resolution, duration,
                       seed, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
