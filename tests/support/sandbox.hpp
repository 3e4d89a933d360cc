// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The sandbox as a program of its own, and the command-line client against it.
#pragma once

#include "support/golden.hpp"
#include "support/program.hpp"

#include "executors/curl.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace support {

inline const std::string secret = "sk-e2e-secret";

class sandbox {
public:
    explicit sandbox(std::vector<std::string> options = {})
        : server_(WAN_SANDBOX_PROGRAM, with_defaults(std::move(options))) {
        const std::string line = "listening on ";
        REQUIRE(eventually([&] { return server_.out().ends_with('\n'); }));
        const auto out = server_.out();
        REQUIRE(out.starts_with(line));
        url_ = out.substr(line.size(), out.size() - line.size() - 1);
    }
    ~sandbox() {
        server_.kill(SIGTERM);
        CHECK(server_.wait() == 0);
        CHECK(server_.err().find(secret) == std::string::npos);
    }

    const std::string& url() const { return url_; }
    std::string base_url() const { return url_ + "/api/v1"; }

    boost::json::object stats() const {
        wan::executors::curl http;
        const auto got = http({.url = url_ + "/sandbox/stats", .max_reply_bytes = 64 << 20});
        REQUIRE(got);
        return parse_json(got->body).as_object();
    }
    std::int64_t count(std::string_view name) const {
        return stats().at({name.data(), name.size()}).to_number<std::int64_t>();
    }

private:
    static std::vector<std::string> with_defaults(std::vector<std::string> options) {
        // Tests poll faster than a service allows.
        for (const auto& [option, value] :
             {std::pair{"--pace", "50"}, std::pair{"--queries-per-second", "0"}})
            if (std::find(options.begin(), options.end(), option) == options.end())
                options.insert(options.end(), {option, value});
        options.insert(options.end(), {"--port", "0", "--assets", WAN_SOURCE_DIR "/examples/frames"});
        return options;
    }

    program server_;
    std::string url_;
};

struct finished {
    int code;
    std::string out, err;

    boost::json::object json() const { return parse_json(out).as_object(); }
    std::string state() const { return std::string{json().at("state").as_string()}; }
};

/// Runs to its end. Whatever it printed, the key was not in it.
inline finished wait_for(program& p) {
    const int code = p.wait();
    finished f{code, p.out(), p.err()};
    CHECK(f.out.find(secret) == std::string::npos);
    CHECK(f.err.find(secret) == std::string::npos);
    return f;
}

inline finished wan_cli(std::vector<std::string> arguments, const std::string& key = secret) {
    program p{WAN_PROGRAM, std::move(arguments), {"DASHSCOPE_API_KEY=" + key}};
    return wait_for(p);
}

/// `keyframe-to-video` with the sample frames, against that server, polling fast.
inline std::vector<std::string> keyframes(const sandbox& server, std::vector<std::string> more = {}) {
    more.insert(more.begin(),
                {"keyframe-to-video", "--base-url", server.base_url(), "--first-frame",
                 server.url() + "/assets/first.png", "--last-frame", server.url() + "/assets/last.png",
                 "--resolution", "480P", "--poll-every", "0.05", "--request-timeout", "2"});
    return more;
}

} // namespace support
