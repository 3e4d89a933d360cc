// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/dashscope.hpp"

#include "sandbox/http/url_query.hpp"
#include "sandbox/ids.hpp"
#include "sandbox/store/task_list.hpp"

#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <variant>
#include <vector>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view keyframe_path = "/api/v1/services/aigc/image2video/video-synthesis";
constexpr std::string_view video_path = "/api/v1/services/aigc/video-generation/video-synthesis";
constexpr std::string_view list_path = "/api/v1/tasks";
constexpr std::string_view tasks_path = "/api/v1/tasks/";
constexpr std::string_view cancel_path = "/cancel";
constexpr std::string_view uploads_path = "/api/v1/uploads";
constexpr std::string_view upload_scheme = "oss://";

constexpr wording words{
    .no_key = {401, "InvalidApiKey", "No API-key provided."},
    .wrong_key = {401, "InvalidApiKey", "Invalid API-key provided."},
    .unreadable_body = {400, "BadRequest.IllegalInput",
                        "Required body invalid, please check the request body format."},
    .broken = {500, "InternalError", "An internal error has occurred."},
    .unavailable = {503, "ModelUnavailable", "Model is unavailable, please try again later."},
    .throttled = {429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later."},
    .no_task = {404, "NotFound", "The task does not exist."},
    .statuses = {"PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED"},
    .strange_status = "WARMING_UP",
};

constexpr refusal synchronous{403, "AccessDenied", "current user api does not support synchronous calls."};
constexpr refusal no_model{
    400, "BadRequest.EmptyModel",
    "Required parameter(model) missing or invalid, please check the request parameters."};
// With the full-width mark and the link, as in users' logs. The guides quote it without both.
constexpr refusal wrong_path{400, "InvalidParameter",
                             "url error, please check url\xEF\xBC\x81 For details, see: "
                             "https://help.aliyun.com/zh/model-studio/error-code#error-url"};
constexpr refusal unknown_model{404, "ModelNotFound", "Model can not be found."};
constexpr refusal no_input{400, "BadRequest.EmptyInput", "Required input parameter missing from request."};

constexpr refusal not_pending{400, "UnsupportedOperation",
                              "Failed to cancel the task, please confirm if the task is in PENDING status."};

constexpr refusal wrong_action{
    400, "InvalidParameter",
    "Required parameter(action) missing or invalid, please check the request parameters."};
constexpr refusal no_model_to_upload_for{
    400, "InvalidParameter",
    "Required parameter(model) missing or invalid, please check the request parameters."};
constexpr refusal uploads_not_resolved{
    400, "InvalidParameter.DataInspection",
    "Unable to download the media resource during the data inspection process."};

constexpr std::string video_order::* media_urls[] = {
    &video_order::first_frame_url, &video_order::last_frame_url, &video_order::first_clip_url,
    &video_order::audio_url, &video_order::video_url};

/// Returns all URLs of the order.
std::vector<std::string_view> urls_of(const video_order& order) {
    std::vector<std::string_view> urls;
    for (const auto url : media_urls) urls.push_back(order.*url);
    for (const auto& each : order.references) {
        urls.push_back(each.url);
        urls.push_back(each.voice_url);
    }
    return urls;
}

bool names_uploads(const video_order& order) {
    const auto urls = urls_of(order);
    return std::any_of(urls.begin(), urls.end(),
                       [](std::string_view url) { return url.starts_with(upload_scheme); });
}

/// The members of the responses about a generation of models.
struct generation {
    std::string_view mark; ///< a part of the models' names
    std::string_view duration;
    bool tells_tier;
    bool tells_input_and_output;
    bool tells_actual_prompt;
};

constexpr generation generations[] = {
    {"2.1-", "video_duration", false, false, true}, {"2.2-kf2v", "video_duration", true, false, true},
    {"2.2-i2v", "duration", true, false, true},     {"2.5-", "duration", true, false, true},
    {"2.6-", "duration", true, true, false},        {"", "duration", true, true, false},
};

const generation& generation_of(std::string_view model) {
    const auto* row = generations;
    while (model.find(row->mark) == std::string_view::npos) ++row;
    return *row; // the last row's mark is empty, so it matches every name
}

// The service routes by the model's name before it looks the model up.
bool is_on_wrong_path(std::string_view model, bool on_keyframe_path) {
    const bool is_wan = model.starts_with("wan");
    const bool is_keyframe_model = model.find("kf2v") != std::string_view::npos;
    return is_wan && is_keyframe_model != on_keyframe_path;
}

std::int64_t tier_number(wan::resolution tier) {
    const auto name = wan::to_wire(tier);
    std::int64_t number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    return number;
}

/// Rounds to hundredths.
json::value number_of_seconds(std::int64_t hundredths) {
    if (hundredths % 100 == 0) return hundredths / 100;
    return static_cast<double>(hundredths) / 100;
}

json::object usage_of(const task_request& asked, const outcome& result) {
    const auto& row = generation_of(asked.model);
    const auto seconds = asked.seconds == 0 ? result.seconds : asked.seconds;
    json::object usage{{row.duration, seconds}};
    if (result.reference_seconds > 0) {
        const std::int64_t input = std::llround(result.reference_seconds * 100);
        usage[row.duration] = number_of_seconds(input + std::int64_t{seconds} * 100);
        usage["input_video_duration"] = number_of_seconds(input);
        usage["output_video_duration"] = seconds;
    } else if (row.tells_input_and_output) {
        // Their sum is billed.
        const std::int64_t billed = std::int64_t{seconds} * 100;
        const std::int64_t input = std::llround(result.clip_seconds * 100);
        usage["input_video_duration"] = number_of_seconds(input);
        usage["output_video_duration"] = number_of_seconds(billed - input);
    }
    usage["video_count"] = 1;
    if (row.tells_tier)
        usage["SR"] = tier_number(asked.tier);
    else
        usage["video_ratio"] = "standard";
    if (!asked.ratio.empty()) usage["ratio"] = asked.ratio;
    if (!asked.size.empty() && row.tells_tier) usage["size"] = asked.size;
    if (asked.limits->audio.offered()) usage["audio"] = asked.sound;
    return usage;
}

} // namespace

dashscope::dashscope(setup parts, upload_store& files)
    : service(parts, words,
              parts.catalog ? parts.catalog->rows()
                            : std::span<const wan::model_limits>{wan::dashscope_models}),
      files_(files) {}

std::optional<reply> dashscope::answer(const request& asked) {
    const auto path = asked.path();
    if (asked.method == "POST")
        for (const bool on_keyframe_path : {true, false})
            if (path.ends_with(on_keyframe_path ? keyframe_path : video_path))
                return submit(asked, [&](const json::object& body) {
                    return take(body, on_keyframe_path,
                                asked.header("x-dashscope-ossresourceresolve") == "enable");
                });
    if (asked.method == "POST" && path.ends_with(cancel_path))
        if (const auto id = id_after(path.substr(0, path.size() - cancel_path.size()), tasks_path);
            !id.empty())
            return cancel(asked, id, not_pending);
    if (asked.method != "GET") return std::nullopt;
    if (path.ends_with(list_path))
        return list(asked, [&](std::string_view account) { return list_of(account, asked.query()); });
    if (path.ends_with(uploads_path))
        return policy(asked, parameter(asked.query(), "model"),
                      [&](std::string_view account) { return policy_of(account, asked.query()); });
    if (const auto id = id_after(path, tasks_path); !id.empty()) return query(asked, id);
    return std::nullopt;
}

reply dashscope::list_of(std::string_view account, std::string_view query) const {
    const auto read = read_list_filter(query);
    if (const auto* const wrong = std::get_if<std::string>(&read))
        return error({400, "InvalidParameter", *wrong});
    const auto& filter = std::get<list_filter>(read);
    std::vector<const task*> found;
    for (const auto& t : parts().tasks.all())
        if (is_own(t) && t.request.account == account && lets_through(filter, t)) found.push_back(&t);
    std::reverse(found.begin(), found.end()); // the newest first
    return json_reply(200, page_of(filter, found, clock_error()));
}

reply dashscope::policy_of(std::string_view account, std::string_view query) {
    if (parameter(query, "action") != "getPolicy") return error(wrong_action);
    const auto model = parameter(query, "model");
    if (!wan::find_model(models(), model)) return error(no_model_to_upload_for);
    return json_reply(200, {{"request_id", new_id()}, {"data", files_.policy_for(account, model)}});
}

void dashscope::resolve_uploads(read_request& read) {
    for (const auto url : urls_of(read.order)) {
        const std::string named{url};
        if (!named.starts_with(upload_scheme)) continue;
        if (auto file = files_.find(named, account(), read.request.model))
            read.order.uploads.emplace(named, std::move(file));
        else if (!read.failed)
            read.failed = failure("InvalidParameter.DataInspection",
                                  "Failed to download " + wan::printable(named, 2000));
    }
}

reply dashscope::take(const json::object& body, bool on_keyframe_path, bool resolves_uploads) {
    const auto model = text_member(body, "model");
    if (model.empty()) return error(no_model);
    if (is_on_wrong_path(model, on_keyframe_path)) return error(wrong_path);
    const auto* const limits = wan::find_model(models(), model);
    if (!limits) return error(unknown_model);
    const auto* const input = body.if_contains("input");
    if (!input || !input->is_object()) return error(no_input);
    auto read = read_nested_request(body, *limits);
    if (!resolves_uploads && names_uploads(read.order)) return error(uploads_not_resolved);
    resolve_uploads(read);
    return create(std::move(read));
}

std::optional<refusal> dashscope::refused(const request& asked) const {
    if (asked.header("x-dashscope-async") == "enable") return std::nullopt;
    return synchronous;
}

reply dashscope::error(const refusal& why) const { return error_reply(why.status, why.code, why.message); }

json::object dashscope::submitted(const task* t) const {
    if (!t) return {{"output", json::object{}}, {"request_id", new_id()}};
    return {{"output", {{"task_status", word_for(task_status::pending)}, {"task_id", t->id}}},
            {"request_id", t->request_id}};
}

reply dashscope::canceled() const { return json_reply(200, {{"request_id", new_id()}}); }

reply dashscope::unknown_task(std::string_view id) const { return json_reply(200, status_of(id, "UNKNOWN")); }

json::object dashscope::status_of(std::string_view id, std::string_view word) const {
    return {{"request_id", new_id()}, {"output", {{"task_id", id}, {"task_status", word}}}};
}

json::object dashscope::describe(const task& t) const {
    auto members = status_of(t.id, word_for(t.status));
    auto& output = members["output"].as_object();
    output["submit_time"] = china_time(t.submitted + clock_error());
    if (t.scheduled) output["scheduled_time"] = china_time(*t.scheduled + clock_error());
    if (t.ended) output["end_time"] = china_time(*t.ended + clock_error());
    if (t.status == task_status::failed) {
        if (!t.result->code.empty()) output["code"] = t.result->code;
        if (!t.result->message.empty()) output["message"] = t.result->message;
        return members;
    }
    // The documents show it only for tasks that succeeded.
    if (parts().prompt_while_running && !t.ended) output["orig_prompt"] = t.request.prompt;
    if (t.status == task_status::succeeded) {
        describe_success(t, output);
        members["usage"] = usage_of(t.request, *t.result);
    }
    return members;
}

std::chrono::hours dashscope::clock_error() const {
    return std::chrono::hours{current_fault() == fault::clock_jump ? -8 : 0};
}

void dashscope::describe_success(const task& t, json::object& output) const {
    if (const auto url = video_url(t); !url.empty()) output["video_url"] = url;
    output["orig_prompt"] = t.request.prompt;
    if (t.request.prompt_extend && generation_of(t.request.model).tells_actual_prompt)
        output["actual_prompt"] = t.request.prompt + (t.request.prompt.empty() ? "" : ", ") +
                                  "smooth camera movement, soft light, rich detail";
}

} // namespace sandbox
