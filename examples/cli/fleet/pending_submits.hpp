// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A worker's submits, until each has a permit and may leave.
#pragma once

#include "cli/fleet/fleet_store.hpp"

#include <wan/scheduler/scheduler.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace cli {

/// A request that a task wants to send.
struct due_request {
    wan::scheduler::handle task;
    std::int64_t shot;
    wan::http_request request;
    std::chrono::steady_clock::time_point acted_at; ///< when the task returned it
    std::chrono::steady_clock::time_point leaves_at = {};
    bool has_permit = false;
    unsigned late = 0; ///< permits that were not used in time
};

/// Submits that wait for the next commit, which gives permits, and for the moment at which their permit lets
/// them leave.
class pending_submits {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// Adds a submit for which the next commit asks for a permit.
    void ask(due_request&& submit) { asking_.push_back(std::move(submit)); }
    /// Takes what a commit gave them. Returns those that it found too dear. The others wait for their moment;
    /// without a permit, for another try.
    std::vector<due_request> take(const committed& written, std::chrono::milliseconds until_next_try);

    /// Returns whether the database must wait, because a submit is about to leave. The last transactions
    /// ended at that time.
    bool is_any_near(time_point transactions_ended) const;
    /// Returns when the first of them has to leave, or to ask again.
    time_point wake_at() const;

    enum class what {
        send,
        ask_again,
        refuse_stopped,
        refuse_late, ///< there was no permit in time
    };
    /// Calls `act(submit, what, time left)` for each submit whose moment has come.
    void act(bool is_stopping,
             const std::function<void(due_request&&, what, std::chrono::milliseconds left)>& act);

private:
    std::vector<due_request> asking_;  ///< at the next commit
    std::vector<due_request> waiting_; ///< for their moment
};

} // namespace cli
