// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The regions in which providers run.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

namespace wan::inline WAN_ABI {

/// The region in which a provider runs. The key, the endpoint and the model must belong to the same region.
enum class region { unknown, singapore, beijing, virginia, frankfurt, hong_kong, tokyo };
BOOST_DESCRIBE_ENUM(region, unknown, singapore, beijing, virginia, frankfurt, hong_kong, tokyo)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
