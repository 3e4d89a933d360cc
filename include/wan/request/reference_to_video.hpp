// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "a video of the people and things that references show".
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/extra_field.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/media/media.hpp>
#include <wan/request/reference.hpp>
#include <wan/request/resolution.hpp>
#include <wan/request/shot_type.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// A request for a video with people, things and voices from images, clips and sounds. Unset members are not
/// sent; the provider chooses their values. The ranges below cover all models together, as in DashScope's API
/// references. The row of a model (`model_limits`) states the model's limits at one provider, and the source
/// of these limits.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// wan::reference_to_video shot{.prompt = "Image 1 runs across a meadow."};
/// shot.references.push_back({.url = "https://example.com/cat.png"}); // reference_image by default
/// \endcode
struct reference_to_video {
    /// Required. The references are numbered in order, and the prompt refers to them by number: "Image 1
    /// gives the ball to Video 1".
    std::vector<reference> references = {};
    std::optional<media> first_frame_url = {}; ///< the image with which the video begins; only for wan2.7-r2v
    /// What happens in the video; up to 1500, 5000 or 20000 characters, depending on the model.
    std::optional<std::string> prompt = {};
    std::optional<std::string> negative_prompt = {}; ///< what must not be visible; up to 500 characters
    std::optional<bool> audio = {};                  ///< whether the video gets sound; few models offer this
    /// The model, such as "wan2.7-r2v"; models without a row are allowed. If not set: the provider's default.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< the model's default if not set
    /// The aspect ratio, such as "9:16". If not set: 16:9; for wan3.0-video, the provider chooses. wan2.6-r2v
    /// accepts a size instead, which the library computes from resolution and ratio.
    std::optional<std::string> ratio = {};
    /// The duration in seconds: 2 to 30; with a reference_video the maximum is often lower. If not set: 5.
    /// With -1 the model chooses, if it supports this. The provider bills this duration and the duration of
    /// the reference videos.
    std::optional<int> duration = {};
    std::optional<wan::shot_type> shot_type = {}; ///< requires prompt_extend; for wan2.6-r2v
    std::optional<std::int64_t> seed = {};        ///< 0 to 2147483647; random if not set
    /// Lets the model plan before it makes the video; for wan3.0-video.
    std::optional<bool> enable_thinking = {};
    std::optional<bool> prompt_extend = {}; ///< lets the provider rewrite the prompt; true if not set
    /// Adds the mark "AI generated" at the bottom right. If not set: false for Wan models, true for
    /// HappyHorse.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in this order

    /// Members that every provider in the library accepts under these names if the model's row offers them.
    using plain_members =
        json::member_list<&reference_to_video::prompt_extend, &reference_to_video::watermark,
                          &reference_to_video::seed, &reference_to_video::enable_thinking>;
};
BOOST_DESCRIBE_STRUCT(reference_to_video, (),
                      (references, first_frame_url, prompt, negative_prompt, audio, model, resolution, ratio,
                       duration, shot_type, seed, enable_thinking, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
