// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The next action of a task, for its caller.
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

/// The kinds of actions.
enum class step_kind : std::uint8_t {
    send,  ///< carry out `step::request()` once and pass its response to `receive`
    wait,  ///< nothing to do until `step::wake_at()`
    await, ///< nothing to do but wait for responses, until `step::wake_at()`
    done,  ///< the task has ended; see `step::outcome()`
};
BOOST_DESCRIBE_ENUM(step_kind, send, wait, await, done)

/// One action that a task asks for. It refers to data in the task, which stays valid until the next call to
/// `next` or `receive`, even if the task is moved.
///
/// \code
/// const auto step = task.next(now());
/// if (step.is_send())      begin_http(step.request()); // on its completion: task.receive
/// else if (step.is_done()) use(step.outcome());
/// else                     call_again_at(step.wake_at());
/// \endcode
class [[nodiscard]] step {
public:
    /// Creates a step that sends the request, for use in tests. The request must outlive the step.
    static step send(const http_request& request, unsigned number = 0,
                     wan::request_kind kind = wan::request_kind::query) noexcept {
        return {step_kind::send, &request, nullptr, {}, number, kind};
    }
    /// Creates a step that waits until the given time.
    static step wait(time_point until) noexcept { return {step_kind::wait, nullptr, nullptr, until}; }
    /// Creates a step that waits for responses, at most until the given time.
    static step awaiting(time_point at_latest) noexcept {
        return {step_kind::await, nullptr, nullptr, at_latest};
    }
    /// Creates the last step. The outcome must outlive the step.
    static step done(const wan::outcome& outcome) noexcept {
        return {step_kind::done, nullptr, &outcome, {}};
    }

    step_kind kind() const noexcept { return kind_; } ///< for a `switch`

    /// Returns whether to carry out `request()` once and pass its response to `receive`.
    bool is_send() const noexcept { return kind_ == step_kind::send; }
    /// Returns whether there is nothing to do until `wake_at()`.
    bool is_wait() const noexcept { return kind_ == step_kind::wait; }
    /// Returns whether there is nothing to do but wait for the response to a request in flight. That request
    /// is not returned again. At `wake_at()`, that request is considered lost or another request is due.
    bool is_awaiting() const noexcept { return kind_ == step_kind::await; }
    /// Returns whether the task has ended, so that `outcome()` is final.
    bool is_done() const noexcept { return kind_ == step_kind::done; }

    /// Returns the request to carry out. Aborts the program unless `is_send()`.
    const http_request& request() const noexcept {
        if (!is_send()) std::abort();
        return *request_;
    }
    /// Returns the number of the request, to be passed to `task::receive`. It distinguishes requests that are
    /// in flight at the same time, such as the uploads of several files.
    unsigned number() const noexcept { return number_; }
    /// Returns the kind of the request. Only valid if `is_send()`.
    wan::request_kind request_kind() const noexcept { return request_kind_; }
    /// Returns the latest time at which to call `next` again. Only valid if `is_wait()` or `is_awaiting()`.
    time_point wake_at() const noexcept { return wake_at_; }
    /// Returns the outcome. Aborts the program unless `is_done()`.
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

/// A snapshot of the task's progress, for display. Its views refer to the task.
struct progress {
    task_state state;                       ///< the state of the task
    std::string_view task_id;               ///< the provider's id; empty: unknown
    std::string_view status;                ///< the provider's latest status word, such as "RUNNING"
    unsigned queries;                       ///< queries sent so far
    time_point wake_at;                     ///< when the next request is due
    const wan::error* trouble;              ///< the error of the latest request; null if it succeeded
    std::optional<double> percent = {};     ///< percent done, if reported (JieKou's API)
    std::optional<double> eta = {};         ///< remaining seconds, if reported
    std::optional<task_ending> ending = {}; ///< set if the task has ended
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
