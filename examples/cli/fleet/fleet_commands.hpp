// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The commands of a state that several workers share: `wan enqueue`, `wan work`, and `wan batch` with
// PostgreSQL.
#pragma once

#include "cli/batch.hpp"
#include "cli/options.hpp"

#include <optional>
#include <string>

namespace cli {

struct enqueue_options {
    batch_options batch; ///< the file, the state and the provider
    std::optional<std::string> group;
    int priority = 0;
};

struct work_options {
    batch_options batch; ///< everything but the file
    double lease = 15;   ///< seconds
    bool until_empty = false;
};

int enqueue(const enqueue_options& options);
int work(const work_options& options);

/// Makes the videos of the file together with the workers of all machines that share the state.
int shared_batch(const batch_options& options);

} // namespace cli
