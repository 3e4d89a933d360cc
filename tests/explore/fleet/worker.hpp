// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A worker: its lease, and the tasks that it drives.
#pragma once

#include "explore/fleet/events.hpp"
#include "explore/fleet/store.hpp"
#include "explore/task_probe.hpp"

#include <wan/wan.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace explore::fleet {

/// What a worker does next for a shot.
enum class phase : std::uint8_t {
    waits,    ///< until the task is due
    intends,  ///< to commit the intent to submit
    queues,   ///< the intent is committed; waits for its slot
    checked,  ///< the lease holds; the first byte is next
    sent,     ///< the submit is in flight
    arrived,  ///< the provider has accepted it
    delayed,  ///< it arrives when its timeout ends
    rejected, ///< the provider is busy
    lists,    ///< the list is requested
    listed,   ///< its response is there, and is not yet passed to the task
    saves,    ///< the token is to be saved
    finishes, ///< the shot is to be given up
};

/// What a token tells the next owner of its shot.
struct token_facts {
    std::string task_id = {};
    bool is_open = false;
    bool has_ended = false;
    bool is_unsettled = false; ///< and yet a worker can continue it

    friend bool operator==(const token_facts&, const token_facts&) = default;
};

inline token_facts facts_of(const wan::resume_token& t) {
    return {t.task_id, wan::is_submit_open(t) && t.task_id.empty(), t.ending.has_value(),
            store::is_unsettled(t)};
}

/// A shot that a worker drives.
struct driven {
    claimed shot;
    wan::task task;
    std::unique_ptr<sibling_rows> siblings = std::make_unique<sibling_rows>(); ///< the task refers to it
    std::unique_ptr<wan::sibling_tasks> asks = {};                             ///< as above
    phase at = phase::waits;
    wan::time_point wake_at{};   ///< by the monotonic clock: when the task is due
    wan::time_point action_at{}; ///< by the same clock: when the task returned its submit
    std::int64_t due_at = 0;     ///< when the phase can proceed
    std::int64_t timeout_ms = 0; ///< of the submit
    token_facts saved = {};
    bool has_query = false; ///< a query is to be sent after the token is saved
    std::optional<wan::http_result> response = {};

    driven(claimed c, wan::task t) : shot(std::move(c)), task(std::move(t)) { bind(); }
    driven(const driven& o)
        : shot(o.shot), task(wan::detail::task_probe::copy(o.task)),
          siblings(std::make_unique<sibling_rows>(*o.siblings)), at(o.at), wake_at(o.wake_at),
          action_at(o.action_at), due_at(o.due_at), timeout_ms(o.timeout_ms), saved(o.saved),
          has_query(o.has_query), response(o.response) {
        bind();
    }
    driven(driven&&) = default;
    driven& operator=(driven&&) = default;
    driven& operator=(const driven&) = delete;

private:
    void bind();
};

/// What a worker does next for itself.
enum class duty : std::uint8_t { enrolls, beats, reaps, claims, leaves };

struct worker {
    bool is_alive = true;
    bool is_draining = false;
    bool is_stopped = false;
    bool is_asleep = false; ///< stopped together with its machine
    std::int64_t stopped_at = 0;
    std::int64_t lag = 0;          ///< how long the machine slept: the monotonic clock is behind by that
    int row = nobody;              ///< in the table of workers
    std::int64_t safe_until = 0;   ///< the lease holds until then, by the clock that runs in sleep
    std::int64_t steady_until = 0; ///< the same by the monotonic clock
    duty next = duty::enrolls;
    std::int64_t due_at = 0;       ///< when to do it
    std::int64_t reaches_from = 0; ///< before that, its statements fail
    event beat = event::beat;      ///< what becomes of the next beat
    std::array<std::optional<driven>, 2> drives = {};

    bool is_running() const noexcept { return is_alive && !is_stopped; }
    bool is_driving() const noexcept { return drives[0] || drives[1]; }
    unsigned held() const noexcept { return (drives[0] ? 1U : 0U) | (drives[1] ? 2U : 0U); }
    void hold_lease(std::int64_t now) noexcept {
        safe_until = now + lease_ms - margin_ms;
        steady_until = safe_until - lag;
    }
    wan::time_point steady(std::int64_t now) const noexcept {
        return wan::time_point{std::chrono::milliseconds{now - lag}};
    }
    void hash(hasher& h, std::int64_t now, std::int64_t wall_now) const;
};

/// A submit that arrives when its timeout ends.
struct late_submit {
    unsigned shot;
    unsigned worker;
    unsigned fence;
    std::int64_t at;
};

} // namespace explore::fleet
