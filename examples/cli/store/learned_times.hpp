// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How long the tasks of an account take, kept between runs.
#pragma once

#include "cli/store/database.hpp"

#include <wan/error.hpp>
#include <wan/scheduler/generation_time.hpp>

#include <cstdint>
#include <vector>

namespace cli {

wan::result<std::vector<wan::generation_time>> read_learned(database& from, std::int64_t account);

/// Replaces the rows of these kinds of videos, in a transaction.
wan::result<void> write_learned(database& to, std::int64_t account,
                                const std::vector<wan::generation_time>& times);

} // namespace cli
