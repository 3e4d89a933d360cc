// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The job "a video of what references show".
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

/// A video with the persons, things and voices that images, clips and sounds show.
/// Only what is set is sent; what is not set is the service's choice. Ranges are those of all models
/// together, as DashScope's API references give them: what one model takes at one service, and where that is
/// documented, says its row (`model_limits`).
struct reference_to_video {
    /// Required. They are numbered in their order, and the prompt names them: "Image 1 gives the ball to
    /// Video 1".
    std::vector<reference> references = {};
    std::optional<media> first_frame_url = {}; ///< how the video begins; an image. wan2.7-r2v alone.
    /// What happens; up to 1500, 5000 or 20000 characters, by the model.
    std::optional<std::string> prompt = {};
    std::optional<std::string> negative_prompt = {}; ///< what must not be seen; up to 500 characters
    std::optional<bool> audio = {};                  ///< make sound; offered by few models
    /// "wan2.7-r2v"; may be one that no row knows. The provider's default if not set.
    std::optional<std::string> model = {};
    std::optional<wan::resolution> resolution = {}; ///< the model's default if not set
    /// Width to height, "16:9"; 16:9 if not set, of wan3.0-video the service's choice. wan2.6-r2v takes a
    /// size instead: it is written from resolution and ratio.
    std::optional<std::string> ratio = {};
    /// Seconds, 2 to 30, with a reference_video often fewer; 5 if not set; -1, where the model may choose.
    /// Paid are these and those of the reference videos.
    std::optional<int> duration = {};
    std::optional<wan::shot_type> shot_type = {}; ///< needs prompt_extend; wan2.6-r2v
    std::optional<std::int64_t> seed = {};        ///< 0 to 2147483647; random if not set
    std::optional<bool> enable_thinking = {};     ///< plan before the video is made; wan3.0-video
    std::optional<bool> prompt_extend = {};       ///< let the service rewrite the prompt; true if not set
    /// "AI generated" bottom right; of Wan models false if not set, of HappyHorse true.
    std::optional<bool> watermark = {};
    std::vector<extra_field> extra = {}; ///< merged into the body last, in their order

    /// Members that each service of the library accepts under their own names, if the model's row offers
    /// them.
    using plain_members =
        json::member_list<&reference_to_video::prompt_extend, &reference_to_video::watermark,
                          &reference_to_video::seed, &reference_to_video::enable_thinking>;
};
BOOST_DESCRIBE_STRUCT(reference_to_video, (),
                      (references, first_frame_url, prompt, negative_prompt, audio, model, resolution, ratio,
                       duration, shot_type, seed, enable_thinking, prompt_extend, watermark))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
