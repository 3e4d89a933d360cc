// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The reply as structs, for libraries that fill structs.
#pragma once

#include <wan/provider/reply.hpp>

#include <optional>
#include <string>
#include <utility>

namespace bench {

struct output_part {
    std::optional<std::string> task_id, task_status, video_url, code, message, submit_time, scheduled_time,
        end_time, orig_prompt, actual_prompt;
};
struct usage_part {
    std::optional<double> video_duration, video_count, SR;
    std::optional<std::string> video_ratio;
};
struct reply_parts {
    std::optional<std::string> request_id;
    std::optional<output_part> output;
    std::optional<usage_part> usage;
};

inline wan::reply reply_of(reply_parts&& parts) {
    wan::reply r;
    const auto take = [](std::optional<std::string>& from, std::string& to) {
        if (from) to = *std::move(from);
    };
    take(parts.request_id, r.request_id);
    if (auto& o = parts.output) {
        take(o->task_id, r.task_id);
        take(o->task_status, r.status);
        take(o->video_url, r.video_url);
        take(o->code, r.code);
        take(o->message, r.message);
        take(o->submit_time, r.submit_time);
        take(o->scheduled_time, r.scheduled_time);
        take(o->end_time, r.end_time);
        take(o->orig_prompt, r.orig_prompt);
        take(o->actual_prompt, r.actual_prompt);
    }
    if (auto& u = parts.usage) {
        r.video_duration = u->video_duration;
        r.video_count = u->video_count;
        r.resolution = u->SR;
        take(u->video_ratio, r.video_ratio);
    }
    return r;
}

} // namespace bench
