// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Whether a video has one shot, or several with cuts between them.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

namespace wan::inline WAN_ABI {

/// The number of shots; for wan2.6-i2v and related models (DashScope's API reference).
enum class shot_type { single, multi };
BOOST_DESCRIBE_ENUM(shot_type, single, multi)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
