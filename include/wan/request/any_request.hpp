// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A request for any job.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/job.hpp>

#include <variant>

namespace wan::inline WAN_ABI {

namespace detail {

/// The first parameter absorbs the comma before the first name.
template <class, class... Requests>
using one_of = std::variant<Requests...>;

#define WAN_JOB(name) , name
using one_of_the_jobs = one_of<void WAN_FOR_EACH_JOB(WAN_JOB)>;
#undef WAN_JOB

} // namespace detail

/// A request whose job is known only at run time, for example because it was read from a file. It is a
/// `std::variant` of the requests of all jobs.
using any_request = detail::one_of_the_jobs;

/// Returns the job of the request.
inline job job_in(const any_request& request) {
    return static_cast<job>(request.index()); // both are in the order of the list of jobs
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
