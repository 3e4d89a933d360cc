// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/schema.hpp"

namespace cli {

namespace {

constexpr std::string_view version_1[] = {
    R"(CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
))",
    // The shots of all files that were given with this state, in the order in which they came.
    R"(CREATE TABLE shots (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    line INTEGER NOT NULL,
    folder TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    ending TEXT,
    status TEXT,
    error TEXT,
    video_file TEXT,
    video_bytes INTEGER,
    updated_at TEXT NOT NULL
))",
    R"(CREATE INDEX shots_state ON shots (state))",
    // One row for each submit of a shot. The token has all that is needed to continue it.
    R"(CREATE TABLE attempts (
    shot_id INTEGER NOT NULL REFERENCES shots (id),
    number INTEGER NOT NULL,
    request_hash TEXT NOT NULL,
    task_id TEXT,
    token TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (shot_id, number)
))",
    R"(CREATE INDEX attempts_task ON attempts (task_id))",
};

constexpr std::span<const std::string_view> all[] = {version_1};

} // namespace

std::span<const std::span<const std::string_view>> migrations() { return all; }

} // namespace cli
