// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The results of inspecting a medium's headers.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/media/frame_size.hpp>
#include <wan/media/media_format.hpp>
#include <wan/result.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The reason why an inspection failed.
enum class inspect_problem {
    truncated,      ///< the bytes end or become unreadable before all information is found
    unknown_format, ///< not one of the formats that were expected
    malformed,      ///< the headers contradict the format, or describe an empty medium
};
BOOST_DESCRIBE_ENUM(inspect_problem, truncated, unknown_format, malformed)

/// The error of an inspection.
/// Thread safety: a value; const access from several threads is safe.
struct inspect_error {
    inspect_problem problem = inspect_problem::malformed; ///< the kind of failure; use it for decisions
    std::optional<media_format> format; ///< the format that the first bytes indicate, if any
    std::string_view what;              ///< the part that is missing or wrong; the text is static
    /// Equal if all members are equal.
    friend constexpr bool operator==(const inspect_error&, const inspect_error&) = default;
};

namespace detail {

/// The `what` of an error about bytes that the source does not return. It says what to do.
inline constexpr std::string_view cannot_read_bytes =
    "the bytes cannot be read; check that the file was not changed or removed";

} // namespace detail

/// Returns a message: `what`, and what to do about a file that may be damaged.
WAN_DECL std::string to_string(const inspect_error& e);

/// A T, or the reason why the medium could not be inspected.
template <class T>
using inspected = result<T, inspect_error>;

/// The information in the headers of an image.
/// Thread safety: a value; const access from several threads is safe.
struct image_info {
    media_format format = media_format::jpeg; ///< the format of the bytes, regardless of the file's name
    frame_size size;                          ///< as stored; see `upright_size`
    int orientation = 1;                      ///< from EXIF, 1 to 8; 1: upright
    bool has_alpha = false; ///< true if there is an alpha channel; all pixels may still be opaque
    /// Equal if all members are equal.
    friend constexpr bool operator==(const image_info&, const image_info&) = default;
};

/// Returns the size of the image as a viewer shows it.
constexpr frame_size upright_size(const image_info& image) noexcept {
    return image.orientation < 5 ? image.size : frame_size{image.size.height, image.size.width};
}

/// The information in the headers of a clip or sound.
/// Thread safety: a value; const access from several threads is safe.
struct recording_info {
    media_format format = media_format::mp4; ///< the format of the bytes, regardless of the file's name
    std::chrono::milliseconds duration{0};   ///< rounded to the nearest millisecond
    /// Clips only: the stored size in pixels, with width and height swapped if viewers rotate the clip by 90
    /// degrees.
    std::optional<frame_size> size;
    /// True if the headers do not state the duration. It is then computed from a rate that may be an average.
    bool is_estimate = false;
    /// Equal if all members are equal.
    friend constexpr bool operator==(const recording_info&, const recording_info&) = default;
};

/// Throws a `std::runtime_error` with the text `e.what`. Called by `inspected<T>::value()`.
[[noreturn]] WAN_DECL void throw_exception_from_error(const inspect_error& e);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/media/impl/media_info.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
