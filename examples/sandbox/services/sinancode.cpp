// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/sinancode.hpp"

#include <wan/model/catalog.hpp>

#include <boost/json/array.hpp>

#include <algorithm>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view tasks_path = "/v1/tasks/";

constexpr medium_name keyframe_media[] = {
    {"first_frame_url", &video_order::first_frame_url, true},
    {"last_frame_url", &video_order::last_frame_url},
};

constexpr medium_name image_media[] = {
    {"image_url", &video_order::first_frame_url, true},
    {"audio_url", &video_order::audio_url},
};

struct submit_path {
    std::string_view path;
    wan::job job;
    std::span<const medium_name> media;
};

constexpr submit_path submit_paths[] = {
    {"/v1/generate/bailian/wan2-keyframe-to-video", wan::job::keyframe_to_video, keyframe_media},
    {"/v1/generate/bailian/wan2-image-to-video", wan::job::image_to_video, image_media},
};

// No code is documented, so none is sent. Canceling a task is not documented either.
constexpr refusal no_task{404, {}, "Task not found."};
constexpr wording words{
    .no_key = {401, {}, "No API key was given."},
    .wrong_key = {401, {}, "The API key is not known."},
    .unreadable_body = {400, {}, "The request body is not a JSON object."},
    .broken = {500, {}, "An internal error has occurred."},
    .unavailable = {503, {}, "The service is unavailable, please try again later."},
    .throttled = {429, {}, "Too many requests, please try again later."},
    .no_task = no_task,
    .statuses = {"pending", "processing", "completed", "failed", "failed"},
    .strange_status = "warming_up",
};

constexpr refusal unknown_model{400, {}, "No such model is offered here."};

/// Returns the row of the model, or of the newest model if none is named, if it supports the job.
const wan::model_limits* find_row(std::span<const wan::model_limits> rows, std::string_view model,
                                  wan::job job) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const wan::model_limits& known) {
        return known.jobs.contains(job) && (model.empty() || known.model == model);
    });
    return row == rows.end() ? nullptr : &*row;
}

} // namespace

sinancode::sinancode(setup parts) : service(std::move(parts), words, wan::sinancode_models) {}

std::optional<reply> sinancode::answer(const request& asked) {
    const auto path = asked.path();
    if (asked.method == "POST")
        for (const auto& row : submit_paths)
            if (path == row.path)
                return submit(asked, [&](const json::object& body) {
                    const auto* const limits = find_row(models(), text_member(body, "model"), row.job);
                    if (!limits) return error(unknown_model);
                    return create(read_flat_request(body, *limits, row.media));
                });
    const auto id = path.starts_with(tasks_path) ? id_after(path, tasks_path) : std::string_view{};
    if (asked.method == "GET" && !id.empty()) return query(asked, id);
    return std::nullopt;
}

reply sinancode::error(const refusal& why) const {
    return json_reply(why.status, {{"message", why.message}});
}

json::object sinancode::submitted(const task* t) const {
    return t ? json::object{{"task_id", t->id}} : json::object{};
}

reply sinancode::unknown_task(std::string_view) const { return error(no_task); }

json::object sinancode::status_of(std::string_view id, std::string_view word) const {
    return {{"id", id}, {"status", word}};
}

json::object sinancode::describe(const task& t) const {
    auto members = status_of(t.id, word_for(t.status));
    if (t.status == task_status::canceled) {
        members["error_code"] = "Canceled";
        members["error_msg"] = "The task was canceled.";
    }
    if (t.status == task_status::failed) {
        if (!t.result->code.empty()) members["error_code"] = t.result->code;
        if (!t.result->message.empty()) members["error_msg"] = t.result->message;
    }
    if (t.status == task_status::succeeded) {
        json::array result;
        if (const auto url = video_url(t); !url.empty())
            result.push_back(json::object{{"type", "video"}, {"url", url}});
        members["result"] = std::move(result);
    }
    return members;
}

} // namespace sandbox
