// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The position of each member of a request in DashScope's bodies, by job and model generation.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/layout.hpp>
#include <wan/model/detail/video_shapes.hpp>
#include <wan/request/image_to_video.hpp>
#include <wan/request/keyframe_to_video.hpp>
#include <wan/request/reference_to_video.hpp>
#include <wan/request/text_to_video.hpp>
#include <wan/request/video_continuation.hpp>
#include <wan/request/video_edit.hpp>

namespace wan::inline WAN_ABI::dashscope::detail {

using t = text_to_video;
using r = reference_to_video;
using e = video_edit;
using k = keyframe_to_video;
using i = image_to_video;
using c = video_continuation;

// Up to generation 2.6, models accept a size instead of tier and ratio. `Default` is the tier that the model
// uses if the request sets no tier.
template <resolution Default>
using sized_text = json::layout<
    json::place<json::resolved_model<&t::model>>,
    json::object<"input", json::place<&t::prompt, &t::negative_prompt, &t::audio_url>>,
    json::object<"parameters",
                 json::combined<"size", wan::detail::size_text<wan::detail::shapes_to_26, Default>,
                                &t::resolution, &t::ratio>,
                 json::place<&t::duration>, json::place_all<t::plain_members>,
                 json::place<&t::shot_type, &t::audio>>>;

using text_27 =
    json::layout<json::place<json::resolved_model<&t::model>>,
                 json::object<"input", json::place<&t::prompt, &t::negative_prompt, &t::audio_url>>,
                 json::object<"parameters", json::place<&t::resolution, &t::ratio, &t::duration>,
                              json::place_all<t::plain_members>, json::place<&t::shot_type, &t::audio>>>;

using references_26 = json::layout<
    json::place<json::resolved_model<&r::model>>,
    json::object<"input", json::place<&r::prompt, &r::negative_prompt>,
                 json::array<"reference_urls", json::media_urls<&r::references>>>,
    json::object<"parameters",
                 json::combined<"size", wan::detail::size_text<wan::detail::shapes_to_26, resolution::p1080>,
                                &r::resolution, &r::ratio>,
                 json::place<&r::duration>, json::place_all<r::plain_members>,
                 json::place<&r::shot_type, &r::audio>>,
    json::refused<&r::first_frame_url>>;

// VACE has five functions. This layout is for the function that other models also offer. The remaining four
// need members that no other model has: a mask, a control condition, scales. Each image is sent as a subject;
// `extra` can say which image is the background.
using references_vace = json::layout<
    json::place<json::resolved_model<&r::model>>,
    json::object<"input", json::constant<"function", "image_reference">,
                 json::place<&r::prompt, &r::negative_prompt>,
                 json::array<"ref_images_url", json::media_urls<&r::references>>>,
    json::object<"parameters", json::array<"obj_or_bg", json::text_for_each<&r::references, "obj">>,
                 json::combined<"size", wan::detail::size_text<wan::detail::shapes_to_26, resolution::p720>,
                                &r::resolution, &r::ratio>,
                 json::place<&r::duration>, json::place_all<r::plain_members>,
                 json::place<&r::shot_type, &r::audio>>,
    json::refused<&r::first_frame_url>>;

using references_27 =
    json::layout<json::place<json::resolved_model<&r::model>>,
                 json::object<"input", json::place<&r::prompt, &r::negative_prompt>,
                              json::array<"media", json::typed_medium<&r::first_frame_url, "first_frame">,
                                          json::typed_media<&r::references>>>,
                 json::object<"parameters", json::place<&r::resolution, &r::ratio, &r::duration>,
                              json::place_all<r::plain_members>, json::place<&r::shot_type, &r::audio>>>;

using edit = json::layout<json::place<json::resolved_model<&e::model>>,
                          json::object<"input", json::place<&e::prompt, &e::negative_prompt>,
                                       json::array<"media", json::typed_medium<&e::video_url, "video">,
                                                   json::typed_media<&e::references>>>,
                          json::object<"parameters", json::place<&e::resolution, &e::ratio, &e::duration>,
                                       json::place_all<e::plain_members>>>;

// Generations 2.1 to 2.6: each medium has its own member. No keyframe model of these generations accepts a
// sound, as the rows of these models say. If a later model with such a name accepts one, the sound is sent
// under the name that image_to_video uses.
using keyframes = json::layout<
    json::place<json::resolved_model<&k::model>>,
    json::object<"input",
                 json::place<&k::first_frame_url, &k::last_frame_url, &k::prompt, &k::negative_prompt,
                             &k::template_, json::renamed<&k::driving_audio_url, "audio_url">>>,
    json::object<"parameters", json::place<&k::resolution, &k::duration>, json::place_all<k::plain_members>>>;

using image = json::layout<
    json::place<json::resolved_model<&i::model>>,
    json::object<"input", json::place<&i::prompt, &i::negative_prompt,
                                      json::renamed<&i::image_url, "img_url">, &i::audio_url, &i::template_>>,
    json::object<"parameters", json::place<&i::resolution, &i::duration>, json::place_all<i::plain_members>,
                 json::place<&i::shot_type, &i::audio>>>;

// Generation 2.7 and unknown models: all media in one list. Models of 2.7 accept no effects, no shots and no
// switch for the sound, as their rows say. A newer model may accept them (wan3.0-video has the switch), so
// these members have a position.
using keyframes_27 = json::layout<
    json::place<json::resolved_model<&k::model>>,
    json::object<"input", json::place<&k::prompt, &k::negative_prompt, &k::template_>,
                 json::array<"media", json::typed_medium<&k::first_frame_url, "first_frame">,
                             json::typed_medium<&k::last_frame_url, "last_frame">,
                             json::typed_medium<&k::driving_audio_url, "driving_audio">>>,
    json::object<"parameters", json::place<&k::resolution, &k::duration>, json::place_all<k::plain_members>>>;

using image_27 =
    json::layout<json::place<json::resolved_model<&i::model>>,
                 json::object<"input", json::place<&i::prompt, &i::negative_prompt, &i::template_>,
                              json::array<"media", json::typed_medium<&i::image_url, "first_frame">,
                                          json::typed_medium<&i::audio_url, "driving_audio">>>,
                 json::object<"parameters", json::place<&i::resolution, &i::duration>,
                              json::place_all<i::plain_members>, json::place<&i::shot_type, &i::audio>>>;

using continuation_27 = json::layout<
    json::place<json::resolved_model<&c::model>>,
    json::object<"input", json::place<&c::prompt, &c::negative_prompt>,
                 json::array<"media", json::typed_medium<&c::first_clip_url, "first_clip">,
                             json::typed_medium<&c::last_frame_url, "last_frame">>>,
    json::object<"parameters", json::place<&c::resolution, &c::duration>, json::place_all<c::plain_members>>>;

} // namespace wan::inline WAN_ABI::dashscope::detail

#include <wan/detail/pop_macros.hpp>
