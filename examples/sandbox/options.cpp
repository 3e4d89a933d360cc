// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

namespace {

/// DashScope's guide to asynchronous tasks.
constexpr double documented_queries_per_second = 20;

/// DashScope's page on temporary URLs.
constexpr double documented_policies_per_second = 100;

std::string padded(std::string_view text, std::size_t width) {
    std::string line{text};
    line.resize(std::max(width, line.size() + 1), ' ');
    return line;
}

std::string calls_help() {
    std::string text;
    for (const auto& row : call_table) text.append(text.empty() ? "" : ", ").append(row.which);
    return text;
}

std::string fault_help() {
    std::string text = "Faults, named by the call and what happens to it, as in query-503:\n";
    for (const auto& row : fault_table) {
        std::string calls;
        for (const auto& each : call_table)
            if (row.calls.has(each.value) && !row.alone)
                calls.append(calls.empty() ? "" : " ")
                    .append(each.name)
                    .append(row.always.has(each.value) ? "*" : "");
        if (row.alone) calls = row.always.empty() ? "(name alone)" : "(name alone)*";
        text.append("  ").append(padded(row.name, 23)).append(row.help);
        text.append("\n").append(25, ' ').append(calls).append("\n");
    }
    return text.append("They show at the ")
        .append(calls_help())
        .append(";\nmarked with *, at every one.\n\n");
}

constexpr const char* stats_help =
    "GET /sandbox/stats tells, as JSON:\n"
    "  submits queries lists cancels downloads   requests of each kind\n"
    "  created                                   tasks that were made\n"
    "  throttled                                 requests above an account's limits\n"
    "  resumed_downloads                         downloads of only the rest of a video\n"
    "  keys_sent_to_downloads                    downloads that carried a key\n"
    "  policies                                  that were given, to upload a file\n"
    "  uploads uploads_refused                   files that were stored, and those that a rule forbids\n"
    "  keys_at_upload_host                       uploads that carried a key\n"
    "  faults                                    how often each was shown, by name\n"
    "  states                                    how many tasks are in each\n"
    "  prompts                                   the same for the tasks of each prompt, and how many were "
    "created\n"
    "  tasks                                     id, model and status of each\n"
    "An account is a key: it has its own tasks and limits. In any second, wherever it begins, no more\n"
    "requests are answered than a limit says; in two seconds, one of a limit of 0.5.";

std::string check_fault(const std::string& name) {
    if (find_fault(name)) return {};
    std::string message = "no fault is named " + name + "; there are:";
    for_each_fault([&](const call_fault& f) { message.append(1, ' ').append(name_of(f)); });
    return message;
}

} // namespace

std::variant<options, int> parse_options(int argc, char** argv) {
    options chosen;
    int pace = static_cast<int>(chosen.pace.count());
    std::vector<std::string> faults;
    double submit_rate = 0, query_rate = documented_queries_per_second,
           policy_rate = documented_policies_per_second;
    auto policy_lifetime = chosen.policy_lifetime.count(), upload_lifetime = chosen.upload_lifetime.count();

    CLI::App app{"Video services on 127.0.0.1 that speak the APIs of DashScope (below any prefix),\n"
                 "SinanCode and JieKou, and cost nothing. Their videos are made by ffmpeg from the\n"
                 "frames, clips and sounds that they are given, not by a model.",
                 "wan-sandbox"};
    app.add_option("--port", chosen.port, "port to listen on, 0 for any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    app.add_option("--pace", pace, "milliseconds in PENDING and again in RUNNING")
        ->check(CLI::Range(0, 24 * 60 * 60 * 1000))
        ->capture_default_str();
    app.add_option("--assets", chosen.assets, "directory whose files are served at /assets/")
        ->check(CLI::ExistingDirectory);
    app.add_option("--video", chosen.video,
                   "MP4 that is the video of every task; nothing is made then, and no medium is looked at")
        ->check(CLI::ExistingFile);
    app.add_flag("--prompt-while-running", chosen.prompt_while_running,
                 "DashScope: show orig_prompt in PENDING and RUNNING as well");
    app.add_option("--key", chosen.key, "the only API key that is taken; any, if this is not given")
        ->type_name("KEY");
    app.add_option("--submits-per-second", submit_rate,
                   "that an account may make, 0 for any number; more get a 429")
        ->check(CLI::Range(0.0, 1e6))
        ->capture_default_str();
    app.add_option("--running", chosen.running,
                   "tasks of an account that run at once, 0 for any number; more wait in PENDING")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    app.add_option("--queries-per-second", query_rate,
                   "that an account may make, and as many lists, and as many cancels, 0 for any number; more "
                   "get a 429")
        ->check(CLI::Range(0.0, 1e6))
        ->capture_default_str();
    app.add_option("--policies-per-second", policy_rate,
                   "to upload, that an account may ask for, for each model, 0 for any number; more get a 429")
        ->check(CLI::Range(0.0, 1e6))
        ->capture_default_str();
    app.add_option("--policy-lifetime", policy_lifetime,
                   "seconds in which a file may be uploaded by a policy")
        ->check(CLI::Range(0, 365 * 24 * 60 * 60))
        ->capture_default_str();
    app.add_option("--upload-lifetime", upload_lifetime, "seconds in which a task may name an uploaded file")
        ->check(CLI::Range(0, 365 * 24 * 60 * 60))
        ->capture_default_str();
    app.add_option("--fault", faults, "something to go wrong, see below; may be repeated")
        ->check(check_fault, "NAME")
        ->expected(1)
        ->take_all();
    app.add_option("--catalog", chosen.catalog,
                   "models of DashScope beside, or in place of, the built-in ones: as `wan models --json` "
                   "prints them")
        ->type_name("FILE");
    app.add_option("--fault-rate", chosen.fault_rate,
                   "instead: probability that a call gets a fault, drawn from those of --fault or, without\n"
                   "any, from those that a patient client survives")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--seed", chosen.seed, "that with the call's number decides what is drawn")
        ->capture_default_str();
    app.footer(fault_help() + stats_help);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { return app.exit(error) == 0 ? 0 : 2; }
    chosen.pace = std::chrono::milliseconds{pace};
    chosen.limits = {submit_rate, query_rate, query_rate, query_rate, 0, policy_rate, 0};
    chosen.policy_lifetime = std::chrono::seconds{policy_lifetime};
    chosen.upload_lifetime = std::chrono::seconds{upload_lifetime};
    for (const auto& name : faults) chosen.faults.add(*find_fault(name));
    return chosen;
}

} // namespace sandbox
