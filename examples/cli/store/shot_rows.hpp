// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads the shots of a state, also while a batch writes to it.
#pragma once

#include "cli/store/shot_state.hpp"

#include <wan/error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cli {

struct shot_row {
    std::string name;
    std::string folder;          ///< media of the request are relative to it
    std::string request;         ///< JSON
    std::string state;           ///< "queued", a state of the task, how it ended, or "done"
    std::string status;          ///< last status reported by the provider
    std::string error;           ///< message of the last error
    std::optional<shot_end> end; ///< how it ended without a video
    std::string video;           ///< the file; empty if there is none
    std::uint64_t video_bytes = 0;
    std::string video_url; ///< if it was not downloaded
    std::optional<std::chrono::sys_seconds> video_url_expires_at;
    int deaths = 0; ///< workers that died while they drove it
    std::string updated_at;
    unsigned attempts = 0; ///< submits
    std::int64_t cost = 0; ///< of all submits, in millionths of `currency`, as far as it is known
    bool cost_is_lower_bound = false;
    std::optional<std::int64_t> cost_of_submit; ///< the same of one submit; nothing: unknown
    bool is_owned = false;                      ///< a worker drives it
    std::string currency;                       ///< empty: no prices were given
    std::string task_id;                        ///< of the last attempt
    std::string model;                          ///< of the last attempt
};

struct worker_row {
    std::int64_t id = 0;
    std::string name; ///< host and process
    std::string started_at;
    std::string seen_at;
    std::string lease_until;
    bool is_alive = false;
    std::size_t shots = 0; ///< that it drives
};

/// Returns the shots in the order in which they were added, of these groups, or of all. Fails if there is no
/// state.
wan::result<std::vector<shot_row>> read_shot_rows(const std::string& where,
                                                  const std::set<std::int64_t>& groups = {});

/// Returns the workers that live, and those that ended within the last hour.
wan::result<std::vector<worker_row>> read_worker_rows(const std::string& where);

} // namespace cli
