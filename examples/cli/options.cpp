// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "options.hpp"

#include <algorithm>
#include <cstdint>
#include <random>

namespace cli {

namespace {

wan::milliseconds seconds(double value) {
    constexpr double year = 365.0 * 24 * 3600;
    return wan::milliseconds{static_cast<std::int64_t>(1000 * (std::min)(value, year))};
}

} // namespace

wan::policy to_policy(const wait_options& options) {
    wan::policy how;
    how.wall_clock = {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), std::chrono::steady_clock::now()};
    how.jitter_seed = std::random_device{}();
    if (options.deadline) how.deadline = seconds(*options.deadline);
    if (options.poll_every) {
        const auto every = seconds(*options.poll_every);
        // Two looks at a list that is a little behind must not both miss a task.
        how.search_interval = (std::max)(every, wan::milliseconds{2000});
        how.poll = {every, 1.0, every};
    }
    if (options.request_timeout) {
        how.query_timeout = seconds(*options.request_timeout);
        how.submit_timeout = 2 * how.query_timeout;
    }
    return how;
}

std::string resume_command(const wait_options& options) {
    auto command = "wan resume --token " + *options.token;
    if (options.base_url) command += " --base-url " + *options.base_url;
    if (options.api_key_env) command += " --api-key-env " + *options.api_key_env;
    return command;
}

} // namespace cli
