// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "a video that begins with an image".
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/extra_field.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/media/media.hpp>
#include <wan/request/resolution.hpp>
#include <wan/request/shot_type.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// A video that begins with an image.
/// Only what is set is sent; what is not set is the service's choice. Ranges are those of all models
/// together, as DashScope's API references give them: what one model takes at one service, and where that is
/// documented, says its row (`model_limits`).
struct image_to_video {
    /// Required; gives the video its aspect ratio. JPEG, PNG without alpha, BMP or WebP.
    media image_url = {};
    /// A sound that the video follows; WAV or MP3, 2 or 3 to 30 seconds. From wan2.5 on.
    std::optional<media> audio_url = {};
    /// Make sound if audio_url is not set; offered by few models.
    std::optional<bool> audio = {};
    /// What happens; up to 800, 1500, 5000 or 20000 characters, by the model.
    std::optional<std::string> prompt = {};
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen; up to 500 characters
    std::optional<std::string> template_ = {};       ///< a video effect, "squish"; the prompt is then ignored
    /// "wan2.7-i2v"; may be one that no row knows. The provider's default if not set.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< the model's default if not set
    /// Width to height of wan3.0-video, "16:9"; the image's if not set.
    std::optional<std::string> ratio = {};
    /// Seconds, 2 to 15, of older models 5 alone, of wan3.0-video 2 to 30; 5 if not set; -1, where the model
    /// may choose.
    std::optional<int> duration = {};
    std::optional<wan::shot_type> shot_type = {}; ///< needs prompt_extend; wan2.6-i2v and its kin
    std::optional<std::int64_t> seed = {};        ///< 0 to 2147483647; random if not set
    std::optional<bool> enable_thinking = {};     ///< plan before the video is made; wan3.0-video
    std::optional<bool> prompt_extend = {};       ///< let the service rewrite the prompt; true if not set
    std::optional<bool> watermark = {};           ///< "AI generated" bottom right; false if not set
    std::vector<extra_field> extra = {};          ///< merged into the body last, in their order

    /// Members that each service of the library accepts under their own names, if the model's row offers
    /// them.
    using plain_members =
        json::member_list<&image_to_video::ratio, &image_to_video::prompt_extend, &image_to_video::watermark,
                          &image_to_video::seed, &image_to_video::enable_thinking>;
};
BOOST_DESCRIBE_STRUCT(image_to_video, (),
                      (image_url, audio_url, audio, prompt, negative_prompt, template_, model, resolution,
                       ratio, duration, shot_type, seed, enable_thinking, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
