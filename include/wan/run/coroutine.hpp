// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Drives one task to its end in a coroutine of the caller's type.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/http/executor.hpp>
#include <wan/run/detail/driven_task.hpp>
#include <wan/run/run_options.hpp>

#include <concepts>
#include <utility>

namespace wan::inline WAN_ABI {

/// A callable that carries out one request. Its return value is awaited and yields an `http_result`; until
/// then the request is valid. See `http_request` for what an executor must not do.
template <class E>
concept awaitable_http_executor =
    !http_executor<E> && requires(E& execute, const http_request& request) { execute(request); };

/// A clock with an awaitable sleep. It may also have a function `today()`, like `steady_timer`.
template <class T>
concept awaitable_timer = requires(T& timer, time_point until) {
    { timer.now() } -> std::convertible_to<time_point>;
    timer.sleep_until(until);
};

namespace detail {

template <class Awaitable, class Executor, class Timer>
Awaitable run_begun(begun_task begun, Executor execute, Timer timer, run_options options) {
    if (!begun.machine) co_return std::move(begun.invalid);
    driven_task driven{*std::move(begun.machine), std::move(options)};
    for (;;) {
        const auto step = driven.next(timer.now());
        if (step.is_done()) co_return driven.outcome_of(step);
        if (step.is_send()) {
            http_result answer = co_await execute(step.request());
            driven.receive(std::move(answer), timer.now());
            continue;
        }
        while (driven.waits(step.wake_at(), timer.now())) {
            const auto until = driven.slice_end(step.wake_at(), timer.now());
            co_await timer.sleep_until(until);
        }
    }
}

} // namespace detail

/// Returns a coroutine that drives a task from `make_task` or `resume_task`, and returns its outcome.
///
/// \code
/// using awaitable = boost::asio::awaitable<wan::outcome>;
/// wan::outcome outcome = co_await wan::run_as<awaitable>(std::move(task), execute, timer);
/// \endcode
///
/// `Awaitable` is any coroutine type that returns a `wan::outcome` and can await what `execute` and `timer`
/// return. The coroutine keeps its arguments. It waits for each request without a time limit, so the executor
/// must enforce the timeouts. If the coroutine is destroyed before its end, the task can be resumed from the
/// latest saved token.
template <class Awaitable, awaitable_http_executor Executor, awaitable_timer Timer>
Awaitable run_as(task t, Executor execute, Timer timer, run_options options = {}) {
    return detail::run_begun<Awaitable>(detail::begun_task{std::move(t)}, std::move(execute),
                                        std::move(timer), std::move(options));
}

/// Validates the request at once, and returns a coroutine that submits it and waits for the outcome. The
/// request need not outlive the call.
template <class Awaitable, class Request, awaitable_http_executor Executor, awaitable_timer Timer>
Awaitable run_as(provider who, const Request& request, Executor execute, Timer timer,
                 run_options options = {}) {
    auto begun = detail::begin(std::move(who), request, options, timer);
    return detail::run_begun<Awaitable>(std::move(begun), std::move(execute), std::move(timer),
                                        std::move(options));
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
