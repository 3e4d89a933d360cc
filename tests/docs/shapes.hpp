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

// Headers of a submit. The second one is sent only if a string in the body begins with "store://".
inline constexpr wan::header_rule submit_headers[] = {{"X-Mode", "async"},
                                                      {"X-Resolve-Files", "yes", "store://"}};

// A service that answers every request with a code: these are no errors.
inline constexpr std::string_view success_codes[] = {"1000", "done"};

} // namespace shapes
