// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "commands.hpp"

#include "cli/downloads/download.hpp"
#include "cli/files/media_files.hpp"
#include "cli/files/storage.hpp"
#include "cli/files/token_file.hpp"
#include "cli/output/display.hpp"
#include "cli/output/report.hpp"
#include "executors/curl.hpp"
#include "interrupt.hpp"
#include "providers.hpp"

#include <wan/model/media_kind_of.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/redact_key.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/run/blocking.hpp>
#include <wan/task/transitions.hpp>
#include <wan/validation/validate.hpp>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

namespace cli {

namespace {

bool is_there(const std::string& file) {
    std::error_code ignored;
    return std::filesystem::symlink_status(file, ignored).type() != std::filesystem::file_type::not_found;
}

wan::error refused_option(std::string message) {
    return {.category = wan::error_category::invalid_request, .message = std::move(message)};
}

/// Whether the file may and could be written, before a video for it is paid.
wan::result<void> check_out(const wait_options& options) {
    if (!options.out) return {};
    if (writes_video_to_stdout(options))
        return options.json ? wan::result<void>{refused_option("--out - writes the video to standard output, "
                                                               "where --json writes its object; give a file")}
                            : wan::result<void>{};
    const auto& out = *options.out;
    if (out.empty()) return refused_option("--out: the name of a file is missing");
    if (options.token && std::filesystem::path{*options.token}.lexically_normal() ==
                             std::filesystem::path{out}.lexically_normal())
        return refused_option("--out and --token name the same file, " + wan::printable(out, 1000) +
                              "; the token would replace the video");
    const auto probe = out + ".part";
    std::error_code ignored;
    const auto there = std::filesystem::status(out, ignored).type();
    const bool replaceable =
        there == std::filesystem::file_type::not_found || there == std::filesystem::file_type::regular;
    if (replaceable && is_there(out) && !options.force)
        return refused_option("--out: " + wan::printable(out, 1000) +
                              " exists already; --force replaces it, and another name keeps it");
    auto* file = replaceable ? std::fopen(probe.c_str(), "ab") : nullptr;
    if (file == nullptr)
        return wan::error{.category = wan::error_category::storage,
                          .message =
                              "--out: cannot write " + out + (replaceable ? "" : ": it is no regular file")};
    std::fclose(file);
    if (std::filesystem::file_size(probe, ignored) == 0) std::filesystem::remove(probe, ignored);
    return {};
}

/// The commands that go on, for a person. Those that the service or the options do not offer are empty.
struct ways_on {
    std::string list;
    std::function<std::string(std::string_view task_id)> query;
    std::function<std::string(const wan::error&)> about_the_key;
    std::function<void(wan::error&)> redact; ///< takes the key out
};

ways_on ways_on_from(const wan::provider& who, const wait_options& options) {
    const wan::provider without_key{
        .dialect = who.dialect, .base_url = who.base_url, .key = {}, .region = who.region};
    return {.list = list_command(who, options),
            .query = [without_key, &options](
                         std::string_view task_id) { return query_command(without_key, options, task_id); },
            .about_the_key = [without_key, &options](
                                 const wan::error& why) { return about_the_key(why, without_key, options); },
            .redact = [key = who.key](wan::error& why) { wan::redact_key(key, why); }};
}

class session {
public:
    /// `kept` is what the token's file holds, if it is of this task.
    session(const wait_options& options, ways_on ways, kept_token kept = {})
        : options_(options), ways_(std::move(ways)), kept_(std::move(kept)),
          display_(options.quiet || options.json), http_([this] { return aborted(); }) {}

    report wait_for(wan::task task, std::vector<wan::violation> warnings) {
        report r{.outcome = {}, .saved = {}, .violations = std::move(warnings)};
        r.outcome = wan::run(
            std::move(task), [this](const wan::http_request& request) { return execute(request); },
            run_options());
        r.stopped_by_user = interrupted();
        r.video_on_stdout = writes_video_to_stdout(options_);
        if (r.outcome.video && options_.out) download(r);
        r.advice = how_to_go_on(r);
        if (options_.token && (r.outcome.is_resumable() || is_left_there(r)))
            r.resume_command = resume_command(options_);
        display_.end_live_line();
        return r;
    }

    void say(std::string_view text) { display_.say(text); }

private:
    wan::http_result execute(const wan::http_request& request) {
        // The answer to a submit may name a task that is paid for: it is awaited even when the user has had
        // enough.
        may_abort_ = request.method == wan::http_method::get || is_upload_;
        return http_(request);
    }

    bool aborted() {
        display_.tick();
        return may_abort_ && interrupted();
    }

    wan::run_options run_options() {
        wan::run_options how;
        how.on_progress = [this](const wan::progress& p) {
            is_upload_ = p.state == wan::task_state::uploading;
            display_.update(p);
        };
        how.stop_requested = [this] {
            display_.tick();
            return interrupted();
        };
        if (options_.token)
            how.save_token = [this](const wan::resume_token& token) {
                kept_.token = token;
                return save();
            };
        return how;
    }

    wan::result<void> save() {
        auto saved = write_token(*options_.token, kept_);
        if (!saved) say("wan: " + to_string(saved.error()));
        return saved;
    }

    void download(report& r) {
        may_abort_ = true;
        const auto expires_at = expiry_of(*r.outcome.video);
        std::optional<temporary_video> passing;
        if (r.video_on_stdout) passing.emplace();
        auto video =
            cli::download(http_, r.outcome.video->url, passing ? passing->file() : *options_.out,
                          {.expires_at = expires_at,
                           .stopped = [this] { return aborted(); },
                           .on_progress = [this](auto now, auto total) { display_.downloading(now, total); },
                           .on_retry =
                               [this](std::string_view what) {
                                   wan::error said{.category = wan::error_category::transport,
                                                   .message = std::string{what}};
                                   ways_.redact(said);
                                   note(said.message);
                               }});
        if (video && passing)
            if (auto written = passing->write_to_stdout(); !written) video = std::move(written).error();
        if (video) {
            if (options_.token) mark_as_fetched();
            r.saved = saved_video{*options_.out, video->bytes, expires_at, video->warning};
            return;
        }
        r.outcome.error = not_downloaded(video.error());
        ways_.redact(*r.outcome.error);
        r.stopped_by_user = interrupted();
    }

    /// Only now is there nothing to lose any more: after a crash before this the file still guards the task.
    void mark_as_fetched() {
        kept_.is_fetched = true;
        (void)save();
    }

    void note(std::string_view text) {
        if (!options_.quiet && !options_.json) say("wan: " + std::string{text});
    }

    /// Its video is made and was to be fetched, and is not here.
    static bool is_left_there(const report& r) {
        return r.outcome.succeeded() && r.outcome.error && !r.saved;
    }

    /// What to do about a task that is not at its end, or whose video is not here.
    std::string how_to_go_on(const report& r) const {
        const auto key = r.outcome.error ? ways_.about_the_key(*r.outcome.error) : std::string{};
        const bool goes_on = r.outcome.is_resumable() || is_left_there(r);
        return key + (key.empty() || !goes_on ? "" : "; with the right key, ") +
               (goes_on ? command_that_goes_on(r) : "");
    }

    std::string command_that_goes_on(const report& r) const {
        if (r.outcome.ending == wan::task_ending::submit_unknown) return how_to_find_it();
        if (options_.token) return "go on with `" + resume_command(options_) + "`";
        return "ask for the task with `" + ways_.query(r.outcome.task_id) +
               "`; with --token FILE `wan resume` could go on with it";
    }

    /// Of a task that may be there, and paid for.
    std::string how_to_find_it() const {
        std::string text = "the submit may have been accepted, and would be paid for; before another one, ";
        if (ways_.list.empty())
            return text +
                   "look in the service's console: the service has no list of tasks that `wan` could ask";
        if (options_.token)
            text += "go on with `" + resume_command(options_) + "`" +
                    (options_.sole_user ? ""
                                        : " (with --sole-user, if no other program submits with this "
                                          "account, it takes the one listed task that fits)") +
                    ", or ";
        return text + "look for it with `" + ways_.list + "`";
    }

    const wait_options& options_;
    const ways_on ways_;
    kept_token kept_;
    display display_;
    bool may_abort_ = true;
    bool is_upload_ = false;
    wan::executors::curl http_;
};

int refuse(wan::error why, const wait_options& options) {
    return print(refusal(std::move(why)), options.json, options.quiet);
}

/// For showing the request: in the place of each file that must be uploaded a name for what it will be.
template <class Request>
std::vector<planned_upload> name_uploads(const wan::provider& who, Request& request) {
    std::vector<planned_upload> uploads;
    const auto ways = wan::media_support_of(*who.dialect);
    wan::for_each_medium(request, [&](std::string_view field, wan::media& medium) {
        if (wan::media_route_of(ways, wan::media_kind_of(field), medium) != wan::media_route::upload) return;
        uploads.push_back({std::string{field}, std::string{medium.name()}, medium.bytes()->size()});
        medium = wan::media{"oss://<" + std::string{medium.name()} + ", " +
                            std::to_string(medium.bytes()->size()) + " bytes, uploaded>"};
    });
    return uploads;
}

template <class Request>
int run_job(const job_options<Request>& options) {
    const auto& wait = options.wait;
    auto who = find_provider(options.provider, wait);
    if (!who) return refuse(std::move(who).error(), wait);

    auto found = options.what_for == purpose::check ? std::vector<wan::violation>{} : check(*who, wait);
    bool refused = !found.empty();
    auto request = options.request;
    if (options.resolution) {
        if (const auto tier = wan::parse_resolution(*options.resolution)) {
            request.resolution = *tier;
        } else {
            const auto why = tier.error(); // a copy: `error()` returns by value
            found.insert(found.end(), why.violations.begin(), why.violations.end());
            refused = true;
        }
    }
    auto broken = open_media(request, options.transfer);
    refused = refused || !broken.empty();
    if (broken.empty()) broken = wan::validate(*who, request);
    name_files(request, broken);
    if (options.resolution && !request.resolution) // given, and refused above: it is not missing
        std::erase_if(broken, [](const wan::violation& v) { return v.field == "resolution"; });
    std::move(broken.begin(), broken.end(), std::back_inserter(found));
    const auto strictness = options.strict ? wan::strictness::strict : wan::strictness::standard;
    for (const auto& v : found) refused = refused || wan::refuses(strictness, v.rule, v.severity);
    if (refused) return refuse(wan::refusal(std::move(found)), wait);

    if (options.what_for == purpose::check)
        return print(
            {.outcome = {}, .state = wan::task_state::ready, .saved = {}, .violations = std::move(found)},
            wait.json, wait.quiet);
    const auto print_warnings = [&] {
        for (const auto& v : found)
            if (!wait.quiet && !wait.json) std::fprintf(stderr, "wan: warning: %s\n", v.message.c_str());
    };
    if (options.what_for == purpose::dry_run) {
        const auto uploads = name_uploads(*who, request);
        // what refuses it has done so above
        const auto submit = wan::make_submit(*who, request, wan::strictness::off);
        if (!submit) return refuse(submit.error(), wait);
        print_warnings();
        print_dry_run(*submit, uploads);
        return video_made;
    }
    if (auto writable = check_out(wait); !writable) return refuse(writable.error(), wait);
    file_lock lock;
    if (wait.token) {
        if (auto locked = lock.acquire(*wait.token); !locked) return refuse(locked.error(), wait);
        if (auto free = may_overwrite(wait); !free) return refuse(free.error(), wait);
    }

    auto ways = ways_on_from(*who, wait);
    auto task = wan::make_task(*std::move(who), request, clock_here(), to_policy(wait), strictness);
    if (!task) return refuse(std::move(task).error(), wait);
    print_warnings();
    return print(session{wait, std::move(ways)}.wait_for(
                     *std::move(task), wait.json ? std::move(found) : std::vector<wan::violation>{}),
                 wait.json, wait.quiet);
}

} // namespace

#define CLI_JOB(name)                                                                                        \
    int name(const job_options<wan::name>& options) { return run_job(options); }
WAN_FOR_EACH_JOB(CLI_JOB)
#undef CLI_JOB

namespace {

/// Whether the file is the video of the task in the token, as after a crash between the video's last step and
/// the token's: the task has succeeded, and the file is a whole video that was written after the submit.
bool is_its_video(const kept_token& kept, const std::string& file) {
    if (kept.token.ending != wan::task_ending::succeeded) return false;
    const auto written = written_at(file);
    return written && *written >= kept.token.started_at.value_or(0) && is_whole_video(file);
}

int take_what_is_there(const kept_token& kept, const wait_options& options) {
    report r{.outcome = {.ending = wan::task_ending::succeeded,
                         .task_id = kept.token.task_id,
                         .model = kept.token.model},
             .saved = {},
             .violations = {}};
    r.outcome.video.emplace();
    std::error_code ignored;
    r.saved = saved_video{*options.out, std::filesystem::file_size(*options.out, ignored)};
    r.advice = *options.out + " is there already, whole, and was written after the submit: it is taken as "
                              "the task's video; --force fetches it again";
    if (!kept.is_fetched)
        if (auto saved = write_token(*options.token, {.token = kept.token, .is_fetched = true}); !saved)
            return refuse(saved.error(), options);
    return print(r, options.json, options.quiet);
}

/// Says what a token without a task is worth.
wan::error about_no_task(wan::error why, const kept_token& kept, const wait_options& options) {
    if (kept.token.task_id.empty() && !wan::is_submit_open(kept.token))
        why.message = "the token in " + *options.token +
                      " names no task: nothing was submitted when it was written (" +
                      std::string{kept.token.state_name()} +
                      "), and nothing is lost; remove the file, or run the command that wrote it again";
    return why;
}

} // namespace

int resume(const wait_options& options) {
    if (const auto readable = load_token(*options.token); !readable) return refuse(readable.error(), options);
    file_lock lock;
    if (auto locked = lock.acquire(*options.token); !locked) return refuse(locked.error(), options);
    auto kept = load_token(*options.token); // again, because another process may have had it
    if (!kept) return refuse(kept.error(), options);
    if (options.out && !options.force && is_its_video(*kept, *options.out))
        return take_what_is_there(*kept, options);
    auto who = provider_of(kept->token, options);
    if (!who) return refuse(about_no_task(std::move(who).error(), *kept, options), options);
    if (auto found = check(*who, options); !found.empty())
        return refuse(wan::refusal(std::move(found)), options);
    if (auto writable = check_out(options); !writable) return refuse(writable.error(), options);
    auto ways = ways_on_from(*who, options);
    auto task = wan::resume_task(*std::move(who), kept->token, clock_here(), to_policy(options));
    if (!task) return refuse(about_no_task(std::move(task).error(), *kept, options), options);
    return print(session{options, std::move(ways), *std::move(kept)}.wait_for(*std::move(task), {}),
                 options.json, options.quiet);
}

} // namespace cli
