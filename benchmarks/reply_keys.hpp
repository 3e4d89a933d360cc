// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Where the parts of a reply stand, for the peers: what a program looks up by hand that uses a JSON library
/// alone.
#pragma once

#include <wan/provider/reply.hpp>

namespace bench {

/// `access` knows one library: `object_at(object, key)` gives null if there is no such object, and
/// `read(object, key, target)` leaves the target as it is if there is no such value.
template <class Object, class Access>
wan::reply reply_of(const Object& root, Access access) {
    wan::reply reply;
    access.read(root, "request_id", reply.request_id);
    if (const auto* output = access.object_at(root, "output")) {
        access.read(*output, "task_id", reply.task_id);
        access.read(*output, "task_status", reply.status);
        access.read(*output, "video_url", reply.video_url);
        access.read(*output, "code", reply.code);
        access.read(*output, "message", reply.message);
        access.read(*output, "submit_time", reply.submit_time);
        access.read(*output, "scheduled_time", reply.scheduled_time);
        access.read(*output, "end_time", reply.end_time);
        access.read(*output, "orig_prompt", reply.orig_prompt);
        access.read(*output, "actual_prompt", reply.actual_prompt);
    }
    if (const auto* usage = access.object_at(root, "usage")) {
        access.read(*usage, "video_duration", reply.video_duration);
        access.read(*usage, "video_count", reply.video_count);
        access.read(*usage, "video_ratio", reply.video_ratio);
        access.read(*usage, "SR", reply.resolution);
    }
    return reply;
}

} // namespace bench
