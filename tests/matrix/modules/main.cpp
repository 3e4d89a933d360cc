// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A shot from request to video by `import wan;` alone, with what each layer says by the way.
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

import wan;

namespace {

int failures = 0;
void check(bool holds, const char* what) {
    if (holds) return;
    std::printf("failed: %s\n", what);
    ++failures;
}

wan::http_result say(std::string json) {
    wan::http_response answer;
    answer.status = 200;
    answer.body = std::move(json);
    return answer;
}

struct no_wait {
    wan::time_point time{};
    wan::time_point now() const { return time; }
    void sleep_until(wan::time_point until) { time = until; }
};

} // namespace

int main() {
    wan::keyframe_to_video shot{.first_frame_url = "https://example.com/first.png"};
    shot.last_frame_url = "https://example.com/last.png";
    shot.prompt = "A lamp is lit";
    shot.resolution = wan::resolution::p720;
    const auto service = wan::dashscope::provider("key", wan::region::singapore);

    check(wan::to_wire(wan::resolution::p720) == "720P", "names of enumerators");
    check(wan::from_wire<wan::job>("keyframe_to_video") == wan::job::keyframe_to_video,
          "enumerators of names");
    check(wan::validate(service, shot).empty(), "a valid request");
    check(wan::predict_output_size({1280, 720}, wan::target_pixels(*shot.resolution)).width == 1280,
          "the size of the video");

    const auto submit = wan::make_submit(service, shot);
    check(submit.has_value(), "a submit");
    check(submit->body.flatten()->find("A lamp is lit") != std::string::npos, "its body");

    unsigned asked = 0;
    const auto end = wan::run(
        service, shot,
        [&](const wan::http_request& request) {
            if (request.method == wan::http_method::post)
                return say(R"({"request_id":"r","output":{"task_id":"t","task_status":"PENDING"}})");
            if (++asked < 2)
                return say(R"({"request_id":"r","output":{"task_id":"t","task_status":"RUNNING"}})");
            return say(
                R"({"request_id":"r","output":{"task_id":"t","task_status":"SUCCEEDED","video_url":"https://example.com/v.mp4"}})");
        },
        {}, no_wait{});
    check(end.ending == wan::task_ending::succeeded, "the end");
    check(end.video && end.video->url == "https://example.com/v.mp4", "the video");
    check(asked == 2, "two questions");

    shot.first_frame_url = "";
    const auto refused = wan::make_task(service, shot, wan::no_wall_clock);
    check(!refused && to_string(refused.error()).find("first_frame_url") != std::string::npos, "a refusal");

    const auto read =
        wan::read_request(R"({"job":"image_to_video","image_url":"https://example.com/a.png"})");
    check(read && wan::job_in(*read) == wan::job::image_to_video, "a request that is read");

    std::printf("%d failed\n", failures);
    return failures == 0 ? 0 : 1;
}
