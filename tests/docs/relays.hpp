// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Two relays that take DashScope's bodies and answer in words of their own, after their public pages on
// Wan 2.7.
#pragma once

#include <wan/model/catalog.hpp>
#include <wan/wan.hpp>

#include <string_view>
#include <utility>

namespace relays {

// What DashScope gets for generation 2.7, under the relays' path.
template <class Request>
inline const wan::submit_route<Request> routes[] = {
    {"wan2.7-i2v", "/wan/api/v1/services/aigc/video-generation/video-synthesis",
     wan::routes_of<Request>(wan::dashscope::api).routes.back().layout}};

inline constexpr wan::reply_path replies[] = {
    {&wan::reply::task_id, "/output/task_id"}, // only the answer to a submit is still DashScope's
    {&wan::reply::status, "/status"},          {&wan::reply::video_url, "/result_url"},
    {&wan::reply::message, "/error/message"},  {&wan::reply::message, "/fail_reason"},
};
inline constexpr wan::status_word statuses[] = {{"submitted", wan::task_status::pending},
                                                {"in_progress", wan::task_status::running},
                                                {"completed", wan::task_status::succeeded},
                                                {"failed", wan::task_status::failed},
                                                {"UNKNOWN", wan::task_status::expired}};
inline constexpr wan::model_limits models[] = {*wan::find_model(wan::dashscope_models, "wan2.7-i2v")};

inline wan::dialect named(std::string_view name) {
    auto d = wan::dashscope::api; // the key, the headers of a submit
    d.name = name;
    d.jobs = {.keyframe_to_video = {"wan2.7-i2v", routes<wan::keyframe_to_video>},
              .image_to_video = {"wan2.7-i2v", routes<wan::image_to_video>},
              .video_continuation = {"wan2.7-i2v", routes<wan::video_continuation>}};
    d.media_schemes = {wan::url_scheme::https};
    d.upload = {}; // the store is DashScope's own
    d.list = {};   // neither relay documents a list of tasks
    d.cancel = {}; // or how to cancel a task
    d.query = {.path = "/v1/tasks/{task_id}"};
    d.reply = replies;
    d.statuses = statuses;
    d.models = models;
    return d;
}
inline const wan::dialect laozhang_api = named("laozhang"), apiyi_api = named("apiyi");

inline wan::provider laozhang(wan::api_key key) {
    return {.dialect = &laozhang_api, .base_url = "https://api.laozhang.ai", .key = std::move(key)};
}
inline wan::provider apiyi(wan::api_key key) {
    return {.dialect = &apiyi_api, .base_url = "https://api.apiyi.com", .key = std::move(key)};
}

} // namespace relays
