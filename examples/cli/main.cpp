// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// wan: makes videos with Alibaba's Wan models from the command line.
#include "cli/account.hpp"
#include "cli/batch.hpp"
#include "cli/batch_options.hpp"
#include "cli/commands.hpp"
#include "cli/fleet/fleet_commands.hpp"
#include "cli/gallery_command.hpp"
#include "cli/inspect.hpp"
#include "cli/interrupt.hpp"
#include "cli/job_command.hpp"
#include "cli/output/report.hpp"
#include "cli/providers.hpp"
#include "cli/schema.hpp"
#include "cli/shared_options.hpp"
#include "cli/shots.hpp"
#include "cli/status.hpp"
#include "cli/usage.hpp"
#include "option_checks.hpp"

#include <wan/version.hpp>

#include <CLI/CLI.hpp>
#include <curl/curl.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <string>

namespace {

constexpr const char* video_is_made = "the video was made";

/// The exit codes of a command that sends nothing.
constexpr const char* codes_of_check =
    "Nothing is sent. Exit codes: 0 the request is valid; 2 it is invalid, or wrong usage.";
constexpr const char* codes_of_print = "Nothing is sent. Exit codes: 0 printed; 2 wrong usage.";

template <class Request>
void add_job_options(CLI::App& command, cli::job_options<Request>& o) {
    cli::add_members(command, o);
    cli::add_transfer_options(command, o.transfer);
    cli::add_provider_option(command, o.provider);
    command
        .add_option(
            "--token", o.wait.token,
            "Save the resume token in FILE before the submit, so that `wan resume` can continue the task")
        ->type_name("FILE");
    command.add_flag("--strict", o.strict, "Treat warnings as errors");
    command.add_flag_callback(
        "--dry-run", [&o] { o.what_for = cli::purpose::dry_run; },
        "Print the request, with the key masked, instead of sending it");
    cli::add_wait_options(command, o.wait);
    command.footer(cli::exit_codes(video_is_made));
}

/// The command of a job, and its `check` command with the same options.
template <class Request>
struct job_command {
    int (*run)(const cli::job_options<Request>&);
    cli::job_options<Request> options = {};
    cli::job_options<Request> check_options = {};
    CLI::App* make = nullptr;
    CLI::App* check = nullptr;

    void add_to(CLI::App& app, CLI::App& checks) {
        const auto job = wan::to_wire(wan::job_of<Request>::value);
        std::string name{job};
        std::replace(name.begin(), name.end(), '_', '-');
        const char* const what = cli::help_of_job(job);
        make = app.add_subcommand(name, what);
        add_job_options(*make, options);
        check = checks.add_subcommand(name, std::string{"Validate only: "} + what);
        add_job_options(*check, check_options);
        check->footer(codes_of_check);
    }

    std::optional<int> run_if_chosen() const {
        if (*make) return run(options);
        if (!*check) return std::nullopt;
        auto only_checked = check_options;
        only_checked.what_for = cli::purpose::check;
        return run(only_checked);
    }
};

void add_account_options(CLI::App& command, cli::account_options& o) {
    cli::add_provider_option(command, o.provider);
    cli::add_service_options(command, o.wait);
    command.footer(
        cli::exit_codes("the provider responded (`query`: the video is made; while the task runs, 4)"));
}

struct account_commands {
    CLI::App* query;
    CLI::App* cancel;
    CLI::App* list;
};

account_commands add_account_commands(CLI::App& app, cli::account_options& asked) {
    auto* const query = app.add_subcommand("query", "Show the state of a task");
    auto* const cancel = app.add_subcommand("cancel", "Cancel a task that has not started yet");
    for (auto* command : {query, cancel})
        command->add_option("TASK_ID", asked.task_id, "The task ID that the provider returned")->required();
    auto* const list = app.add_subcommand(
        "list", "List the account's tasks, if the provider offers a list (DashScope: the last 24 hours)");
    list->add_option("--status", asked.status,
                     "Only tasks with this status: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED, ...")
        ->type_name("WORD");
    list->add_option("--model", asked.model, "Only tasks of this model")->type_name("MODEL");
    list->add_option("--hours", asked.hours, "Only tasks of the last HOURS hours, 0.001 to 24")
        ->type_name("HOURS")
        ->check(option_checks::between(0.001, 24.0));
    list->add_option("--pages", asked.pages, "At most N pages, 1 to 1000")
        ->type_name("N")
        ->check(option_checks::between(1, 1000))
        ->capture_default_str();
    for (auto* command : {query, cancel, list}) add_account_options(*command, asked);
    return {query, cancel, list};
}

struct models_options {
    std::optional<std::string> provider;
    bool json = false;
};

CLI::App* add_models_command(CLI::App& app, models_options& o) {
    auto* const command = app.add_subcommand("models", "List the models, their limits and their providers");
    command
        ->add_option("--provider", o.provider,
                     "Only models of this provider; if its name contains a region, only those offered there")
        ->check(option_checks::one_of(cli::provider_names()));
    command->add_flag("--json", o.json, "Print a JSON array");
    command->footer(codes_of_print);
    return command;
}

CLI::App* add_schema_command(CLI::App& app, cli::schema_options& o) {
    auto* const command = app.add_subcommand(
        "schema",
        "Print the JSON Schema (draft 2020-12) of a job's requests, or of the lines of `wan batch`");
    command->add_option("JOB", o.what, "The job, or `batch`")
        ->required()
        ->check(option_checks::one_of(cli::schema_names()))
        ->transform([](std::string job) { // as in a line of `wan batch`
            std::replace(job.begin(), job.end(), '_', '-');
            return job;
        });
    command
        ->add_option("--model", o.model,
                     "Model whose limits the schema contains (default: the provider's default for this job)")
        ->type_name("MODEL");
    cli::add_provider_option(*command, o.provider);
    cli::add_catalog_option(*command, o.wait);
    command->footer(codes_of_print);
    return command;
}

CLI::App* add_inspect_command(CLI::App& app, cli::inspect_options& o) {
    auto* const command = app.add_subcommand(
        "inspect", "Show the format and size of image, clip and sound files, and which models accept them");
    command
        ->add_option("FILE", o.files,
                     "Image (JPEG, PNG, BMP, WebP), clip (MP4, QuickTime) or sound (WAV, MP3)")
        ->type_name("FILE")
        ->required();
    command->add_flag("--json", o.json, "Print a JSON array with an object for each file");
    command->footer("Only headers are read, and nothing is sent. Exit codes: 0 all formats were recognized; "
                    "1 one was not;\n"
                    "2 a file could not be read, or wrong usage.");
    return command;
}

void add_state_option(CLI::App& command, std::string& state) {
    command
        .add_option(
            "--state", state,
            "The state: the directory FILE.jsonl.state, or the one that was chosen, or a postgresql:// URL")
        ->type_name("WHERE")
        ->required();
}

CLI::App* add_status_command(CLI::App& app, cli::status_options& o) {
    auto* const command = app.add_subcommand("status", "Show how far a batch is, also while it runs");
    add_state_option(*command, o.state);
    command->add_flag("--watch", o.watch, "Show each change until all shots have ended");
    command->add_flag("--json", o.json, "Print one JSON object per look and nothing else");
    command->footer(
        "A shot whose video is on the disk is done. Exit codes: 0 shown; 2 there is no such state; 1 it "
        "cannot be read.");
    return command;
}

CLI::App* add_gallery_command(CLI::App& app, cli::gallery_command_options& o) {
    auto* const command = app.add_subcommand("gallery", "Write a page that shows the shots of a batch");
    add_state_option(*command, o.state);
    command->add_option("--out", o.out, "Directory for the page, index.html")
        ->type_name("DIR")
        ->capture_default_str();
    command->add_flag("--json", o.json, "Print one JSON object and nothing else");
    command->footer(
        "The page needs no network and no other file than the videos and frames. An index.html that is "
        "not a gallery\nis not replaced. Exit codes: 0 written; 2 there is no such state; 1 it cannot be "
        "read, or the page\ncannot be written.");
    return command;
}

void add_resume_command(CLI::App& app, cli::wait_options& o) {
    auto& command = *app.add_subcommand("resume", "Continue a task that was submitted earlier");
    command
        .add_option("--token", o.token, "The token file, as given with --token when the task was submitted")
        ->type_name("FILE")
        ->required();
    command
        .add_option(
            "--adopt", o.adopt,
            "The submit is unconfirmed, and you found its task, for example in the provider's console "
            "or\nwith `wan list`: continue with this task. The provider is asked whether it exists")
        ->type_name("TASK_ID");
    cli::add_wait_options(command, o);
    command.footer(cli::exit_codes(video_is_made));
}

bool wants_json(int argc, char** argv) {
    for (int i = 1; i < argc; ++i)
        if (std::string_view{argv[i]} == "--json") return true;
    return false;
}

int usage_error(const CLI::App& app, const CLI::ParseError& e, bool json) {
    if (e.get_exit_code() == 0 && cli::unknown_command(app).empty()) return app.exit(e); // --help, --version
    const wan::error why{.category = wan::error_category::invalid_request,
                         .message = cli::message_of(app, e)};
    const int code = cli::print(cli::refusal(why), json, false);
    if (!json) std::fprintf(stderr, "Run with --help for the commands and options.\n");
    return code;
}

/// Reports exceptions of the standard library (out of memory, a disk failure) as errors.
template <class Command>
int run(Command command, bool json) {
    try {
        return command();
    } catch (const std::exception& e) {
        return cli::print(cli::refusal({.category = wan::error_category::storage, .message = e.what()}), json,
                          false);
    }
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app{"wan: videos by Alibaba's Wan models"};
    app.set_version_flag("--version", std::to_string(WAN_VERSION_MAJOR) + "." +
                                          std::to_string(WAN_VERSION_MINOR) + "." +
                                          std::to_string(WAN_VERSION_PATCH));
    app.footer(cli::exit_codes("done; each command's --help says what that means"));
    app.require_subcommand(1);

    auto& checks = *app.add_subcommand(
        "check", "Validate a request without sending it: exit code 0 if it is valid, 2 if not");
    checks.require_subcommand(1);
    checks.footer(codes_of_check);
#define CLI_JOB(name)                                                                                        \
    job_command<wan::name> name{cli::name};                                                                  \
    name.add_to(app, checks);
    WAN_FOR_EACH_JOB(CLI_JOB)
#undef CLI_JOB

    models_options shown;
    auto* const models_command = add_models_command(app, shown);
    cli::schema_options schema;
    auto* const schema_command = add_schema_command(app, schema);
    cli::inspect_options inspected;
    auto* const inspect_command = add_inspect_command(app, inspected);
    cli::wait_options resumed;
    add_resume_command(app, resumed);
    cli::batch_options batched;
    auto* const batch_command = cli::add_batch_command(app, batched);
    cli::enqueue_options enqueued;
    auto* const enqueue_command = cli::add_enqueue_command(app, enqueued);
    cli::work_options worked;
    auto* const work_command = cli::add_work_command(app, worked);
    cli::status_options watched;
    auto* const status_command = add_status_command(app, watched);
    cli::gallery_command_options gallery;
    auto* const gallery_command = add_gallery_command(app, gallery);
    cli::shots_command shots;
    shots.add_to(app);
    cli::account_options asked;
    const auto account = add_account_commands(app, asked);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) { return usage_error(app, e, wants_json(argc, argv)); }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    cli::watch_for_interrupts();
    const auto chosen = [&] {
        if (*models_command) return cli::models(shown.provider, shown.json);
#define CLI_JOB(name)                                                                                        \
    if (const auto code = name.run_if_chosen()) return *code;
        WAN_FOR_EACH_JOB(CLI_JOB)
#undef CLI_JOB
        if (*schema_command) return cli::schema(schema);
        if (*inspect_command) return cli::inspect(inspected);
        if (*batch_command) return cli::batch(batched);
        if (*enqueue_command) return cli::enqueue(enqueued);
        if (*work_command) return cli::work(worked);
        if (*status_command) return cli::status(watched);
        if (*gallery_command) return cli::gallery(gallery);
        if (shots.is_chosen()) return shots.run();
        if (*account.query) return cli::query(asked);
        if (*account.cancel) return cli::cancel(asked);
        if (*account.list) return cli::list(asked);
        return cli::resume(resumed);
    };
    const int code = run(chosen, wants_json(argc, argv));
    curl_global_cleanup();
    return code;
}
