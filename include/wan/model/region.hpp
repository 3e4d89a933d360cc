// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Where a service runs.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

namespace wan::inline WAN_ABI {

/// Where a service runs. Key, endpoint and model must be of the same region.
enum class region { unknown, singapore, beijing, virginia, frankfurt, hong_kong, tokyo };
BOOST_DESCRIBE_ENUM(region, unknown, singapore, beijing, virginia, frankfurt, hong_kong, tokyo)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
