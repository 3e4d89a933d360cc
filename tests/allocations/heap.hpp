// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// How often, and how much, memory was taken from the heap. Its operators are in a file of their own, so that
/// no compiler sees through one of them and not through the other.
#pragma once

#include <cstddef>

namespace heap {

/// By `operator new` so far.
std::size_t allocations() noexcept;

/// Their bytes; what was given back is not taken off.
std::size_t allocated_bytes() noexcept;

/// The allocation of that number throws `std::bad_alloc`, the first being 1. 0: none.
void fail_at(std::size_t allocation) noexcept;

} // namespace heap
