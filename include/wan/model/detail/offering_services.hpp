// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/job.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Who makes what, for a person whose provider does not.
struct job_services {
    job wanted;
    std::string_view services;
};
inline constexpr job_services services_by_job[] = {
    {job::keyframe_to_video, "dashscope, sinancode, yutoai, jiekou, novita or ppio"},
    {job::image_to_video, "dashscope, sinancode, yutoai, jiekou, novita or ppio"},
    {job::video_continuation, "dashscope, yutoai, jiekou, novita or ppio"},
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
