// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/schema.hpp"

namespace cli {

namespace {

constexpr std::string_view version_1[] = {
    // `base_url`: the last address that was used. `sole_user`: 1 if the user promised that no program outside
    // this state submits with the account, else
    // 0;
    // null before the first worker. `cost`: of all attempts, in millionths of the currency's unit.
    R"(CREATE TABLE accounts (
    id {id},
    name TEXT NOT NULL UNIQUE,
    base_url TEXT,
    sole_user INTEGER,
    cost {number} NOT NULL DEFAULT 0,
    currency TEXT,
    created_at {time} NOT NULL DEFAULT ({now})
))",
    // The callers, between which a worker takes turns: by default, one for each file.
    R"(CREATE TABLE groups (
    id {id},
    name TEXT NOT NULL UNIQUE
))",
    // A worker owns its shots until `lease_until`; it moves that on while it lives. Its submits reach the
    // provider no later than `submit_seconds` after that. `transactions` numbers what it writes: one whose
    // connection was lost cannot commit after a later one. `has_left`: 1 if it came back after its lease had
    // ended, so that its process did not die.
    R"(CREATE TABLE workers (
    id {id},
    account_id {number} NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    started_at {time} NOT NULL,
    seen_at {time} NOT NULL,
    lease_until {time} NOT NULL,
    submit_seconds {real} NOT NULL,
    transactions {number} NOT NULL DEFAULT 0,
    has_left INTEGER NOT NULL DEFAULT 0,
    ended_at {time}
))",
    // The limits of a model within an account, for all workers together; 0: not limited.
    R"(CREATE TABLE lanes (
    account_id {number} NOT NULL REFERENCES accounts (id),
    model TEXT NOT NULL,
    running_tasks INTEGER NOT NULL,
    submits_per_second {real} NOT NULL,
    next_submit_at {time} NOT NULL,
    PRIMARY KEY (account_id, model)
))",
    // How long the tasks of a kind took that have succeeded: `median` in seconds, `spread` of its logarithm,
    // from about so many `tasks`. `tier`: empty if the request did not set it; `duration`: 0 then.
    R"(CREATE TABLE generation_times (
    account_id {number} NOT NULL REFERENCES accounts (id),
    model TEXT NOT NULL,
    tier TEXT NOT NULL,
    duration INTEGER NOT NULL,
    median {real} NOT NULL,
    spread {real} NOT NULL,
    tasks {real} NOT NULL,
    updated_at {time} NOT NULL,
    PRIMARY KEY (account_id, model, tier, duration)
))",
    // The shots of all files that were given with this state, in the order in which they came.
    // `claims` is the fencing number: it grows with each owner. An unowned shot may be claimed from
    // `claimable_at` on; null: there is nothing left to do, or a person must decide.
    // `place`: the model of whose running tasks this is one. `open_kind`: the kind of its submit while that
    // may be open; the provider's list could not tell two of one kind apart. After `open_until` the submit
    // cannot reach the provider any more, and the time at which a task was created distinguishes them.
    // `deaths`: the workers that died while they drove it, since its task got further.
    // `cost`: of one submit, by the user's prices; null: unknown.
    // `cancel_asked`: 1 if a person wants its owner to cancel its task.
    R"(CREATE TABLE shots (
    id {id},
    name TEXT NOT NULL UNIQUE,
    account_id {number} NOT NULL REFERENCES accounts (id),
    group_id {number} REFERENCES groups (id),
    priority INTEGER NOT NULL DEFAULT 0,
    line {number} NOT NULL,
    folder TEXT NOT NULL,
    request TEXT NOT NULL,
    request_hash TEXT,
    model TEXT,
    kind TEXT,
    state TEXT NOT NULL,
    ending TEXT,
    status TEXT,
    error TEXT,
    video_file TEXT,
    video_bytes {number},
    video_url TEXT,
    video_url_expires_at {time},
    owner {number} REFERENCES workers (id),
    claims {number} NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    cancel_asked INTEGER NOT NULL DEFAULT 0,
    cost {number},
    cost_is_lower_bound INTEGER NOT NULL DEFAULT 0,
    claimable_at {time},
    place TEXT,
    open_kind TEXT,
    open_until {time},
    updated_at {time} NOT NULL
))",
    R"(CREATE INDEX shots_state ON shots (state))",
    R"(CREATE INDEX shots_waiting ON shots (account_id, model, group_id, priority DESC, id)
    WHERE owner IS NULL AND state = 'queued' AND claimable_at IS NOT NULL)",
    R"(CREATE INDEX shots_waiting_cost ON shots (account_id, cost)
    WHERE owner IS NULL AND state = 'queued' AND claimable_at IS NOT NULL)",
    R"(CREATE INDEX shots_left ON shots (account_id, claimable_at)
    WHERE owner IS NULL AND state <> 'queued' AND claimable_at IS NOT NULL)",
    R"(CREATE INDEX shots_deadly ON shots (account_id, deaths) WHERE owner IS NULL AND deaths > 0)",
    R"(CREATE INDEX shots_owner ON shots (owner) WHERE owner IS NOT NULL)",
    R"(CREATE INDEX shots_open ON shots (account_id, group_id)
    WHERE owner IS NOT NULL OR claimable_at IS NOT NULL)",
    R"(CREATE INDEX shots_place ON shots (account_id, place) WHERE place IS NOT NULL)",
    R"(CREATE UNIQUE INDEX shots_open_kind ON shots (account_id, open_kind) WHERE open_kind IS NOT NULL)",
    // One row for each submit of a shot. The token has all that is needed to continue it. `cost`: what the
    // provider may charge for it, as far as it is known.
    R"(CREATE TABLE attempts (
    shot_id {number} NOT NULL REFERENCES shots (id),
    number {number} NOT NULL,
    account_id {number} REFERENCES accounts (id),
    model TEXT,
    request_hash TEXT NOT NULL,
    task_id TEXT,
    token TEXT NOT NULL,
    cost {number} NOT NULL DEFAULT 0,
    updated_at {time} NOT NULL,
    PRIMARY KEY (shot_id, number)
))",
    R"(CREATE INDEX attempts_task ON attempts (task_id))",
    R"(CREATE INDEX attempts_model ON attempts (account_id, model, updated_at))",
};

constexpr std::span<const std::string_view> versions[] = {version_1};

} // namespace

std::span<const std::span<const std::string_view>> migrations() { return versions; }

} // namespace cli
