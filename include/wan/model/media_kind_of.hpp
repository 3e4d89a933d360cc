// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The kind of medium that a member of a request holds: an image or a recording.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/media/media_kind.hpp>

#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns the kind of medium that the member with this wire name holds, for `media_route_of`. The kind
/// follows from the type of the member's column in `model_limits`.
WAN_DECL media_kind media_kind_of(std::string_view field) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/model/impl/media_kind_of.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
