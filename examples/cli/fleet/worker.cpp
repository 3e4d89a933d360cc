// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/worker.hpp"

#include "cli/batch_report.hpp"
#include "cli/files/media_files.hpp"
#include "cli/interrupt.hpp"
#include "cli/prices.hpp"

#include <wan/request/json.hpp>
#include <wan/wan.hpp>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <thread>
#include <variant>

namespace cli {

namespace {

using namespace std::chrono_literals;

/// Shots that a worker drives at once, at most.
constexpr std::size_t most_shots = 256;
/// Shots that it claims at once, at most, so that others get some as well.
constexpr std::size_t most_claimed = 16;
/// With so many downloads, it claims no more videos, so that its other shots have room.
constexpr std::size_t most_downloads = 16;
std::chrono::milliseconds about(std::chrono::milliseconds time) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    return std::chrono::milliseconds{
        std::uniform_int_distribution<std::int64_t>{time.count() * 3 / 4, time.count() * 5 / 4}(random)};
}

} // namespace

worker::worker(const worker_options& options, std::shared_ptr<const wan::provider> who, fleet_store& store,
               const wan::wall_clock& today, display& shown)
    : options_(options), who_(std::move(who)), store_(store), today_(today), display_(shown),
      files_(options.out_dir, options.wait),
      downloads_([] { return interrupted(); }, longest_stall(options.wait)), tasks_(*who_),
      siblings_(store, tasks_),
      policy_(std::make_shared<const wan::policy>(policy_of_shots(options.wait, siblings_.task_ids()))) {
    beat_at_ = clock::now(); // it then knows how many share the limits
    share_limits(1);
    if (const auto learned = store_.learned()) tasks_.set_learned(*learned); // otherwise it learns again
    learned_ = tasks_.learned();
}

wan::result<worker::ending> worker::run(bool until_empty) {
    const auto is_idle = [this] { return shots_.empty() && http_.running() == 0; };
    for (;;) {
        if ((interrupted() || unusable_) && !std::exchange(is_stopping_, true)) {
            note("stopping; waiting for the requests in flight; other workers can continue the shots");
            tasks_.stop_all();
        }
        turn();
        if (is_lease_lost_) return ending::lease_lost;
        const bool is_stopped = is_stopping_ && (is_idle() || !store_.held()->holds());
        const bool is_empty = until_empty && is_idle() && !is_anything_left_;
        if (is_stopped || is_empty) keep_learned();
        if (is_stopped) {
            if (unusable_) return *std::move(unusable_);
            return ending::stopped;
        }
        if (is_empty) return ending::no_shots_left;
    }
}

void worker::turn() {
    const bool is_quiet = submits_.is_any_near(transactions_at_);
    if (!is_quiet) {
        beat();
        claim();
        if (is_lease_lost_) return;
        settle_siblings();
    }
    const auto wake_at = act();
    if (!is_quiet) {
        commit();
        if (is_lease_lost_) return;
        transactions_at_ = clock::now();
    }
    send_submits();
    while (const auto retry = downloads_.next_retry())
        if (const auto of = shots_.find(static_cast<std::int64_t>(retry->which)); of != shots_.end())
            note(of->second.row().name + "  " + retry->what);
    while (auto end = downloads_.next()) on_download(*end);
    show();
    auto until = (std::min)(wake_at, clock::now() + 50ms);
    if (!is_quiet) until = (std::min)(until, beat_at_);
    if (claim_at_ > clock::now()) until = (std::min)(until, claim_at_);
    until = (std::min)(until, submits_.wake_at());
    const auto left = (std::max)(0ms, std::chrono::ceil<std::chrono::milliseconds>(until - clock::now()));
    if (http_.running() != 0)
        (void)http_.poll(left);
    else
        std::this_thread::sleep_for(left);
}

/// Prolongs the lease.
void worker::beat() {
    if (clock::now() < beat_at_) return;
    const auto living = store_.beat();
    if (!living) {
        beat_at_ = clock::now() + about(500ms);
        if (living.error().category == wan::error_category::token) unusable_ = living.error();
        return report_trouble(living.error());
    }
    if (trouble_seen_ && clock::now() - *trouble_seen_ > 5s) { // claims and commits succeed as well
        trouble_seen_.reset();
        note("the database answers again");
    }
    if (*living == 0) return lose_lease();
    workers_ = *living;
    beat_at_ = clock::now() + options_.terms.lease / 3;
    share_limits(*living);
    cancel_asked();
    keep_learned();
}

/// Writes how long the tasks took, if that has changed.
void worker::keep_learned() {
    auto learned = tasks_.learned();
    if (learned == learned_) return;
    if (const auto kept = store_.keep_learned(learned); !kept) return report_trouble(kept.error());
    learned_ = std::move(learned);
}

/// Cancels what a person wants to be canceled. A provider may refuse that; then the task continues.
void worker::cancel_asked() {
    const auto ids = store_.to_cancel();
    if (!ids) return report_trouble(ids.error());
    for (const auto id : *ids) {
        const auto shot = shots_.find(id);
        if (shot == shots_.end() || std::exchange(shot->second.is_cancel_asked, true)) continue;
        note(shot->second.row().name + "  a person wants it to be canceled");
        (void)tasks_.cancel(shot->second.task); // its end may be reported just now
    }
}

void worker::lose_lease() {
    store_.held()->end();
    is_lease_lost_ = true;
}

void worker::report_trouble(const wan::error& why) {
    const bool is_new = !trouble_seen_;
    trouble_seen_ = clock::now();
    if (is_new) note("wan: warning: " + why.message + "; until it succeeds, this worker submits nothing");
}

/// The provider's limits are those of all workers together. Submits and running tasks are limited by the
/// store.
void worker::share_limits(unsigned workers) {
    auto limits = wan::limits_of(*who_);
    for (auto* each : {&limits.queries_per_second, &limits.lists_per_second, &limits.cancels_per_second})
        *each = *each <= 0 ? *each : (std::max)(*each / workers, 0.01);
    tasks_.set_limits(limits);
}

void worker::claim() {
    const auto now = clock::now();
    if (is_lease_lost_ || is_stopping_ || now < claim_at_ || shots_.size() >= most_shots) return;
    if (shots_.size() == 1 && shots_.begin()->second.row().deaths >= most_deaths) return; // it stays alone
    const auto at_most = (std::min)(most_claimed, most_shots - shots_.size());
    std::set<std::int64_t> driven;
    for (const auto& [id, shot] : shots_) driven.insert(id);
    auto claimed = store_.claim(at_most, driven, downloads_.size() < most_downloads);
    claim_at_ = clock::now() + about(200ms);
    if (!claimed) {
        beat_at_ = clock::now(); // the connection may be lost
        claim_at_ = clock::now() + about(1000ms);
        return report_trouble(claimed.error());
    }
    if (!*claimed) return lose_lease();
    for (auto& each : **claimed) begin(std::move(each));
    if (!(*claimed)->empty()) {
        is_anything_left_ = true;
        return;
    }
    if (!shots_.empty()) return;
    const auto left = store_.is_any_left();
    is_anything_left_ = !left || *left;
    if (left) tell_why_idle();
}

/// Says once, after two seconds, why it drives nothing although shots are left.
void worker::tell_why_idle() {
    if (!is_anything_left_) {
        idle_since_.reset();
        return;
    }
    if (!idle_since_) idle_since_ = clock::now();
    if (is_idle_told_ || clock::now() - *idle_since_ < 2s) return;
    is_idle_told_ = true;
    note(
        "this worker has nothing to do: the shots that are left belong to other workers, or wait; those of a "
        "worker that died can be continued when its lease has ended; `wan status` shows both");
}

void worker::begin(claimed_shot claimed) {
    idle_since_.reset();
    is_idle_told_ = false;
    const auto id = claimed.id;
    auto& shot = shots_.try_emplace(id, std::move(claimed)).first->second;
    const auto& row = shot.row();
    if (shot.token() && shot.token()->task_id.empty() && wan::is_submit_open(*shot.token()))
        note(row.name + "  its submit is unconfirmed; searching the provider's list for its task");
    if (row.end) note(row.name + "  the previous worker ended with " + in_words(*row.end));
    if (!row.damage.empty()) { // it may have been submitted: a person must decide
        shot.told.outcome.ending = wan::task_ending::invalid;
        shot.told.outcome.error = wan::error{.category = wan::error_category::token, .message = row.damage};
        shot.record_end({wan::task_ending::invalid, {}, shot.told.outcome.error});
        shot.close();
        return end_shot(shot);
    }
    const auto refuse = [&](wan::error why) {
        shot.told.outcome.ending = wan::task_ending::invalid;
        shot.told.outcome.error = std::move(why);
        shot.told.was_sent = false;
        shot.record_end({wan::task_ending::invalid, {}, shot.told.outcome.error});
        shot.put_back(60s); // perhaps another worker can read its files
        end_shot(shot);
    };
    const auto& token = shot.token();
    if (token && token->ending == wan::task_ending::succeeded && files_.has_video_of(row, *token)) {
        shot.told.outcome.ending = wan::task_ending::succeeded;
        shot.told.outcome.task_id = token->task_id;
        return keep_its_video(shot);
    }
    if (!token && !options_.no_download)
        if (auto free = files_.check_new(row); !free) return refuse(std::move(free).error());
    auto request = wan::read_request(row.request);
    if (!request) return refuse(std::move(request).error());
    const auto files =
        std::visit([&](auto& r) { return open_media(r, options_.transfer, row.folder); }, *request);
    const bool needs_files = !shot.token() || shot.token()->task_id.empty();
    if (needs_files && !files.empty()) return refuse(wan::refusal(of_line(row.line, row.name, files)));
    auto task = !shot.token()
                    ? wan::make_task(who_, *request, today_, policy_,
                                     options_.strict ? wan::strictness::strict : wan::strictness::standard)
                    : wan::resume_task(who_, *shot.token(), *request, today_, policy_);
    if (!task && token && token->base_url != who_->base_url) {
        note(row.name + "  its task is at " + wan::printable(token->base_url, 200) +
             "; a worker with that --base-url can continue it");
        shot.told.stopped_by_user = true; // it has not ended
        shot.put_back(5s);
        return end_shot(shot);
    }
    if (!task) return refuse(std::move(task).error());
    // The store has the lane's limits.
    tasks_.set_limits(row.model, {.submits_per_second = 0, .running_tasks = 0});
    shot.task = tasks_.add(*std::move(task), 0, static_cast<std::uint64_t>(id));
}

/// Collects the requests that are due. Returns the time at which there is more to do.
wan::time_point worker::act() {
    for (;;) {
        const auto now = clock::now();
        const auto todo = tasks_.next(now);
        if (!todo.step.is_send() && !todo.step.is_done()) return todo.step.wake_at();
        const auto id = static_cast<std::int64_t>(todo.tag);
        auto& shot = shots_.at(id);
        if (todo.step.is_done()) {
            if (const auto* t = tasks_.find(todo.task)) shot.record(t->token());
            finish(shot, in_option_words(todo.step.outcome()));
            continue;
        }
        shot.record(tasks_.find(todo.task)->token());
        due_request each{.task = todo.task, .shot = id, .request = todo.step.request(), .acted_at = now};
        if (todo.step.request_kind() != wan::request_kind::submit) {
            send(std::move(each));
            continue;
        }
        ask_for_permit(std::move(each));
    }
}

void worker::ask_for_permit(due_request&& each) {
    const auto passed = std::chrono::floor<std::chrono::milliseconds>(clock::now() - each.acted_at);
    shots_.at(each.shot).is_too_dear = false;
    shots_.at(each.shot).ask_for_permit((std::max)(each.request.timeout - passed, 0ms));
    submits_.ask(std::move(each));
}

/// Writes what has changed, and gives the submits their permits. Returns whether it is written.
bool worker::commit() {
    if (clock::now() < commit_at_) return false;
    std::vector<shot_change> changes;
    for (const auto& [id, shot] : shots_)
        if (shot.is_changed()) changes.push_back(shot.change());
    if (changes.empty()) return true;
    const auto written = store_.commit(changes);
    if (!written) {
        commit_at_ = clock::now() + about(300ms);
        beat_at_ = (std::min)(beat_at_, clock::now()); // the connection may be lost
        report_trouble(written.error());
        return false;
    }
    // A shot that was given up may be another's already, if the answer to an earlier commit was lost.
    const bool is_any_lost = std::any_of(written->lost.begin(), written->lost.end(),
                                         [this](std::int64_t id) { return !shots_.at(id).is_given_up(); });
    if (written->is_lease_lost || is_any_lost) {
        lose_lease();
        return false;
    }
    // Without a permit, a submit asks again a little later.
    for (auto& each : submits_.take(*written, about(100ms))) {
        shots_.at(each.shot).is_too_dear = true;
        refuse(std::move(each), "--max-cost would be exceeded");
    }
    for (auto at = shots_.begin(); at != shots_.end();) {
        auto& shot = at->second;
        if (shot.is_changed() && shot.is_given_up()) {
            at = shots_.erase(at);
        } else {
            if (shot.is_changed() && !written->too_dear.contains(at->first)) shot.written();
            ++at;
        }
    }
    return true;
}

/// Sends the submits whose permits are valid now.
void worker::send_submits() {
    using what = pending_submits::what;
    submits_.act(is_stopping_, [this](due_request&& each, what todo, std::chrono::milliseconds left) {
        switch (todo) {
        case what::ask_again: return ask_for_permit(std::move(each));
        case what::refuse_stopped: return refuse(std::move(each), "stopped");
        case what::refuse_late: return refuse(std::move(each), "there was no permit in time");
        case what::send: break;
        }
        if (!store_.held()->holds()) return refuse(std::move(each), "the lease has ended");
        // It reaches the provider no later than its token says.
        each.request.timeout = left;
        guard(each.request, store_.held());
        send(std::move(each));
    });
}

void worker::save_late() {
    std::vector<shot_change> changes;
    std::set<std::int64_t> driven;
    for (auto& [id, shot] : shots_) {
        driven.insert(id);
        // Whether an open submit was accepted is for the next owner to find out.
        if (shot.token() && shot.token()->task_id.empty() && wan::is_submit_open(*shot.token())) continue;
        if (!shot.is_given_up()) shot.put_back(0s);
        shot.give_up_permit();
        changes.push_back(shot.change());
    }
    if (const auto saved = store_.commit_late(changes, driven); !saved)
        note("wan: warning: " + saved.error().message);
}

void worker::refuse(due_request&& each, const char* why) {
    shots_.at(each.shot).is_late = true;
    shots_.at(each.shot).give_up_permit();
    tasks_.receive(each.task, wan::transport_error{wan::delivery::not_sent, why}, clock::now());
    shots_.at(each.shot).record(tasks_.find(each.task)->token());
}

void worker::send(due_request&& each) {
    http_(std::move(each.request), [this, of = each.task, id = each.shot](wan::http_result response) {
        on_response(of, id, of.kind, std::move(response));
    });
}

void worker::on_response(wan::scheduler::handle of, std::int64_t id, wan::request_kind kind,
                         wan::http_result response) {
    const auto shot = shots_.find(id);
    if (shot != shots_.end() && kind == wan::request_kind::list)
        if (auto learned = learn_siblings(shot->second); !learned)
            response = wan::transport_error{wan::delivery::maybe_sent, learned.error().message};
    tasks_.receive(of, std::move(response), clock::now());
    if (const auto* t = tasks_.find(of); t != nullptr && shot != shots_.end()) {
        shot->second.record(t->token());
        is_path_known_ = is_path_known_ || !t->token().task_id.empty();
    }
}

bool worker::is_own(std::int64_t shot, std::size_t attempt) const {
    const auto found = shots_.find(shot);
    return found != shots_.end() && found->second.attempt() == attempt;
}

/// Reads which listed tasks may belong to other shots, so that the search takes none of them.
wan::result<void> worker::learn_siblings(const driven_shot& searching) {
    const auto& token = searching.token();
    return siblings_.learn(searching.row().model, token ? token->started_at : std::nullopt,
                           [this](std::int64_t id, std::size_t attempt) { return is_own(id, attempt); });
}

/// The scheduler holds shots of the kind of an open submit of another worker: it must learn how that ended.
void worker::settle_siblings() {
    if (!siblings_.is_any_open() || clock::now() < learn_at_) return;
    learn_at_ = clock::now() + about(1000ms);
    siblings_.learn_open([this](std::int64_t id, std::size_t attempt) { return is_own(id, attempt); });
}

void worker::finish(driven_shot& shot, const wan::outcome& outcome) {
    using enum wan::task_ending;
    if (shot.is_cancel_asked && outcome.ending != canceled && !outcome.is_resumable())
        note(shot.row().name + "  was not canceled: its task had already started");
    shot.told.outcome = outcome;
    shot.told.stopped_by_user = is_stopping_ && outcome.is_resumable();
    if (outcome.video && options_.no_download) {
        shot.record_video({.url = outcome.video->url, .url_expires_at = expiry_of(*outcome.video)});
        shot.close();
        return end_shot(shot);
    }
    if (outcome.video && !is_stopping_) {
        if (files_.has_video_of(shot.row(), *shot.token())) return keep_its_video(shot);
        const auto free = files_.check(shot.row());
        if (free) return download(shot);
        shot.told.outcome.error = not_downloaded(free.error());
        shot.record_end({succeeded, outcome.status, shot.told.outcome.error});
        shot.put_back(60s);
        return end_shot(shot);
    }
    if (shot.told.stopped_by_user || (is_stopping_ && (outcome.ending == stopped || outcome.video))) {
        shot.told.stopped_by_user = true;
        shot.put_back(0s);
        return end_shot(shot);
    }
    // This worker could not submit it in time, and not the provider's fault: anybody may try at once.
    if (shot.is_late && outcome.ending == unreachable && outcome.task_id.empty()) {
        shot.told.stopped_by_user = true; // it has not ended
        if (shot.is_too_dear) {
            shot.told.outcome.ending = stopped;
            shot.told.outcome.error =
                max_cost_reached(shot.row().cost, store_.currency(), options_.terms.max_cost.value_or(0));
        }
        shot.put_back(0s);
        return end_shot(shot);
    }
    shot.record_end({outcome.ending, outcome.status, outcome.error});
    // All other shots would be rejected as well.
    if (outcome.ending == rejected && !is_path_known_ && outcome.error && is_path_unknown(*outcome.error))
        unusable_ = outcome.error;
    const bool can_go_on =
        outcome.ending == deadline || outcome.ending == unreachable || outcome.ending == stopped;
    if (can_go_on)
        shot.put_back(60s);
    else
        shot.close();
    end_shot(shot);
}

/// Records a video that an earlier owner has downloaded.
void worker::keep_its_video(driven_shot& shot) {
    const auto file = files_.video_of(shot.row());
    std::error_code ignored;
    const auto bytes = std::filesystem::file_size(file, ignored);
    shot.told.saved = saved_video{file, bytes};
    shot.record_video({.file = std::filesystem::absolute(file).string(), .bytes = bytes});
    shot.close();
    end_shot(shot);
}

void worker::download(driven_shot& shot) {
    files_.remove_older_parts(shot.row());
    downloads_.add({.which = static_cast<std::size_t>(shot.row().id),
                    .url = shot.told.outcome.video->url,
                    .file = files_.part_of(shot.row()),
                    .expires_at = expiry_of(*shot.told.outcome.video)});
}

void worker::on_download(const downloads::end& end) {
    auto& shot = shots_.at(static_cast<std::int64_t>(end.which));
    const auto file = files_.video_of(shot.row());
    auto failed = end.video ? std::optional<wan::error>{} : end.video.error();
    if (!failed)
        if (auto published = files_.publish(shot.row()); !published) failed = std::move(published).error();
    if (!failed) {
        shot.told.saved = saved_video{.file = file, .bytes = end.video->bytes, .warning = end.video->warning};
        shot.record_video({.file = std::filesystem::absolute(file).string(), .bytes = end.video->bytes});
        shot.close();
        return end_shot(shot);
    }
    shot.told.stopped_by_user = interrupted();
    shot.told.outcome.error = not_downloaded(*failed);
    wan::redact_key(who_->key, *shot.told.outcome.error);
    if (shot.told.stopped_by_user) {
        shot.put_back(0s);
    } else {
        shot.record_end({wan::task_ending::succeeded, shot.told.outcome.status, shot.told.outcome.error});
        shot.put_back(60s);
    }
    end_shot(shot);
}

void worker::end_shot(driven_shot& shot) {
    ++ended_;
    note(line_of(shot.row().name, shot.told) +
         (shot.is_put_back() && !shot.told.stopped_by_user
              ? "; a worker tries it again after a minute, unless `wan shots cancel` gives it up"
              : ""));
    if (options_.on_end) options_.on_end(shot.row(), shot.told, shot.is_put_back());
}

void worker::note(std::string_view line) {
    if (!options_.wait.quiet && !options_.wait.json) display_.say(line);
}

void worker::show() {
    if (!display_.is_due()) return;
    std::string line = std::to_string(ended_) + " ended here, " + std::to_string(shots_.size()) +
                       " driven here, " + std::to_string(downloads_.size()) + " downloading; " +
                       std::to_string(workers_) + (workers_ == 1 ? " worker" : " workers");
    display_.show(line);
}

} // namespace cli
