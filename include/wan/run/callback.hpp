// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Drives one task to its end with callbacks, on the event loop of an engine or an editor.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/run/detail/driven_task.hpp>
#include <wan/run/run_options.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

/// Reports the completion of a request. Only the first call has an effect, even if it comes late.
using http_done = std::function<void(http_result)>;

/// A callable that begins one request and reports its completion, later or from within the call, on the
/// loop's thread. See `http_request` for what an executor must not do. The request is valid until the call
/// returns. The run gives up a request that is not completed within twice its timeout.
template <class E>
concept async_http_executor =
    std::copy_constructible<E> &&
    requires(E& execute, const http_request& request, http_done done) { execute(request, std::move(done)); };

/// A handle to the loop: it returns the time, and calls a function at a given time or later, on the loop's
/// thread. It may also have a function `today()`, like `steady_timer`. The run never cancels a call: a call
/// that is no longer needed does nothing.
template <class T>
concept callback_timer = requires(T& timer, time_point at, std::function<void()> callback) {
    { timer.now() } -> std::convertible_to<time_point>;
    timer.call_at(at, std::move(callback));
};

namespace detail {

/// One run. Pending callbacks and handles keep it alive.
class callback_run : public std::enable_shared_from_this<callback_run> {
public:
    struct host {
        std::function<void(const http_request&, http_done)> execute;
        std::function<time_point()> now;
        std::function<void(time_point, std::function<void()>)> call_at;
        std::function<void(outcome)> on_done;
    };

    callback_run(begun_task begun, host on, run_options options);

    static std::shared_ptr<callback_run> begin(begun_task begun, host on, run_options options);

    void stop();
    void abandon();
    result<void> cancel();
    wan::progress progress() const noexcept;
    bool is_done() const noexcept { return is_done_; }

private:
    struct link;
    struct turn;
    struct unbegun;

    void go_on();
    void advance();
    void send(const step& todo);
    void answer(std::uint64_t call, http_result result);
    void call_at(time_point at);
    void on_time(std::uint64_t number);
    void finish(outcome end);
    void release() noexcept;
    void come_back() noexcept;

    host host_;
    std::optional<driven_task> driven_ = {}; ///< empty: the request is invalid
    outcome invalid_ = {};
    time_point now_ = {};
    time_point wait_until_ = (time_point::min)();
    std::optional<time_point> called_at_ = {}; ///< when the timer's latest call is due
    struct sent {
        std::uint64_t call;
        unsigned number;          ///< the number of the step
        std::weak_ptr<link> done; ///< the link that the executor holds
    };
    struct completed {
        unsigned number;
        http_result result;
    };
    std::vector<sent> out_ = {};
    std::vector<completed> completions_ = {};
    std::uint64_t calls_ = 0;
    std::uint64_t sends_ = 0;
    bool is_going_on_ = false;
    bool must_go_on_ = false;
    bool is_done_ = false;
    bool is_abandoned_ = false;
};

template <class Executor, class Timer>
callback_run::host make_host(Executor execute, Timer timer, std::function<void(outcome)> on_done) {
    const auto shared = std::make_shared<Timer>(std::move(timer));
    return {.execute = std::move(execute),
            .now = [shared]() -> time_point { return shared->now(); },
            .call_at = [shared](time_point at,
                                std::function<void()> callback) { shared->call_at(at, std::move(callback)); },
            .on_done = std::move(on_done)};
}

} // namespace detail

/// A handle to a run, which is in progress or has ended. Copies refer to the same run. Dropping all handles
/// does not stop the run: the timer's pending callbacks keep it going. If the loop drops those callbacks, the
/// run ends silently; a saved token remains. Thread safety: use a run and its handles only on the loop's
/// thread.
class running_task {
public:
    /// Used by `run_async`.
    explicit running_task(std::shared_ptr<detail::callback_run> run) noexcept : run_(std::move(run)) {}

    /// Ends the run as `stopped`: at once, or when the request in flight has completed.
    void stop() const { run_->stop(); }

    /// Ends the run silently: no function that was passed in is called any more, not even `on_done`.
    /// Everything that was passed in is released at once or, if one of the functions is running, when it
    /// returns. Use `abandon` when a window or loop closes during a run. The task continues at the provider;
    /// if a token was saved, the latest one names the task.
    void abandon() const { run_->abandon(); }

    /// Same as `task::cancel`. Also fails with `misuse` if the request was invalid or the run was abandoned.
    /// The cancel begins at once, unless a request is in flight.
    result<void> cancel() const { return run_->cancel(); }

    /// Returns the progress. Its views are valid until the next callback.
    wan::progress progress() const noexcept { return run_->progress(); }

    /// Returns whether the run has ended: true from just before the call to `on_done`, and after `abandon`.
    bool is_done() const noexcept { return run_->is_done(); }

private:
    std::shared_ptr<detail::callback_run> run_;
};

/// Begins to drive a task from `make_task` or `resume_task`. Before this function returns, only the timer is
/// used: the run starts with the timer's first call. `on_done` is called once, at the end. Then everything
/// that was passed in is released. All functions that were passed in may use the handle. Thread safety: use a
/// run and its handles only on the loop's thread.
///
/// An exception thrown by a function that was passed in propagates to the code that called into the run: the
/// loop or the executor. The run continues a tenth of a second later. If `on_progress` or `save_token` throws
/// before a request, the request is sent later. If the executor throws, its request is treated as
/// `maybe_sent`. If the timer itself throws, the run continues at the next response, `stop` or `cancel`.
///
/// One call may follow `on_done`: `options.save_token`, if the response to a submit arrives after the task
/// gave up waiting for it. The token then names the task.
template <async_http_executor Executor, callback_timer Timer>
running_task run_async(task t, Executor execute, Timer timer, run_options options,
                       std::function<void(outcome)> on_done) {
    detail::begun_task begun{std::move(t)};
    auto host = detail::make_host(std::move(execute), std::move(timer), std::move(on_done));
    return running_task{detail::callback_run::begin(std::move(begun), std::move(host), std::move(options))};
}

/// Validates a request, submits it and reports its outcome. An invalid request is reported by `on_done` as
/// well. The request need not outlive the call.
///
/// \code
/// auto handle = wan::run_async(provider, request, execute, timer, {},
///                              [](wan::outcome outcome) { show(wan::to_string(outcome)); });
/// \endcode
template <class Request, async_http_executor Executor, callback_timer Timer>
running_task run_async(provider who, const Request& request, Executor execute, Timer timer,
                       run_options options, std::function<void(outcome)> on_done) {
    auto begun = detail::begin(std::move(who), request, options, timer);
    auto host = detail::make_host(std::move(execute), std::move(timer), std::move(on_done));
    return running_task{detail::callback_run::begin(std::move(begun), std::move(host), std::move(options))};
}

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/run/impl/callback.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
