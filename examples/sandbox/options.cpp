// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/options.hpp"

#include "option_checks.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

namespace {

/// Source: DashScope's guide to asynchronous tasks.
constexpr double documented_queries_per_second = 20;

/// Source: DashScope's page on temporary URLs.
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
    std::string text = "Faults, named CALL-FAULT, such as query-503:\n";
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
    return text.append("A fault affects the ")
        .append(calls_help())
        .append(";\nwith a *, every such call.\n\n");
}

constexpr const char* stats_help =
    "GET /sandbox/stats returns, as JSON:\n"
    "  submits queries lists cancels downloads   requests of each kind\n"
    "  created                                   tasks that were created\n"
    "  throttled                                 requests rejected by an account's limits\n"
    "  resumed_downloads                         downloads that resumed with the rest of a video\n"
    "  keys_sent_to_downloads                    downloads that carried a key\n"
    "  policies                                  upload policies that were granted\n"
    "  uploads uploads_refused                   files that were stored, files rejected by a rule\n"
    "  keys_at_upload_host                       uploads that carried a key\n"
    "  faults                                    number of times each fault occurred, by name\n"
    "  states                                    number of tasks in each state\n"
    "  prompts                                   the same for each prompt, and the number of tasks created\n"
    "  frames                                    the same for each URL of a first frame (no data URLs)\n"
    "  tasks                                     id, model and status of each\n"
    "Each API key is an account with its own tasks and limits. A limit holds in any period of one second;\n"
    "a limit of 0.5 allows one request in any two seconds.";

std::string check_fault(const std::string& name) {
    if (find_fault(name)) return {};
    std::string message = "unknown fault " + name + "; known faults:";
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

    CLI::App app{
        "A server on 127.0.0.1 with the APIs of DashScope (below any prefix), SinanCode and JieKou.\n"
        "It needs no account and costs nothing: ffmpeg makes its videos from the given frames, clips\n"
        "and sounds, not a model. It keeps its tasks in memory and forgets them when it ends.\n"
        "It prints its address; use it as\n"
        "  wan keyframe-to-video --base-url http://127.0.0.1:PORT/api/v1 ...",
        "wan-sandbox"};
    app.add_option("--port", chosen.port, "port to listen on, 0 to 65535; 0: any free port")
        ->check(option_checks::between(0, 65535))
        ->capture_default_str();
    app.add_option("--pace", pace,
                   "milliseconds that a task stays PENDING, and then as long RUNNING; at most 86400000")
        ->check(option_checks::between(0, 24 * 60 * 60 * 1000))
        ->capture_default_str();
    app.add_option("--assets", chosen.assets, "directory whose files are served at /assets/")
        ->check(CLI::ExistingDirectory);
    app.add_option("--video", chosen.video,
                   "MP4 to return as the video of every task; no video is made, and media are not checked")
        ->check(CLI::ExistingFile);
    app.add_flag("--prompt-while-running", chosen.prompt_while_running,
                 "DashScope: report orig_prompt also while a task is PENDING or RUNNING");
    app.add_option("--key", chosen.key, "the only API key that is accepted (default: any key)")
        ->type_name("KEY");
    app.add_option("--submits-per-second", submit_rate,
                   "submits per second and account, 0 to 1000000; further submits get a 429; 0: no limit")
        ->check(option_checks::between(0.0, 1e6))
        ->capture_default_str();
    app.add_option("--running", chosen.running,
                   "running tasks per account, 0 to 1000000; further tasks stay PENDING; 0: no limit")
        ->check(option_checks::between(0, 1'000'000))
        ->capture_default_str();
    app.add_option("--queries-per-second", query_rate,
                   "queries per second and account, 0 to 1000000; the same limit applies to lists and to "
                   "cancels;\nfurther requests get a 429; 0: no limit")
        ->check(option_checks::between(0.0, 1e6))
        ->capture_default_str();
    app.add_option("--policies-per-second", policy_rate,
                   "upload policies per second, account and model, 0 to 1000000; further requests get a 429; "
                   "0: no limit")
        ->check(option_checks::between(0.0, 1e6))
        ->capture_default_str();
    app.add_option("--policy-lifetime", policy_lifetime,
                   "seconds for which an upload policy is valid, 0 to 31536000")
        ->check(option_checks::between(0, 365 * 24 * 60 * 60))
        ->capture_default_str();
    app.add_option("--upload-lifetime", upload_lifetime,
                   "seconds for which an uploaded file can be used, 0 to 31536000")
        ->check(option_checks::between(0, 365 * 24 * 60 * 60))
        ->capture_default_str();
    app.add_option("--fault", faults, "fault to inject, see below; may be repeated")
        ->check(check_fault, "NAME")
        ->expected(1)
        ->take_all();
    app.add_option("--catalog", chosen.catalog,
                   "models of DashScope that extend or replace the built-in ones, as `wan models --provider "
                   "NAME\n--json` prints them")
        ->type_name("FILE");
    app.add_option(
           "--fault-rate", chosen.fault_rate,
           "probability of a fault in each call, 0 to 1, instead of faults in the first calls. The fault is\n"
           "drawn from --fault, or, without --fault, from faults that a patient client survives")
        ->check(option_checks::between(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--seed", chosen.seed, "seed of --fault-rate: the same seed draws the same faults")
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
