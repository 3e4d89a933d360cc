// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A service that answers from a script, and a clock that jumps.
#pragma once

#include <wan/wan.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace support {

using namespace std::chrono_literals;

inline wan::http_result answer(unsigned status, std::string body,
                               std::vector<wan::http_header> headers = {}) {
    return wan::http_response{.status = status, .headers = std::move(headers), .body = std::move(body)};
}
inline wan::http_result not_sent() {
    return wan::transport_error{wan::delivery::not_sent, "connection refused"};
}
inline wan::http_result maybe_sent() {
    return wan::transport_error{wan::delivery::maybe_sent, "connection reset"};
}

inline wan::http_result submitted() {
    return answer(200, R"({"output":{"task_status":"PENDING","task_id":"task-1"},"request_id":"request-1"})");
}
inline wan::http_result status(const std::string& word) {
    return answer(200, R"({"request_id":"request-2","output":{"task_id":"task-1","task_status":")" + word +
                           R"("}})");
}
inline wan::http_result succeeded() {
    return answer(200, R"({"request_id":"request-3","output":{"task_id":"task-1","task_status":"SUCCEEDED",)"
                       R"("video_url":"https://result.example/video.mp4?Expires=1756777047"}})");
}
inline wan::http_result failure(unsigned http_status, const std::string& code,
                                const std::string& message = "no") {
    return answer(http_status,
                  R"({"code":")" + code + R"(","message":")" + message + R"(","request_id":"request-4"})");
}

/// Answers the n-th request with the n-th entry; the last entry repeats. Copies share their memory.
class scripted_peer {
public:
    scripted_peer(std::vector<wan::http_result> script) : state_(std::make_shared<state>()) {
        state_->script = std::move(script);
    }

    wan::http_result operator()(const wan::http_request& request) {
        auto& s = *state_;
        s.requests.push_back(request);
        return s.script[std::min(s.requests.size(), s.script.size()) - 1];
    }

    const std::vector<wan::http_request>& requests() const { return state_->requests; }

    std::size_t submits() const { return count(wan::http_method::post); }
    std::size_t queries() const { return count(wan::http_method::get); }

private:
    std::size_t count(wan::http_method method) const {
        std::size_t n = 0;
        for (const auto& r : state_->requests) n += r.method == method;
        return n;
    }

    struct state {
        std::vector<wan::http_result> script;
        std::vector<wan::http_request> requests;
    };
    std::shared_ptr<state> state_;
};

/// A clock that stands still until somebody sleeps. Copies show the same time.
class virtual_timer {
public:
    wan::time_point now() const { return *now_; }
    void sleep_until(wan::time_point until) { *now_ = std::max(*now_, until); }
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(now_->time_since_epoch());
    }

private:
    std::shared_ptr<wan::time_point> now_ = std::make_shared<wan::time_point>();
};

inline wan::provider test_provider() {
    return wan::dashscope::provider("sk-test-secret", wan::region::singapore);
}

inline wan::keyframe_to_video test_shot() {
    return {.first_frame_url = "https://frames.example/first.png",
            .last_frame_url = "https://frames.example/last.png",
            .resolution = wan::resolution::p720};
}

/// It shows the second of February 2026, 2:40 UTC, when the clock that only goes forward begins.
inline constexpr wan::wall_clock test_clock{std::chrono::sys_seconds{1'770'000'000s}, wan::time_point{}};
/// The same clock, confirmed by a response.
inline constexpr wan::wall_clock checked_clock{test_clock.time, test_clock.at, wan::clock_trust::checked};

/// No jitter: times in the tests are exact.
inline wan::policy exact_policy() {
    wan::policy p;
    p.jitter = 0;
    return p;
}

} // namespace support
