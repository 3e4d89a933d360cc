// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes the videos of many shots from a file, within one account's limits, with their state on disk.
#pragma once

#include "options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

struct batch_options {
    std::string file;
    std::optional<std::string> provider;
    std::optional<std::string> state; ///< FILE.state if not set
    std::string out_dir = ".";
    std::optional<unsigned> max_running;      ///< per model; the documented limit if not set
    std::optional<double> submits_per_second; ///< per model; the documented limit if not set
    wan::media_transfer transfer = wan::media_transfer::automatic; ///< of files
    bool strict = false;
    bool retry_failed = false;
    bool dry_run = false;                  ///< check the file, and send and write nothing
    bool no_download = false;              ///< the URL of a video is enough
    std::optional<std::string> prices;     ///< file of a price table
    std::optional<std::int64_t> max_cost;  ///< millionths of the currency's unit
    std::optional<std::string> account;    ///< a name for the account, which several keys may share
    std::vector<std::string> submit_again; ///< ids of shots
    std::vector<std::string> adopt;        ///< ID=TASK_ID
    wait_options wait;
};

int batch(const batch_options& options);

} // namespace cli
