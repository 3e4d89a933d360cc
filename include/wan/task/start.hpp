// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Creates a task from a request, or from a resume token.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>
#include <wan/request/any_request.hpp>
#include <wan/request/job.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/task.hpp>
#include <wan/task/wall_clock.hpp>
#include <wan/validation/strictness.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace wan::inline WAN_ABI {

/// \cond
namespace detail {
struct submit_draft;
/// Creates tasks: from the draft of a submit, or from a token.
struct task_maker {
    WAN_DECL static task ready(std::shared_ptr<const provider> at, std::shared_ptr<const policy> limits,
                               const wall_clock& clock, std::string_view model, submit_draft&& draft,
                               std::optional<std::string_view> prompt, video_kind video);
    WAN_DECL static task resumed(std::shared_ptr<const provider> at, const resume_token& token,
                                 const wall_clock& clock, std::shared_ptr<const policy> limits);
    /// Stores what the request of a resumed task says about the video.
    WAN_DECL static void set_video(task& resumed, video_kind video) noexcept;
    /// Stores the draft in a task with an unconfirmed submit, so that the task can submit again.
    WAN_DECL static void keep_draft(task& searching, submit_draft&& draft);
};
} // namespace detail
/// \endcond

/// Creates a task that is ready to be submitted, or to upload its files first. Fails with `invalid_request`
/// and all violations if the request is invalid. Many tasks may share one provider and one policy; neither
/// may be null. The task refers to the bytes of media until it has an id or has ended; the request itself
/// need not outlive the call.
///
/// The wall clock is needed to find an unconfirmed submit in the provider's task list: only tasks created
/// since the submit are searched. With `no_wall_clock`, or with a clock that is more than `clock_tolerance`
/// fast, the submit is not found.
///
/// \code
/// const wan::wall_clock clock{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
/// auto task = wan::make_task(provider, request, clock);
/// if (!task) return task.error(); // with all violations
/// \endcode
template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       std::shared_ptr<const policy> how, strictness strict = strictness::standard);
/// Overload that copies the policy.
template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       const policy& how = {}, strictness strict = strictness::standard);
/// Overload that copies the provider and the policy.
template <job_request Request>
result<task> make_task(provider who, const Request& request, const wall_clock& clock, const policy& how = {},
                       strictness strict = strictness::standard);

/// Creates a task that continues from a token. The request allows the task to be submitted, but only if it is
/// certain that no submit was accepted. The task is submitted at once if the token proves this. It is
/// submitted after a search if the provider's list proves this and `policy::submit_again_if_not_listed` is
/// set. Fails with category `token` if the token belongs to another provider or another request (model,
/// prompt). Fails with all violations if the request is invalid. `strict` applies only to a request that has
/// certainly not been submitted; any other request was validated when it was submitted. The wall clock is
/// used as in `make_task`.
template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, std::shared_ptr<const policy> how,
                         strictness strict = strictness::standard);
/// Overload that copies the policy.
template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, const policy& how = {},
                         strictness strict = strictness::standard);
/// Overload that copies the provider and the policy.
template <job_request Request>
result<task> resume_task(provider who, const resume_token& token, const Request& request,
                         const wall_clock& clock, const policy& how = {},
                         strictness strict = strictness::standard);

/// Creates a task that continues from a token, without its request. A task with an id is queried at once,
/// regardless of its state. If a submit may have been accepted, its task is searched for; if no search is
/// possible, the returned task has already ended as `submit_unknown`. Fails with category `token` if the
/// token belongs to another provider, or if it is certain that nothing was submitted.
WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const wall_clock& clock, std::shared_ptr<const policy> how);
/// Overload that copies the policy.
WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const wall_clock& clock, const policy& how = {});
/// Overload that copies the provider and the policy.
WAN_DECL result<task> resume_task(provider who, const resume_token& token, const wall_clock& clock,
                                  const policy& how = {});

// These are templates so that only programs that use them compile them.

/// Creates a task from a request whose job is known at run time.
template <std::same_as<any_request> Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       std::shared_ptr<const policy> how, strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return make_task(std::move(who), r, clock, std::move(how), strict); }, request);
}
/// Overload that copies the policy.
template <std::same_as<any_request> Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       const policy& how = {}, strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_task(std::move(who), r, clock, how, strict); },
                      request);
}
/// Overload that copies the provider and the policy.
template <std::same_as<any_request> Request>
result<task> make_task(provider who, const Request& request, const wall_clock& clock, const policy& how = {},
                       strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_task(std::move(who), r, clock, how, strict); },
                      request);
}

/// Creates a task that continues from a token, with a request whose job is known at run time.
template <std::same_as<any_request> Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, std::shared_ptr<const policy> how,
                         strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return resume_task(std::move(who), token, r, clock, std::move(how), strict); },
        request);
}
/// Overload that copies the policy.
template <std::same_as<any_request> Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, const policy& how = {},
                         strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return resume_task(std::move(who), token, r, clock, how, strict); }, request);
}
/// Overload that copies the provider and the policy.
template <std::same_as<any_request> Request>
result<task> resume_task(provider who, const resume_token& token, const Request& request,
                         const wall_clock& clock, const policy& how = {},
                         strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return resume_task(std::move(who), token, r, clock, how, strict); }, request);
}

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/start.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
