// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "heap.hpp"

#include <cstdlib>
#include <new>

namespace {

std::size_t count = 0, bytes = 0, failing = 0;

} // namespace

std::size_t heap::allocations() noexcept { return count; }
std::size_t heap::allocated_bytes() noexcept { return bytes; }
void heap::fail_at(std::size_t allocation) noexcept { failing = allocation; }

void* operator new(std::size_t size) {
    ++count;
    bytes += size;
    if (count == failing) throw std::bad_alloc{};
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
