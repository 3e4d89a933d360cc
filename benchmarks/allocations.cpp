// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "allocations.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

// Of each thread its own: a shared counter would cost those who allocate more than the rest.
thread_local constinit std::uint64_t count = 0, bytes = 0;

} // namespace

std::uint64_t bench::allocations() noexcept { return count; }
std::uint64_t bench::allocated_bytes() noexcept { return bytes; }

// The array and the nothrow forms come here too.
void* operator new(std::size_t size) {
    ++count;
    bytes += size;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
