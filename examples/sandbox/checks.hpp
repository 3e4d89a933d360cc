// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "tasks.hpp"
#include "video.hpp"

#include <wan/model/limits.hpp>

#include <boost/json/object.hpp>

#include <optional>

namespace sandbox {

/// A DashScope request, read as its service reads it: after it was accepted.
struct read_request {
    task_request request;
    video_order order;
    std::optional<outcome> failed; ///< the first thing that is wrong with it
};

/// `body` has a model, which `limits` is the row of, and an input object.
read_request read_keyframe_request(const boost::json::object& body, const wan::model_limits& limits);

} // namespace sandbox
