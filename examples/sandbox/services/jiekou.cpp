// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/jiekou.hpp"

#include "sandbox/http/url_query.hpp"

#include <wan/model/catalog.hpp>

#include <boost/beast/core/string.hpp>
#include <boost/json/array.hpp>

#include <algorithm>
#include <chrono>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view models_path = "/v3/async/";
constexpr std::string_view result_path = "/v3/async/task-result";

constexpr medium_name media[] = {
    {"image_url", &video_order::first_frame_url},
    {"first_clip_url", &video_order::first_clip_url},
    {"last_frame_url", &video_order::last_frame_url},
    {"driving_audio_url", &video_order::audio_url},
};

constexpr medium_name text_media[] = {
    {"audio_url", &video_order::audio_url},
};

constexpr refusal no_task{404, "TASK_NOT_FOUND", "No task has that id."};

constexpr wording words{
    .no_key = {403, "INVALID_API_KEY", "No API key was given."},
    .wrong_key = {401, "FAILED_TO_AUTH", "The API key is not known."},
    .unreadable_body = {400, "INVALID_REQUEST_BODY", "The request body is not a JSON object."},
    .broken = {500, "INTERNAL_ERROR", "An internal error has occurred."},
    .unavailable = {503, "SERVICE_NOT_AVAILABLE", "The service is unavailable, please try again later."},
    .throttled = {429, "RATE_LIMIT_EXCEEDED", "Too many requests, please try again later"},
    .no_task = no_task,
    .statuses = {"TASK_STATUS_QUEUED", "TASK_STATUS_PROCESSING", "TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED",
                 "TASK_STATUS_CANCELED"},
    .strange_status = "TASK_STATUS_WARMING_UP",
};

constexpr refusal unknown_model{404, "MODEL_NOT_FOUND", "No such model is offered here."};

struct progress {
    int eta; ///< seconds
    int percent;
};

/// In the order of task_status.
constexpr progress progress_table[] = {{60, 0}, {30, 50}, {0, 100}, {0, 0}, {0, 0}};

// The scheme of a URL may be written in capitals.
bool is_data_url(std::string_view url) { return boost::beast::iequals(url.substr(0, 5), "data:"); }

std::string_view medium_given_as_data(const json::object& body) {
    for (const auto& row : media)
        if (is_data_url(text_member(body, row.name))) return row.name;
    return {};
}

} // namespace

jiekou::jiekou(setup parts) : service(std::move(parts), words, wan::jiekou_models) {}

std::optional<reply> jiekou::answer(const request& asked) {
    const auto path = asked.path();
    if (asked.method == "GET" && path == result_path)
        return query(asked, parameter(asked.query(), "task_id"));
    if (asked.method != "POST" || !path.starts_with(models_path)) return std::nullopt;
    const auto model = path.substr(models_path.size());
    return submit(asked, [&](const json::object& body) { return take(body, model); });
}

reply jiekou::take(const json::object& body, std::string_view model) {
    const auto* const limits = wan::find_model(models(), model);
    if (!limits) return error(unknown_model);
    if (const auto name = medium_given_as_data(body); !name.empty())
        return error({400, "INVALID_REQUEST_BODY", std::string{name} + " must be an HTTP or HTTPS URL."});
    if (limits->jobs.contains(wan::job::text_to_video))
        return create(read_flat_request(body, *limits, text_media));
    return create(read_flat_request(body, *limits, media));
}

reply jiekou::error(const refusal& why) const {
    return json_reply(
        why.status,
        {{"code", why.status}, {"reason", why.code}, {"message", why.message}, {"metadata", json::object{}}});
}

json::object jiekou::submitted(const task* t) const {
    return t ? json::object{{"task_id", t->id}} : json::object{};
}

reply jiekou::unknown_task(std::string_view) const { return error(no_task); }

json::object jiekou::status_of(std::string_view id, std::string_view word) const {
    return {{"extra", json::object{}},
            {"task",
             {{"task_id", id},
              {"task_type", "WAN_2_7_I2V"},
              {"status", word},
              {"reason", ""},
              {"eta", 0},
              {"progress_percent", 0}}},
            {"images", json::array{}},
            {"videos", json::array{}},
            {"audios", json::array{}}};
}

json::object jiekou::describe(const task& t) const {
    auto members = status_of(t.id, word_for(t.status));
    auto& about = members["task"].as_object();
    const auto& [eta, percent] = progress_table[static_cast<std::size_t>(t.status)];
    about["eta"] = eta;
    about["progress_percent"] = percent;
    if (t.status == task_status::failed) about["reason"] = t.result->message;
    if (t.status != task_status::succeeded) return members;
    const std::chrono::seconds lifetime = t.request.limits->video_url_lifetime;
    if (const auto url = video_url(t); !url.empty())
        members["videos"].as_array().push_back(json::object{
            {"video_url", url}, {"video_url_ttl", std::to_string(lifetime.count())}, {"video_type", "mp4"}});
    return members;
}

} // namespace sandbox
