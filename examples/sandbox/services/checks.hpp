// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/media/video.hpp"
#include "sandbox/store/tasks.hpp"

#include <wan/model/limits.hpp>

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sandbox {

/// A request, read as its service reads it: after it was accepted.
struct read_request {
    task_request request;
    video_order order;
    std::optional<outcome> failed; ///< the first thing that is wrong with it
};

/// What a service calls a medium.
struct medium_name {
    std::string_view name;
    std::string video_order::* place;
    bool required = false;
};

/// A body with the objects input and parameters. It has a model, which `limits` is the row of, and an input
/// object.
read_request read_nested_request(const boost::json::object& body, const wan::model_limits& limits);

/// A body with all members at its top.
read_request read_flat_request(const boost::json::object& body, const wan::model_limits& limits,
                               std::span<const medium_name> media);

} // namespace sandbox
