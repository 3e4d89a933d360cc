// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The list of jobs. `job`, `any_request`, `offered_jobs`, the JSON readers and writers, `wan/fwd.hpp`,
/// `wan/src.hpp` and the module are generated from it. \ref add-a-job describes how to add a job.
///
/// The list is a macro because it generates enumerators, members and declarations. These need the name of the
/// job, which a list of types cannot provide.
#pragma once

#include <wan/detail/push_macros.hpp>

/// Expands `JOB(name)` for each job. The name is the request's type and its header in `wan/request/`, which
/// `wan/request/job.hpp` includes.
#define WAN_FOR_EACH_JOB(JOB)                                                                                \
    JOB(text_to_video)                                                                                       \
    JOB(keyframe_to_video)                                                                                   \
    JOB(image_to_video)                                                                                      \
    JOB(video_continuation)                                                                                  \
    JOB(reference_to_video)                                                                                  \
    JOB(video_edit)

#include <wan/detail/pop_macros.hpp>
