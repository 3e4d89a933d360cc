// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A custom provider: Wan at fal.ai, according to its public pages (Queue API; wan-25-preview and wan/v2.7,
// image-to-video). Its responses name the URLs to query, a failed task is COMPLETED, too, and the video's URL
// is in a second response.
#pragma once

#include <wan/json/layout.hpp>
#include <wan/model/catalog.hpp>
#include <wan/wan.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace fal {

using k = wan::keyframe_to_video;
using i = wan::image_to_video;
namespace json = wan::json;

constexpr std::string_view tier(wan::resolution r) {
    return r == wan::resolution::p480 ? "480p" : r == wan::resolution::p720 ? "720p" : "1080p";
}

// The place of each member. A forgotten member does not compile.
using keyframes =
    json::layout<json::place<json::renamed<&k::first_frame_url, "image_url">,
                             json::renamed<&k::last_frame_url, "end_image_url">, &k::prompt,
                             &k::negative_prompt, json::converted<&k::resolution, tier>, &k::duration,
                             &k::seed, json::renamed<&k::prompt_extend, "enable_prompt_expansion">,
                             json::renamed<&k::driving_audio_url, "audio_url">>,
                 json::implied<&k::model>,
                 json::refused<&k::template_, &k::watermark, &k::ratio, &k::audio, &k::enable_thinking>>;
using image = json::layout<
    json::place<&i::image_url, &i::prompt, &i::negative_prompt, &i::audio_url,
                json::converted<&i::resolution, tier>, json::converted<&i::duration, json::as_text>, &i::seed,
                json::renamed<&i::prompt_extend, "enable_prompt_expansion">>,
    json::implied<&i::model>,
    json::refused<&i::template_, &i::watermark, &i::shot_type, &i::audio, &i::ratio, &i::enable_thinking>>;

inline constexpr wan::submit_route<k> keyframe_routes[] = {
    {"v2.7", "/{model}", json::layout_of<k, keyframes>}};
inline constexpr wan::submit_route<i> image_routes[] = {{"wan-25", "/{model}", json::layout_of<i, image>}};

// The limits of its models: those of the same models elsewhere, except where its pages differ.
constexpr wan::model_limits model(std::string_view name, std::string_view like, wan::job job,
                                  wan::text_limit prompt) {
    auto m = *wan::find_model(wan::dashscope_models, like);
    m.model = name, m.jobs = job, m.prompt = prompt;
    return m;
}
inline constexpr wan::model_limits models[] = {
    model("fal-ai/wan/v2.7/image-to-video", "wan2.7-i2v", wan::job::keyframe_to_video, {5000}),
    model("fal-ai/wan-25-preview/image-to-video", "wan2.5-i2v-preview", wan::job::image_to_video, {800}),
};

// Where to find the members of a reply; the first path with a value is used.
inline constexpr wan::reply_path replies[] = {
    {&wan::reply::task_id, "/request_id"},   {&wan::reply::status, "/status"},
    {&wan::reply::query_url, "/status_url"}, {&wan::reply::result_url, "/response_url"},
    {&wan::reply::video_url, "/video/url"},  {&wan::reply::actual_prompt, "/actual_prompt"},
    {&wan::reply::code, "/error_type"},      {&wan::reply::code, "/detail/0/type"},
    {&wan::reply::message, "/error"},        {&wan::reply::message, "/detail"},
    {&wan::reply::message, "/detail/0/msg"},
};
inline constexpr wan::status_word statuses[] = {{"IN_QUEUE", wan::task_status::pending},
                                                {"IN_PROGRESS", wan::task_status::running},
                                                {"COMPLETED", wan::task_status::succeeded}};
inline constexpr wan::error_word errors[] = {
    {"content_policy_violation", wan::error_category::content_rejected},
    {"runner_scheduling_failure", wan::error_category::server},
    {"request_timeout", wan::error_category::server}};

inline constexpr wan::dialect api{
    .name = "fal",
    .auth_prefix = "Key ",
    .jobs = {.keyframe_to_video = {models[0].model, keyframe_routes},
             .image_to_video = {models[1].model, image_routes}},
    .media_schemes = {wan::url_scheme::http, wan::url_scheme::https, wan::url_scheme::data},
    .query = {.path = {}, .is_named_by_reply = true},
    .result = {.path = {}, .is_named_by_reply = true},
    .reply = replies,
    .refusals_have_ids = true,
    .statuses = statuses,
    .errors = errors,
    .models = models,
};

inline wan::provider provider(wan::api_key key) {
    return {.dialect = &api, .base_url = "https://queue.fal.run", .key = std::move(key)};
}

} // namespace fal
