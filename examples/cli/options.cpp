// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "options.hpp"

#include <wan/printable.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>

namespace cli {

namespace {

wan::milliseconds seconds(double value) {
    constexpr double year = 365.0 * 24 * 3600;
    return wan::milliseconds{static_cast<std::int64_t>(1000 * (std::min)(value, year))};
}

} // namespace

wan::wall_clock clock_here() { return {std::chrono::system_clock::now(), std::chrono::steady_clock::now()}; }

wan::policy to_policy(const wait_options& options) {
    wan::policy how;
    how.jitter_seed = std::random_device{}();
    how.sole_user = options.sole_user;
    if (options.deadline) how.deadline = seconds(*options.deadline);
    if (options.poll_every) {
        const auto every = seconds(*options.poll_every);
        // A list may lag behind: two searches must be far enough apart that not both miss a task.
        how.search_interval = (std::max)(every, wan::milliseconds{2000});
        how.poll = {every, 1.0, every};
    }
    if (options.request_timeout) {
        how.query_timeout = seconds(*options.request_timeout);
        how.submit_timeout = 2 * how.query_timeout;
    }
    return how;
}

wan::policy policy_of_shots(const wait_options& options, const std::set<std::string, std::less<>>& task_ids) {
    auto how = to_policy(options);
    how.known = {[](const void* ids, std::string_view id) {
                     return static_cast<const std::set<std::string, std::less<>>*>(ids)->contains(id);
                 },
                 &task_ids};
    how.submit_again_if_not_listed = true;
    how.max_lost_submits = 10; // a submit is only repeated if it certainly was not accepted
    return how;
}

std::chrono::seconds longest_stall(const wait_options& options) {
    return (std::max)(std::chrono::seconds{1},
                      std::chrono::ceil<std::chrono::seconds>(2 * to_policy(options).query_timeout));
}

bool writes_video_to_stdout(const wait_options& options) { return options.out == "-"; }

std::string shell_word(std::string_view text) {
    const auto shown = wan::printable(text, 4096);
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=@%+,";
    if (!shown.empty() && shown.find_first_not_of(plain) == std::string::npos) return shown;
    std::string word(1, '\'');
    for (const char c : shown) word.append(c == '\'' ? "'\\''" : std::string(1, c));
    return word + "'";
}

std::string address_options(const wait_options& options) {
    std::string all;
    if (options.base_url) all += " --base-url " + shell_word(*options.base_url);
    if (options.api_key_env) all += " --api-key-env " + *options.api_key_env;
    return all;
}

std::string resume_command(const wait_options& options) {
    auto command = "wan resume --token " + shell_word(*options.token) + address_options(options);
    if (options.sole_user) command += " --sole-user";
    if (options.out) command += " --out " + shell_word(*options.out);
    if (options.out && options.force) command += " --force";
    return command;
}

wan::error bad_option(std::string message) {
    return {.category = wan::error_category::invalid_request, .message = std::move(message)};
}

} // namespace cli
