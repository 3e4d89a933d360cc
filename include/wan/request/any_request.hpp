// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A request for any of the jobs.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/job.hpp>

#include <variant>

namespace wan::inline WAN_ABI {

namespace detail {

/// The first argument makes room for the comma before each name.
template <class, class... Requests>
using one_of = std::variant<Requests...>;

#define WAN_JOB(name) , name
using one_of_the_jobs = one_of<void WAN_FOR_EACH_JOB(WAN_JOB)>;
#undef WAN_JOB

} // namespace detail

/// A request whose job is known at run time, as from a file: a `std::variant` of the requests of all jobs.
using any_request = detail::one_of_the_jobs;

/// The job that the request asks for.
inline job job_in(const any_request& request) {
    return static_cast<job>(request.index()); // both are of the one list
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
