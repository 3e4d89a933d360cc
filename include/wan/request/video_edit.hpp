// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "a video that is changed".
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/extra_field.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/media/media.hpp>
#include <wan/request/reference.hpp>
#include <wan/request/resolution.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// A video that is changed as a text says, or as images show.
/// Only what is set is sent; what is not set is the service's choice. Ranges are those of all models
/// together, as DashScope's API references give them: what one model takes at one service, and where that is
/// documented, says its row (`model_limits`).
struct video_edit {
    media video_url = {}; ///< required; MP4 or QuickTime, 2 to 10 or 3 to 60 seconds, up to 100 MB
    std::vector<reference> references = {};          ///< images of what is to be seen in it; up to 4 or 5
    std::optional<std::string> prompt = {};          ///< what changes; up to 5000 characters
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen; up to 500 characters
    /// "auto" makes sound anew, "origin" keeps that of the video.
    std::optional<std::string> audio_setting = {};
    /// "wan2.7-videoedit"; may be one that no row knows. The provider's default if not set.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< 720P or 1080P; 1080P if not set
    std::optional<std::string> ratio = {};          ///< width to height, "16:9"; the video's if not set
    /// Seconds, 2 to 10, that remain of the video; all if 0 or not set. Paid are these and those of the
    /// video.
    std::optional<int> duration = {};
    std::optional<std::int64_t> seed = {};  ///< 0 to 2147483647; random if not set
    std::optional<bool> prompt_extend = {}; ///< let the service rewrite the prompt; true if not set
    /// "AI generated" bottom right; of Wan models false if not set, of HappyHorse true.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in their order

    /// Members that each service of the library accepts under their own names, if the model's row offers
    /// them.
    using plain_members = json::member_list<&video_edit::prompt_extend, &video_edit::watermark,
                                            &video_edit::seed, &video_edit::audio_setting>;
};
BOOST_DESCRIBE_STRUCT(video_edit, (),
                      (video_url, references, prompt, negative_prompt, audio_setting, model, resolution,
                       ratio, duration, seed, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
