// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How far a batch is: a bar, the counts, the rate, and the time that is left.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace cli {

struct batch_progress {
    std::size_t shots = 0;
    std::size_t ended = 0;        ///< in this run and before
    std::size_t ended_before = 0; ///< before this run
    std::size_t running = 0;
    std::size_t waiting = 0;
    std::size_t downloading = 0;
    std::chrono::duration<double> elapsed{}; ///< since this run began
    std::string tasks;                       ///< what some of the tasks do, such as "dusk RUNNING"
};

/// Returns one line. The rate and the time left follow from the shots that ended in this run; without one,
/// they are left out.
std::string to_line(const batch_progress& p, bool has_bar);

/// Returns a length of time as a person says it: "40 s", "12 min", "3 h 5 min".
std::string in_words(std::chrono::seconds time);

} // namespace cli
