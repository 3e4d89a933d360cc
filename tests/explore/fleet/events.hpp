// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// All that may happen to workers, to their database and to their submits, as a table.
#pragma once

#include "explore/choices.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace explore::fleet {

enum class event : std::uint8_t {
    time,          ///< until something is due
    database_down, ///< the database restarts; every statement fails until it is back
    cut_off,       ///< the same for the statements of one worker
    start,         ///< a worker is started after all have died
    die,           ///< the worker's process ends; what is in flight may still arrive
    stop,          ///< the process is stopped; the monotonic clock runs
    sleep,         ///< the machine sleeps; the monotonic clock stands still
    wake,          ///< the process continues
    drain,         ///< a person stops the worker (Ctrl-C): it ends its requests, then gives its shots up

    // Each statement succeeds, or fails, or is committed without a response.
    enroll,
    enroll_failed,
    enroll_unanswered,
    beat,
    beat_failed,
    beat_unanswered,
    reap,
    reap_failed,
    claim,
    claim_failed,
    claim_unanswered,
    intent,
    intent_failed,
    intent_unanswered,
    read,
    read_failed,
    save,
    save_failed,
    save_unanswered,
    finish,
    finish_failed,
    finish_unanswered,
    put_back, ///< the video cannot be fetched now: the shot is given up for a while
    leave,    ///< a worker that drains drives nothing any more: it ends its lease, then its process ends
    leave_failed,

    check,       ///< the worker checks its lease, just before the first byte
    send,        ///< the first byte of the submit is sent
    arrive,      ///< the submit arrives at once, and is accepted
    arrive_late, ///< it arrives when its timeout ends
    vanish,      ///< it never arrives, and the connection is cut
    reject,      ///< the provider is busy, and creates no task
    reply,       ///< the response arrives
    lose,        ///< the connection is cut before the response arrives
    give_up,     ///< the worker gives up a late submit
    list,        ///< the provider returns its list
};

struct event_row {
    event what;
    std::string_view name;
    unsigned faults;
};

/// In the order of the events.
inline constexpr event_row events[] = {
    {event::time, "time", 0},
    {event::database_down, "database-down", 1},
    {event::cut_off, "cut-off", 1},
    {event::start, "start", 0},
    {event::die, "die", 1},
    {event::stop, "stop", 1},
    {event::sleep, "sleep", 1},
    {event::wake, "wake", 0},
    {event::drain, "drain", 1},
    {event::enroll, "enroll", 0},
    {event::enroll_failed, "enroll-failed", 1},
    {event::enroll_unanswered, "enroll-unanswered", 1},
    {event::beat, "beat", 0},
    {event::beat_failed, "beat-failed", 1},
    {event::beat_unanswered, "beat-unanswered", 1},
    {event::reap, "reap", 0},
    {event::reap_failed, "reap-failed", 1},
    {event::claim, "claim", 0},
    {event::claim_failed, "claim-failed", 1},
    {event::claim_unanswered, "claim-unanswered", 1},
    {event::intent, "intent", 0},
    {event::intent_failed, "intent-failed", 1},
    {event::intent_unanswered, "intent-unanswered", 1},
    {event::read, "read", 0},
    {event::read_failed, "read-failed", 1},
    {event::save, "save", 0},
    {event::save_failed, "save-failed", 1},
    {event::save_unanswered, "save-unanswered", 1},
    {event::finish, "finish", 0},
    {event::finish_failed, "finish-failed", 1},
    {event::finish_unanswered, "finish-unanswered", 1},
    {event::put_back, "put-back", 1},
    {event::leave, "leave", 0},
    {event::leave_failed, "leave-failed", 1},
    {event::check, "check", 0},
    {event::send, "send", 0},
    {event::arrive, "arrive", 0},
    {event::arrive_late, "arrive-late", 1},
    {event::vanish, "vanish", 1},
    {event::reject, "reject", 1},
    {event::reply, "reply", 0},
    {event::lose, "lose", 1},
    {event::give_up, "give-up", 0},
    {event::list, "list", 0},
};

constexpr const event_row& row_of(event e) noexcept { return events[static_cast<std::size_t>(e)]; }

static_assert([] {
    for (std::size_t i = 0; i < sizeof events / sizeof *events; ++i)
        if (events[i].what != static_cast<event>(i)) return false;
    return true;
}());

/// The event of a choice: of a worker, and of one of its shots.
inline event event_of(const choice& c) noexcept { return static_cast<event>(c.row); }
inline unsigned worker_of(const choice& c) noexcept { return c.number >> 4; }
inline unsigned shot_of(const choice& c) noexcept { return c.number >> 1 & 7; }
inline choice choice_of(event e) noexcept { return {.row = static_cast<std::uint8_t>(e)}; }
inline choice choice_of(event e, unsigned worker) noexcept {
    return {.number = static_cast<std::uint8_t>(worker << 4),
            .row = static_cast<std::uint8_t>(e),
            .is_response = true};
}
inline choice choice_of(event e, unsigned worker, unsigned shot) noexcept {
    return {.number = static_cast<std::uint8_t>(worker << 4 | shot << 1 | 1),
            .row = static_cast<std::uint8_t>(e),
            .is_response = true};
}

/// Such as "time", "A:beat" and "B:intent:2".
inline std::string name_of(const choice& c) {
    std::string name{row_of(event_of(c)).name};
    if (!c.is_response) return name;
    name.insert(0, worker_of(c) == 0 ? "A:" : "B:");
    if ((c.number & 1) != 0) name.append(":").append(std::to_string(shot_of(c) + 1));
    return name;
}

} // namespace explore::fleet
