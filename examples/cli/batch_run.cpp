// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "batch_run.hpp"

#include "cli/prices.hpp"
#include "clock_check.hpp"
#include "gallery_command.hpp"
#include "interrupt.hpp"
#include "model_hint.hpp"
#include "options.hpp"
#include "providers.hpp"

#include <wan/printable.hpp>
#include <wan/protocol/redact_key.hpp>
#include <wan/task/start.hpp>
#include <wan/wan.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <thread>
#include <utility>

namespace cli {

namespace {

using clock = std::chrono::steady_clock;

} // namespace

batch_run::batch_run(const batch_options& options, batch_plan& planned)
    : options_(options), planned_(planned), display_(options.wait.quiet || options.wait.json),
      downloads_([] { return interrupted(); }, longest_stall(options.wait)), tasks_(*planned.who) {
    all_.shots.resize(planned.shots.size());
    all_.has_list = planned.who->dialect->list.offered();
}

int batch_run::run() {
    for (const auto& v : planned_.warnings) note("wan: warning: " + v.message);
    if (auto ready = start(); !ready) return refuse(std::move(ready).error(), options_.wait);
    if (rejected_) return print(*rejected_, options_.wait.json, options_.wait.quiet);
    while (is_busy()) turn();
    (void)commit();
    if (tasks_.learned() != learned_)
        if (auto kept = planned_.book.keep_learned(tasks_.learned()); !kept)
            note("wan: warning: " + kept.error().message);
    if (auto page = write_gallery_of(planned_.book.directory(), options_.out_dir); page)
        all_.gallery = *std::move(page);
    else
        note("wan: warning: there is no gallery: " + page.error().message);
    display_.end_live_line();
    all_.cost = cost_of(all_, planned_.shots, planned_.currency);
    return print(all_, planned_.shots, planned_.warnings, options_);
}

wan::result<void> batch_run::start() {
    const auto how =
        std::make_shared<const wan::policy>(policy_of_shots(options_.wait, planned_.book.task_ids()));
    const auto today = clock_of_all(how->query_timeout);
    if (!today) {
        rejected_ = service_said_no_to(today.error());
        rejected_->advice = about_the_key(*rejected_->outcome.error, *planned_.who, options_.wait);
        return {};
    }
    set_limits();
    auto learned = planned_.book.learned();
    if (!learned) return std::move(learned).error();
    learned_ = *std::move(learned);
    tasks_.set_learned(learned_);
    learned_ = tasks_.learned();
    std::size_t done_before = 0;
    for (std::size_t i = 0; i < planned_.shots.size(); ++i) {
        if (planned_.plans[i].is_over()) {
            record_found(i);
            ++done_before;
            settle_before(i);
        } else if (planned_.plans[i].is_too_dear) {
            leave_out(i);
        } else if (auto begun = begin(i, *today, how); !begun) {
            return begun;
        }
    }
    contest_others();
    ended_before_ = ended_;
    began_ = clock::now();
    if (auto kept = planned_.book.commit(); !kept) return kept;
    if (done_before != 0)
        note(std::to_string(done_before) + " of " + std::to_string(planned_.shots.size()) +
             " shots had already ended");
    return {};
}

/// Returns the wall clock of all tasks. It is checked if anything is to be sent.
wan::result<wan::wall_clock> batch_run::clock_of_all(wan::milliseconds timeout) {
    const bool has_work = std::any_of(planned_.plans.begin(), planned_.plans.end(),
                                      [](const shot_plan& p) { return !p.is_over(); });
    if (!has_work) return clock_here();
    const auto warn = [this](std::string_view text) { note("wan: warning: " + std::string{text}); };
    return checked_clock(*planned_.who, clock_here(), timeout, warn);
}

wan::result<void> batch_run::begin(std::size_t i, const wan::wall_clock& today,
                                   const std::shared_ptr<const wan::policy>& how) {
    const auto& p = planned_.plans[i];
    const auto& s = planned_.shots[i];
    if (const auto* entry = planned_.book.find(s.id); entry != nullptr && entry->end) {
        all_.before[i] = *entry->end;
        note(s.id + "  the previous run ended with " + in_words(*entry->end));
    }
    // To download or to search, no files are needed.
    const bool has_files = s.unreadable.empty() || (p.token && !p.token->task_id.empty());
    auto task = !p.token
                    ? wan::make_task(planned_.who, s.request, today, how,
                                     options_.strict ? wan::strictness::strict : wan::strictness::standard)
                : has_files ? wan::resume_task(planned_.who, *p.token, s.request, today, how)
                            : wan::resume_task(planned_.who, *p.token, today, how);
    if (!task) {
        auto why = std::move(task).error();
        why.message = "line " + std::to_string(s.line) + " (" + s.id + "): " + why.message;
        return why;
    }
    tasks_.add(*std::move(task), 0, i);
    return {};
}

/// Replaces the documented limits of each model with those of the options.
void batch_run::set_limits() {
    std::set<std::string, std::less<>> models;
    for (const auto& s : planned_.shots) models.emplace(wan::model_of(*planned_.who, s.request));
    for (const auto& model : models) {
        auto limits = tasks_.limits(model);
        if (options_.max_running) limits.running_tasks = *options_.max_running;
        if (options_.submits_per_second) limits.submits_per_second = *options_.submits_per_second;
        tasks_.set_limits(model, limits);
    }
}

/// Reserves the tasks of other unconfirmed submits (of shots that are no longer in the file, or are submitted
/// again), so that no shot of this run adopts them.
void batch_run::contest_others() {
    std::set<std::string> resumed;
    for (std::size_t i = 0; i < planned_.shots.size(); ++i)
        if (planned_.plans[i].token) resumed.insert(planned_.shots[i].id);
    for (const auto& token : planned_.book.given_up()) tasks_.contest(token);
    for (const auto& [id, entry] : planned_.book.entries())
        if (entry.current() != nullptr && !resumed.contains(id)) tasks_.contest(entry.current()->token);
}

/// Records a video that exists, but is not in the state yet.
void batch_run::record_found(std::size_t i) {
    const auto& s = planned_.shots[i];
    if (!planned_.plans[i].is_done || planned_.book.find(s.id)->made) return;
    std::error_code ignored;
    record_video(i, std::filesystem::file_size(planned_.video_of(s), ignored));
}

void batch_run::record_video(std::size_t i, std::uint64_t bytes) {
    const auto& s = planned_.shots[i];
    planned_.book.record_video(
        s.id, {.file = std::filesystem::absolute(planned_.video_of(s)).string(), .bytes = bytes});
}

/// Reports a shot as the previous run left it.
void batch_run::settle_before(std::size_t i) {
    const auto& s = planned_.shots[i];
    auto& r = all_.shots[i];
    const auto& entry = *planned_.book.find(s.id);
    const auto& token = entry.current()->token;
    r.outcome.task_id = token.task_id;
    r.outcome.model = token.model;
    if (token.ending)
        r.outcome.ending = *token.ending;
    else
        r.state = token.state;
    if (entry.end && !planned_.plans[i].is_done) {
        r.outcome.status = entry.end->status;
        r.outcome.error = entry.end->error;
        note(line_of(s.id, r));
    }
    if (planned_.plans[i].is_done && entry.made->file.empty())
        r.outcome.video = wan::video{.url = entry.made->url};
    else if (planned_.plans[i].is_done)
        r.saved = saved_video{planned_.video_of(s), entry.made->bytes};
    ++ended_;
}

/// Reports a shot that is not submitted because of --max-cost.
void batch_run::leave_out(std::size_t i) {
    auto& r = all_.shots[i];
    const auto& s = planned_.shots[i];
    r.outcome.ending = wan::task_ending::stopped;
    r.stopped_by_user = true;
    r.outcome.error = max_cost_reached(s.cost ? std::optional{s.cost->amount} : std::nullopt,
                                       planned_.currency, *options_.max_cost);
    note(line_of(s.id, r));
    ++ended_;
}

bool batch_run::is_busy() const {
    return http_.running() != 0 || downloads_.size() != 0 || tasks_.size() != 0;
}

void batch_run::turn() {
    if ((interrupted() || all_.disk) && !std::exchange(all_.is_stopping, true)) {
        note("stopping; waiting for the requests in flight");
        tasks_.stop_all();
    }
    const auto wake_at = send_all();
    while (const auto retry = downloads_.next_retry())
        note(planned_.shots[retry->which].id + "  " + retry->what);
    while (auto end = downloads_.next()) on_download(*end);
    show();
    constexpr std::chrono::milliseconds slice{50};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(wake_at - clock::now());
    const auto at_most =
        wake_at == wan::time_point::max() ? slice : std::clamp(left, std::chrono::milliseconds{0}, slice);
    if (http_.running() != 0)
        (void)http_.poll(at_most);
    else
        std::this_thread::sleep_for(at_most);
}

/// Sends all due requests and begins all due downloads, after their tokens are on the disk. Returns the time
/// at which there is more to do.
wan::time_point batch_run::send_all() {
    std::vector<due> all;
    auto wake_at = wan::time_point::min();
    while (wake_at == wan::time_point::min()) {
        const auto todo = tasks_.next(clock::now());
        if (todo.step.is_send()) {
            save(todo.task);
            all.push_back({todo.task, todo.step.request_kind(), todo.step.request()});
        } else if (todo.step.is_done()) {
            finish(todo);
        } else {
            wake_at = todo.step.wake_at();
        }
    }
    const bool is_kept = commit();
    for (auto& each : all) send(std::move(each), is_kept);
    for (auto& video : std::exchange(videos_, {})) fetch(std::move(video), is_kept);
    return wake_at;
}

void batch_run::note(std::string_view line) {
    if (!options_.wait.quiet && !options_.wait.json) display_.say(line);
}

/// Records the task's token. It is on the disk after the next commit.
void batch_run::save(wan::scheduler::handle of) {
    const auto* t = tasks_.find(of);
    if (t == nullptr) return;
    const auto& s = planned_.shots[static_cast<std::size_t>(*tasks_.tag(of))];
    planned_.book.record(s.id, s.fingerprint, t->token());
}

/// Writes what was recorded. Returns whether it is on the disk.
bool batch_run::commit() {
    auto kept = planned_.book.commit();
    if (kept) return true;
    if (!all_.disk) display_.say("wan: " + to_string(kept.error()));
    all_.disk = std::move(kept).error();
    return false;
}

void batch_run::send(due&& each, bool is_kept) {
    // Without a saved token, the task of a submit could not be found again.
    if (each.kind == wan::request_kind::submit && !is_kept) {
        tasks_.receive(each.task, wan::transport_error{wan::delivery::not_sent, all_.disk->message},
                       clock::now());
        return;
    }
    http_(std::move(each.request), [this, of = each.task](wan::http_result response) {
        tasks_.receive(of, std::move(response), clock::now());
        save(of);
    });
}

void batch_run::fetch(downloads::job&& video, bool is_kept) {
    // The next run would reject the file of a shot whose task has not succeeded according to the state.
    if (is_kept) return downloads_.add(std::move(video));
    all_.shots[video.which].outcome.error = not_downloaded(*all_.disk);
    report_end(video.which);
}

void batch_run::finish(const wan::scheduler::action& todo) {
    const auto i = static_cast<std::size_t>(todo.tag);
    save(todo.task);
    auto& r = all_.shots[i];
    r.outcome = in_option_words(todo.step.outcome());
    suggest_model(r.outcome, *planned_.who, wan::job_in(planned_.shots[i].request));
    r.stopped_by_user = all_.is_stopping;
    if (r.outcome.video && options_.no_download) {
        planned_.book.record_video(planned_.shots[i].id, {.url = r.outcome.video->url,
                                                          .url_expires_at = expiry_of(*r.outcome.video)});
        r.stopped_by_user = false;
        return report_end(i);
    }
    if (r.outcome.video && !all_.is_stopping) {
        const auto file = planned_.video_of(planned_.shots[i]);
        videos_.push_back({.which = i,
                           .url = r.outcome.video->url,
                           .file = file,
                           .expires_at = expiry_of(*r.outcome.video)});
        return;
    }
    if (r.outcome.video) r.outcome.error = not_downloaded({.message = "stopped"});
    report_end(i);
}

void batch_run::on_download(const downloads::end& end) {
    auto& r = all_.shots[end.which];
    const auto& s = planned_.shots[end.which];
    if (end.video) {
        r.saved = saved_video{
            .file = planned_.video_of(s), .bytes = end.video->bytes, .warning = end.video->warning};
        record_video(end.which, end.video->bytes);
    } else {
        r.stopped_by_user = interrupted();
        r.outcome.error = not_downloaded(end.video.error());
        wan::redact_key(planned_.who->key, *r.outcome.error);
    }
    report_end(end.which);
}

void batch_run::report_end(std::size_t i) {
    ++ended_;
    const auto& r = all_.shots[i];
    const auto& s = planned_.shots[i];
    const bool is_made = r.saved || (r.outcome.video && !r.outcome.error);
    if (!is_made && !r.stopped_by_user) planned_.book.record_end(s.id, r.outcome);
    if (all_.disk)
        display_.say(line_of(s.id, r)); // the state could not record it
    else
        note(line_of(s.id, r));
}

void batch_run::show() {
    if (!display_.is_due()) return;
    std::size_t waiting = 0;
    std::string running;
    tasks_.for_each([&](wan::scheduler::handle, const wan::task& t, std::uint64_t tag) {
        const bool waits = t.state() == wan::task_state::ready || t.state() == wan::task_state::backing_off;
        waiting += waits;
        if (waits || running.size() > 200) return;
        const auto word =
            t.progress().status.empty() ? std::string_view{to_wire(t.state())} : t.progress().status;
        running.append(running.empty() ? "" : ", ")
            .append(planned_.shots[static_cast<std::size_t>(tag)].id)
            .append(" ")
            .append(wan::printable(word, 20));
    });
    display_.show(to_line({.shots = all_.shots.size(),
                           .ended = ended_,
                           .ended_before = ended_before_,
                           .running = tasks_.running(),
                           .waiting = waiting,
                           .downloading = downloads_.size(),
                           .elapsed = clock::now() - began_,
                           .tasks = std::move(running)},
                          display_.is_live()));
}

} // namespace cli
