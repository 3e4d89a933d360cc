// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What a task asks of its caller.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/error.hpp>
#include <wan/http/message.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/request_kind.hpp>

#include <cstdlib>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// One action that a task asks for. What it refers to lives in the task until the next call of `next` or
/// `receive`, also when the task is moved.
class [[nodiscard]] step {
public:
    /// For those who make steps of their own, as tests do. The request must outlive the step.
    static step send(const http_request& request, unsigned number = 0,
                     request_kind kind = request_kind::query) noexcept {
        return {&request, nullptr, {}, false, number, kind};
    }
    /// Nothing to do until then.
    static step wait(time_point until) noexcept { return {nullptr, nullptr, until, false}; }
    /// Nothing to do but wait for answers, until then.
    static step awaiting(time_point at_latest) noexcept { return {nullptr, nullptr, at_latest, true}; }
    /// The end. The outcome must outlive the step.
    static step done(const wan::outcome& outcome) noexcept { return {nullptr, &outcome, {}, false}; }

    /// Carry out `request()` once and give its end to `receive`.
    bool is_send() const noexcept { return request_ != nullptr; }
    /// Nothing to do until `wake_at()`.
    bool is_wait() const noexcept { return !is_send() && !is_done() && !is_awaiting_; }
    /// A request is out already; it is not handed out twice. It counts as lost at `wake_at()`, unless another
    /// one is due then.
    bool is_awaiting() const noexcept { return is_awaiting_; }
    /// `outcome()` is final.
    bool is_done() const noexcept { return outcome_ != nullptr; }

    /// What to carry out. Only of a step that `is_send()`: any other one ends the program.
    const http_request& request() const noexcept {
        if (!is_send()) std::abort();
        return *request_;
    }
    /// Of a request that may be out beside others, which uploads of several files may: `task::receive` takes
    /// it.
    unsigned number() const noexcept { return number_; }
    /// What the request asks for. Only of a step that `is_send()`.
    request_kind kind() const noexcept { return kind_; }
    /// When to call `next` again at the latest. Only if `is_wait()` or `is_awaiting()`.
    time_point wake_at() const noexcept { return wake_at_; }
    /// How the task ended. Only of a step that `is_done()`: any other one ends the program.
    const wan::outcome& outcome() const noexcept {
        if (!is_done()) std::abort();
        return *outcome_;
    }

private:
    step(const http_request* request, const wan::outcome* outcome, time_point wake_at, bool awaiting,
         unsigned number = 0, request_kind kind = request_kind::query) noexcept
        : request_(request), outcome_(outcome), wake_at_(wake_at), number_(number), is_awaiting_(awaiting),
          kind_(kind) {}

    const http_request* request_;
    const wan::outcome* outcome_;
    time_point wake_at_;
    unsigned number_;
    bool is_awaiting_;
    request_kind kind_;
};

/// Where a task stands, for a person who waits. Views into the task.
struct progress {
    task_state state;                   ///< where the task is
    std::string_view task_id;           ///< empty: not known
    std::string_view status;            ///< the service's latest word on the task, "RUNNING"
    unsigned queries;                   ///< sent so far
    time_point wake_at;                 ///< when the next request is due
    const wan::error* trouble;          ///< what the latest request met; null if all was well
    std::optional<double> percent = {}; ///< done, where the service says so (JieKou's API)
    std::optional<double> eta = {};     ///< seconds to go, where the service says so
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
