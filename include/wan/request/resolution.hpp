// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The resolution tiers of the Wan models.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/wire_name.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// The tiers; each stands for an approximate number of pixels per frame (see `target_pixels`). The available
/// tiers and the price depend on the model (`model_limits::resolution`).
enum class resolution { p480, p720, p1080 };
BOOST_DESCRIBE_ENUM(resolution, p480, p720, p1080)

/// The wire names "480P", "720P" and "1080P", for `to_wire` and `from_wire`.
constexpr std::array<wire_name<resolution>, 3> wire_names(std::type_identity<resolution>) {
    return {{{resolution::p480, "480P"}, {resolution::p720, "720P"}, {resolution::p1080, "1080P"}}};
}

/// Returns the target number of pixels of a tier; the first frame sets the aspect ratio. The numbers for 480P
/// and 720P are from the open model's code; the number for 1080P is inferred by analogy.
constexpr std::uint64_t target_pixels(resolution tier) noexcept {
    constexpr std::uint64_t pixels[] = {832 * 480, 1280 * 720, 1920 * 1080};
    return pixels[static_cast<std::size_t>(tier)];
}

/// Returns the tier with this name, such as "720P". Fails with one violation that names all tiers.
WAN_DECL result<resolution> parse_resolution(std::string_view name);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/request/impl/resolution.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
