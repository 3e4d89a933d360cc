// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The job "go on where a clip ends".
#pragma once

#include <wan/media.hpp>
#include <wan/reflect.hpp>
#include <wan/request/extra.hpp>
#include <wan/request/resolution.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wan {

/// Only what is set is sent; what is not set is the service's choice. The limits are those of the model: see
/// `model_limits`.
struct video_continuation {
    media first_clip_url = {};                       ///< required; the video begins with it
    std::optional<media> last_frame_url = {};        ///< how the video ends
    std::optional<std::string> prompt = {};          ///< what happens
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen
    std::optional<std::string> model = {};           ///< the provider's default if not set
    std::optional<wan::resolution> resolution = {};  ///< 1080P if not set
    std::optional<int> duration = {};                ///< seconds in all, the clip's included; 5 if not set
    std::optional<std::int64_t> seed = {};           ///< 0 to 2147483647; random if not set
    std::optional<bool> prompt_extend = {};          ///< let the service rewrite the prompt; true if not set
    std::optional<bool> watermark = {};              ///< "AI generated" bottom right; false if not set
    std::vector<extra_field> extra = {};             ///< merged into the body last
};
BOOST_DESCRIBE_STRUCT(video_continuation, (),
                      (first_clip_url, last_frame_url, prompt, negative_prompt, model, resolution, duration, seed,
                       prompt_extend, watermark))

} // namespace wan
