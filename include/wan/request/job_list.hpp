// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The one list of jobs. `job`, `any_request`, `offered_jobs`, the readers and writers of JSON,
/// `wan/fwd.hpp`, `wan/src.hpp` and the module are made from it. How to add a job: \ref add-a-job.
///
/// It is a macro because it makes enumerators, members and declarations: they need the job's name, which a
/// list of types does not have.
#pragma once

#include <wan/detail/push_macros.hpp>

/// Expands `JOB(name)` for each job. The name is that of the request's type and of its header in
/// `wan/request/`, which `wan/request/job.hpp` includes.
#define WAN_FOR_EACH_JOB(JOB)                                                                                \
    JOB(text_to_video)                                                                                       \
    JOB(keyframe_to_video)                                                                                   \
    JOB(image_to_video)                                                                                      \
    JOB(video_continuation)                                                                                  \
    JOB(reference_to_video)                                                                                  \
    JOB(video_edit)

#include <wan/detail/pop_macros.hpp>
