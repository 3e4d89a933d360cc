// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/shared_options.hpp"

#include "cli/providers.hpp"
#include "option_checks.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace cli {

namespace {

constexpr const char* codes_of_failures =
    "  1  disk error, or the network was never reached\n"
    "  2  nothing was sent: wrong usage, or an invalid request\n"
    "  3  the provider rejected the request, or the task failed\n"
    "  4  stopped waiting; the task can be resumed\n"
    "  5  unconfirmed submit: the provider may have accepted it, and may charge for it\n"
    "  6  the task was canceled, or has expired\n"
    "  7  querying was abandoned; the task can be resumed\n"
    "The API key is read from an environment variable (--api-key-env), never from the command line.";

/// Checks a duration. CLI11's own check would accept "nan" and "inf".
std::string check_seconds(const std::string& text) {
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good =
        failure == std::errc{} && end == text.data() + text.size() && std::isfinite(value) && value > 0;
    return good ? std::string{} : text + " is not a number of seconds greater than 0";
}

/// Checks the name of a variable. The message does not repeat it: the user may have given the key by mistake.
std::string check_variable(const std::string& name) {
    const auto fits = [](char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const bool good = !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
                      std::all_of(name.begin(), name.end(), fits);
    return good ? std::string{}
                : "expects the name of an environment variable (letters, digits, _), not the key itself";
}

} // namespace

void add_catalog_option(CLI::App& command, wait_options& o) {
    command
        .add_option("--catalog", o.catalog,
                    "Models that extend or replace the built-in ones, as `wan models --provider NAME --json` "
                    "prints them")
        ->type_name("FILE");
}

void add_service_options(CLI::App& command, wait_options& o) {
    command
        .add_option("--base-url", o.base_url,
                    "Address of the API, up to and including its version, such as "
                    "http://127.0.0.1:8080/api/v1\nfor wan-sandbox (default: the provider's address; with a "
                    "token, the address in it)")
        ->type_name("URL");
    command
        .add_option("--api-key-env", o.api_key_env,
                    "Environment variable that holds the API key (default: DASHSCOPE_API_KEY, "
                    "SINANCODE_API_KEY, ...,\nby provider)")
        ->type_name("VAR")
        ->check(check_variable);
    add_catalog_option(command, o);
    command.add_flag("--json", o.json, "Print one JSON object and nothing else");
    command.add_flag("--quiet", o.quiet, "Print no progress and no warnings");
}

void add_patience_options(CLI::App& command, wait_options& o) {
    command
        .add_option("--deadline", o.deadline,
                    "Stop waiting after SECONDS (default: 3600); the task can be resumed")
        ->type_name("SECONDS")
        ->check(check_seconds);
    command.add_option("--poll-every", o.poll_every, "Interval between queries (default: 10, growing to 30)")
        ->type_name("SECONDS")
        ->check(check_seconds);
    command
        .add_option("--request-timeout", o.request_timeout,
                    "Timeout of each query (default: 30); a submit has twice as much")
        ->type_name("SECONDS")
        ->check(check_seconds);
}

void add_account_promise(CLI::App& command, wait_options& o) {
    command.add_flag(
        "--sole-user", o.sole_user,
        "You promise that no other program submits with this account meanwhile. Then the only matching task\n"
        "created after an unconfirmed submit is adopted; without the promise, that choice is yours");
}

void add_wait_options(CLI::App& command, wait_options& o) {
    command
        .add_option("--out", o.out,
                    "Download the video to FILE, which must not exist yet; - for standard output")
        ->type_name("FILE");
    command.add_flag("--force", o.force, "Replace the file given with --out");
    add_account_promise(command, o);
    add_patience_options(command, o);
    add_service_options(command, o);
}

void add_provider_option(CLI::App& command, std::optional<std::string>& provider) {
    command.add_option("--provider", provider, "Provider of the API (default: dashscope-singapore)")
        ->check(option_checks::one_of(provider_names()));
}

std::string exit_codes(const std::string& success) {
    return "Exit codes:\n  0  " + success + "\n" + codes_of_failures;
}

void add_transfer_options(CLI::App& command, wan::media_transfer& how) {
    auto* within = command.add_flag_callback(
        "--inline", [&how] { how = wan::media_transfer::inline_data; },
        "Send image files within the request (default: small ones, if the provider accepts them)");
    command
        .add_flag_callback(
            "--upload", [&how] { how = wan::media_transfer::upload; },
            "Upload files to the provider's file store first (default: all other files)")
        ->excludes(within);
}

} // namespace cli
