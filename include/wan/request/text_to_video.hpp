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

/// A request for a video that shows what a text describes. Unset members are not sent; the provider chooses
/// their values. The ranges below cover all models together, as in DashScope's API references. The row of a
/// model (`model_limits`) states the model's limits at one provider, and the source of these limits.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// const wan::text_to_video shot{
///     .prompt = "A black kitten looks up at the sky.",
///     .resolution = wan::resolution::p720,
///     .duration = 5,
/// };
/// \endcode
struct text_to_video {
    /// What happens in the video. Required; up to 800, 1500, 5000 or 20000 characters, depending on the
    /// model.
    std::string prompt = {};
    std::optional<std::string> negative_prompt = {}; ///< what must not be visible; up to 500 characters
    /// A sound that the video follows: WAV or MP3, 2 to 30 or 3 to 30 seconds, depending on the model. For
    /// wan2.5 to wan2.7.
    std::optional<media> audio_url = {};
    /// Whether the video gets sound; few models offer this.
    std::optional<bool> audio = {};
    /// The model, such as "wan2.7-t2v"; models without a row are allowed. If not set: the provider's default.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< the model's default if not set
    /// The aspect ratio, such as "9:16". If not set: 16:9; for wan3.0-video, the provider chooses. Models up
    /// to 2.6 accept a size instead, which the library computes from resolution and ratio.
    std::optional<std::string> ratio = {};
    /// The duration in seconds: 2 to 30; only 5 for older models. If not set: 5. With -1 the model chooses,
    /// if it supports this.
    std::optional<int> duration = {};
    /// Requires prompt_extend; for wan2.6-t2v and related models.
    std::optional<wan::shot_type> shot_type = {};
    std::optional<std::int64_t> seed = {}; ///< 0 to 2147483647; random if not set
    /// Lets the model plan before it makes the video; for wan3.0-video.
    std::optional<bool> enable_thinking = {};
    std::optional<bool> prompt_extend = {}; ///< lets the provider rewrite the prompt; true if not set
    /// Adds the mark "AI generated" at the bottom right. If not set: false for Wan models, true for
    /// HappyHorse.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in this order

    /// Members that every provider in the library accepts under these names if the model's row offers them.
    using plain_members = json::member_list<&text_to_video::prompt_extend, &text_to_video::watermark,
                                            &text_to_video::seed, &text_to_video::enable_thinking>;
};
BOOST_DESCRIBE_STRUCT(text_to_video, (),
                      (prompt, negative_prompt, audio_url, audio, model, resolution, ratio, duration,
                       shot_type, seed, enable_thinking, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
