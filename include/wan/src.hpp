// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What is compiled once where WAN_SEPARATE_COMPILATION is defined for the whole program. Included by one of its source
/// files; Boost.JSON is linked, or compiled in another file by <boost/json/src.hpp>.
#pragma once

#include <wan/detail/prologue.hpp>

#ifndef WAN_SEPARATE_COMPILATION
#error "wan/src.hpp is for programs that define WAN_SEPARATE_COMPILATION in all of their files"
#endif

#include <wan/wan.hpp>

#include <wan/impl/base64.ipp>
#include <wan/impl/blocking.ipp>
#include <wan/impl/body.ipp>
#include <wan/impl/callback.ipp>
#include <wan/impl/cancel.ipp>
#include <wan/impl/classify.ipp>
#include <wan/impl/cost.ipp>
#include <wan/impl/dashscope.ipp>
#include <wan/impl/download.ipp>
#include <wan/impl/driven_task.ipp>
#include <wan/impl/error.ipp>
#include <wan/impl/executor.ipp>
#include <wan/impl/inspected.ipp>
#include <wan/impl/jiekou.ipp>
#include <wan/impl/json_merge.ipp>
#include <wan/impl/json_read.ipp>
#include <wan/impl/list.ipp>
#include <wan/impl/media.ipp>
#include <wan/impl/message.ipp>
#include <wan/impl/outcome.ipp>
#include <wan/impl/provider_validate.ipp>
#include <wan/impl/query.ipp>
#include <wan/impl/reply.ipp>
#include <wan/impl/request_read.ipp>
#include <wan/impl/resolution.ipp>
#include <wan/impl/scheduler.ipp>
#include <wan/impl/sinancode.ipp>
#include <wan/impl/submit.ipp>
#include <wan/impl/task.ipp>
#include <wan/impl/token.ipp>
#include <wan/impl/upload.ipp>
#include <wan/impl/uploads.ipp>
#include <wan/impl/validate.ipp>
#include <wan/impl/wall_clock.ipp>
#include <wan/impl/yutoai.ipp>

/// \cond
namespace wan::inline WAN_ABI {

#define WAN_COMPILE_JOB(request)                                                                                       \
    template std::string_view model_of(const provider&, const request&) noexcept;                                      \
    template result<billed_video> billed_video_of(const provider&, const request&);                                    \
    template std::vector<violation> validate(const request&, const validation_target&);                               \
    template std::vector<violation> validate(const provider&, const request&);                                        \
    template result<http_request> make_submit(const provider&, const request&, strictness);                            \
    template result<task> start(std::shared_ptr<const provider>, const request&, std::shared_ptr<const policy>, strictness); \
    template result<task> start(std::shared_ptr<const provider>, const request&, const policy&, strictness);           \
    template result<task> start(provider, const request&, const policy&, strictness);                                  \
    template result<task> resume(std::shared_ptr<const provider>, const resume_token&, const request&, std::shared_ptr<const policy>, strictness); \
    template result<task> resume(std::shared_ptr<const provider>, const resume_token&, const request&, const policy&, strictness); \
    template result<task> resume(provider, const resume_token&, const request&, const policy&, strictness);

WAN_COMPILE_JOB(keyframe_to_video)
WAN_COMPILE_JOB(image_to_video)
WAN_COMPILE_JOB(video_continuation)

#undef WAN_COMPILE_JOB

} // namespace wan::inline WAN_ABI
/// \endcond

#include <wan/detail/epilogue.hpp>
