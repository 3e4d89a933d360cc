// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/json/layout.hpp>
#include <wan/model/catalog.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/sinancode.hpp>

#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::sinancode {

namespace detail {

using k = keyframe_to_video;
using i = image_to_video;

// SinanCode's pages recommend leaving the model blank: the provider then uses its newest one. So the model is
// sent only if the request names one. Videos are always 5 seconds long; the body has no member for the
// length.
using keyframes = json::layout<json::place<&k::first_frame_url, &k::last_frame_url, &k::model, &k::prompt,
                                           &k::negative_prompt, &k::resolution, &k::template_>,
                               json::place_all<k::plain_members>, json::fixed<&k::duration, 5>,
                               json::refused<&k::driving_audio_url>>;

using image =
    json::layout<json::place<&i::image_url, &i::audio, &i::audio_url, &i::duration, &i::model,
                             &i::negative_prompt, &i::prompt, &i::resolution, &i::shot_type, &i::template_>,
                 json::place_all<i::plain_members>>;

inline constexpr submit_route<k> keyframe_routes[] = {
    {"", "/generate/bailian/wan2-keyframe-to-video", json::layout_of<k, keyframes>}};
inline constexpr submit_route<i> image_routes[] = {
    {"", "/generate/bailian/wan2-image-to-video", json::layout_of<i, image>}};

inline constexpr reply_path reply_shape[] = {
    // "/id" is left out: it is the task's id in the response to a query, but may be any id in the response to
    // a submit.
    {&reply::task_id, "/task_id"},        {&reply::status, "/status"},
    {&reply::video_url, "/result/0/url"}, {&reply::video_url, "/result/0"},
    {&reply::code, "/error_code"},        {&reply::code, "/code"},
    {&reply::code, "/error/code"},        {&reply::error_type, "/error/type"},
    {&reply::message, "/error_msg"},      {&reply::message, "/message"},
    {&reply::message, "/error/message"},  {&reply::message, "/error"},
    {&reply::request_id, "/request_id"},
};

// Only "processing" is documented. A public client of this API observed the remaining words.
inline constexpr status_word statuses[] = {
    {"pending", task_status::pending},    {"queued", task_status::pending},
    {"processing", task_status::running}, {"completed", task_status::succeeded},
    {"failed", task_status::failed},
};

} // namespace detail

WAN_DECL_DATA dialect api{
    .name = "sinancode",
    .base_path = "/v1",
    .jobs = {.keyframe_to_video = {"wan2.2-kf2v-flash", detail::keyframe_routes},
             .image_to_video = {"wan2.6-i2v", detail::image_routes}},
    .media_schemes = {url_scheme::http, url_scheme::https, url_scheme::data},
    .inline_up_to = 10 * 1024 * 1024, // SinanCode has no store
    .query = {.path = "/tasks/{task_id}"},
    .reply = detail::reply_shape,
    .statuses = detail::statuses,
    .models = sinancode_models,
};

WAN_DECL wan::provider at(std::string base_url, api_key key) {
    return {.dialect = &api, .base_url = std::move(base_url), .key = std::move(key)};
}
WAN_DECL wan::provider provider(api_key key) { return at("https://api.sinancode.com/v1", std::move(key)); }

} // namespace wan::inline WAN_ABI::sinancode
