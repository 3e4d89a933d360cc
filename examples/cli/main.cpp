// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// wan: videos by Alibaba's Wan models, from the command line.
#include "cli/account.hpp"
#include "cli/batch.hpp"
#include "cli/commands.hpp"
#include "cli/inspect.hpp"
#include "cli/interrupt.hpp"
#include "cli/job_command.hpp"
#include "cli/output/report.hpp"
#include "cli/providers.hpp"
#include "cli/schema.hpp"
#include "cli/shared_options.hpp"
#include "cli/usage.hpp"

#include <wan/version.hpp>

#include <CLI/CLI.hpp>
#include <curl/curl.h>

#include <exception>
#include <optional>
#include <string>

namespace {

constexpr const char* exit_codes =
    "Exit codes: 0 a video; 1 disk, or the network was never reached; 2 refused before sending (usage or\n"
    "violations); 3 the provider said no or the task failed; 4 stopped waiting, resumable; 5 nobody knows\n"
    "whether the submit was accepted; 6 canceled or expired; 7 the task could not be asked any more, "
    "resumable.\n"
    "The API key comes from the environment, never from the command line.";

template <class Request>
void add_job_options(CLI::App& command, cli::job_options<Request>& o) {
    cli::add_members(command, o);
    cli::add_transfer_options(command, o.transfer);
    cli::add_provider_option(command, o.provider);
    command
        .add_option("--token", o.wait.token,
                    "Keep what `wan resume` needs in FILE, from before the submit on")
        ->type_name("FILE");
    command.add_flag("--strict", o.strict, "Refuse on warnings too");
    command.add_flag_callback(
        "--dry-run", [&o] { o.what_for = cli::purpose::dry_run; },
        "Print the request instead of sending it; the key is masked");
    cli::add_wait_options(command, o.wait);
    command.footer(exit_codes);
}

/// A job's command, and `check` with the same options.
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
        check = checks.add_subcommand(name, std::string{"Would this be refused? "} + what);
        add_job_options(*check, check_options);
    }

    std::optional<int> run_if_chosen() const {
        if (*make) return run(options);
        if (!*check) return std::nullopt;
        auto only_checked = check_options;
        only_checked.what_for = cli::purpose::check;
        return run(only_checked);
    }
};

void add_batch_options(CLI::App& command, cli::batch_options& o) {
    command
        .add_option("FILE", o.file,
                    "One JSON object a line: {\"id\": \"shot-1\", \"job\": \"keyframe_to_video\", "
                    "\"first_frame_url\": ...}, the\n"
                    "members named as in the library's request structs; media that are no URLs are files, "
                    "from FILE's folder on")
        ->type_name("FILE.jsonl")
        ->required();
    command
        .add_option("--state", o.state,
                    "Keep the ledger in DIR, from which the same command goes on (default FILE.jsonl.state)")
        ->type_name("DIR");
    command.add_option("--out-dir", o.out_dir, "Download the videos to DIR, as ID.mp4")
        ->type_name("DIR")
        ->capture_default_str();
    command.add_flag("--force", o.wait.force, "Replace videos in --out-dir that the ledger does not know");
    cli::add_account_promise(command, o.wait);
    command
        .add_option("--max-running", o.max_running,
                    "Tasks of one model that run at once (default: as documented), 0 for any number")
        ->type_name("N")
        ->check(CLI::Range(0, 1'000'000));
    command
        .add_option("--submits-per-second", o.submits_per_second,
                    "Of one model (default: as documented), 0 for any number")
        ->type_name("N")
        ->check(CLI::Range(0.0, 1e6));
    command.add_flag("--same-account", o.same_account,
                     "The ledger is of another API key, but of the same account");
    command.add_flag("--retry-failed", o.retry_failed, "Submit what failed, expired or was canceled again");
    command.add_option("--adopt", o.adopt, "Of a shot whose submit was never answered: this is its task")
        ->type_name("ID=TASK_ID")
        ->expected(1)
        ->take_all();
    command
        .add_option("--submit-again", o.submit_again,
                    "Of a shot that was looked for in vain: pay for a second one")
        ->type_name("ID")
        ->expected(1)
        ->take_all();
    command.add_flag("--strict", o.strict, "Refuse on warnings too");
    cli::add_transfer_options(command, o.transfer);
    cli::add_provider_option(command, o.provider);
    cli::add_patience_options(command, o.wait);
    cli::add_service_options(command, o.wait);
    command.footer(std::string{"Started again it goes on: nothing is submitted twice, and what is missing is "
                               "downloaded. The exit code is that of\n"
                               "the worst end, in the order 1, 2, 5, 7, 4, 3, 6.\n\n"} +
                   exit_codes);
}

void add_account_options(CLI::App& command, cli::account_options& o) {
    cli::add_provider_option(command, o.provider);
    cli::add_service_options(command, o.wait);
    command.footer(std::string{exit_codes} + "\nOf these commands: 0 the service answered (`query`: with a "
                                             "video); 4 the task is still under way.");
}

struct account_commands {
    CLI::App* query;
    CLI::App* cancel;
    CLI::App* list;
};

account_commands add_account_commands(CLI::App& app, cli::account_options& asked) {
    auto* const query = app.add_subcommand("query", "How a task is");
    auto* const cancel = app.add_subcommand("cancel", "Cancel a task that has not begun");
    for (auto* command : {query, cancel})
        command->add_option("TASK_ID", asked.task_id, "As the service named it")->required();
    auto* const list = app.add_subcommand(
        "list", "The account's tasks, where the service lists them (DashScope: of the last 24 hours)");
    list->add_option("--status", asked.status,
                     "Only those: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED, ...")
        ->type_name("WORD");
    list->add_option("--model", asked.model, "Only those of one model")->type_name("MODEL");
    list->add_option("--hours", asked.hours, "Only those of the last so many hours, at most 24")
        ->type_name("HOURS")
        ->check(CLI::Range(0.001, 24.0));
    list->add_option("--pages", asked.pages, "At most so many pages")
        ->type_name("N")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    for (auto* command : {query, cancel, list}) add_account_options(*command, asked);
    return {query, cancel, list};
}

struct models_options {
    std::optional<std::string> provider;
    bool json = false;
};

CLI::App* add_models_command(CLI::App& app, models_options& o) {
    auto* const command = app.add_subcommand("models", "What the models accept, and who offers them");
    command
        ->add_option("--provider", o.provider,
                     "Only what this provider offers, and where its name says a region, only what is there")
        ->check(CLI::IsMember(cli::provider_names()));
    command->add_flag("--json", o.json, "As a JSON array");
    return command;
}

CLI::App* add_schema_command(CLI::App& app, cli::schema_options& o) {
    auto* const command = app.add_subcommand(
        "schema", "The requests of a job, or the lines of `wan batch`, as a JSON Schema (draft 2020-12)");
    command->add_option("JOB", o.what, "The job")->required()->check(CLI::IsMember(cli::schema_names()));
    command
        ->add_option("--model", o.model, "Within the limits of MODEL (default: the provider's for this job)")
        ->type_name("MODEL");
    cli::add_provider_option(*command, o.provider);
    cli::add_catalog_option(*command, o.wait);
    return command;
}

CLI::App* add_inspect_command(CLI::App& app, cli::inspect_options& o) {
    auto* const command = app.add_subcommand(
        "inspect", "What images, clips and sounds on the disk are, and which models take them");
    command->add_option("FILE", o.files, "JPEG, PNG, BMP, WebP; MP4, QuickTime; WAV, MP3")
        ->type_name("FILE")
        ->required();
    command->add_flag("--json", o.json, "As a JSON array, an object for each file");
    command->footer("Only headers are read, and nothing is sent. Exit codes: 0 all files were "
                    "understood; 1 one was not; 2 one cannot be\n"
                    "read, or usage.");
    return command;
}

void add_resume_command(CLI::App& app, cli::wait_options& o) {
    auto& command = *app.add_subcommand("resume", "Go on waiting for a video that was submitted before");
    command.add_option("--token", o.token, "The file that --token named when the video was submitted")
        ->type_name("FILE")
        ->required();
    cli::add_wait_options(command, o);
    command.footer(exit_codes);
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
    if (!json) std::fprintf(stderr, "Run with --help for more.\n");
    return code;
}

/// Whatever the standard library throws (no memory, a broken disk) ends as an error as well.
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
    app.footer(exit_codes);
    app.require_subcommand(1);

    auto& checks =
        *app.add_subcommand("check", "Validate only: exit code 0 if nothing refuses it, 2 if something does");
    checks.require_subcommand(1);
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
    auto* const batch_command =
        app.add_subcommand("batch", "Make the videos of all shots in a file, under the account's limits");
    add_batch_options(*batch_command, batched);
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
        if (*account.query) return cli::query(asked);
        if (*account.cancel) return cli::cancel(asked);
        if (*account.list) return cli::list(asked);
        return cli::resume(resumed);
    };
    const int code = run(chosen, wants_json(argc, argv));
    curl_global_cleanup();
    return code;
}
