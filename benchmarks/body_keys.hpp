// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The keys of the request body, for the peers: what a program writes by hand that uses a JSON library alone.
#pragma once

#include <wan/request/keyframe_to_video.hpp>
#include <wan/wire_name.hpp>

namespace bench {

/// Calls `put(key, value)` for what is set; `key` is a literal.
template <class Put>
void put_input(const wan::keyframe_to_video& request, Put put) {
    put("first_frame_url", request.first_frame_url.url());
    if (request.last_frame_url) put("last_frame_url", request.last_frame_url->url());
    if (request.prompt) put("prompt", *request.prompt);
    if (request.negative_prompt) put("negative_prompt", *request.negative_prompt);
    if (request.template_) put("template", *request.template_);
}

template <class Put>
void put_parameters(const wan::keyframe_to_video& request, Put put) {
    if (request.resolution) put("resolution", wan::to_wire(*request.resolution));
    if (request.duration) put("duration", *request.duration);
    if (request.prompt_extend) put("prompt_extend", *request.prompt_extend);
    if (request.watermark) put("watermark", *request.watermark);
    if (request.seed) put("seed", *request.seed);
}

} // namespace bench
