// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The jobs, and the type of each job's request. The list of jobs is in `wan/request/job_list.hpp`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/image_to_video.hpp>
#include <wan/request/job_list.hpp>
#include <wan/request/keyframe_to_video.hpp>
#include <wan/request/reference_to_video.hpp>
#include <wan/request/text_to_video.hpp>
#include <wan/request/video_continuation.hpp>
#include <wan/request/video_edit.hpp>
#include <wan/wire_name.hpp>

#include <type_traits>

namespace wan::inline WAN_ABI {

/// The kinds of jobs: what a video is made from. Each job has an enumerator with the name of its request.
enum class job {
#define WAN_JOB(name) name,
    WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
};

/// The job of a request's type: `job_of<keyframe_to_video>::value`.
template <class Request>
struct job_of;

/// \cond
#define WAN_JOB(name) , name
#define WAN_DESCRIBE_JOBS(...) BOOST_DESCRIBE_ENUM(__VA_ARGS__)
WAN_DESCRIBE_JOBS(job WAN_FOR_EACH_JOB(WAN_JOB))
#undef WAN_DESCRIBE_JOBS
#undef WAN_JOB

#define WAN_JOB(name)                                                                                        \
    template <>                                                                                              \
    struct job_of<name> : std::integral_constant<job, job::name> {};
WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
/// \endcond

/// A request for one of the jobs.
template <class T>
concept job_request = requires { job_of<T>::value; };

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
