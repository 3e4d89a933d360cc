// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A service of one's own: a relay that takes keyframes as DashScope does, but flat, and answers in words of its own.
#pragma once

#include <wan/wan.hpp>

namespace relay {

using k = wan::keyframe_to_video;
namespace json = wan::json;

// Where each member goes. One that is forgotten does not compile.
using body = json::layout<
    json::place<json::resolved_model<&k::model>, &k::prompt, json::renamed<&k::first_frame_url, "image_start">,
                json::renamed<&k::last_frame_url, "image_end">, &k::resolution, &k::seed>,
    json::object<"options", json::place<&k::prompt_extend, &k::watermark, &k::negative_prompt>>,
    json::fixed<&k::duration, 5>,                         // it always makes 5 seconds
    json::refused<&k::template_, &k::driving_audio_url>>; // it has no place here

inline constexpr wan::submit_route<k> routes[] = {{"kf2v", "/wan/submit", json::layout_of<k, body>}};

// Where to look in a reply; of several places the first that has a value counts.
inline constexpr wan::reply_path replies[] = {
    {&wan::reply::task_id, "/data/taskId"},   {&wan::reply::status, "/status"},
    {&wan::reply::video_url, "/result_url"},  {&wan::reply::code, "/error/type"},
    {&wan::reply::message, "/error/message"}, {&wan::reply::request_id, "/trace"},
};

inline constexpr wan::status_word statuses[] = {
    {"submitted", wan::task_status::pending},
    {"in_progress", wan::task_status::running},
    {"completed", wan::task_status::succeeded},
    {"failed", wan::task_status::failed},
};

inline constexpr wan::error_word errors[] = {
    {"rate_limit", wan::error_category::throttled},
    {"insufficient_quota", wan::error_category::billing},
};

inline constexpr wan::dialect api{
    .name = "relay",
    .auth_header = "X-Api-Key",
    .auth_prefix = "",
    .submit_headers = {},
    .jobs = {wan::job_routes<k>{"wan2.2-kf2v-flash", routes}, wan::job_routes<wan::image_to_video>{},
             wan::job_routes<wan::video_continuation>{}},
    .media_schemes = {wan::url_scheme::http, wan::url_scheme::https},
    .query_path = "/v1/tasks/{task_id}",
    .reply = replies,
    .statuses = statuses,
    .errors = errors,
    .success_codes = {},
    .models = wan::dashscope_models,
};

inline wan::provider provider(wan::api_key key) {
    return {.dialect = &api, .base_url = "https://api.relay.example", .key = std::move(key)};
}

} // namespace relay
