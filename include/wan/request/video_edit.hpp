// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "edit a video".
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

/// A request to edit a video as described by a text or shown by images. Unset members are not sent; the
/// provider chooses their values. The ranges below cover all models together, as in DashScope's API
/// references. The row of a model (`model_limits`) states the model's limits at one provider, and the source
/// of these limits.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// const wan::video_edit edit{
///     .video_url = "https://example.com/clip.mp4",
///     .prompt = "Make it snow.",
/// };
/// \endcode
struct video_edit {
    /// The video to edit. Required; MP4 or QuickTime, 2 to 10 or 3 to 60 seconds, depending on the model; up
    /// to 100 MB.
    media video_url = {};
    std::vector<reference> references = {}; ///< images of what the edited video is to show; up to 4 or 5
    std::optional<std::string> prompt = {}; ///< what is to change; up to 5000 characters
    std::optional<std::string> negative_prompt = {}; ///< what must not be visible; up to 500 characters
    /// "auto" generates new sound; "origin" keeps the sound of the given video.
    std::optional<std::string> audio_setting = {};
    /// The model, such as "wan2.7-videoedit"; models without a row are allowed. If not set: the provider's
    /// default.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< 720P or 1080P; 1080P if not set
    /// The aspect ratio, such as "16:9". If not set: the aspect ratio of the given video.
    std::optional<std::string> ratio = {};
    /// The number of seconds of the given video to keep: 2 to 10; all of them if 0 or not set. The provider
    /// bills these seconds and the duration of the given video.
    std::optional<int> duration = {};
    std::optional<std::int64_t> seed = {};  ///< 0 to 2147483647; random if not set
    std::optional<bool> prompt_extend = {}; ///< lets the provider rewrite the prompt; true if not set
    /// Adds the mark "AI generated" at the bottom right. If not set: false for Wan models, true for
    /// HappyHorse.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in this order

    /// Members that every provider in the library accepts under these names if the model's row offers them.
    using plain_members = json::member_list<&video_edit::prompt_extend, &video_edit::watermark,
                                            &video_edit::seed, &video_edit::audio_setting>;
};
BOOST_DESCRIBE_STRUCT(video_edit, (),
                      (video_url, references, prompt, negative_prompt, audio_setting, model, resolution,
                       ratio, duration, seed, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
