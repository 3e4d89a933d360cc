// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The jobs, and the request of each.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/image_to_video.hpp>
#include <wan/request/keyframe_to_video.hpp>
#include <wan/request/video_continuation.hpp>
#include <wan/wire_name.hpp>

#include <type_traits>

namespace wan::inline WAN_ABI {

/// What a video is made from.
enum class job { keyframe_to_video, image_to_video, video_continuation };
BOOST_DESCRIBE_ENUM(job, keyframe_to_video, image_to_video, video_continuation)

/// The job of a request's type, as `job_of<keyframe_to_video>::value`.
template <class Request>
struct job_of;
/// \cond
template <>
struct job_of<keyframe_to_video> : std::integral_constant<job, job::keyframe_to_video> {};
template <>
struct job_of<image_to_video> : std::integral_constant<job, job::image_to_video> {};
template <>
struct job_of<video_continuation> : std::integral_constant<job, job::video_continuation> {};
/// \endcond

/// A request for one of the jobs.
template <class T>
concept job_request = requires { job_of<T>::value; };

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
