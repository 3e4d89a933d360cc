// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Makes a task from a request, or from a token that another process left.
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
/// Makes tasks: from the draft of a submit, or from a token.
struct task_maker {
    WAN_DECL static task ready(std::shared_ptr<const provider> at, std::shared_ptr<const policy> limits,
                               const wall_clock& clock, std::string_view model, submit_draft&& draft,
                               std::optional<std::string_view> prompt);
    WAN_DECL static task resumed(std::shared_ptr<const provider> at, const resume_token& token,
                                 const wall_clock& clock, std::shared_ptr<const policy> limits);
    /// The task of a submit that may have been accepted, with what it takes to submit again.
    WAN_DECL static void keep_draft(task& searching, submit_draft&& draft);
};
} // namespace detail
/// \endcond

/// Makes a task that is ready to be submitted, or to upload its files first. Fails with `invalid_request` and
/// all violations if the request is invalid. Many tasks may share one provider and one policy; neither may be
/// null. Bytes of media are referred to until the task has an id or is at its end; the request itself need
/// not outlive the call. By the wall clock an unconfirmed submit is found in the service's task list, where
/// the service has one, from the time on when it was sent. With `no_wall_clock`, or with one that is more
/// than `clock_tolerance` fast, it is not found.
template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       std::shared_ptr<const policy> how, strictness strict = strictness::standard);
/// The same, with a copy of the policy.
template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       const policy& how = {}, strictness strict = strictness::standard);
/// The same, with a provider and a policy of its own.
template <job_request Request>
result<task> make_task(provider who, const Request& request, const wall_clock& clock, const policy& how = {},
                       strictness strict = strictness::standard);

/// Makes a task that continues where the token was made, and that has its request, so that it can be
/// submitted if it certainly was not: at once where the token says so, or when it is not in the service's
/// list and `policy::submit_again_if_not_listed`. Fails with category `token` if the token is of another
/// provider or of another request (model, prompt), and with all violations if the request is invalid.
/// `strict` is for what was certainly not submitted; what may have been was validated then. The wall clock is
/// as in `make_task`.
template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, std::shared_ptr<const policy> how,
                         strictness strict = strictness::standard);
/// The same, with a copy of the policy.
template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, const policy& how = {},
                         strictness strict = strictness::standard);
/// The same, with a provider and a policy of its own.
template <job_request Request>
result<task> resume_task(provider who, const resume_token& token, const Request& request,
                         const wall_clock& clock, const policy& how = {},
                         strictness strict = strictness::standard);

/// Makes a task that continues where the token was made: it asks for the task at once, whatever state it was
/// in. Without a task id it is `submit_unknown` from the start if a submit may have been accepted. Fails with
/// category `token` if the token is of another provider, or if certainly nothing was submitted.
WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const wall_clock& clock, std::shared_ptr<const policy> how);
/// The same, with a copy of the policy.
WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const wall_clock& clock, const policy& how = {});
/// The same, with a provider and a policy of its own.
WAN_DECL result<task> resume_task(provider who, const resume_token& token, const wall_clock& clock,
                                  const policy& how = {});

// Templates, so that only programs that use them compile them.

/// Makes a task from a request for any job.
template <std::same_as<any_request> Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       std::shared_ptr<const policy> how, strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return make_task(std::move(who), r, clock, std::move(how), strict); }, request);
}
/// The same, with a copy of the policy.
template <std::same_as<any_request> Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       const policy& how = {}, strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_task(std::move(who), r, clock, how, strict); },
                      request);
}
/// The same, with a provider and a policy of its own.
template <std::same_as<any_request> Request>
result<task> make_task(provider who, const Request& request, const wall_clock& clock, const policy& how = {},
                       strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_task(std::move(who), r, clock, how, strict); },
                      request);
}

/// Continues a task of any job.
template <std::same_as<any_request> Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, std::shared_ptr<const policy> how,
                         strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return resume_task(std::move(who), token, r, clock, std::move(how), strict); },
        request);
}
/// The same, with a copy of the policy.
template <std::same_as<any_request> Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, const policy& how = {},
                         strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return resume_task(std::move(who), token, r, clock, how, strict); }, request);
}
/// The same, with a provider and a policy of its own.
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
