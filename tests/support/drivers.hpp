// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// All drivers in one form, so that a test runs with each.
#pragma once

#include "event_loop.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace support {

using exchange = std::function<wan::http_result(const wan::http_request&)>;

struct driver {
    std::string name;
    std::function<wan::outcome(wan::task, exchange, wan::run_options, virtual_timer)> drive_task;
    std::function<wan::outcome(wan::provider, wan::keyframe_to_video, exchange, wan::run_options,
                               virtual_timer)>
        drive_request;

    wan::outcome operator()(wan::task task, exchange peer, wan::run_options options = {},
                            virtual_timer timer = {}) const {
        return drive_task(std::move(task), std::move(peer), std::move(options), std::move(timer));
    }
    wan::outcome operator()(wan::provider who, wan::keyframe_to_video shot, exchange peer,
                            wan::run_options options = {}, virtual_timer timer = {}) const {
        return drive_request(std::move(who), std::move(shot), std::move(peer), std::move(options),
                             std::move(timer));
    }
};

namespace detail {

enum class answers { at_once, later };

struct drive_blocking {
    template <class... Job>
    wan::outcome operator()(exchange peer, wan::run_options options, virtual_timer timer, Job... job) const {
        return wan::run(std::move(job)..., peer, options, timer);
    }
};

struct drive_callback {
    answers when;

    template <class... Job>
    wan::outcome operator()(exchange peer, wan::run_options options, virtual_timer timer, Job... job) const {
        event_loop loop{timer};
        const auto begin_http = [&](const wan::http_request& request, wan::http_done done) {
            auto answer = peer(request);
            if (when == answers::at_once) return done(std::move(answer));
            loop.post([done = std::move(done), answer = std::move(answer)] { done(answer); });
        };
        std::optional<wan::outcome> end;
        wan::run_async(std::move(job)..., begin_http, loop_timer{&loop}, std::move(options),
                       [&](wan::outcome o) { end.emplace(std::move(o)); });
        while (!end && loop.run_one()) {}
        REQUIRE(end);
        return *std::move(end);
    }
};

struct drive_coroutine {
    answers when;

    template <class... Job>
    wan::outcome operator()(exchange peer, wan::run_options options, virtual_timer timer, Job... job) const {
        event_loop loop{timer};
        const auto await_http = [this, &loop, &peer](const wan::http_request& request) {
            return asked(&loop, peer(request), when);
        };
        const auto run = wan::run_as<lazy<wan::outcome>>(std::move(job)..., await_http,
                                                         coroutine_timer{&loop}, std::move(options));
        run.start();
        while (!run.value() && loop.run_one()) {}
        REQUIRE(run.value());
        return *std::move(run.value());
    }

    static lazy<wan::http_result> asked(event_loop* loop, wan::http_result answer, answers when) {
        if (when == answers::later) co_await wake_at{loop, loop->now()};
        co_return std::move(answer);
    }
};

template <class Drive>
driver driver_of(std::string name, Drive drive) {
    return {std::move(name),
            [drive](wan::task task, exchange peer, wan::run_options options, virtual_timer timer) {
                return drive(std::move(peer), std::move(options), std::move(timer), std::move(task));
            },
            [drive](wan::provider who, wan::keyframe_to_video shot, exchange peer, wan::run_options options,
                    virtual_timer timer) {
                return drive(std::move(peer), std::move(options), std::move(timer), std::move(who),
                             std::move(shot));
            }};
}

} // namespace detail

inline const std::vector<driver>& drivers() {
    using detail::answers;
    static const std::vector<driver> all{
        detail::driver_of("blocking", detail::drive_blocking{}),
        detail::driver_of("callback, answers at once", detail::drive_callback{answers::at_once}),
        detail::driver_of("callback, answers later", detail::drive_callback{answers::later}),
        detail::driver_of("coroutine, answers at once", detail::drive_coroutine{answers::at_once}),
        detail::driver_of("coroutine, answers later", detail::drive_coroutine{answers::later}),
    };
    return all;
}

/// What must be the same, whoever drives.
inline std::string summary(const wan::outcome& end, const scripted_peer& peer, const virtual_timer& timer) {
    return to_string(end) + "; " + end.task_id + "; " + std::to_string(peer.submits()) + " submits, " +
           std::to_string(peer.queries()) + " queries, " + std::to_string(timer.elapsed().count()) + " ms";
}

/// A script with each driver: all come to the same end at the same time.
class same_end {
public:
    void check(const driver& with, const wan::outcome& end, const scripted_peer& peer,
               const virtual_timer& timer) {
        const auto now = summary(end, peer, timer);
        if (first_.empty()) first_ = now;
        CHECK_MESSAGE(now == first_, with.name);
    }

private:
    std::string first_;
};

} // namespace support
