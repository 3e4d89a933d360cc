// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/task/detail/query_times.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <span>

namespace wan::inline WAN_ABI::detail {

/// The ages of a log-normal distribution, from early to late, each with the root of the hazard.
class likely_ages {
public:
    likely_ages(double median, double spread) noexcept : median_(median), spread_(spread) {
        for (std::size_t i = 0; i < points; ++i) {
            const double z = first + step * static_cast<double>(i);
            constexpr double root_of_two_pi = 2.5066282746310002;
            age_[i] = median * std::exp(spread * z);
            const double hazard = std::exp(-z * z / 2) / root_of_two_pi / (left(z) * spread * age_[i]);
            root_of_hazard_[i] = std::sqrt(hazard);
        }
    }

    /// Returns the probability that a task of this age still runs.
    double left_at(double age) const noexcept {
        return age > 0 ? left(std::log(age / median_) / spread_) : 1.0;
    }

    /// Writes the ages at which to query, and returns their number. The queries per second are `factor` times
    /// the root of the hazard, but at least `least`.
    std::size_t choose(double factor, double least, std::span<float> to) const noexcept {
        constexpr double most = 1; // queries per second
        std::size_t count = 0;
        double begin = 0, part = 0; // of the next query
        for (std::size_t i = 0; i < points; ++i) {
            const double root = i == 0 ? 0.0 : (root_of_hazard_[i - 1] + root_of_hazard_[i]) / 2;
            const double rate = (std::min)((std::max)(factor * root, least), most);
            for (; part + rate * (age_[i] - begin) >= 1; part = 0) {
                begin += (1 - part) / rate;
                if (count == to.size()) return count;
                to[count++] = static_cast<float>(begin);
            }
            part += rate * (age_[i] - begin);
            begin = age_[i];
        }
        return count;
    }

    /// Returns how many queries a task takes on average that is queried at these ages, and then regularly.
    double queries(std::span<const float> ages, double afterwards) const noexcept {
        double sum = 1;
        for (const auto age : ages) sum += left_at(static_cast<double>(age));
        return sum + rest(ages.empty() ? 0.0 : static_cast<double>(ages.back()), afterwards);
    }
    double queries(const backoff& usual) const noexcept {
        double sum = 1, age = 0;
        unsigned waits = 0;
        for (; usual.after(waits) < usual.longest && waits < 64; ++waits) {
            age += seconds(usual.after(waits));
            sum += left_at(age);
        }
        return sum + rest(age, seconds(usual.longest));
    }

    static double seconds(milliseconds time) noexcept { return static_cast<double>(time.count()) / 1000; }

private:
    static constexpr std::size_t points = 61;
    static constexpr double first = -4, step = 0.118; // to 3.08: 999 of 1,000 tasks have ended

    static double left(double z) noexcept {
        constexpr double root_of_half = 0.7071067811865476;
        return std::erfc(z * root_of_half) / 2;
    }

    /// Returns the queries at regular intervals from an age on.
    double rest(double age, double interval) const noexcept {
        constexpr unsigned most = 4096;
        double sum = 0;
        for (unsigned i = 0; i < most; ++i) {
            age += interval;
            const double more = left_at(age);
            if (more < 1e-4) break;
            sum += more;
        }
        return sum;
    }

    double median_, spread_;
    std::array<double, points> age_, root_of_hazard_;
};

WAN_DECL void query_times::choose(double median, double spread, bool is_confirmed,
                                  const backoff& usual) noexcept {
    afterwards_ = usual.longest;
    const double longest = likely_ages::seconds(usual.longest);
    const likely_ages ages{median, spread};
    const auto wanted = ages.queries(usual);
    constexpr double most_waits = 32; // of a task that takes long
    const double least = 1 / (std::max)(2 * longest, median / most_waits);
    // The queries grow with the factor: halve the range of its logarithm until they fit.
    double low = -12, high = 12;
    for (int i = 0; i < 24; ++i) {
        const double middle = (low + high) / 2;
        count_ = ages.choose(std::exp(middle), least, at_);
        const bool is_too_much = count_ == at_.size() || ages.queries({at_.data(), count_}, longest) > wanted;
        (is_too_much ? high : low) = middle;
    }
    count_ = ages.choose(std::exp(low), is_confirmed ? least : (std::max)(least, 1 / longest), at_);
}

/// Returns the index of the first chosen time that is still worth a query. A query that was a little early
/// counts for its time.
WAN_DECL std::size_t query_times::next_after(double age) const noexcept {
    std::size_t i = 1;
    while (i <= count_ && age >= (at(i - 1) + at(i)) / 2) ++i;
    return i;
}

WAN_DECL milliseconds query_times::wait_at(milliseconds age) const noexcept {
    const auto now = likely_ages::seconds(age);
    const auto next = next_after(now);
    if (next > count_) return afterwards_;
    return milliseconds{static_cast<std::int64_t>((at(next) - now) * 1000)};
}

WAN_DECL milliseconds query_times::wait_before(milliseconds age) const noexcept {
    const auto next = next_after(likely_ages::seconds(age));
    if (next > count_ || next < 2) return afterwards_;
    return milliseconds{static_cast<std::int64_t>((at(next - 1) - at(next - 2)) * 1000)};
}

} // namespace wan::inline WAN_ABI::detail
