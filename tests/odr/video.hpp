// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A program of the library's user, for files whose macros are still there when it stands in them.
namespace {

wan::http_result answer(const wan::http_request& request) {
    if (request.method == wan::http_method::post)
        return wan::http_response{.status = 200,
                                  .body = R"({"output":{"task_status":"PENDING","task_id":"t"}})"};
    return wan::http_response{
        .status = 200,
        .body = R"({"output":{"task_status":"SUCCEEDED","task_id":"t","video_url":"https://x/v.mp4"}})"};
}

const char* sentence_for(wan::task_ending end) {
    switch (end) {
    case wan::task_ending::succeeded: return "there is a video";
    case wan::task_ending::failed: return "there will be none";
    case wan::task_ending::rejected: return "the request is wrong";
    case wan::task_ending::submit_unknown: return "it may have been accepted";
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

/// How it ended.
std::string end_of(const wan::outcome& end) {
    return std::string{sentence_for(end.ending)} + "\n" + to_string(end) + "\n";
}

wan::result<wan::task> begin_video(const wan::provider& who) {
    return wan::make_task(who,
                          wan::keyframe_to_video{.first_frame_url = "https://x/a.png",
                                                 .prompt = "A kitten.",
                                                 .resolution = wan::resolution::p720},
                          wan::no_wall_clock);
}

std::string finish_video(wan::result<wan::task> task) {
    if (!task) return std::string{kind_of(task.error())} + "\n" + to_string(task.error());
    wan::time_point now{};
    for (auto step = task->next(now); !step.is_done(); step = task->next(now)) {
        if (!step.is_send())
            now = step.wake_at();
        else if (auto taken = task->receive(answer(step.request()), now); !taken)
            return to_string(taken.error());
    }
    return end_of(task->next(now).outcome());
}

} // namespace
