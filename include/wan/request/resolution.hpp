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

/// How many pixels a frame has, about: see `target_pixels`. Which tiers there are depends on the model
/// (`model_limits::resolution`), and so does the price.
enum class resolution { p480, p720, p1080 };
BOOST_DESCRIBE_ENUM(resolution, p480, p720, p1080)

/// "480P", "720P" and "1080P", for `to_wire` and `from_wire`.
constexpr std::array<wire_name<resolution>, 3> wire_names(std::type_identity<resolution>) {
    return {{{resolution::p480, "480P"}, {resolution::p720, "720P"}, {resolution::p1080, "1080P"}}};
}

/// The pixel count that a tier aims at; the shape comes from the first frame. 480P and 720P from the open
/// model's code, 1080P by analogy.
constexpr std::uint64_t target_pixels(resolution tier) noexcept {
    constexpr std::uint64_t pixels[] = {832 * 480, 1280 * 720, 1920 * 1080};
    return pixels[static_cast<std::size_t>(tier)];
}

/// The tier of that name, "720P". Fails with one violation that names all tiers.
WAN_DECL result<resolution> parse_resolution(std::string_view name);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/request/impl/resolution.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
