// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a batch tells of its shots.
#pragma once

#include "batch.hpp"
#include "batch_file.hpp"
#include "cli/files/ledger.hpp"
#include "cli/output/report.hpp"

#include <wan/error.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// How the shots of a batch ended.
struct batch_report {
    std::vector<report> shots;              ///< of each
    std::map<std::size_t, shot_end> before; ///< how the run before left a shot that goes on
    std::optional<wan::error> disk = {};    ///< the ledger cannot be written
    bool is_stopping = false;
};

/// One line about a shot at its end; its candidates follow, a line each.
std::string line_of(const shot& s, const report& r);

/// How the run before left a shot.
std::string in_words(const shot_end& end);

/// Prints what is to be known of all shots, and returns the exit code.
int print(const batch_report& all, const std::vector<shot>& shots,
          const std::vector<wan::violation>& warnings, const batch_options& options);

} // namespace cli
