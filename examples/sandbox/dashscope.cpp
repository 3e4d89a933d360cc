// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "dashscope.hpp"

#include "checks.hpp"
#include "ids.hpp"
#include "log.hpp"

#include <wan/detail/text.hpp>
#include <wan/model/catalog.hpp>

#include <boost/json/parse.hpp>

#include <charconv>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view keyframe_path = "/api/v1/services/aigc/image2video/video-synthesis";
constexpr std::string_view video_path = "/api/v1/services/aigc/video-generation/video-synthesis";
constexpr std::string_view tasks_path = "/api/v1/tasks/";

std::optional<reply> missing_key(const request& asked) {
    const auto value = asked.header("authorization").value_or("");
    if (wan::detail::equal_ignoring_case(value.substr(0, 7), "bearer ") && value.size() > 7)
        return std::nullopt;
    return error_reply(401, "InvalidApiKey", "No API-key provided.");
}

std::string_view text_member(const json::object& object, std::string_view key) {
    const auto* const value = object.if_contains(key);
    if (!value || !value->is_string()) return {};
    return value->get_string();
}

// The service routes by the model's name, before it looks the model up.
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

json::object usage_of(const task& t, const wan::model_limits& limits) {
    json::object usage{{"video_duration", limits.duration.default_seconds}, {"video_count", 1}};
    if (t.request.model.find("2.1") != std::string::npos)
        usage["video_ratio"] = "standard";
    else
        usage["SR"] = tier_number(t.request.tier);
    return usage;
}

filled_content huge_answer(std::string_view id) {
    filled_content content{.head = "{\"request_id\":\"" + new_id() + "\",\"output\":{\"task_id\":\"" +
                                   std::string{id} + "\",\"task_status\":\"RUNNING\",\"filler\":\"",
                           .filler = 0,
                           .tail = "\"},\"sandbox\":\"" + std::string{disclaimer} + "\"}"};
    content.filler = 100'000'000 - content.head.size() - content.tail.size();
    return content;
}

std::string deep_answer() {
    constexpr std::size_t depth = 10'000;
    return "{\"request_id\":\"" + new_id() + "\",\"output\":" + std::string(depth, '[') +
           std::string(depth, ']') + ",\"sandbox\":\"" + std::string{disclaimer} + "\"}";
}

reply unknown_task(std::string_view id) {
    return json_reply(200,
                      {{"request_id", new_id()}, {"output", {{"task_id", id}, {"task_status", "UNKNOWN"}}}});
}

} // namespace

std::optional<reply> dashscope::answer(const request& asked) {
    const auto path = asked.path();
    if (asked.method == "POST") {
        if (path.ends_with(keyframe_path)) return submit(asked, true);
        if (path.ends_with(video_path)) return submit(asked, false);
    }
    if (const auto at = path.rfind(tasks_path); asked.method == "GET" && at != std::string_view::npos) {
        const auto id = path.substr(at + tasks_path.size());
        if (!id.empty() && id.find('/') == std::string_view::npos)
            return query(asked, wan::detail::printable(id, 100));
    }
    return std::nullopt;
}

reply dashscope::submit(const request& asked, bool on_keyframe_path) {
    ++parts_.counts.submits;
    if (auto refused = missing_key(asked)) return *std::move(refused);
    if (asked.header("x-dashscope-async") != "enable")
        return error_reply(403, "AccessDenied", "current user api does not support synchronous calls.");
    if (auto faulted = submit_fault()) return *std::move(faulted);

    boost::system::error_code error;
    const auto parsed = json::parse(asked.body, error);
    const auto* const body = error ? nullptr : parsed.if_object();
    if (!body)
        return error_reply(400, "BadRequest.IllegalInput",
                           "Required body invalid, please check the request body format.");
    const auto model = text_member(*body, "model");
    if (model.empty())
        return error_reply(
            400, "BadRequest.EmptyModel",
            "Required parameter(model) missing or invalid, please check the request parameters.");
    if (is_on_wrong_path(model, on_keyframe_path))
        return error_reply(400, "InvalidParameter", "url error, please check url!");
    const auto* const limits = wan::find_model(wan::dashscope_models, model);
    if (!limits || !on_keyframe_path) return error_reply(404, "ModelNotFound", "Model can not be found.");
    const auto* const input = body->if_contains("input");
    if (!input || !input->is_object())
        return error_reply(400, "BadRequest.EmptyInput", "Required input parameter missing from request.");
    return create(*body, *limits);
}

std::optional<reply> dashscope::submit_fault() {
    const auto taken = [&](fault f) {
        if (!parts_.faults.has(f) || !submit_faults_.take(f)) return false;
        log("submit: fault " + std::string{row_of(f).name});
        return true;
    };
    if (taken(fault::submit_500)) return error_reply(500, "InternalError", "An internal error has occurred.");
    if (taken(fault::submit_503))
        return error_reply(503, "ModelUnavailable", "Model is unavailable, please try again later.");
    if (taken(fault::submit_429))
        return error_reply(429, "Throttling.RateQuota",
                           "Requests rate limit exceeded, please try again later.");
    if (taken(fault::submit_no_id))
        return json_reply(200, {{"output", json::object{}}, {"request_id", new_id()}});
    return std::nullopt;
}

reply dashscope::create(const json::object& body, const wan::model_limits& limits) {
    auto read = read_keyframe_request(body, limits);
    const auto& t = parts_.tasks.create(std::move(read.request));
    log("submit: created task " + t.id);
    if (read.failed) {
        parts_.tasks.finish(t.id, *std::move(read.failed));
    } else if (parts_.faults.has(fault::failed_without_reason)) {
        log("task " + t.id + ": fault failed-without-reason");
        parts_.tasks.finish(t.id, failure({}, {}));
    } else if (parts_.faults.has(fault::canceled)) {
        log("task " + t.id + ": fault canceled");
        parts_.tasks.finish(t.id, {.status = task_status::canceled});
    } else {
        read.order.id = t.id;
        parts_.start_video(std::move(read.order));
    }
    if (parts_.faults.has(fault::submit_drop)) {
        log("submit: fault submit-drop");
        return {.content = no_content{}};
    }
    return json_reply(200, {{"output", {{"task_status", to_word(task_status::pending)}, {"task_id", t.id}}},
                            {"request_id", new_id()}});
}

reply dashscope::query(const request& asked, std::string_view id) {
    ++parts_.counts.queries;
    if (auto refused = missing_key(asked)) return *std::move(refused);
    auto* const t = parts_.tasks.find(id);
    if (auto faulted = query_fault(id, t)) return *std::move(faulted);
    return t ? describe(*t) : unknown_task(id);
}

std::optional<reply> dashscope::query_fault(std::string_view id, task* t) {
    const auto taken = [&](fault f) {
        if (!parts_.faults.has(f) || (t ? !t->faults.take(f) : row_of(f).times != 0)) return false;
        log("query " + std::string{id} + ": fault " + std::string{row_of(f).name});
        return true;
    };
    if (taken(fault::query_huge))
        return reply{.content_type = "application/json", .content = huge_answer(id)};
    if (taken(fault::query_deep)) return reply{.content_type = "application/json", .content = deep_answer()};
    if (taken(fault::query_503))
        return error_reply(503, "ModelUnavailable", "Model is unavailable, please try again later.");
    if (taken(fault::query_429))
        return error_reply(429, "Throttling.RateQuota",
                           "Requests rate limit exceeded, please try again later.");
    if (taken(fault::query_garbage))
        return reply{.content_type = "application/json", .content = "{\"output\":{\"task_status\":\"SUCC"};
    if (taken(fault::query_drop)) return reply{.content = no_content{}};
    if (taken(fault::query_html))
        return reply{.status = 502,
                     .content_type = "text/html",
                     .content =
                         "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1>"
                         "<p>wan-sandbox, not the model</p></body></html>\n"};
    if (taken(fault::forget)) return unknown_task(id);
    if (taken(fault::new_status))
        return json_reply(
            200, {{"request_id", new_id()}, {"output", {{"task_id", id}, {"task_status", "WARMING_UP"}}}});
    return std::nullopt;
}

reply dashscope::describe(task& t) {
    json::object output{{"task_id", t.id}, {"task_status", to_word(t.status)}};
    json::object members{{"request_id", new_id()}};
    if (t.status == task_status::failed) {
        if (!t.result->code.empty()) output["code"] = t.result->code;
        if (!t.result->message.empty()) output["message"] = t.result->message;
        members["output"] = std::move(output);
        return json_reply(200, std::move(members));
    }
    output["submit_time"] = china_time(t.submitted);
    if (t.scheduled) output["scheduled_time"] = china_time(*t.scheduled);
    if (t.ended) output["end_time"] = china_time(*t.ended);
    const bool succeeded = t.status == task_status::succeeded;
    if (succeeded) describe_success(t, output);
    members["output"] = std::move(output);
    if (succeeded) members["usage"] = usage_of(t, *wan::find_model(wan::dashscope_models, t.request.model));
    return json_reply(200, std::move(members));
}

void dashscope::describe_success(const task& t, json::object& output) {
    if (parts_.faults.has(fault::no_video_url)) {
        log("query " + t.id + ": fault no-video-url");
    } else {
        const auto& limits = *wan::find_model(wan::dashscope_models, t.request.model);
        const auto expires = std::chrono::duration_cast<std::chrono::seconds>(
            (*t.ended + limits.video_url_lifetime).time_since_epoch());
        output["video_url"] = parts_.videos_url + t.id + ".mp4?Expires=" + std::to_string(expires.count());
    }
    output["orig_prompt"] = t.request.prompt;
    if (t.request.prompt_extend)
        output["actual_prompt"] = t.request.prompt + (t.request.prompt.empty() ? "" : ", ") +
                                  "smooth camera movement, soft light, rich detail";
}

} // namespace sandbox
