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
#include <wan/wire_name.hpp>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The kinds of actions that a task asks for.
enum class step_kind : std::uint8_t {
    send,  ///< carry out `step::request()` once and pass its response to `receive`
    wait,  ///< nothing to do until `step::wake_at()`
    await, ///< nothing to do but wait for responses, until `step::wake_at()`
    done,  ///< the task has ended; see `step::outcome()`
};
BOOST_DESCRIBE_ENUM(step_kind, send, wait, await, done)

/// One action that a task asks for. What it refers to lives in the task until the next call of `next` or
/// `receive`, also when the task is moved.
class [[nodiscard]] step {
public:
    /// Makes a step of one's own, as tests do. The request must outlive the step.
    static step send(const http_request& request, unsigned number = 0,
                     wan::request_kind kind = wan::request_kind::query) noexcept {
        return {step_kind::send, &request, nullptr, {}, number, kind};
    }
    /// Makes a step with nothing to do until then.
    static step wait(time_point until) noexcept { return {step_kind::wait, nullptr, nullptr, until}; }
    /// Makes a step with nothing to do but wait for responses, until then.
    static step awaiting(time_point at_latest) noexcept {
        return {step_kind::await, nullptr, nullptr, at_latest};
    }
    /// Makes the last step. The outcome must outlive it.
    static step done(const wan::outcome& outcome) noexcept {
        return {step_kind::done, nullptr, &outcome, {}};
    }

    step_kind kind() const noexcept { return kind_; } ///< for a `switch`

    /// Carry out `request()` once and pass its response to `receive`.
    bool is_send() const noexcept { return kind_ == step_kind::send; }
    /// Nothing to do until `wake_at()`.
    bool is_wait() const noexcept { return kind_ == step_kind::wait; }
    /// A request is in flight; it is not returned again. It is considered lost at `wake_at()`, unless another
    /// one is due then.
    bool is_awaiting() const noexcept { return kind_ == step_kind::await; }
    /// `outcome()` is final.
    bool is_done() const noexcept { return kind_ == step_kind::done; }

    /// The request to carry out. Only of a step that `is_send()`: any other one ends the program.
    const http_request& request() const noexcept {
        if (!is_send()) std::abort();
        return *request_;
    }
    /// The number of a request that may be in flight beside others, as uploads of several files are:
    /// `task::receive` takes it.
    unsigned number() const noexcept { return number_; }
    /// What the request asks for. Only of a step that `is_send()`.
    wan::request_kind request_kind() const noexcept { return request_kind_; }
    /// When to call `next` again at the latest. Only if `is_wait()` or `is_awaiting()`.
    time_point wake_at() const noexcept { return wake_at_; }
    /// How the task ended. Only of a step that `is_done()`: any other one ends the program.
    const wan::outcome& outcome() const noexcept {
        if (!is_done()) std::abort();
        return *outcome_;
    }

private:
    step(step_kind kind, const http_request* request, const wan::outcome* outcome, time_point wake_at,
         unsigned number = 0, wan::request_kind asks_for = wan::request_kind::query) noexcept
        : request_(request), outcome_(outcome), wake_at_(wake_at), number_(number), kind_(kind),
          request_kind_(asks_for) {}

    const http_request* request_;
    const wan::outcome* outcome_;
    time_point wake_at_;
    unsigned number_;
    step_kind kind_;
    wan::request_kind request_kind_;
};

/// A snapshot of the task's progress, for display. Views into the task.
struct progress {
    task_state state;                       ///< where the task is
    std::string_view task_id;               ///< empty: not known
    std::string_view status;                ///< the service's latest word on the task, "RUNNING"
    unsigned queries;                       ///< sent so far
    time_point wake_at;                     ///< when the next request is due
    const wan::error* trouble;              ///< what the latest request met; null if all was well
    std::optional<double> percent = {};     ///< done, where the service reports it (JieKou's API)
    std::optional<double> eta = {};         ///< seconds to go, where the service reports it
    std::optional<task_ending> ending = {}; ///< of a task that has ended
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
