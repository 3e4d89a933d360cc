// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A host's event loop in virtual time, without a thread, a clock or a socket, and a coroutine type for it.
#pragma once

#include "scripted_peer.hpp"

#include <wan/run/callback.hpp>
#include <wan/run/coroutine.hpp>

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace support {

/// Calls what is due, in the order of time; where time is the same, in the order of asking.
class event_loop {
public:
    explicit event_loop(virtual_timer clock = {}) : clock_(std::move(clock)) {}
    event_loop(const event_loop&) = delete;
    event_loop& operator=(const event_loop&) = delete;

    wan::time_point now() const { return clock_.now(); }
    void call_at(wan::time_point at, std::function<void()> callback) {
        pending_.emplace(std::max(at, now()), std::move(callback));
    }
    void post(std::function<void()> callback) { call_at(now(), std::move(callback)); }

    bool run_one() {
        if (pending_.empty()) return false;
        auto next = pending_.extract(pending_.begin());
        clock_.sleep_until(next.key());
        ++calls_;
        next.mapped()();
        return true;
    }
    void run() {
        while (run_one()) {}
    }
    void run_until(wan::time_point end) {
        while (!pending_.empty() && pending_.begin()->first <= end) run_one();
        clock_.sleep_until(end);
    }

    std::size_t pending() const { return pending_.size(); }
    std::size_t calls() const { return calls_; }

private:
    virtual_timer clock_;
    std::multimap<wan::time_point, std::function<void()>> pending_;
    std::size_t calls_ = 0;
};

/// What the callback driver is given.
struct loop_timer {
    event_loop* loop;

    wan::time_point now() const { return loop->now(); }
    void call_at(wan::time_point at, std::function<void()> callback) const {
        loop->call_at(at, std::move(callback));
    }
};

/// A coroutine that begins when it is awaited or started.
template <class T>
class lazy {
public:
    struct promise_type {
        std::optional<T> value = {};
        std::coroutine_handle<> waits = std::noop_coroutine();

        struct go_back {
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) const noexcept {
                return ended.promise().waits;
            }
            void await_resume() const noexcept {}
        };

        lazy get_return_object() { return lazy{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        go_back final_suspend() const noexcept { return {}; }
        void return_value(T returned) { value.emplace(std::move(returned)); }
        void unhandled_exception() const noexcept { std::terminate(); }
    };

    lazy(lazy&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    lazy& operator=(lazy&&) = delete;
    ~lazy() {
        if (frame_) frame_.destroy();
    }

    void start() const { frame_.resume(); }
    std::optional<T>& value() const { return frame_.promise().value; }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waits) const noexcept {
        frame_.promise().waits = waits;
        return frame_;
    }
    T await_resume() const { return *std::move(value()); }

private:
    explicit lazy(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}

    std::coroutine_handle<promise_type> frame_;
};

/// Goes on when the loop says so.
struct wake_at {
    event_loop* loop;
    wan::time_point at;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waits) const {
        loop->call_at(at, [waits] { waits.resume(); });
    }
    void await_resume() const noexcept {}
};

/// What the coroutine driver is given.
struct coroutine_timer {
    event_loop* loop;

    wan::time_point now() const { return loop->now(); }
    wake_at sleep_until(wan::time_point until) const { return {loop, until}; }
};

} // namespace support
