// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What the headers of a medium say.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/media/frame_size.hpp>
#include <wan/media/media_format.hpp>
#include <wan/result.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Why an inspection failed.
enum class inspect_problem {
    truncated,      ///< the bytes end, or cannot be read, before everything was found
    unknown_format, ///< none of the formats that were looked for
    malformed,      ///< the headers contradict the format, or say that there is nothing
};
BOOST_DESCRIBE_ENUM(inspect_problem, truncated, unknown_format, malformed)

/// The error of an inspection.
struct inspect_error {
    inspect_problem problem = inspect_problem::malformed; ///< what to decide by
    std::optional<media_format> format;                   ///< what the first bytes promise, if anything
    std::string_view what;                                ///< which part is missing or wrong; a static text
    /// Member by member.
    friend constexpr bool operator==(const inspect_error&, const inspect_error&) = default;
};

/// A T, or why the medium could not be understood.
template <class T>
using inspected = result<T, inspect_error>;

/// What the headers of an image say.
struct image_info {
    media_format format = media_format::jpeg; ///< of the bytes, whatever the file is called
    frame_size size;                          ///< as stored: see `upright_size`
    int orientation = 1;                      ///< of EXIF, 1 to 8; 1: upright
    bool has_alpha = false;                   ///< whether the format says so; it may be opaque all the same
    friend constexpr bool operator==(const image_info&, const image_info&) = default; ///< member by member
};

/// The size of the image as a viewer shows it.
constexpr frame_size upright_size(const image_info& image) noexcept {
    return image.orientation < 5 ? image.size : frame_size{image.size.height, image.size.width};
}

/// What the headers of a clip or sound say.
struct recording_info {
    media_format format = media_format::mp4; ///< of the bytes, whatever the file is called
    std::chrono::milliseconds duration{0};   ///< rounded to the nearest
    /// Of clips: pixels as stored, the sides swapped where a viewer turns it.
    std::optional<frame_size> size;
    /// The headers do not say the length: it follows from a rate that may be an average.
    bool is_estimate = false;
    /// Member by member.
    friend constexpr bool operator==(const recording_info&, const recording_info&) = default;
};

/// What `inspected<T>::value()` does with an error: throws a `std::runtime_error` that says `e.what`.
[[noreturn]] WAN_DECL void throw_exception_from_error(const inspect_error& e);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/media/impl/media_info.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
