// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/error.hpp>
#include <wan/model/limits.hpp>
#include <wan/wire_name.hpp>

#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Checks rules that involve a whole row: required members and consistent values. Calls
/// `report(member, rule, given, allowed)` for each mistake.
template <class Report>
void report_row_mistakes(const model_limits& row, Report report) {
    if (row.model.empty()) report("model", rule::required, std::string{}, "the model's name");
    if (row.jobs.bits == 0) report("jobs", rule::required, std::string{}, "at least one job");
    const auto& d = row.duration;
    const bool is_range = d.min <= d.max && d.step > 0 &&
                          (d.zero_is_all || (d.default_seconds >= d.min && d.default_seconds <= d.max));
    if (d.offered() && !is_range)
        report("duration", rule::range,
               std::to_string(d.min) + " to " + std::to_string(d.max) + " in steps of " +
                   std::to_string(d.step) + ", default " + std::to_string(d.default_seconds),
               "min <= default_seconds <= max, and a step above 0");
    const auto& r = row.resolution;
    if (r.offered() && !r.tiers.contains(r.default_tier))
        report("resolution.default_tier", rule::one_of, std::string{to_wire(r.default_tier)},
               "one of its tiers");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
