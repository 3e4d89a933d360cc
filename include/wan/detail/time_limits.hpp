// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI::detail {

/// The end of the year 9999, in seconds since 1970.
inline constexpr std::int64_t last_second = 253'402'300'799;

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
