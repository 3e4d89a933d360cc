// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "a video from a text".
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

/// A video that shows what a text says.
/// Only what is set is sent; what is not set is the service's choice. Ranges are those of all models
/// together, as DashScope's API references give them: what one model takes at one service, and where that is
/// documented, says its row (`model_limits`).
struct text_to_video {
    /// Required: what happens; up to 800, 1500, 5000 or 20000 characters, by the model.
    std::string prompt = {};
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen; up to 500 characters
    /// A sound that the video follows; WAV or MP3, 2 or 3 to 30 seconds. wan2.5 to wan2.7.
    std::optional<media> audio_url = {};
    /// Make sound; offered by few models.
    std::optional<bool> audio = {};
    /// "wan2.7-t2v"; may be one that no row knows. The provider's default if not set.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< the model's default if not set
    /// Width to height, "16:9"; 16:9 if not set, of wan3.0-video the service's choice. Models up to 2.6 take
    /// a size instead: it is written from resolution and ratio.
    std::optional<std::string> ratio = {};
    /// Seconds, 2 to 30, of older models 5 alone; 5 if not set; -1, where the model may choose.
    std::optional<int> duration = {};
    std::optional<wan::shot_type> shot_type = {}; ///< needs prompt_extend; wan2.6-t2v and its kin
    std::optional<std::int64_t> seed = {};        ///< 0 to 2147483647; random if not set
    std::optional<bool> enable_thinking = {};     ///< plan before the video is made; wan3.0-video
    std::optional<bool> prompt_extend = {};       ///< let the service rewrite the prompt; true if not set
    /// "AI generated" bottom right; of Wan models false if not set, of HappyHorse true.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in their order

    /// Members that each service of the library accepts under their own names, if the model's row offers
    /// them.
    using plain_members = json::member_list<&text_to_video::prompt_extend, &text_to_video::watermark,
                                            &text_to_video::seed, &text_to_video::enable_thinking>;
};
BOOST_DESCRIBE_STRUCT(text_to_video, (),
                      (prompt, negative_prompt, audio_url, audio, model, resolution, ratio, duration,
                       shot_type, seed, enable_thinking, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
