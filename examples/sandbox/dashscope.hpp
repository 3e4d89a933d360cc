// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "counters.hpp"
#include "message.hpp"
#include "tasks.hpp"
#include "video.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>

namespace sandbox {

/// DashScope's asynchronous video API.
class dashscope {
public:
    struct setup {
        task_store& tasks;
        counters& counts;
        fault_set faults;
        std::function<void(video_order)> start_video; ///< its outcome goes to the task store
        std::string videos_url;                       ///< what the URLs of videos begin with
    };

    explicit dashscope(setup parts) : parts_(std::move(parts)) {}

    /// Nothing if the request is none of this API's.
    std::optional<reply> answer(const request& asked);

private:
    reply submit(const request& asked, bool keyframe_path);
    std::optional<reply> submit_fault();
    reply create(const boost::json::object& body, const wan::model_limits& limits);

    reply query(const request& asked, std::string_view id);
    std::optional<reply> query_fault(std::string_view id, task* t);
    reply describe(task& t);
    void describe_success(const task& t, boost::json::object& output);

    setup parts_;
    fault_counts submit_faults_;
};

} // namespace sandbox
