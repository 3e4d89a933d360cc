// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/json/layout.hpp>
#include <wan/model/catalog.hpp>
#include <wan/model/detail/video_shapes.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/jiekou.hpp>

#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::jiekou {

namespace detail {

using t = text_to_video;
using r = reference_to_video;
using e = video_edit;
using k = keyframe_to_video;
using i = image_to_video;
using c = video_continuation;

using text = json::layout<
    json::place<&t::prompt, &t::duration, &t::audio_url, &t::negative_prompt, &t::shot_type, &t::audio>,
    json::combined<"size", wan::detail::size_text<wan::detail::shapes_to_26, resolution::p1080>,
                   &t::resolution, &t::ratio>,
    json::place_all<t::plain_members>, json::implied<&t::model>>;

using references =
    json::layout<json::place<&r::prompt, &r::duration, &r::negative_prompt, &r::shot_type, &r::audio>,
                 json::array<"media", json::typed_medium<&r::first_frame_url, "first_frame">,
                             json::typed_media<&r::references>>,
                 json::combined<"size", wan::detail::size_text<wan::detail::shapes_to_26, resolution::p1080>,
                                &r::resolution, &r::ratio>,
                 json::place_all<r::plain_members>, json::implied<&r::model>>;

using edit = json::layout<
    json::place<&e::prompt, &e::video_url, &e::duration, &e::resolution, &e::ratio, &e::negative_prompt>,
    json::numbered_urls<&e::references, "reference_image_url", "reference_image_url_2",
                        "reference_image_url_3">,
    json::place_all<e::plain_members>, json::implied<&e::model>>;

// Models of 2.7 accept no effects, no shots and no switch for the sound, as their row says. A newer model may
// accept them.
using keyframes = json::layout<
    json::place<&k::prompt, &k::duration, json::renamed<&k::first_frame_url, "image_url">, &k::resolution,
                &k::last_frame_url, &k::negative_prompt, &k::driving_audio_url, &k::template_>,
    json::place_all<k::plain_members>, json::implied<&k::model>>;

using image = json::layout<
    json::place<&i::prompt, &i::duration, &i::image_url, &i::resolution, &i::negative_prompt,
                json::renamed<&i::audio_url, "driving_audio_url">, &i::template_, &i::shot_type, &i::audio>,
    json::place_all<i::plain_members>, json::implied<&i::model>>;

using continuation = json::layout<json::place<&c::prompt, &c::duration, &c::resolution, &c::first_clip_url,
                                              &c::last_frame_url, &c::negative_prompt>,
                                  json::place_all<c::plain_members>, json::implied<&c::model>>;

// The bodies for older generations are nested, and are not supported here. The bodies for newer models have
// the newest known form.
inline constexpr std::string_view submit_path = "/v3/async/{model}";
template <class Request, class Layout>
inline constexpr submit_route<Request> routes[] = {
    {"wan2.1", submit_path, {}}, {"wanx2.1", submit_path, {}},
    {"wan2.2", submit_path, {}}, {"wan2.5", submit_path, {}},
    {"wan2.6", submit_path, {}}, {"", submit_path, json::layout_of<Request, Layout>},
};

inline constexpr reply_path reply_shape[] = {
    {&reply::task_id, "/task_id"},
    {&reply::task_id, "/task/task_id"},
    {&reply::status, "/task/status"},
    {&reply::video_url, "/videos/0/video_url"},
    {&reply::video_url_ttl, "/videos/0/video_url_ttl"},
    {&reply::progress, "/task/progress_percent"},
    {&reply::eta, "/task/eta"},
    {&reply::code, "/reason"}, // `code` only repeats the HTTP status
    {&reply::code, "/error/code"},
    {&reply::error_type, "/error/type"},
    {&reply::message, "/task/reason"},
    {&reply::message, "/message"},
    {&reply::message, "/error/message"},
    {&reply::message, "/error"},
    {&reply::request_id, "/metadata/trace_id"},
};

inline constexpr status_word statuses[] = {
    {"TASK_STATUS_QUEUED", task_status::pending},    {"TASK_STATUS_PROCESSING", task_status::running},
    {"TASK_STATUS_SUCCEED", task_status::succeeded}, {"TASK_STATUS_FAILED", task_status::failed},
    {"TASK_STATUS_CANCELED", task_status::canceled}, {"TASK_STATUS_CANCELLED", task_status::canceled},
};

// Source: the error code page. A missing key and an empty account are both reported as 403.
inline constexpr error_word errors[] = {
    {"INVALID_API_KEY", error_category::authentication},
    {"FAILED_TO_AUTH", error_category::authentication},
    {"NOT_ENOUGH_BALANCE", error_category::billing},
    {"ACCESS_DENY", error_category::permission},
    {"MODEL_NOT_FOUND", error_category::not_found},
    {"INVALID_REQUEST_BODY", error_category::invalid_request},
    {"RATE_LIMIT_EXCEEDED", error_category::throttled},
    {"TOKEN_LIMIT_EXCEEDED", error_category::throttled},
    {"SERVICE_NOT_AVAILABLE", error_category::server},
};

constexpr dialect named(std::string_view name) noexcept {
    return {
        .name = name,
        .jobs = {.text_to_video = {"wan2.7-t2v", routes<t, text>},
                 .keyframe_to_video = {"wan2.7-i2v", routes<k, keyframes>},
                 .image_to_video = {"wan2.7-i2v", routes<i, image>},
                 .video_continuation = {"wan2.7-i2v", routes<c, continuation>},
                 .reference_to_video = {"wan2.7-r2v", routes<r, references>},
                 .video_edit = {"wan2.7-videoedit", routes<e, edit>}},
        .media_schemes = {url_scheme::http, url_scheme::https},
        .query = {.path = "/v3/async/task-result?task_id={task_id}"},
        .reply = reply_shape,
        .statuses = statuses,
        .errors = errors,
        .models = jiekou_models,
    };
}

} // namespace detail

WAN_DECL_DATA dialect api = detail::named("jiekou");

WAN_DECL wan::provider provider(api_key key) {
    return {.dialect = &api, .base_url = "https://api.jiekou.ai", .key = std::move(key)};
}
WAN_DECL wan::provider at(std::string base_url, api_key key) {
    return {.dialect = &api, .base_url = std::move(base_url), .key = std::move(key)};
}

} // namespace wan::inline WAN_ABI::jiekou

namespace wan::inline WAN_ABI::novita {

WAN_DECL_DATA dialect api = jiekou::detail::named("novita");

WAN_DECL wan::provider provider(api_key key) {
    return {.dialect = &api, .base_url = "https://api.novita.ai", .key = std::move(key)};
}
WAN_DECL wan::provider at(std::string base_url, api_key key) {
    return {.dialect = &api, .base_url = std::move(base_url), .key = std::move(key)};
}

} // namespace wan::inline WAN_ABI::novita

namespace wan::inline WAN_ABI::ppio {

WAN_DECL_DATA dialect api = jiekou::detail::named("ppio");

WAN_DECL wan::provider provider(api_key key) {
    return {.dialect = &api, .base_url = "https://api.ppio.com", .key = std::move(key)};
}
WAN_DECL wan::provider at(std::string base_url, api_key key) {
    return {.dialect = &api, .base_url = std::move(base_url), .key = std::move(key)};
}

} // namespace wan::inline WAN_ABI::ppio
