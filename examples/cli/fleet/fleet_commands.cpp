// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/fleet_commands.hpp"

#include "cli/adopt.hpp"
#include "cli/batch_plan.hpp"
#include "cli/batch_report.hpp"
#include "cli/clock_check.hpp"
#include "cli/fleet/fleet_store.hpp"
#include "cli/fleet/worker.hpp"
#include "cli/gallery_command.hpp"
#include "cli/interrupt.hpp"
#include "cli/output/display.hpp"
#include "cli/output/print_json.hpp"
#include "cli/prices.hpp"
#include "cli/providers.hpp"
#include "cli/store/shot_rows.hpp"

#include <wan/printable.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <unistd.h>
#include <utility>

namespace cli {

namespace {

std::string name_of_this_process() {
    char host[256] = {};
    if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    return std::string{host} + ":" + std::to_string(::getpid());
}

std::string group_of(const batch_options& options) {
    return std::filesystem::absolute(options.file).lexically_normal().string();
}

wan::result<void> make_out_dir(const batch_options& options) {
    const auto failed = make_directories(options.out_dir);
    if (!failed && ::access(options.out_dir.c_str(), W_OK | X_OK) == 0) return {};
    return wan::error{.category = wan::error_category::storage,
                      .message =
                          "--out-dir: cannot write to " + options.out_dir + "; choose a writable directory"};
}

/// A worker of this process, with a new registration whenever its lease has ended.
class fleet {
public:
    fleet(const batch_options& options, std::shared_ptr<const wan::provider> who, fleet_store& store)
        : options_(options), who_(std::move(who)), store_(store),
          display_(options.wait.quiet || options.wait.json) {
        of_worker_.out_dir = options.out_dir;
        of_worker_.transfer = options.transfer;
        of_worker_.strict = options.strict;
        of_worker_.no_download = of_worker_.terms.no_download = options.no_download;
        of_worker_.wait = options.wait;
        const auto how = to_policy(options.wait);
        of_worker_.terms.name = name_of_this_process();
        of_worker_.terms.submit_timeout = how.submit_timeout;
        of_worker_.terms.sole_user = options.wait.sole_user;
        of_worker_.terms.max_cost = options.max_cost;
        of_worker_.terms.limits = [this](std::string_view model) { return limits_of(model); };
    }

    worker_options& of_worker() noexcept { return of_worker_; }
    display& shown() noexcept { return display_; }
    /// Returns the provider's refusal, if it was that which `run` failed with.
    const std::optional<report>& rejected() const noexcept { return rejected_; }

    wan::result<worker::ending> run(bool until_empty) {
        const auto warn = [this](std::string_view text) { note("wan: warning: " + std::string{text}); };
        const auto today = checked_clock(*who_, clock_here(), to_policy(options_.wait).query_timeout, warn);
        if (!today) {
            rejected_ = service_said_no_to(today.error());
            rejected_->advice = about_the_key(*rejected_->outcome.error, *who_, options_.wait);
            return today.error();
        }
        of_worker_.terms.has_checked_clock = today->trust == wan::clock_trust::checked;
        for (bool is_first = true;; is_first = false) {
            auto entered = store_.enter(of_worker_.terms);
            if (!entered) {
                // A database that was there comes back.
                if (is_first || entered.error().category != wan::error_category::storage)
                    return std::move(entered).error();
                if (interrupted()) return worker::ending::stopped;
                note("wan: warning: " + entered.error().message);
                std::this_thread::sleep_for(std::chrono::seconds{1});
                continue;
            }
            worker each{of_worker_, who_, store_, *today, display_};
            auto ended = each.run(until_empty);
            if (ended && *ended == worker::ending::lease_lost) {
                each.save_late();
                (void)store_.leave();
                note(
                    "the lease has ended; other workers may have taken the shots; this one claims new shots");
                continue;
            }
            if (!store_.held()->holds()) each.save_late();
            (void)store_.leave();
            if (!ended && is_path_unknown(ended.error())) {
                rejected_ = service_said_no_to(ended.error());
                rejected_->advice =
                    "this worker submits nothing more; correct --base-url, and let the rejected "
                    "shots be submitted again: `wan shots retry --all` with the same --state, or the same "
                    "`wan batch`";
            }
            return ended;
        }
    }

    /// Returns what to say about shots that --max-cost keeps from being submitted; empty if there are none.
    std::string about_costs() {
        const auto spent = options_.max_cost ? store_.spent() : spending{};
        if (!spent || spent->waiting == 0) return {};
        auto line = std::to_string(spent->waiting) + (spent->waiting == 1 ? " shot waits" : " shots wait") +
                    ": with --max-cost " + amount_text(*options_.max_cost) + ", nothing more is submitted";
        if (!spent->currency.empty())
            line += "; the others cost " + amount_text(spent->cost) + " " + spent->currency;
        if (spent->unknown != 0)
            line += "; the cost of " + std::to_string(spent->unknown) +
                    " of them is not known: enqueue their file again with --prices";
        return line;
    }

private:
    wan::lane_limits limits_of(std::string_view model) const {
        auto limits = wan::limits_of(*who_, model);
        if (options_.max_running) limits.running_tasks = *options_.max_running;
        if (options_.submits_per_second) limits.submits_per_second = *options_.submits_per_second;
        return limits;
    }
    void note(std::string_view line) {
        if (!options_.wait.quiet && !options_.wait.json) display_.say(line);
    }

    const batch_options& options_;
    std::shared_ptr<const wan::provider> who_;
    fleet_store& store_;
    display display_;
    worker_options of_worker_;
    std::optional<report> rejected_;
};

/// Carries out --adopt and --submit-again.
wan::result<void> decide(const batch_options& options, const batch_plan& planned, fleet_store& store) {
    for (const auto& pair : options.adopt) {
        const auto at = pair.find('=');
        if (at == std::string::npos)
            return bad_option("--adopt expects ID=TASK_ID, got " + wan::quoted(pair));
        const auto name = pair.substr(0, at), task_id = pair.substr(at + 1);
        if (!planned.has_shot(name)) return planned.no_such_shot("--adopt", name);
        const auto known = store.unconfirmed(name);
        const auto taken = store.has_task(task_id);
        if (!taken) return taken.error();
        if (*taken)
            return bad_option("--adopt: task " + wan::quoted(task_id) +
                              " belongs to another shot; give another TASK_ID");
        if (auto there = check_adopted_task(*planned.who, task_id, known ? &*known : nullptr, options.wait);
            !there)
            return there;
        if (auto decided = store.decide(name, task_id); !decided) return decided;
    }
    for (const auto& name : options.submit_again) {
        if (!planned.has_shot(name)) return planned.no_such_shot("--submit-again", name);
        if (auto decided = store.decide(name, std::nullopt); !decided) return decided;
    }
    return {};
}

/// Returns the report of a shot that another worker drove.
report report_of(const shot_row& row) {
    report r;
    r.outcome.task_id = row.task_id;
    r.outcome.model = row.model;
    r.outcome.status = row.status;
    if (!row.video.empty()) {
        r.outcome.ending = wan::task_ending::succeeded;
        r.saved = saved_video{row.video, row.video_bytes};
    } else if (!row.video_url.empty() && row.state == state_done) {
        r.outcome.ending = wan::task_ending::succeeded;
        r.outcome.video = wan::video{.url = row.video_url};
    } else if (row.end) {
        r.outcome.ending = row.end->ending;
        r.outcome.error = row.end->error;
    } else if (const auto ending = wan::from_wire<wan::task_ending>(row.state)) {
        r.outcome.ending = *ending;
    } else {
        r.outcome.ending = wan::task_ending::stopped;
        r.state = wan::from_wire<wan::task_state>(row.state);
        r.stopped_by_user = true;
    }
    return r;
}

void warn(const batch_plan& planned, const batch_options& options) {
    if (options.wait.quiet || options.wait.json) return;
    for (const auto& each : planned.warnings)
        std::fprintf(stderr, "wan: warning: %s\n", wan::printable(each.message, 1000).c_str());
}

std::chrono::milliseconds lease_of(double seconds) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::lround(seconds * 1000))};
}

} // namespace

int enqueue(const enqueue_options& options) {
    const auto& asked = options.batch;
    batch_plan planned{asked};
    if (auto good = planned.read(); !good) return refuse(std::move(good).error(), asked.wait);
    warn(planned, asked);
    auto store = fleet_store::open(*asked.state, *planned.who, asked.account);
    if (!store) return refuse(std::move(store).error(), asked.wait);
    const auto added =
        (*store)->enqueue(planned.shots, planned.folder(), options.group.value_or(group_of(asked)),
                          options.priority, planned.currency);
    if (!added) return refuse(added.error(), asked.wait);
    if (asked.wait.json)
        print_json({{"shots", planned.shots.size()}, {"added", added->added}, {"replaced", added->replaced}});
    else if (!asked.wait.quiet)
        std::printf("%zu of %zu shots were added to %s%s%s\n", added->added, planned.shots.size(),
                    (*store)->name().c_str(),
                    added->replaced == 0
                        ? ""
                        : (", " + std::to_string(added->replaced) + " changed ones were replaced").c_str(),
                    added->added + added->replaced == planned.shots.size() ? "" : "; the others were there");
    return 0;
}

namespace {

wan::result<void> check_shots(fleet_store& store, const batch_options& asked) {
    const auto there = store.shots_there_are();
    if (!there) return there.error();
    if (*there == shots_there::only_of_batch)
        return bad_option(
            "--state: " + store.name() +
            " has shots of `wan batch`, which drives them itself; give the state of `wan enqueue`");
    if (*there == shots_there::none && !asked.wait.quiet && !asked.wait.json)
        std::fprintf(stderr, "%s has no shots yet; add some with `wan enqueue FILE --state %s`\n",
                     store.name().c_str(), is_postgresql(*asked.state) ? "URL" : asked.state->c_str());
    return {};
}

} // namespace

int work(const work_options& options) {
    const auto& asked = options.batch;
    auto found = find_provider(asked.provider, asked.wait);
    if (!found) return refuse(std::move(found).error(), asked.wait);
    const auto who = std::make_shared<const wan::provider>(*std::move(found));
    if (auto wrong = check(*who, asked.wait); !wrong.empty())
        return refuse(wan::refusal(std::move(wrong)), asked.wait);
    if (auto made = make_out_dir(asked); !made) return refuse(std::move(made).error(), asked.wait);
    // A mistyped folder would become a state, which would stay empty for ever.
    if (!is_postgresql(*asked.state))
        if (auto there = open_existing(*asked.state); !there)
            return refuse(std::move(there).error(), asked.wait);
    auto store = fleet_store::open(*asked.state, *who, asked.account);
    if (!store) return refuse(std::move(store).error(), asked.wait);
    if (auto good = check_shots(**store, asked); !good) return refuse(std::move(good).error(), asked.wait);
    fleet all{asked, who, **store};
    all.of_worker().terms.lease = lease_of(options.lease);
    std::size_t made = 0, ended = 0;
    std::set<std::string> left;
    all.of_worker().on_end = [&](const claimed_shot& shot, const report& r, bool is_left) {
        made += r.saved || (r.outcome.video && !r.outcome.error);
        ended += !is_left;
        if (is_left)
            left.insert(shot.name);
        else
            left.erase(shot.name);
    };
    const auto end = all.run(options.until_empty);
    all.shown().end_live_line();
    if (const auto line = all.about_costs(); !line.empty() && !asked.wait.quiet && !asked.wait.json)
        std::fprintf(stderr, "%s\n", line.c_str());
    if (all.rejected()) return print(*all.rejected(), asked.wait.json, asked.wait.quiet);
    if (!end) return refuse(end.error(), asked.wait);
    if (asked.wait.json)
        print_json({{"videos", made}, {"ended", ended}, {"left_to_others", left.size()}});
    else if (!asked.wait.quiet)
        std::fprintf(stderr, "%zu %s ended here, %zu of them with a video%s; %zu %s left to other workers\n",
                     ended, ended == 1 ? "shot" : "shots", made,
                     asked.no_download ? "" : (" in " + asked.out_dir).c_str(), left.size(),
                     left.size() == 1 ? "is" : "are");
    return *end == worker::ending::stopped && !left.empty() ? stopped_waiting : video_made;
}

int shared_batch(const batch_options& options) {
    batch_plan planned{options};
    if (auto good = planned.read(); !good) return refuse(std::move(good).error(), options.wait);
    if (auto made = make_out_dir(options); !made) return refuse(std::move(made).error(), options.wait);
    auto opened = fleet_store::open(*options.state, *planned.who, options.account);
    if (!opened) return refuse(std::move(opened).error(), options.wait);
    auto& store = **opened;
    warn(planned, options);
    const auto added = store.enqueue(planned.shots, planned.folder(), group_of(options), 0, planned.currency);
    if (!added) return refuse(added.error(), options.wait);
    if (auto decided = decide(options, planned, store); !decided)
        return refuse(std::move(decided).error(), options.wait);
    if (auto woken = store.wake(added->groups, options.retry_failed, !options.no_download); !woken)
        return refuse(std::move(woken).error(), options.wait);
    if (!options.no_download)
        if (auto good = store.download_missing(added->groups, options.out_dir, options.wait.force); !good)
            return refuse(std::move(good).error(), options.wait);
    fleet all{options, planned.who, store};
    all.of_worker().terms.groups = added->groups;
    std::map<std::string, report> told;
    all.of_worker().on_end = [&](const claimed_shot& shot, const report& r, bool) {
        told.insert_or_assign(shot.name, r);
    };
    const auto end = all.run(true);
    all.shown().end_live_line();
    if (const auto line = all.about_costs(); !line.empty() && !options.wait.quiet && !options.wait.json)
        std::fprintf(stderr, "%s\n", line.c_str());
    if (all.rejected()) return print(*all.rejected(), options.wait.json, options.wait.quiet);
    if (!end) return refuse(end.error(), options.wait);
    batch_report made;
    made.has_list = planned.who->dialect->list.offered();
    made.is_stopping = *end == worker::ending::stopped;
    const auto rows = read_shot_rows(*options.state, added->groups);
    if (!rows) return refuse(rows.error(), options.wait);
    std::map<std::string, const shot_row*> by_name;
    for (const auto& row : *rows) by_name[row.name] = &row;
    known_cost cost;
    for (const auto& s : planned.shots) {
        const auto here = told.find(s.id);
        const auto at = by_name.find(s.id);
        const auto* const row = at == by_name.end() ? nullptr : at->second;
        // Others may have gone on with what this worker had to leave.
        const bool is_mine = here != told.end() && !here->second.stopped_by_user;
        auto r = is_mine ? here->second : row != nullptr ? report_of(*row) : report{};
        bool is_paused = false;
        if (row != nullptr) {
            cost.amount += row->cost;
            cost.is_lower_bound = cost.is_lower_bound || (row->cost != 0 && row->cost_is_lower_bound);
            cost.currency = row->currency;
            is_paused = row->state == state_paused;
            const bool waits = row->state == state_queued && !row->is_owned && !row->end;
            if (options.max_cost && *end == worker::ending::no_shots_left && waits)
                r.outcome.error = max_cost_reached(row->cost_of_submit, row->currency, *options.max_cost);
        }
        if (is_paused) made.paused.insert(made.shots.size());
        const bool is_told = is_mine || (here != told.end() && (row == nullptr || !row->end));
        if (!is_told && code_of(r) != video_made && !options.wait.quiet && !options.wait.json)
            std::fprintf(stderr, "%s\n", is_paused ? (s.id + "  paused").c_str() : line_of(s.id, r).c_str());
        made.shots.push_back(std::move(r));
    }
    if (!cost.currency.empty()) made.cost = std::move(cost);
    if (auto page = write_gallery_of(*options.state, options.out_dir); page) made.gallery = *std::move(page);
    return print(made, planned.shots, planned.warnings, options);
}

} // namespace cli
