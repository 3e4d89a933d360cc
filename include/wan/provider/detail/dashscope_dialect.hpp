// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// DashScope's API as a table: routes, replies, words. The dialects of its relays start from this table.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/catalog.hpp>
#include <wan/provider/detail/dashscope_layouts.hpp>
#include <wan/provider/dialect.hpp>

#include <chrono>
#include <string_view>

namespace wan::inline WAN_ABI::dashscope::detail {

// The routing rule of the official SDKs: models with "kf2v" in their name have their own path.
inline constexpr std::string_view keyframe_path = "/services/aigc/image2video/video-synthesis";
inline constexpr std::string_view video_path = "/services/aigc/video-generation/video-synthesis";

inline constexpr submit_route<t> text_routes[] = {
    {"2.1-t2v", video_path, json::layout_of<t, sized_text<resolution::p720>>},
    {"2.2-t2v", video_path, json::layout_of<t, sized_text<resolution::p1080>>},
    {"2.5-t2v", video_path, json::layout_of<t, sized_text<resolution::p1080>>},
    {"2.6-t2v", video_path, json::layout_of<t, sized_text<resolution::p1080>>},
    {"", video_path, json::layout_of<t, text_27>},
};
inline constexpr submit_route<r> reference_routes[] = {
    {"2.6-r2v", video_path, json::layout_of<r, references_26>},
    {"vace", video_path, json::layout_of<r, references_vace>},
    {"", video_path, json::layout_of<r, references_27>},
};
inline constexpr submit_route<e> edit_routes[] = {{"", video_path, json::layout_of<e, edit>}};
inline constexpr submit_route<k> keyframe_routes[] = {
    {"kf2v", keyframe_path, json::layout_of<k, keyframes>},
    {"", video_path, json::layout_of<k, keyframes_27>},
};
inline constexpr submit_route<i> image_routes[] = {
    {"wan2.1-i2v", video_path, json::layout_of<i, image>},
    {"wanx2.1-i2v", video_path, json::layout_of<i, image>},
    {"wan2.2-i2v", video_path, json::layout_of<i, image>},
    {"wan2.5-i2v", video_path, json::layout_of<i, image>},
    {"wan2.6-i2v", video_path, json::layout_of<i, image>},
    {"", video_path, json::layout_of<i, image_27>},
};
inline constexpr submit_route<c> continuation_routes[] = {
    {"", video_path, json::layout_of<c, continuation_27>},
};

inline constexpr header_rule submit_headers[] = {
    {"X-DashScope-Async", "enable"},
    {"X-DashScope-OssResourceResolve", "enable", "oss://"},
};

inline constexpr reply_path reply_shape[] = {
    {&reply::task_id, "/output/task_id"},
    {&reply::status, "/output/task_status"},
    {&reply::video_url, "/output/video_url"},
    {&reply::video_url, "/output/results/video_url"},
    {&reply::video_url, "/output/output_video_url"},
    {&reply::code, "/output/code"},
    {&reply::code, "/code"},
    {&reply::code, "/error/code"}, // OpenAI's form, used by relays
    {&reply::error_type, "/error/type"},
    {&reply::message, "/output/message"},
    {&reply::message, "/output/fail_reason"}, // used by relays
    {&reply::message, "/message"},
    {&reply::message, "/msg"},
    {&reply::message, "/error/message"},
    {&reply::message, "/error"},
    {&reply::request_id, "/request_id"},
    {&reply::request_id, "/requestId"},
    {&reply::submit_time, "/output/submit_time"},
    {&reply::scheduled_time, "/output/scheduled_time"},
    {&reply::end_time, "/output/end_time"},
    {&reply::orig_prompt, "/output/orig_prompt"},
    {&reply::actual_prompt, "/output/actual_prompt"},
    {&reply::video_duration, "/usage/video_duration"},
    {&reply::video_duration, "/usage/duration"},
    {&reply::video_count, "/usage/video_count"},
    {&reply::video_ratio, "/usage/video_ratio"},
    {&reply::video_ratio, "/usage/ratio"},
    {&reply::video_size, "/usage/size"},
    {&reply::resolution, "/usage/SR"},
};

inline constexpr list_path listed[] = {
    {&listed_task::task_id, "/task_id"},       {&listed_task::status, "/status"},
    {&listed_task::model, "/model_name"},      {&listed_task::request_id, "/request_id"},
    {&listed_task::created_ms, "/gmt_create"}, {&listed_task::started_ms, "/start_time"},
    {&listed_task::ended_ms, "/end_time"},
};

// Guide "upload files for temporary URLs": the file is the last field.
inline constexpr upload_field upload_form[] = {
    {"OSSAccessKeyId", "/data/oss_access_key_id"},
    {"Signature", "/data/signature"},
    {"policy", "/data/policy"},
    {"x-oss-object-acl", "/data/x_oss_object_acl"},
    {"x-oss-forbid-overwrite", "/data/x_oss_forbid_overwrite"},
    {"key", "", "", true},
    {"success_action_status", "", "200"},
};

inline constexpr status_word statuses[] = {
    {"PENDING", task_status::pending},   {"RUNNING", task_status::running},
    {"SUSPENDED", task_status::running}, {"SUCCEEDED", task_status::succeeded},
    {"FAILED", task_status::failed},     {"CANCELED", task_status::canceled},
    {"UNKNOWN", task_status::expired},
};

// Source: the error code page and the SDKs.
inline constexpr error_word errors[] = {
    {"InvalidParameter", error_category::invalid_request},
    {"InvalidParameter.DataInspection", error_category::invalid_media},
    {"BadRequest", error_category::invalid_request},
    {"BadRequest.InputDownloadFailed", error_category::invalid_media},
    {"InvalidURL", error_category::invalid_media},
    {"InvalidImage", error_category::invalid_media},
    {"InvalidImageResolution", error_category::invalid_media},
    {"InvalidImageFormat", error_category::invalid_media},
    {"InvalidFile", error_category::invalid_media},
    {"DataInspectionFailed", error_category::content_rejected},
    {"IPInfringementSuspect", error_category::content_rejected},
    {"UnsupportedOperation", error_category::invalid_request},
    {"InvalidApiKey", error_category::authentication},
    {"NOT AUTHORIZED", error_category::authentication},
    {"AccessDenied", error_category::permission},
    {"AccessDenied.Unpurchased", error_category::billing},
    {"Model.AccessDenied", error_category::permission},
    {"Workspace.AccessDenied", error_category::permission},
    {"AllocationQuota.FreeTierOnly", error_category::billing},
    {"Arrearage", error_category::billing},
    {"CommodityNotPurchased", error_category::billing},
    {"PrepaidBillOverdue", error_category::billing},
    {"PostpaidBillOverdue", error_category::billing},
    {"ModelNotFound", error_category::not_found},
    {"Model.NotExist", error_category::not_found},
    {"WorkSpaceNotFound", error_category::not_found},
    {"NotFound", error_category::not_found},
    {"Throttling", error_category::throttled},
    // the quota is used up: a Retry-After of 21 days was observed
    {"Throttling.AllocationQuota", error_category::billing},
    {"insufficient_quota", error_category::billing},
    {"LimitRequests", error_category::throttled},
    {"limit_requests", error_category::throttled},
    {"limit_burst_rate", error_category::throttled},
    {"ServiceOverloaded", error_category::throttled},
    {"ResourceExhausted", error_category::throttled},
    {"ModelUnavailable", error_category::unavailable},
    {"InternalError", error_category::server},
    {"InternalError.DataInspection", error_category::content_rejected},
    {"ServiceUnavailable", error_category::server}, // no document says that the request had no effect
    {"GatewayTimeout", error_category::server},
    {"SystemError", error_category::server},
    {"ModelServiceFailed", error_category::server},
    {"ModelServingError", error_category::server},
    {"RequestTimeOut", error_category::server},
    {"RewriteFailed", error_category::server},
};

inline constexpr dialect table{
    .name = "dashscope",
    .base_path = "/api/v1",
    .submit_headers = submit_headers,
    .jobs = {.text_to_video = {"wan2.7-t2v", text_routes},
             .keyframe_to_video = {"wan2.2-kf2v-flash", keyframe_routes},
             .image_to_video = {"wan2.7-i2v", image_routes},
             .video_continuation = {"wan2.7-i2v", continuation_routes},
             .reference_to_video = {"wan2.7-r2v", reference_routes},
             .video_edit = {"wan2.7-videoedit", edit_routes}},
    .media_schemes = {url_scheme::http, url_scheme::https, url_scheme::oss, url_scheme::data},
    // recommended by an error page of DashScope's vision models, because base64 is a third longer
    .inline_up_to = 7'000'000,
    .upload = {.path = "/uploads?action=getPolicy&model={model}",
               .host = "/data/upload_host",
               .directory = "/data/upload_dir",
               .expires_in_seconds = "/data/expire_in_seconds",
               .max_megabytes = "/data/max_file_size_mb",
               .form = upload_form,
               .url_prefix = "oss://"},
    .query = {.path = "/tasks/{task_id}"},
    .cancel = {.method = http_method::post, .path = "/tasks/{task_id}/cancel"},
    .list = {.path = "/tasks/",
             .start_time = "start_time",
             .end_time = "end_time",
             .model = "model_name",
             .status = "status",
             .page = "page_no",
             .page_size = "page_size",
             .tasks = "/data",
             .task = listed,
             .pages = "/total_page"},
    .reply = reply_shape,
    .statuses = statuses,
    .errors = errors,
    .models = dashscope_models,
    .keeps_tasks_for = std::chrono::hours{24},
    // Source of all three: guide "manage asynchronous tasks".
    .queries_per_second = 20,
    .lists_per_second = 20,
    .cancels_per_second = 20,
    .upload_policies_per_second = 100, // guide "upload local files": for each account and model
};

} // namespace wan::inline WAN_ABI::dashscope::detail

#include <wan/detail/pop_macros.hpp>
