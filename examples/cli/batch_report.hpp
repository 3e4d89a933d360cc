// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The report of a batch.
#pragma once

#include "batch.hpp"
#include "batch_file.hpp"
#include "cli/output/report.hpp"
#include "cli/prices.hpp"
#include "cli/store/batch_state.hpp"

#include <wan/error.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cli {

/// The outcomes of a batch's shots.
struct batch_report {
    std::vector<report> shots;              ///< one per shot
    std::map<std::size_t, shot_end> before; ///< by shot: how the previous run left it
    std::optional<wan::error> disk = {};    ///< the state cannot be written
    std::string gallery = {};               ///< the page; empty if there is none
    std::set<std::size_t> paused = {};      ///< shots that wait for a person
    std::optional<known_cost> cost = {};    ///< nothing: no prices were given
    bool is_stopping = false;
    bool has_list = true; ///< the provider can be asked for its tasks
};

/// Returns one line about a finished shot, followed by one line for each candidate.
std::string line_of(std::string_view id, const report& r);

/// Describes how the previous run left a shot.
std::string in_words(const shot_end& end);

/// Returns what the latest submit of each shot costs; nothing without prices.
std::optional<known_cost> cost_of(const batch_report& all, const std::vector<shot>& shots,
                                  const std::string& currency);

/// Prints the summary of all shots, and returns the exit code.
int print(const batch_report& all, const std::vector<shot>& shots,
          const std::vector<wan::violation>& warnings, const batch_options& options);

} // namespace cli
