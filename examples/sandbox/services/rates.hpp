// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/faults/call.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sandbox {

/// Calls of each kind per account and second; 0: no limit.
using call_rates = std::array<double, call_count>;

/// Admits at most `per_second` calls in any period of one second, by their times of arrival. Below 1, admits
/// one call in 1 / `per_second` seconds.
class sliding_window {
public:
    using clock = std::chrono::steady_clock;

    explicit sliding_window(double per_second)
        : most_(static_cast<std::size_t>((std::max)(1.0, per_second))),
          width_(std::chrono::duration_cast<clock::duration>(
              std::chrono::duration<double>((std::max)(1.0, 1 / (std::max)(per_second, least))))) {}

    /// Rejected calls are not counted.
    bool take(clock::time_point now) {
        // Half open: a call exactly one window ago is outside.
        while (!taken_.empty() && now - taken_.front() >= width_) taken_.pop_front();
        if (taken_.size() >= most_) return false;
        taken_.push_back(now);
        return true;
    }

private:
    static constexpr double least = 1e-6;

    std::size_t most_;
    clock::duration width_;
    std::deque<clock::time_point> taken_;
};

/// Enforces the rates of accounts.
class rate_guard {
public:
    explicit rate_guard(const call_rates& rates) : rates_(rates) {}

    /// Calls are counted separately by kind and `purpose`.
    bool lets_through(call kind, std::string_view account, std::string_view purpose) {
        const auto rate = rates_[index_of(kind)];
        if (rate <= 0) return true;
        std::string whose{account};
        whose.append(1, '\0').append(purpose);
        return windows_[index_of(kind)]
            .try_emplace(std::move(whose), rate)
            .first->second.take(sliding_window::clock::now());
    }

private:
    call_rates rates_;
    std::array<std::unordered_map<std::string, sliding_window>, call_count> windows_;
};

} // namespace sandbox
