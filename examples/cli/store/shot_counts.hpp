// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a state has of its shots together. The database counts, so that a million shots take no memory.
#pragma once

#include <wan/error.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cli {

struct shot_counts {
    std::map<std::string, std::size_t> by_state;
    std::size_t shots = 0;
    std::size_t open = 0;        ///< shots that a worker, or a run of the batch, can still move on
    std::size_t tasks = 0;       ///< that the provider accepted, in all attempts
    std::size_t done_lately = 0; ///< videos of the last minute
    std::string updated_at;      ///< the latest change
    /// Of all submits, by currency, in millionths of its unit, as far as they are known; none: no prices were
    /// given.
    std::map<std::string, std::int64_t> costs;
    bool cost_is_lower_bound = false;

    struct waiting {
        std::string name, since;
    };
    std::optional<waiting> oldest_waiting; ///< of those that no worker has taken yet

    struct failure {
        std::string name, state, error;
    };
    std::vector<failure> failures; ///< shots with an error, the first ones
    std::size_t more_failures = 0; ///< further shots with an error
};

/// Fails if there is no state.
wan::result<shot_counts> count_shots(const std::string& where);

} // namespace cli
