// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a policy says, brought into sane bounds.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/task/policy.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>

namespace wan::inline WAN_ABI::detail {

inline constexpr milliseconds shortest_wait{10};
inline constexpr milliseconds longest_wait = std::chrono::hours{24 * 365};

constexpr milliseconds sane(milliseconds time, milliseconds least = shortest_wait) noexcept {
    return std::clamp(time, least, longest_wait);
}

/// Written so that NaN becomes `least`.
constexpr double sane(double value, double least, double most) noexcept {
    return value > least ? (value < most ? value : most) : least;
}

constexpr backoff sane(const backoff& b) noexcept { return {sane(b.first), sane(b.factor, 1, 100), sane(b.longest)}; }

/// The same policy, which many tasks may share, unless a value has to change.
inline std::shared_ptr<const policy> sane(std::shared_ptr<const policy> how) {
    policy p = *how;
    bool changed = false;
    const auto set = [&](auto& value, auto nearest) {
        changed |= !(value == nearest); // NaN equals nothing
        value = nearest;
    };
    set(p.deadline, sane(p.deadline, milliseconds{0}));
    if (p.poll) set(*p.poll, sane(*p.poll));
    set(p.submit, sane(p.submit));
    set(p.search_interval, sane(p.search_interval));
    set(p.submit_timeout, sane(p.submit_timeout));
    set(p.slowest_upload, (std::max)(p.slowest_upload, std::uint64_t{1}));
    set(p.query_timeout, sane(p.query_timeout));
    set(p.jitter, sane(p.jitter, 0, 1));
    return changed ? std::make_shared<const policy>(p) : how;
}

/// The time for a request with a body of so many bytes; in whole seconds more, so that a small one has none.
constexpr milliseconds timeout_of(const policy& p, std::uint64_t bytes) noexcept {
    return sane(p.submit_timeout + std::chrono::seconds{static_cast<std::int64_t>((std::min)(bytes, std::uint64_t{1} << 30) / p.slowest_upload)});
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/epilogue.hpp>
