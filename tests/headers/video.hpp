// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A program of the library's user, for files whose macros are still there when it stands in them.
namespace {

wan::http_result answer(const wan::http_request& request) {
    if (request.method == wan::http_method::post)
        return wan::http_response{.status = 200, .body = R"({"output":{"task_status":"PENDING","task_id":"t"},"request_id":"r"})"};
    return wan::http_response{
        .status = 200, .body = R"({"output":{"task_status":"SUCCEEDED","task_id":"t","video_url":"https://x/v.mp4"},"request_id":"r"})"};
}

const char* sentence_for(wan::task_state end) {
    switch (end) {
    case wan::task_state::succeeded: return "there is a video";
    case wan::task_state::failed: return "there will be none";
    case wan::task_state::refused: return "the request is wrong";
    case wan::task_state::submit_unknown: return "it may have been accepted";
    default: return "something else";
    }
}

const char* kind_of(const wan::error& e) {
    switch (e.category) {
    case wan::error_category::invalid_request: return "a mistake";
    case wan::error_category::transport: return "the network";
    default: return "the service";
    }
}

/// How often a request was sent; negative if there is no video.
int make_video(const wan::provider& who) {
    const wan::keyframe_to_video shot{.first_frame_url = "https://x/a.png", .prompt = "A kitten.", .resolution = wan::resolution::p720};
    auto task = wan::start(who, shot);
    if (!task) {
        std::printf("%s: %s\n", kind_of(task.error()), to_string(task.error()).c_str());
        return -1;
    }
    wan::time_point now{};
    int sent = 0;
    for (auto step = task->next(now); !step.is_done(); step = task->next(now)) {
        if (step.is_send()) {
            ++sent;
            if (auto taken = task->receive(answer(step.request()), now); !taken) return -1;
        } else {
            now = step.wake_at();
        }
    }
    const auto end = task->next(now).outcome();
    std::printf("%s: %s\n", sentence_for(end.state), to_string(end).c_str());
    return end ? sent : -1;
}

} // namespace
