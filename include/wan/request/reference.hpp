// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// References: images, clips and sounds to which a prompt refers by number.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media.hpp>
#include <wan/media/media_kind.hpp>
#include <wan/wire_name.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

/// The type of a reference, as the wire format names it.
enum class reference_type { reference_image, reference_video, reference_audio, file, link };
BOOST_DESCRIBE_ENUM(reference_type, reference_image, reference_video, reference_audio, file, link)

/// An image, clip, sound, document or web page on which a video is based. References are numbered in order,
/// separately for each type. The prompt calls them "Image 1", "Video 1" and so on (for wan2.6, "character1"
/// for every type).
/// Thread safety: a value; const access from several threads is safe.
struct reference {
    reference_type type = reference_type::reference_image; ///< the type of `url`
    media url = {};                                        ///< required
    /// The voice of the person shown: WAV or MP3, 1 to 10 seconds. For wan2.7-r2v.
    std::optional<media> reference_voice = {};
    std::optional<std::string> reference_description = {}; ///< what the reference shows; for wan2.7-r2v
};
BOOST_DESCRIBE_STRUCT(reference, (), (type, url, reference_voice, reference_description))

/// Returns the kind of medium that a reference of this type holds, for `media_route_of`.
constexpr media_kind media_kind_of(reference_type type) noexcept {
    return type == reference_type::reference_image ? media_kind::image : media_kind::recording;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
