// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// A request for whichever job.
#pragma once

#include <wan/request/job.hpp>

#include <variant>

namespace wan {

using any_request = std::variant<keyframe_to_video, image_to_video, video_continuation>;

inline job job_in(const any_request& request) {
    return std::visit([]<class Request>(const Request&) { return job_of<Request>::value; }, request);
}

} // namespace wan
