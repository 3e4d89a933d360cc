// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "go on where a clip ends".
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

/// A video that begins with a clip and goes on where it ends; wan2.7-i2v alone.
/// Only what is set is sent; what is not set is the service's choice. Ranges are those of all models
/// together, as DashScope's API references give them: what one model takes at one service, and where that is
/// documented, says its row (`model_limits`).
struct video_continuation {
    /// Required; the video begins with it. MP4 or QuickTime, 2 to 10 seconds, up to 100 MB.
    media first_clip_url = {};
    std::optional<media> last_frame_url = {};        ///< how the video ends; an image
    std::optional<std::string> prompt = {};          ///< what happens; up to 5000 characters
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen; up to 500 characters
    /// "wan2.7-i2v"; may be one that no row knows. The provider's default if not set.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< 720P or 1080P; 1080P if not set
    /// Seconds in all, the clip's included, 2 to 15; 5 if not set.
    std::optional<int> duration = {};
    std::optional<std::int64_t> seed = {};  ///< 0 to 2147483647; random if not set
    std::optional<bool> prompt_extend = {}; ///< let the service rewrite the prompt; true if not set
    std::optional<bool> watermark = {};     ///< "AI generated" bottom right; false if not set
    std::vector<extra_field> extra = {};    ///< merged into the body last, in their order

    /// Members that each service of the library accepts under their own names, if the model's row offers
    /// them.
    using plain_members = json::member_list<&video_continuation::prompt_extend,
                                            &video_continuation::watermark, &video_continuation::seed>;
};
BOOST_DESCRIBE_STRUCT(video_continuation, (),
                      (first_clip_url, last_frame_url, prompt, negative_prompt, model, resolution, duration,
                       seed, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
