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

/// A video that begins with one image and, where a last frame is given, ends with another.
/// Only what is set is sent; what is not set is the service's choice. Ranges are those of all models
/// together, as DashScope's API references give them: what one model takes at one service, and where that is
/// documented, says its row (`model_limits`).
struct keyframe_to_video {
    /// Required; gives the video its aspect ratio. JPEG, PNG without alpha, BMP or WebP.
    media first_frame_url = {};
    std::optional<media> last_frame_url = {}; ///< may differ from the first frame in size
    /// A sound that the video follows; WAV or MP3, 2 to 30 seconds. wan2.7-i2v alone.
    std::optional<media> driving_audio_url = {};
    /// What happens between the frames; up to 800, 5000 or 20000 characters, by the model.
    std::optional<std::string> prompt = {};
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen; up to 500 characters
    /// A video effect, "hanfu-1"; prompt and last frame are then ignored.
    std::optional<std::string> template_ = {};
    /// "wan2.7-i2v"; may be one that no row knows. The provider's default if not set.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< the model's default if not set
    /// Width to height of wan3.0-video, "16:9"; the first frame's if not set.
    std::optional<std::string> ratio = {};
    /// Seconds, 2 to 15, of most models 5 alone, of wan3.0-video 2 to 30; 5 if not set; -1, where the model
    /// may choose.
    std::optional<int> duration = {};
    std::optional<bool> audio = {};           ///< make sound; wan3.0-video alone
    std::optional<std::int64_t> seed = {};    ///< 0 to 2147483647; random if not set
    std::optional<bool> enable_thinking = {}; ///< plan before the video is made; wan3.0-video
    std::optional<bool> prompt_extend = {};   ///< let the service rewrite the prompt; true if not set
    std::optional<bool> watermark = {};       ///< "AI generated" bottom right; false if not set
    std::vector<extra_field> extra = {};      ///< merged into the body last, in their order

    /// Members that each service of the library accepts under their own names, if the model's row offers
    /// them.
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
