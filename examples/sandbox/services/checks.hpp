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

/// A request as its service reads it after accepting it.
struct read_request {
    task_request request;
    video_order order;
    std::optional<outcome> failed; ///< the first mistake in it
};

/// A service's names of the media.
struct medium_name {
    std::string_view name;
    std::string video_order::* place;
    bool required = false;
};

/// Reads a body with the objects input and parameters. It must have an input object and the model of
/// `limits`.
read_request read_nested_request(const boost::json::object& body, const wan::model_limits& limits);

/// Reads a body with all members at the top level.
read_request read_flat_request(const boost::json::object& body, const wan::model_limits& limits,
                               std::span<const medium_name> media);

} // namespace sandbox
