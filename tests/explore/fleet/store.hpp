// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The database that the workers share: its tables, and its statements, each of which is atomic.
#pragma once

#include "explore/fingerprint.hpp"
#include "explore/fleet/rules.hpp"

#include <wan/wan.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace explore::fleet {

inline constexpr int nobody = -1;
inline constexpr std::int64_t never = -1;

struct worker_row {
    std::int64_t lease_until;
    bool has_ended = false;
};

struct shot_row {
    int owner = nobody; ///< index of a worker's row
    unsigned claims = 0;
    std::int64_t claimable_at = 0;
    unsigned kind = 0;
    bool has_place = false;
    bool is_kind_open = false;
    std::string token = {}; ///< of the latest attempt; empty: none
    std::string task_id = {};
    bool is_submit_open = false;
    bool has_ended = false;    ///< its task has an outcome
    bool is_unsettled = false; ///< of its token
};

/// What a worker learns of a claimed shot.
struct claimed {
    unsigned shot;
    unsigned fence;
    std::string token;
};

enum class change : std::uint8_t { done, lease_lost, shot_lost };

struct intent_result {
    change what;
    std::int64_t slot = 0; ///< when the submit may be sent
};

/// The other tasks of the account, for a search.
struct sibling_rows {
    std::vector<std::string> ids = {};
    std::vector<wan::resume_token> open = {};
};

class store {
public:
    store(const rules& r, const fleet_scenario& of);

    int enroll(std::int64_t now);
    bool beat(int me, std::int64_t now);
    bool would_reap(std::int64_t now) const noexcept;
    void reap(std::int64_t now);
    bool would_claim(int me, unsigned held, std::int64_t now) const;
    /// Claims one shot, if there is one. `held` has a bit for each shot that the worker drives. Returns
    /// nothing if the lease is lost.
    std::optional<std::vector<claimed>> claim(int me, unsigned held, std::int64_t now);
    intent_result intent(int me, const claimed& c, const wan::resume_token& token, std::int64_t now);
    change save(int me, const claimed& c, const wan::resume_token& token, std::int64_t now);
    /// Gives the shot up: for good, or so that it can be claimed from a time on.
    /// Returns whether the outcome says only that its worker went no further.
    static bool is_unsettled(const wan::resume_token& token) noexcept {
        return token.ending == wan::task_ending::stopped || token.ending == wan::task_ending::submit_unknown;
    }
    change finish(int me, const claimed& c, std::int64_t claimable_at, std::int64_t now);
    void leave(int me, std::int64_t now);
    sibling_rows siblings_of(unsigned shot) const;

    const std::vector<shot_row>& shots() const noexcept { return shots_; }
    const std::vector<worker_row>& workers() const noexcept { return workers_; }
    bool are_all_over() const noexcept;
    void hash(hasher& h) const;

private:
    bool holds_lease(int me, std::int64_t now) const noexcept;
    bool is_owner(int me, const claimed& c) const noexcept;
    change check(int me, const claimed& c, std::int64_t now) const noexcept;
    bool is_claimable(unsigned shot, std::int64_t now) const noexcept;
    void write(shot_row& s, const wan::resume_token& token);

    const rules* rules_;
    const fleet_scenario* of_;
    std::vector<worker_row> workers_ = {};
    std::vector<shot_row> shots_ = {};
    std::int64_t next_submit_at_ = 0;
};

} // namespace explore::fleet
