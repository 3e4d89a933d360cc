// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "call.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sandbox {

/// How many calls of each kind one account may make in a second; 0: as many as it likes.
using call_rates = std::array<double, call_count>;

/// Holds a second's worth of calls, but at least one, and is filled steadily.
class token_bucket {
public:
    using time_point = std::chrono::steady_clock::time_point;

    token_bucket(double per_second, time_point now)
        : per_second_(per_second), tokens_(capacity()), filled_(now) {}

    bool take(time_point now) {
        const std::chrono::duration<double> passed = now - filled_;
        tokens_ = std::min(capacity(), tokens_ + passed.count() * per_second_);
        filled_ = now;
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }

private:
    double capacity() const { return std::max(1.0, per_second_); }

    double per_second_;
    double tokens_;
    time_point filled_;
};

/// Whether accounts keep to their rates.
class rate_guard {
public:
    explicit rate_guard(const call_rates& rates) : rates_(rates) {}

    bool lets_through(const std::string& account, call kind) {
        const auto rate = rates_[index_of(kind)];
        if (rate <= 0) return true;
        const auto now = std::chrono::steady_clock::now();
        auto& buckets = buckets_[index_of(kind)];
        return buckets.try_emplace(account, rate, now).first->second.take(now);
    }

private:
    call_rates rates_;
    std::array<std::unordered_map<std::string, token_bucket>, call_count> buckets_;
};

} // namespace sandbox
