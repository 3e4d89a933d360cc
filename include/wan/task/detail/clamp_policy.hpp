// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Clamps the values of a policy to their ranges.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/policy.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace wan::inline WAN_ABI::detail {

inline constexpr milliseconds shortest_wait{10};
inline constexpr milliseconds longest_wait = std::chrono::hours{24 * 365};

constexpr milliseconds sane(milliseconds time, milliseconds least = shortest_wait) noexcept {
    return std::clamp(time, least, longest_wait);
}

/// Clamps a number. The comparisons are written so that NaN becomes `least`.
constexpr double sane(double value, double least, double most) noexcept {
    return value > least ? (value < most ? value : most) : least;
}

/// Sets a value. Returns whether it changed.
template <class T>
constexpr bool set(T& value, T to) noexcept {
    const T was = value;
    value = to;
    if constexpr (std::is_floating_point_v<T>)
        return std::bit_cast<std::uint64_t>(was) !=
               std::bit_cast<std::uint64_t>(to); // also different if the value was NaN
    else
        return was != to;
}

/// Clamps all values. Returns whether anything changed.
constexpr bool make_sane(backoff& b) noexcept {
    bool changed = set(b.first, sane(b.first));
    changed |= set(b.factor, sane(b.factor, 1, 100));
    changed |= set(b.longest, sane(b.longest));
    return changed;
}

constexpr bool make_sane(policy& p) noexcept {
    bool changed = set(p.deadline, sane(p.deadline, milliseconds{0}));
    if (p.poll) changed |= make_sane(*p.poll);
    changed |= make_sane(p.submit);
    changed |= set(p.search_interval, sane(p.search_interval));
    changed |= set(p.submit_timeout, sane(p.submit_timeout));
    changed |= set(p.slowest_upload, (std::max)(p.slowest_upload, std::uint64_t{1}));
    changed |= set(p.query_timeout, sane(p.query_timeout));
    if (p.max_reply_bytes == 0) changed |= set(p.max_reply_bytes, policy{}.max_reply_bytes);
    changed |= set(p.jitter, sane(p.jitter, 0, 1));
    return changed;
}

constexpr backoff sane(backoff b) noexcept {
    make_sane(b);
    return b;
}

/// Returns the same policy, which many tasks may share, unless a value must change.
inline std::shared_ptr<const policy> sane(std::shared_ptr<const policy> how) {
    policy p = *how;
    if (make_sane(p)) return std::make_shared<const policy>(p);
    return how;
}

/// Returns the timeout of a request with a body of this many bytes. The time for the body is rounded down to
/// whole seconds, so a small body adds nothing.
constexpr milliseconds timeout_of(const policy& p, std::uint64_t bytes) noexcept {
    return sane(p.submit_timeout + std::chrono::seconds{static_cast<std::int64_t>(
                                       (std::min)(bytes, std::uint64_t{1} << 30) / p.slowest_upload)});
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
