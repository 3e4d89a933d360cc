// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/batch_options.hpp"

#include "cli/prices.hpp"
#include "cli/shared_options.hpp"
#include "option_checks.hpp"

#include <string>

namespace cli {

namespace {

void add_file_argument(CLI::App& command, batch_options& o) {
    command
        .add_option("FILE", o.file,
                    "One JSON object per line: {\"id\": \"shot-1\", \"job\": \"keyframe_to_video\", "
                    "\"first_frame_url\": ...}.\n"
                    "`wan schema batch` lists the members. Media that are not URLs are files, relative to "
                    "FILE's directory")
        ->type_name("FILE.jsonl")
        ->required();
}

void add_prices(CLI::App& command, batch_options& o) {
    command
        .add_option("--prices", o.prices,
                    "JSON array of prices, to estimate what the shots cost: [{\"model\": \"wan2.7-i2v\", "
                    "\"tier\": \"720P\",\n\"per_second\": \"0.60\", \"currency\": \"CNY\"}]")
        ->type_name("FILE.json");
}

void add_account_name(CLI::App& command, batch_options& o) {
    command
        .add_option(
            "--account", o.account,
            "Name of the account in the state; several keys of one account may use it (default: a hash of "
            "key and address)")
        ->type_name("NAME")
        ->check(CLI::Validator{[](const std::string& name) {
                                   return name.empty() ? std::string{"expects a name"} : std::string{};
                               },
                               ""});
}

/// What `wan batch` and `wan work` have in common.
void add_driving_options(CLI::App& command, batch_options& o) {
    command.add_option("--out-dir", o.out_dir, "Directory for the downloaded videos, named ID.mp4")
        ->type_name("DIR")
        ->capture_default_str();
    command.add_flag("--no-download", o.no_download,
                     "Do not download the videos; record their URLs, which expire, in the state");
    command.add_flag("--force", o.wait.force,
                     "Replace videos in --out-dir that are not recorded in the state");
    add_account_promise(command, o.wait);
    command
        .add_option(
            "--max-running", o.max_running,
            "Running tasks per model, 0 to 1000000 (default: the provider's documented limit; 0: no limit)")
        ->type_name("N")
        ->check(option_checks::between(0, 1'000'000));
    command
        .add_option("--submits-per-second", o.submits_per_second,
                    "Submits per second and model, 0 to 1000000 (default: the documented limit; 0: no limit)")
        ->type_name("N")
        ->check(option_checks::between(0.0, 1e6));
    command
        .add_option_function<std::string>(
            "--max-cost", [&o](const std::string& text) { o.max_cost = read_amount(text); },
            "Submit nothing that would make the cost of all shots pass N, in the currency of "
            "--prices.\nShots of unknown cost are not submitted")
        ->type_name("N")
        ->check(CLI::Validator{[](const std::string& text) {
                                   return read_amount(text) ? std::string{}
                                                            : text + " is not an amount such as 12.50";
                               },
                               ""});
    add_account_name(command, o);
    command.add_flag("--strict", o.strict, "Treat warnings as errors");
    add_transfer_options(command, o.transfer);
    add_provider_option(command, o.provider);
    add_patience_options(command, o.wait);
    add_service_options(command, o.wait);
}

constexpr const char* where_help =
    "Directory of the state, or the URL of a PostgreSQL database that several machines share:\n"
    "postgresql://USER@HOST/NAME. Its password comes from PGPASSWORD or ~/.pgpass";

} // namespace

CLI::App* add_batch_command(CLI::App& app, batch_options& o) {
    auto* const command =
        app.add_subcommand("batch", "Make the videos of all shots in a file, within the account's limits");
    add_file_argument(*command, o);
    command
        ->add_option(
            "--state", o.state,
            "Directory of the state, an SQLite database, from which the same command continues (default: "
            "FILE.jsonl.state);\nor the URL of a PostgreSQL database that several machines share, such as "
            "postgresql://USER@HOST/NAME.\nIts password comes from PGPASSWORD or ~/.pgpass")
        ->type_name("WHERE");
    add_prices(*command, o);
    add_driving_options(*command, o);
    command->add_flag(
        "--dry-run", o.dry_run,
        "Check the whole file, with its media, and show the cost if --prices is given; send and "
        "write\nnothing. Needs no key, and reads no state: what was submitted is not compared");
    command->add_flag("--retry-failed", o.retry_failed,
                      "Submit shots again that failed, expired or were canceled; each is paid for again");
    command
        ->add_option("--adopt", o.adopt,
                     "Continue shot ID, whose submit is unconfirmed, with the task TASK_ID; may be repeated")
        ->type_name("ID=TASK_ID")
        ->expected(1)
        ->take_all();
    command
        ->add_option(
            "--submit-again", o.submit_again,
            "Submit shot ID again, although its unconfirmed submit may be charged too; may be repeated")
        ->type_name("ID")
        ->expected(1)
        ->take_all();
    command->footer(
        std::string{
            "Run the same command again to continue: no shot is submitted twice, unless the provider's "
            "list proves\nthat its submit did not arrive; missing videos are downloaded.\n"
            "The exit code is the first of 1, 2, 5, 7, 4, 3, 6 that applies to a shot, else 0.\n\n"} +
        exit_codes("every shot has its video in --out-dir"));
    return command;
}

CLI::App* add_enqueue_command(CLI::App& app, enqueue_options& o) {
    auto* const command =
        app.add_subcommand("enqueue", "Add the shots of a file to a state, for `wan work`; sends nothing");
    add_file_argument(*command, o.batch);
    command->add_option("--state", o.batch.state, where_help)->type_name("WHERE")->required();
    command
        ->add_option("--group", o.group,
                     "Name of the caller; workers take turns between callers (default: FILE's absolute path)")
        ->type_name("NAME");
    command
        ->add_option("--priority", o.priority,
                     "Shots of a group with a higher priority go first, -1000 to 1000")
        ->type_name("N")
        ->check(option_checks::between(-1000, 1000))
        ->capture_default_str();
    add_prices(*command, o.batch);
    add_account_name(*command, o.batch);
    command->add_flag("--strict", o.batch.strict, "Treat warnings as errors");
    add_transfer_options(*command, o.batch.transfer);
    add_provider_option(*command, o.batch.provider);
    add_service_options(*command, o.batch.wait);
    command->footer("A shot that is there already stays as it is. Exit codes: 0 added; 2 a shot is invalid, "
                    "or wrong usage; "
                    "1 the state cannot be written.");
    return command;
}

CLI::App* add_work_command(CLI::App& app, work_options& o) {
    auto* const command =
        app.add_subcommand("work", "Make the videos of the shots in a state, together with other workers");
    command->add_option("--state", o.batch.state, where_help)->type_name("WHERE")->required();
    command
        ->add_option("--lease", o.lease,
                     "If this worker is not heard of for SECONDS, others take its shots, 1 to 3600")
        ->type_name("SECONDS")
        ->check(option_checks::between(1.0, 3600.0))
        ->capture_default_str();
    command->add_flag("--until-empty", o.until_empty, "End when no shot is left");
    add_driving_options(*command, o.batch);
    command->footer(
        std::string{"Works until it is stopped (Ctrl-C): then its shots are left to the other "
                    "workers.\n\n"
                    "Exit codes:\n"
                    "  0  ended, whatever became of the shots: see `wan status`\n"
                    "  1  disk or database error, or the provider was never reached\n"
                    "  2  wrong usage, or a state that this worker must not use\n"
                    "  3  the provider rejects the key or the address\n"
                    "  4  stopped, and some of its shots are left to others\n"
                    "The API key is read from an environment variable (--api-key-env), never from the "
                    "command line."});
    return command;
}

} // namespace cli
