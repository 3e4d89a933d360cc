// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What a video refers to: images, clips and sounds that a prompt names by their numbers.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media.hpp>
#include <wan/media/media_kind.hpp>
#include <wan/wire_name.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

/// What a reference is, in the words of the wire format.
enum class reference_type { reference_image, reference_video, reference_audio, file, link };
BOOST_DESCRIBE_ENUM(reference_type, reference_image, reference_video, reference_audio, file, link)

/// One thing that a video refers to. Their order numbers them, each type by itself: the prompt says "Image
/// 1", "Video 1" (wan2.6: "character1", whatever the type).
struct reference {
    reference_type type = reference_type::reference_image; ///< what `url` holds
    media url = {};                                        ///< required
    /// The voice of who is seen in it; WAV or MP3, 1 to 10 seconds. wan2.7-r2v.
    std::optional<media> reference_voice = {};
    std::optional<std::string> reference_description = {}; ///< what is seen in it; wan2.7-r2v
};
BOOST_DESCRIBE_STRUCT(reference, (), (type, url, reference_voice, reference_description))

/// Returns the kind of medium that a reference of that type is, for `media_route_of`.
constexpr media_kind media_kind_of(reference_type type) noexcept {
    return type == reference_type::reference_image ? media_kind::image : media_kind::recording;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
