// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Compiles the library once, for a program that defines WAN_SEPARATE_COMPILATION everywhere. Exactly one
/// source file of the program includes this header. Boost.JSON must be linked, or compiled by
/// <boost/json/src.hpp> in another source file.
#pragma once

#include <wan/detail/push_macros.hpp>

#ifndef WAN_SEPARATE_COMPILATION
#error "wan/src.hpp is for programs that define WAN_SEPARATE_COMPILATION in all of their files"
#endif

#include <wan/wan.hpp>

// Types that all rooms share.
#include <wan/impl/error.ipp>

// HTTP as values.
#include <wan/http/impl/api_key.ipp>
#include <wan/http/impl/base64.ipp>
#include <wan/http/impl/body.ipp>
#include <wan/http/impl/executor.ipp>
#include <wan/http/impl/message.ipp>
#include <wan/http/impl/retry_after.ipp>
#include <wan/http/impl/url.ipp>

// Images, clips and sounds.
#include <wan/media/impl/media.ipp>
#include <wan/media/impl/media_info.ipp>

// JSON.
#include <wan/json/impl/merge.ipp>
#include <wan/json/impl/read.ipp>

// Requests.
#include <wan/request/impl/description_of.ipp>
#include <wan/request/impl/json.ipp>
#include <wan/request/impl/resolution.ipp>

// The limits of each model, as data.
#include <wan/model/impl/catalog_json.ipp>
#include <wan/model/impl/media_kind_of.ipp>
#include <wan/model/impl/model_catalog.ipp>

// Checks a request against the limits of its model.
#include <wan/validation/impl/check_medium.ipp>
#include <wan/validation/impl/json_schema.ipp>
#include <wan/validation/impl/validate.ipp>

// Providers and dialects.
#include <wan/provider/impl/dashscope.ipp>
#include <wan/provider/impl/jiekou.ipp>
#include <wan/provider/impl/reply.ipp>
#include <wan/provider/impl/sinancode.ipp>
#include <wan/provider/impl/task_status.ipp>
#include <wan/provider/impl/validate.ipp>
#include <wan/provider/impl/yutoai.ipp>

// One file per exchange with a provider.
#include <wan/protocol/impl/cancel.ipp>
#include <wan/protocol/impl/errors.ipp>
#include <wan/protocol/impl/list.ipp>
#include <wan/protocol/impl/query.ipp>
#include <wan/protocol/impl/redact_key.ipp>
#include <wan/protocol/impl/submit.ipp>
#include <wan/protocol/impl/submit_verdict.ipp>
#include <wan/protocol/impl/upload.ipp>

// The finished video.
#include <wan/video/impl/cost.ipp>
#include <wan/video/impl/download.ipp>
#include <wan/video/impl/url_expiry.ipp>
#include <wan/video/impl/video.ipp>
#include <wan/video/impl/video_check.ipp>

// One task from submit to video.
#include <wan/task/impl/findings.ipp>
#include <wan/task/impl/outcome.ipp>
#include <wan/task/impl/pace.ipp>
#include <wan/task/impl/poll_fsm.ipp>
#include <wan/task/impl/poll_phase.ipp>
#include <wan/task/impl/query_times.ipp>
#include <wan/task/impl/resume_token.ipp>
#include <wan/task/impl/search_fsm.ipp>
#include <wan/task/impl/search_phase.ipp>
#include <wan/task/impl/start.ipp>
#include <wan/task/impl/submit_fsm.ipp>
#include <wan/task/impl/submit_phase.ipp>
#include <wan/task/impl/task.ipp>
#include <wan/task/impl/task_core.ipp>
#include <wan/task/impl/task_texts.ipp>
#include <wan/task/impl/upload_fsm.ipp>
#include <wan/task/impl/upload_phase.ipp>
#include <wan/task/impl/wall_clock.ipp>

// Many tasks within the limits of one account.
#include <wan/scheduler/impl/account_limits.ipp>
#include <wan/scheduler/impl/fair_queue.ipp>
#include <wan/scheduler/impl/held_submits.ipp>
#include <wan/scheduler/impl/learned_time.ipp>
#include <wan/scheduler/impl/learned_times.ipp>
#include <wan/scheduler/impl/rate_gate.ipp>
#include <wan/scheduler/impl/request_queues.ipp>
#include <wan/scheduler/impl/scheduler.ipp>
#include <wan/scheduler/impl/scheduler_core.ipp>
#include <wan/scheduler/impl/task_claims.ipp>
#include <wan/scheduler/impl/task_table.ipp>
#include <wan/scheduler/impl/ticket_queue.ipp>
#include <wan/scheduler/impl/timer_heap.ipp>

// Drivers.
#include <wan/run/impl/blocking.ipp>
#include <wan/run/impl/callback.ipp>
#include <wan/run/impl/driven_task.ipp>

/// \cond
namespace wan::inline WAN_ABI {

#define WAN_COMPILE_JOB(request)                                                                             \
    template std::string_view model_of(const provider&, const request&) noexcept;                            \
    template result<billed_video> billed_video_of(const provider&, const request&);                          \
    template std::vector<violation> validate(const request&, const validation_target&);                      \
    template std::vector<violation> validate(const provider&, const request&);                               \
    template result<http_request> make_submit(const provider&, const request&, strictness);                  \
    template result<task> make_task(std::shared_ptr<const provider>, const request&, const wall_clock&,      \
                                    std::shared_ptr<const policy>, strictness);                              \
    template result<task> make_task(std::shared_ptr<const provider>, const request&, const wall_clock&,      \
                                    const policy&, strictness);                                              \
    template result<task> make_task(provider, const request&, const wall_clock&, const policy&, strictness); \
    template result<task> resume_task(std::shared_ptr<const provider>, const resume_token&, const request&,  \
                                      const wall_clock&, std::shared_ptr<const policy>, strictness);         \
    template result<task> resume_task(std::shared_ptr<const provider>, const resume_token&, const request&,  \
                                      const wall_clock&, const policy&, strictness);                         \
    template result<task> resume_task(provider, const resume_token&, const request&, const wall_clock&,      \
                                      const policy&, strictness);

WAN_FOR_EACH_JOB(WAN_COMPILE_JOB)

#undef WAN_COMPILE_JOB

} // namespace wan::inline WAN_ABI
/// \endcond

#include <wan/detail/pop_macros.hpp>
