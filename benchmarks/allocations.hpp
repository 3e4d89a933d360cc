// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// How often, and how much, memory was taken from the heap.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>

namespace bench {

/// By `operator new` on this thread so far.
std::uint64_t allocations() noexcept;

/// Their bytes; what was given back is not taken off.
std::uint64_t allocated_bytes() noexcept;

/// While it lives, counts the allocations of a benchmark's loop; they become its counter, per iteration. A
/// library that calls `malloc` itself (RapidJSON) is not seen.
class count_allocations {
public:
    explicit count_allocations(benchmark::State& state) noexcept : state_(state), before_(allocations()) {}
    count_allocations(const count_allocations&) = delete;
    count_allocations& operator=(const count_allocations&) = delete;
    ~count_allocations() {
        const auto made = static_cast<double>(allocations() - before_);
        state_.counters["allocations"] = made / static_cast<double>(state_.iterations());
    }

private:
    benchmark::State& state_;
    std::uint64_t before_;
};

} // namespace bench
