// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "session.hpp"

#include "cli/downloads/download.hpp"
#include "cli/files/storage.hpp"
#include "interrupt.hpp"
#include "providers.hpp"

#include <wan/protocol/redact_key.hpp>
#include <wan/run/blocking.hpp>

#include <filesystem>
#include <optional>
#include <utility>

namespace cli {

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

report session::wait_for(wan::task task, std::vector<wan::violation> warnings) {
    report r{.outcome = {}, .saved = {}, .violations = std::move(warnings)};
    r.outcome = in_option_words(wan::run(
        std::move(task), [this](const wan::http_request& request) { return execute(request); },
        run_options()));
    r.stopped_by_user = interrupted();
    r.video_on_stdout = writes_video_to_stdout(options_);
    if (r.outcome.video && options_.out) download(r);
    r.advice = how_to_go_on(r);
    if (options_.token && (r.outcome.is_resumable() || is_left_there(r)))
        r.resume_command = resume_command(options_);
    display_.end_live_line();
    return r;
}

wan::http_result session::execute(const wan::http_request& request) {
    // The response to a submit may name a task that is paid for: wait for it even when the user stopped.
    may_abort_ = request.method == wan::http_method::get || is_upload_;
    return http_(request);
}

bool session::aborted() {
    display_.tick();
    return may_abort_ && interrupted();
}

wan::run_options session::run_options() {
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

wan::result<void> session::save() {
    auto saved = write_token(*options_.token, kept_);
    // Before a submit, the run ends with this error and reports it.
    const bool ends_the_run = kept_.token.state == wan::task_state::submitting && !kept_.token.ending;
    if (!saved && !ends_the_run) say("wan: " + to_string(saved.error()));
    return saved;
}

void session::download(report& r) {
    may_abort_ = true;
    const auto expires_at = expiry_of(*r.outcome.video);
    std::optional<temporary_video> passing;
    if (r.video_on_stdout) passing.emplace();
    auto video = cli::download(
        http_, r.outcome.video->url, passing ? passing->file() : *options_.out,
        {.expires_at = expires_at,
         .stopped = [this] { return aborted(); },
         .on_progress = [this](auto now, auto total) { display_.downloading(now, total); },
         .on_retry =
             [this](std::string_view what) {
                 wan::error said{.category = wan::error_category::transport, .message = std::string{what}};
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

void session::mark_as_fetched() {
    kept_.is_fetched = true;
    kept_.fetched_file = std::filesystem::absolute(*options_.out).lexically_normal().string();
    (void)save();
}

void session::note(std::string_view text) {
    if (!options_.quiet && !options_.json) say("wan: " + std::string{text});
}

bool session::is_left_there(const report& r) { return r.outcome.succeeded() && r.outcome.error && !r.saved; }

std::string session::how_to_go_on(const report& r) const {
    const auto key = r.outcome.error ? ways_.about_the_key(*r.outcome.error) : std::string{};
    const bool goes_on = r.outcome.is_resumable() || is_left_there(r);
    return key + (key.empty() || !goes_on ? "" : "; once the key is right, ") +
           (goes_on ? command_that_goes_on(r) : "");
}

std::string session::command_that_goes_on(const report& r) const {
    if (r.outcome.ending == wan::task_ending::submit_unknown) return how_to_find_it();
    if (options_.token) return "continue with `" + resume_command(options_) + "`";
    return "query the task with `" + ways_.query(r.outcome.task_id) +
           "`; with --token FILE, `wan resume` could have continued it";
}

std::string session::how_to_find_it() const {
    std::string text = "the provider may have accepted the submit, and may charge for it; ";
    const auto go_on = options_.token ? resume_command(options_) : std::string{};
    const auto adopt = options_.token ? "continue with `" + go_on + " --adopt TASK_ID`" : std::string{};
    // The error says to check the console.
    if (ways_.list.empty())
        return text +
               "this provider offers no list of tasks; only its console shows whether the task exists" +
               (options_.token ? "; if it does, " + adopt : "");
    text += "before you submit again, ";
    if (options_.token)
        text += "continue with `" + go_on + "`" +
                (options_.sole_user ? ""
                                    : " (add --sole-user if no other program submits with this account: the "
                                      "only matching task is then adopted)") +
                ", or ";
    return text + "search for the task with `" + ways_.list + "` and " +
           (options_.token ? adopt : "get its video with `" + ways_.query("TASK_ID") + "`");
}

} // namespace cli
