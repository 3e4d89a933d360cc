// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One task, its host and its service, from one choice of the environment to the next. Copies are independent.
#pragma once

#include "explore/choices.hpp"
#include "explore/coverage.hpp"
#include "explore/fingerprint.hpp"
#include "explore/host.hpp"
#include "explore/service.hpp"
#include "explore/setting.hpp"
#include "explore/task_probe.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace explore {

using wan::detail::task_probe;

class task_world {
public:
    explicit task_world(const setting& s) : settings(&s), peer(s), task(made()) {}
    task_world(const task_world& other)
        : settings(other.settings), peer(other.peer), task(copy_of(other.task)), now(other.now),
          host_since(other.host_since), in_flight(other.in_flight), tokens(other.tokens), open(other.open),
          reading(other.reading), reported_id(other.reported_id), wishes(other.wishes),
          is_dead(other.is_dead), at(other.at), wake_at(other.wake_at), stored(other.stored),
          calls_now(other.calls_now), faults(other.faults), proofs(other.proofs), told(other.told) {}
    task_world(task_world&&) = default;
    task_world& operator=(task_world&&) = default;

    std::vector<choice> choices() const;
    static std::string name_of(const choice& c);
    static unsigned faults_of(const choice& c);
    void take(const choice& c);
    fingerprint hash() const;
    /// Of an end: what a caller sees of it, beside the state.
    fingerprint hash_of_end() const;
    bool has_ended() const noexcept { return !is_dead && at == wan::step_kind::done; }

    // What invariants look at.
    const setting* settings;
    service peer;
    std::optional<wan::task> task; ///< none: the process died
    wan::time_point now{};
    std::optional<wan::time_point> host_since{}; ///< the first `next` of this process
    std::vector<request_in_flight> in_flight{};
    saved_tokens tokens{};
    open_submit open{};
    list_read reading{};
    std::string reported_id{}; ///< the service reported it, or a token with it was saved
    wishes_of_caller wishes{}; ///< of this process
    bool is_dead = false;
    wan::step_kind at = wan::step_kind::wait; ///< what `next` said
    wan::time_point wake_at{};
    unsigned stored = 0;    ///< files of this process in the store
    unsigned calls_now = 0; ///< choices without time passing
    unsigned faults = 0;
    unsigned proofs = 0;               ///< submits that were sent again by the list's proof
    std::string told{};                ///< what is shown to people: each text since the latest choice
    std::string violation{};           ///< found by the world itself
    coverage* covered = nullptr;       ///< where transitions are noted
    std::string* transcript = nullptr; ///< where requests and responses are written

    static std::int64_t ms_of(wan::time_point time) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    }
    std::int64_t now_ms() const { return ms_of(now); }

private:
    static std::optional<wan::task> copy_of(const std::optional<wan::task>& from) {
        return from ? std::optional{task_probe::copy(*from)} : std::nullopt;
    }
    wan::task made() const {
        auto made = wan::make_task(settings->provider, settings->request, settings->clock, settings->policy);
        if (!made) std::abort();
        return *std::move(made);
    }

    void violate(std::string what) {
        if (violation.empty()) violation = std::move(what);
    }
    void note(const snapshot& before, bool is_receive) {
        if (covered == nullptr) return;
        covered->note(before, snapshot{*task}, {is_receive, wishes.stop, now >= task->deadline()});
    }
    void write(const std::string& line) {
        if (transcript != nullptr) transcript->append(line).append("\n");
    }

    void settle(bool is_after_response);
    void send(const wan::step& step);
    void check_repeated_next();
    void respond(const response_row& row, std::size_t which);
    void late(const response_row& row);
    void happen(happening what);
    void die(const std::string& token);
    void resume(happening how);
    void note_list(const response_row& row, const request_in_flight& r);
    void note_response(const response_row& row, const request_in_flight& r);
    void pass_until(wan::time_point at);
    void add_responses(std::vector<choice>& all, std::size_t which) const;
    void add_late(std::vector<choice>& all) const;
    void add_deaths(std::vector<choice>& all) const;
    void add_resumes(std::vector<choice>& all) const;
};

/// The first invariant that is broken, and how; empty: none is.
std::string broken_invariant(const task_world& w);

} // namespace explore
