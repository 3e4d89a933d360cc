// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/shared_options.hpp"

#include "cli/providers.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace cli {

namespace {

/// A time that can be waited: CLI11's own check lets "nan" and "inf" pass.
std::string check_seconds(const std::string& text) {
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good =
        failure == std::errc{} && end == text.data() + text.size() && std::isfinite(value) && value > 0;
    return good ? std::string{} : text + " is no number of seconds greater than 0";
}

/// Says nothing of the value: somebody may have given the key instead of a variable's name.
std::string check_variable(const std::string& name) {
    const auto fits = [](char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const bool good = !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
                      std::all_of(name.begin(), name.end(), fits);
    return good ? std::string{}
                : "takes the name of an environment variable (letters, digits, _), not the key itself";
}

} // namespace

void add_catalog_option(CLI::App& command, wait_options& o) {
    command
        .add_option(
            "--catalog", o.catalog,
            "Models beside, or in place of, the built-in ones, as `wan models --provider NAME --json` "
            "prints them")
        ->type_name("FILE");
}

void add_service_options(CLI::App& command, wait_options& o) {
    command
        .add_option("--base-url", o.base_url,
                    "Another address that speaks the provider's API: all before the paths of its documents")
        ->type_name("URL");
    command
        .add_option("--api-key-env", o.api_key_env,
                    "The environment variable that holds the API key (default DASHSCOPE_API_KEY, "
                    "SINANCODE_API_KEY, ... by provider)")
        ->type_name("VAR")
        ->check(check_variable);
    add_catalog_option(command, o);
    command.add_flag("--json", o.json, "Print one JSON object and nothing else");
    command.add_flag("--quiet", o.quiet, "No progress, no warnings");
}

void add_patience_options(CLI::App& command, wait_options& o) {
    command.add_option("--deadline", o.deadline, "Stop waiting after so long (default 3600); resumable")
        ->type_name("SECONDS")
        ->check(check_seconds);
    command
        .add_option("--poll-every", o.poll_every,
                    "Ask this often (default: after 10 s, then ever less often, up to 30 s)")
        ->type_name("SECONDS")
        ->check(check_seconds);
    command
        .add_option("--request-timeout", o.request_timeout,
                    "Of each query (default 30); a submit has twice as long")
        ->type_name("SECONDS")
        ->check(check_seconds);
}

void add_account_promise(CLI::App& command, wait_options& o) {
    command.add_flag("--sole-user", o.sole_user,
                     "You promise that no other program submits with this account meanwhile: of a submit "
                     "without an answer\n"
                     "the only listed task that fits and was created after it is then taken for its task, "
                     "and else left to you");
}

void add_wait_options(CLI::App& command, wait_options& o) {
    command
        .add_option("--out", o.out,
                    "Download the video to FILE, which must not be there yet; - for standard output")
        ->type_name("FILE");
    command.add_flag("--force", o.force, "Replace the file of --out");
    add_account_promise(command, o);
    add_patience_options(command, o);
    add_service_options(command, o);
}

void add_provider_option(CLI::App& command, std::optional<std::string>& provider) {
    command.add_option("--provider", provider, "Who makes the video (default dashscope-singapore)")
        ->check(CLI::IsMember(provider_names()));
}

void add_transfer_options(CLI::App& command, wan::media_transfer& how) {
    auto* within = command.add_flag_callback(
        "--inline", [&how] { how = wan::media_transfer::inline_data; },
        "Send image files within the request (default: small ones, where the service takes them)");
    command
        .add_flag_callback(
            "--upload", [&how] { how = wan::media_transfer::upload; },
            "Upload files to the service's store first (default: all others)")
        ->excludes(within);
}

} // namespace cli
