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

    wan::http_result submit(const std::string& prompt, std::string_view model = "wan2.2-kf2v-flash") {
        wan::keyframe_to_video asked;
        asked.model = model;
        asked.prompt = prompt;
        asked.first_frame_url = "https://example.com/a.png";
        return http_(*wan::make_submit(who_, asked));
    }
    /// The id of a new task.
    std::string create(const std::string& prompt, std::string_view model = "wan2.2-kf2v-flash") {
        const auto got = submit(prompt, model);
        REQUIRE(got);
        REQUIRE_MESSAGE(got->status == 200, got->body);
        return std::string{parse_json(got->body).at("output").at("task_id").as_string()};
    }

    wan::http_result query(const std::string& id) { return http_(*wan::make_query(who_, id)); }
    boost::json::object output(const std::string& id) {
        const auto got = query(id);
        REQUIRE(got);
        return parse_json(got->body).at("output").as_object();
    }
    std::string status(const std::string& id) { return std::string{output(id).at("task_status").as_string()}; }
    bool becomes(const std::string& id, std::string_view word) {
        return eventually([&] { return status(id) == word; });
    }

    wan::http_result list(const wan::list_filter& filter = {}) { return http_(*wan::make_list(who_, filter)); }
    wan::http_result get(const std::string& path) {
        return http_({.url = address_ + path, .headers = make_headers()});
    }
    wan::cancel_reply cancel(const std::string& id) {
        return wan::parse_cancel(wan::dashscope::api, http_(*wan::make_cancel(who_, id)));
    }

private:
    std::vector<wan::http_header> make_headers() const { return wan::make_list(who_)->headers; }

    wan::provider who_;
    std::string address_;
    wan::executors::curl http_;
};

} // namespace support
