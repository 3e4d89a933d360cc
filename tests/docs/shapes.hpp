// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Single rows that the page on custom gateways shows and no example needs.
#pragma once

#include <wan/wan.hpp>

#include <string_view>

namespace shapes {

// A service that is asked by POST, with the id in the body.
inline constexpr wan::task_route by_post{
    .method = wan::http_method::post, .path = "/v1/query", .body = R"({"taskIds":["{task_id}"]})"};

// A service that puts the result, as JSON, into a string:
// {"data":{"resultJson":"{\"resultUrls\":[\"https://...\"]}"}}
inline constexpr wan::reply_path in_a_string{&wan::reply::video_url, "/data/resultJson", "/resultUrls/0"};

// The list: {"tasks": [{"id": "...", "state": "...", "model": "...", "created": 1770000000000}], "pages": 3}
inline constexpr wan::list_path listed[] = {{&wan::listed_task::task_id, "/id"},
                                            {&wan::listed_task::status, "/state"},
                                            {&wan::listed_task::model, "/model"},
                                            {&wan::listed_task::created_ms, "/created"}};
inline constexpr wan::list_route list{.path = "/v1/tasks",
                                      .start_time = "from",
                                      .end_time = "to",
                                      .model = "model",
                                      .status = "state",
                                      .page = "page",
                                      .page_size = "size",
                                      .tasks = "/tasks",
                                      .task = listed,
                                      .pages = "/pages"};
inline constexpr wan::task_route cancel{.method = wan::http_method::post,
                                        .path = "/v1/tasks/{task_id}/cancel"};

// A model that makes 3 to 8 seconds. The members that are not set here are not accepted.
inline constexpr std::string_view image_types[] = {"image/jpeg", "image/png"};
constexpr wan::model_limits lamp_model() {
    wan::model_limits m{};
    m.model = "lamp-2";
    m.jobs = {wan::job::text_to_video, wan::job::image_to_video};
    m.image_url = {.max_bytes = 10 * 1024 * 1024,
                   .side = {300, 4096},
                   .strict_side = {300, 4096},
                   .max_ratio = 4,
                   .types = image_types};
    m.prompt = {800};
    m.resolution = {.tiers = {wan::resolution::p720, wan::resolution::p1080},
                    .default_tier = wan::resolution::p720};
    m.duration = {.min = 3, .max = 8, .default_seconds = 5};
    m.seed = {0, 2147483647};
    return m;
}

// Headers of a submit. The second one is sent only if a string in the body begins with "store://".
inline constexpr wan::header_rule submit_headers[] = {{"X-Mode", "async"},
                                                      {"X-Resolve-Files", "yes", "store://"}};

// A service that answers every request with a code: these are no errors.
inline constexpr std::string_view success_codes[] = {"1000", "done"};

} // namespace shapes
