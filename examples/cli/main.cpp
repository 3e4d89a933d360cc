// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// wan: videos by Alibaba's Wan models, from the command line.
#include "account.hpp"
#include "batch.hpp"
#include "commands.hpp"
#include "inspect.hpp"
#include "interrupt.hpp"
#include "providers.hpp"
#include "report.hpp"
#include "usage.hpp"

#include <wan/version.hpp>

#include <CLI/CLI.hpp>
#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
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

/// Where to ask, with what key, and in what form to say it.
void add_service_options(CLI::App& command, cli::wait_options& o) {
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
    command.add_flag("--json", o.json, "Print one JSON object and nothing else");
    command.add_flag("--quiet", o.quiet, "No progress, no warnings");
}

void add_patience_options(CLI::App& command, cli::wait_options& o) {
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

/// What the program cannot see by itself.
void add_account_promise(CLI::App& command, cli::wait_options& o) {
    command.add_flag("--sole-user", o.sole_user,
                     "You promise that no other program submits with this account meanwhile: of a submit "
                     "without an answer\n"
                     "the only listed task that fits and was created after it is then taken for its task, "
                     "and else left to you");
}

void add_wait_options(CLI::App& command, cli::wait_options& o) {
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
        ->check(CLI::IsMember(cli::provider_names()));
}

/// --NAME and --no-NAME; unset if neither is given.
void add_switch(CLI::App& command, const std::string& name, std::optional<bool>& value,
                const std::string& help) {
    command.add_flag_callback("--" + name, [&value] { value = true; }, help);
    command.add_flag_callback(
               "--no-" + name, [&value] { value = false; }, "The opposite")
        ->excludes("--" + name);
}

void add_medium(CLI::App& command, const std::string& name, wan::media& value, const std::string& help) {
    command.add_option_function<std::string>(
               name, [&value](const std::string& url) { value = url; }, help)
        ->type_name("URL|FILE")
        ->required();
}
void add_medium(CLI::App& command, const std::string& name, std::optional<wan::media>& value,
                const std::string& help) {
    command.add_option_function<std::string>(
               name, [&value](const std::string& url) { value = url; }, help)
        ->type_name("URL|FILE");
}

/// How files get to the service.
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

constexpr const char* image_url =
    "a file (JPEG, PNG without alpha, BMP, WebP), or an http, https, oss:// or data: URL";

void add_own_options(CLI::App& command, wan::keyframe_to_video& r) {
    add_medium(command, "--first-frame", r.first_frame_url, std::string{"The first frame: "} + image_url);
    add_medium(command, "--last-frame", r.last_frame_url, std::string{"The last frame: "} + image_url);
    add_medium(command, "--driving-audio", r.driving_audio_url,
               "A sound that the video follows: a file (WAV, MP3) or a URL");
    command.add_option("--template", r.template_, "A video effect")->type_name("NAME");
}

void add_own_options(CLI::App& command, wan::image_to_video& r) {
    add_medium(command, "--image", r.image_url, std::string{"The first frame: "} + image_url);
    add_medium(command, "--audio-url", r.audio_url,
               "A sound that the video follows: a file (WAV, MP3) or a URL");
    add_switch(command, "audio", r.audio, "Make sound");
    command
        .add_option_function<std::string>(
            "--shot-type",
            [&r](const std::string& type) { r.shot_type = wan::from_wire<wan::shot_type>(type); },
            "single or multi")
        ->check(CLI::IsMember({"single", "multi"}));
    command.add_option("--template", r.template_, "A video effect")->type_name("NAME");
}

void add_own_options(CLI::App& command, wan::video_continuation& r) {
    add_medium(command, "--first-clip", r.first_clip_url,
               "The clip that the video begins with: a file (MP4, MOV) or a URL");
    add_medium(command, "--last-frame", r.last_frame_url, std::string{"The last frame: "} + image_url);
}

/// What all jobs have.
template <class Request>
void add_job_options(CLI::App& command, cli::job_options<Request>& o) {
    auto& r = o.request;
    add_own_options(command, r);
    command.add_option("--prompt", r.prompt, "What happens; `wan models` shows how long it may be")
        ->type_name("TEXT");
    command
        .add_option("--negative-prompt", r.negative_prompt, "What must not be seen, at most 500 characters")
        ->type_name("TEXT");
    command.add_option("--model", r.model, "Default: the provider's for this job")->type_name("MODEL");
    command.add_option("--resolution", o.resolution, "480P, 720P or 1080P")->type_name("TIER");
    command.add_option("--duration", r.duration, "Seconds")->type_name("SECONDS");
    command.add_option("--seed", r.seed, "0 to 2147483647")->type_name("N");
    add_switch(command, "prompt-extend", r.prompt_extend, "Let the service rewrite the prompt");
    add_switch(command, "watermark", r.watermark, "Mark the video as AI generated");
    add_transfer_options(command, o.transfer);
    add_provider_option(command, o.provider);
    command
        .add_option("--token", o.wait.token,
                    "Keep what `wan resume` needs in FILE, from before the submit on")
        ->type_name("FILE");
    command.add_flag("--strict", o.strict, "Refuse on warnings too");
    command.add_flag_callback(
        "--dry-run", [&o] { o.what_for = cli::purpose::dry_run; },
        "Print the request instead of sending it; the key is masked");
    add_wait_options(command, o.wait);
    command.footer(exit_codes);
}

/// A job's command, and `check` with the same options.
template <class Request>
struct job_command {
    const char* name;
    const char* what;
    int (*run)(const cli::job_options<Request>&);
    cli::job_options<Request> options = {};
    cli::job_options<Request> check_options = {};
    CLI::App* make = nullptr;
    CLI::App* check = nullptr;

    void add_to(CLI::App& app, CLI::App& checks) {
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
    add_account_promise(command, o.wait);
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
    add_transfer_options(command, o.transfer);
    add_provider_option(command, o.provider);
    add_patience_options(command, o.wait);
    add_service_options(command, o.wait);
    command.footer(std::string{"Started again it goes on: nothing is submitted twice, and what is missing is "
                               "downloaded. The exit code is that of\n"
                               "the worst end, in the order 1, 2, 5, 4, 3, 6.\n\n"} +
                   exit_codes);
}

void add_account_options(CLI::App& command, cli::account_options& o) {
    add_provider_option(command, o.provider);
    add_service_options(command, o.wait);
    command.footer(std::string{exit_codes} + "\nOf these commands: 0 the service answered (`query`: with a "
                                             "video); 4 the task is still under way.");
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
    job_command<wan::keyframe_to_video> keyframes{
        "keyframe-to-video", "Make a video from its first and last frame", cli::keyframe_to_video};
    job_command<wan::image_to_video> image{"image-to-video", "Make a video that begins with an image",
                                           cli::image_to_video};
    job_command<wan::video_continuation> continuation{"video-continuation", "Go on where a clip ends",
                                                      cli::video_continuation};
    keyframes.add_to(app, checks);
    image.add_to(app, checks);
    continuation.add_to(app, checks);

    bool models_as_json = false;
    std::optional<std::string> models_provider;
    auto* models_command = app.add_subcommand("models", "What the models accept, and who offers them");
    models_command
        ->add_option("--provider", models_provider,
                     "Only what this provider offers, and where its name says a region, only what is there")
        ->check(CLI::IsMember(cli::provider_names()));
    models_command->add_flag("--json", models_as_json, "As a JSON array");

    cli::inspect_options inspected;
    auto* inspect_command = app.add_subcommand(
        "inspect", "What images, clips and sounds on the disk are, and which models take them");
    inspect_command->add_option("FILE", inspected.files, "JPEG, PNG, BMP, WebP; MP4, QuickTime; WAV, MP3")
        ->type_name("FILE")
        ->required();
    inspect_command->add_flag("--json", inspected.json, "As a JSON array, an object for each file");
    inspect_command->footer("Only headers are read, and nothing is sent. Exit codes: 0 all files were "
                            "understood; 1 one was not; 2 one cannot be\n"
                            "read, or usage.");

    cli::wait_options resumed;
    auto* resume_command =
        app.add_subcommand("resume", "Go on waiting for a video that was submitted before");
    resume_command
        ->add_option("--token", resumed.token, "The file that --token named when the video was submitted")
        ->type_name("FILE")
        ->required();
    add_wait_options(*resume_command, resumed);
    resume_command->footer(exit_codes);

    cli::batch_options batched;
    auto* batch_command =
        app.add_subcommand("batch", "Make the videos of all shots in a file, under the account's limits");
    add_batch_options(*batch_command, batched);

    cli::account_options asked;
    auto* query_command = app.add_subcommand("query", "How a task is");
    auto* cancel_command = app.add_subcommand("cancel", "Cancel a task that has not begun");
    for (auto* command : {query_command, cancel_command})
        command->add_option("TASK_ID", asked.task_id, "As the service named it")->required();
    auto* list_command = app.add_subcommand(
        "list", "The account's tasks, where the service lists them (DashScope: of the last 24 hours)");
    list_command
        ->add_option("--status", asked.status,
                     "Only those: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED, ...")
        ->type_name("WORD");
    list_command->add_option("--model", asked.model, "Only those of one model")->type_name("MODEL");
    list_command->add_option("--hours", asked.hours, "Only those of the last so many hours, at most 24")
        ->type_name("HOURS")
        ->check(CLI::Range(0.001, 24.0));
    list_command->add_option("--pages", asked.pages, "At most so many pages")
        ->type_name("N")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    for (auto* command : {query_command, cancel_command, list_command}) add_account_options(*command, asked);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) { return usage_error(app, e, wants_json(argc, argv)); }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    cli::watch_for_interrupts();
    const auto chosen = [&] {
        for (const auto& done :
             {*models_command ? std::optional{cli::models(models_provider, models_as_json)} : std::nullopt,
              keyframes.run_if_chosen(), image.run_if_chosen(), continuation.run_if_chosen()})
            if (done) return *done;
        if (*inspect_command) return cli::inspect(inspected);
        if (*batch_command) return cli::batch(batched);
        if (*query_command) return cli::query(asked);
        if (*cancel_command) return cli::cancel(asked);
        if (*list_command) return cli::list(asked);
        return cli::resume(resumed);
    };
    const int code = run(chosen, wants_json(argc, argv));
    curl_global_cleanup();
    return code;
}
