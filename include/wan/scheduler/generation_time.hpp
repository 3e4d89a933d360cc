// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How long a provider takes to make a video, as a scheduler learns it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/resolution.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

/// How long a provider takes to make one kind of video: from the accepted submit to the end of the task, for
/// one model, tier and duration. A scheduler learns it from the tasks that succeed (`scheduler::learned`),
/// and queries later tasks of that kind when their videos are likely there. A plain value, to be kept between
/// runs. Thread safety: a value; const access from several threads is safe.
struct generation_time {
    std::string model = {};                         ///< as in the request
    std::optional<wan::resolution> resolution = {}; ///< nothing: the request did not set it
    std::optional<int> duration = {};               ///< of the video, in seconds; nothing: not set
    double median = 0;                              ///< seconds; above 0
    double spread = 0; ///< standard deviation of the natural logarithm of the seconds; 0 or more
    double tasks = 0;  ///< the number of tasks that this is based on; older tasks count less. Above 0, to 20

    /// Returns whether all members are equal.
    friend bool operator==(const generation_time&, const generation_time&) = default;
};
BOOST_DESCRIBE_STRUCT(generation_time, (), (model, resolution, duration, median, spread, tasks))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
