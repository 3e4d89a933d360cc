// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Drives one task to its end by callbacks, on the loop of an engine or an editor.
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

/// Tells the end of a request. Only the first call counts, and that also when it comes late.
using http_done = std::function<void(http_result)>;

/// A callable that begins one exchange and has its end told, later or from within the call, on the loop's
/// thread. See `http_request` for what it must not do. The request lives until the call returns. An end that
/// is never told is given up after twice the time-out.
template <class E>
concept async_http_executor =
    std::copy_constructible<E> &&
    requires(E& execute, const http_request& request, http_done done) { execute(request, std::move(done)); };

/// A handle of the loop: a clock, and calls at a time or later, on the loop's thread. It may have `today()`
/// as well, as `steady_timer` has. Nothing is taken back: calls that are no longer wanted do nothing.
template <class T>
concept callback_timer = requires(T& timer, time_point at, std::function<void()> callback) {
    { timer.now() } -> std::convertible_to<time_point>;
    timer.call_at(at, std::move(callback));
};

namespace detail {

/// Kept by the callbacks that are pending, and by the handles.
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
    std::optional<driven_task> driven_ = {}; ///< none: the request is invalid
    outcome invalid_ = {};
    time_point now_ = {};
    time_point wait_until_ = (time_point::min)();
    std::optional<time_point> called_at_ = {}; ///< when the timer's latest call is due
    struct sent {
        std::uint64_t call;
        unsigned number;          ///< of the step
        std::weak_ptr<link> done; ///< what the executor holds
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

/// A run that is under way, or over. Copies mean the same run. Dropping them does not stop it: the timer's
/// callbacks that are pending keep it, and nothing else does. A loop that drops those ends it without a word;
/// what was saved of its token remains. Not thread-safe: it belongs to the loop's thread.
class running_task {
public:
    /// For `run_async`.
    explicit running_task(std::shared_ptr<detail::callback_run> run) noexcept : run_(std::move(run)) {}

    /// Ends it as `stopped`: at once, or when the request that is out has ended.
    void stop() const { run_->stop(); }

    /// Ends the run without a word: nothing that was passed in is called any more, not even `on_done`, and
    /// all of it is let go of, at once or, from within one of its calls, when that returns. For what a
    /// closing window or loop leaves behind. The task at the service goes on; the latest saved token names
    /// it, if there is one.
    void abandon() const { run_->abandon(); }

    /// As `task::cancel`, and fails like it; with `misuse` as well if the request was invalid. Begins at once
    /// unless a request is out.
    result<void> cancel() const { return run_->cancel(); }

    /// Views that hold until the next callback.
    wan::progress progress() const noexcept { return run_->progress(); }

    /// True from just before `on_done` on, and once it is abandoned.
    bool is_done() const noexcept { return run_->is_done(); }

private:
    std::shared_ptr<detail::callback_run> run_;
};

/// Begins to drive a task that was made by `start` or `resume`, at the timer's first call: before this
/// returns, only the timer is used. `on_done` is called once, last, and what was passed in is let go of after
/// it. All that was passed in may call the handle. Not thread-safe: all of it belongs to the loop's thread.
///
/// What a function that was passed in throws goes to whoever called, the loop or the executor, and the run
/// continues a tenth of a second later: a request before which `on_progress` or `save_token` threw was not
/// sent, and is sent later; one whose executor threw counts as `maybe_sent`. If the timer itself throws, the
/// run continues at the next answer, `stop` or `cancel`.
///
/// One call may follow `on_done`: `options.save_token`, if a submit that was given up gets its answer after
/// all. The token then names the task.
template <async_http_executor Executor, callback_timer Timer>
running_task run_async(task t, Executor execute, Timer timer, run_options options,
                       std::function<void(outcome)> on_done) {
    detail::begun_task begun{std::move(t)};
    auto host = detail::make_host(std::move(execute), std::move(timer), std::move(on_done));
    return running_task{detail::callback_run::begin(std::move(begun), std::move(host), std::move(options))};
}

/// Validates, submits, waits. A request that is refused is told by `on_done` as well. The request need not
/// outlive the call.
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
