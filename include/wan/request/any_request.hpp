// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A request for whichever job.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/job.hpp>

#include <variant>

namespace wan::inline WAN_ABI {

/// A request whose job is known at run time, as from a file.
using any_request = std::variant<keyframe_to_video, image_to_video, video_continuation>;

/// The job that the request asks for.
inline job job_in(const any_request& request) {
    return std::visit([]<class Request>(const Request&) { return job_of<Request>::value; }, request);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
