// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Two tasks in a scheduler, their host and their service, from one choice of the environment to the next.
#pragma once

#include "explore/choices.hpp"
#include "explore/coverage.hpp"
#include "explore/fingerprint.hpp"
#include "explore/host.hpp"
#include "explore/service.hpp"
#include "explore/setting.hpp"
#include "explore/task_probe.hpp"
#include "explore/task_world.hpp"

#include <wan/wan.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace explore {

/// What the host knows of one of the tasks.
struct shot {
    wan::scheduler::handle handle{}; ///< since `add`
    std::string token{};             ///< on disk
    std::string reported_id{};
    open_submit open{};
    list_read reading{};
    unsigned proofs = 0;
    std::optional<wan::outcome> end{};
    bool is_canceled = false;
};

struct scheduled_request {
    unsigned of; ///< the shot
    wan::scheduler::handle handle;
    request_in_flight what;
};

class pair_world {
public:
    explicit pair_world(const setting& s);
    pair_world(const pair_world& other);
    pair_world(pair_world&&) = default;
    pair_world& operator=(pair_world&&) = default;

    std::vector<choice> choices() const;
    static std::string name_of(const choice& c);
    static unsigned faults_of(const choice& c) { return task_world::faults_of(c); }
    void take(const choice& c);
    fingerprint hash() const;
    fingerprint hash_of_end() const;
    bool has_ended() const noexcept { return tasks != nullptr && shots[0].end && shots[1].end; }

    const setting* settings;
    service peer;
    std::unique_ptr<wan::scheduler> tasks; ///< null: the process died
    wan::time_point now{};
    wan::time_point wake_at{};
    std::array<shot, 2> shots{};
    std::vector<scheduled_request> in_flight{};
    std::vector<scheduled_request> over{}; ///< requests that have completed, or were given up
    unsigned calls_now = 0;
    std::string told{};
    std::string violation{};
    coverage* covered = nullptr;
    std::string* transcript = nullptr;

    std::int64_t now_ms() const { return task_world::ms_of(now); }
    const wan::task* task_of(unsigned i) const { return tasks->find(shots[i].handle); }

private:
    std::unique_ptr<wan::scheduler> made() const;
    wan::keyframe_to_video request_of(unsigned i) const;
    void violate(unsigned of, const std::string& what) {
        if (violation.empty()) violation = "task " + std::to_string(of + 1) + ": " + what;
    }
    void write(const std::string& line) {
        if (transcript != nullptr) transcript->append(line).append("\n");
    }
    void settle();
    void send(const wan::scheduler::action& todo);
    void finish(const wan::scheduler::action& todo);
    void note_submit(unsigned i);
    void forget_lost();
    void check_over();
    void respond(const response_row& row, std::size_t which);
    void late(const response_row& row, unsigned i);
    void happen(happening what);
    void resume(happening how);
    void note_list(const response_row& row, const scheduled_request& r);
    void learn_id(const response_row& row, unsigned i);
    void pass_until(wan::time_point at);
};

/// What is wrong; empty: nothing.
std::string broken_pair_invariant(const pair_world& w);

} // namespace explore
