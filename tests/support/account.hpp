// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One key's view of the sandbox's DashScope side, asked as the library asks.
#pragma once

#include "support/sandbox.hpp"

#include <wan/wan.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace support {

class account {
public:
    explicit account(const sandbox& server, std::string key = secret)
        : who_(wan::dashscope::at(server.base_url(), std::move(key))), address_(server.base_url()) {}

    wan::http_result submit(const std::string& prompt, std::string_view model = "wan2.2-kf2v-flash",
                            std::chrono::milliseconds timeout = patience) {
        wan::keyframe_to_video asked;
        asked.model = model;
        asked.prompt = prompt;
        asked.first_frame_url = "https://example.com/a.png";
        return submit(asked, timeout);
    }
    wan::http_result submit(const wan::keyframe_to_video& asked,
                            std::chrono::milliseconds timeout = patience) {
        return send(*wan::make_submit(who_, asked), timeout);
    }
    /// The id of a new task.
    std::string create(const std::string& prompt, std::string_view model = "wan2.2-kf2v-flash") {
        const auto got = submit(prompt, model);
        REQUIRE(got);
        REQUIRE_MESSAGE(got->status == 200, got->body);
        return std::string{parse_json(got->body).at("output").at("task_id").as_string()};
    }

    wan::http_result query(const std::string& id, std::chrono::milliseconds timeout = patience) {
        return send(*wan::make_query(who_, id), timeout);
    }
    boost::json::object output(const std::string& id) {
        const auto got = query(id);
        REQUIRE(got);
        return parse_json(got->body).at("output").as_object();
    }
    std::string status(const std::string& id) {
        return std::string{output(id).at("task_status").as_string()};
    }
    bool becomes(const std::string& id, std::string_view word) {
        return eventually([&] { return status(id) == word; });
    }

    wan::http_result list(const wan::list_filter& filter = {}) { return send(*wan::make_list(who_, filter)); }
    wan::http_result get(const std::string& path, std::chrono::milliseconds timeout = patience) {
        return send({.url = address_ + path, .headers = wan::make_list(who_)->headers}, timeout);
    }
    wan::cancel_reply cancel(const std::string& id) {
        return wan::parse_cancel(wan::dashscope::api, send(*wan::make_cancel(who_, id)));
    }

private:
    static constexpr std::chrono::milliseconds patience{10'000};

    static wan::http_result send(wan::http_request request, std::chrono::milliseconds timeout = patience) {
        request.timeout = timeout;
        // A connection of its own: libcurl repeats a GET by itself if a reused one was reset, and hides the
        // fault.
        wan::executors::curl http;
        return http(request);
    }

    wan::provider who_;
    std::string address_;
};

} // namespace support
