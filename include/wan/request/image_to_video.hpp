// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The job "a video that begins with an image".
#pragma once

#include <wan/media.hpp>
#include <wan/reflect.hpp>
#include <wan/request/extra.hpp>
#include <wan/request/resolution.hpp>
#include <wan/request/shot_type.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wan {

/// Only what is set is sent; what is not set is the service's choice. The limits are those of the model: see
/// `model_limits`.
struct image_to_video {
    media image_url = {};                            ///< required; gives the video its aspect ratio
    std::optional<media> audio_url = {};             ///< a sound that the video follows
    std::optional<bool> audio = {};                  ///< make sound if audio_url is not set
    std::optional<std::string> prompt = {};          ///< what happens
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen
    std::optional<std::string> template_ = {};       ///< a video effect; the prompt is then ignored
    std::optional<std::string> model = {};           ///< the provider's default if not set
    std::optional<wan::resolution> resolution = {};  ///< the model's default if not set
    std::optional<int> duration = {};                ///< seconds; 5 if not set
    std::optional<wan::shot_type> shot_type = {};    ///< needs prompt_extend
    std::optional<std::int64_t> seed = {};           ///< 0 to 2147483647; random if not set
    std::optional<bool> prompt_extend = {};          ///< let the service rewrite the prompt; true if not set
    std::optional<bool> watermark = {};              ///< "AI generated" bottom right; false if not set
    std::vector<extra_field> extra = {};             ///< merged into the body last
};
BOOST_DESCRIBE_STRUCT(image_to_video, (),
                      (image_url, audio_url, audio, prompt, negative_prompt, template_, model, resolution, duration,
                       shot_type, seed, prompt_extend, watermark))

} // namespace wan
