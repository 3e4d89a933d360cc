// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes many videos, and keeps the state of their tasks in a store of its own. It may be killed at any time
// and started again: no shot is lost, and none is paid for twice. docs/your-own-store.md explains it.
#include "executors/curl.hpp"
#include "executors/curl_multi.hpp"

#include <wan/wan.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace {

using clock = std::chrono::steady_clock;

constexpr auto help =
    R"(Usage: own_store STORE BASE_URL COUNT [--again] [--max-running N] [--hurry]

Makes the shots 0 to COUNT - 1 with the account of the key in DASHSCOPE_API_KEY, and keeps their tasks in the
SQLite database STORE. No other program may submit with the account meanwhile. If it was killed, start it
again with the same arguments.

  --again          submit shots again that failed, or whose submit stays unconfirmed; the latter may be paid twice
  --max-running N  at most N tasks at the same time; by default the documented number; 0: no limit
  --hurry          short waits and timeouts, for wan-sandbox

Exit codes: 0 every shot has its video; 1 not every shot, or the store cannot be used; 2 wrong usage
)";

struct options {
    std::string store, base_url;
    std::uint64_t count = 0;
    bool again = false, hurry = false;
    std::optional<unsigned> max_running = {};
};

/// A shot, and the number of the attempt at it.
struct attempt {
    std::uint64_t shot = 0;
    unsigned number = 0;

    auto operator<=>(const attempt&) const = default;
};

/// The state of one account's tasks, in SQLite: one row for each attempt. `commit` writes all that was
/// recorded, or nothing.
class store {
public:
    struct row {
        wan::resume_token token;
        std::string video; ///< its URL; empty: there is none yet
    };

    /// Opens the database, or creates it, and locks it. Returns what it contains.
    wan::result<std::map<attempt, row>> open(const std::string& file) {
        sqlite3* opened = nullptr;
        const bool is_open = sqlite3_open(file.c_str(), &opened) == SQLITE_OK;
        db_.reset(opened);
        // FULL: a commit is on the disk when it returns. EXCLUSIVE: a second process fails.
        if (!is_open || !run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "CREATE TABLE IF NOT EXISTS attempts (shot INTEGER, number INTEGER,"
                             " token TEXT NOT NULL, video TEXT NOT NULL, PRIMARY KEY (shot, number))"))
            return error();
        const auto select = prepare("SELECT shot, number, token, video FROM attempts");
        std::map<attempt, row> rows;
        int code = SQLITE_ERROR;
        while (select && (code = sqlite3_step(select.get())) == SQLITE_ROW) {
            auto token = wan::read_token(text(*select, 2));
            if (!token) return token.error(); // never skip a row: its task may be paid for
            const attempt of{static_cast<std::uint64_t>(sqlite3_column_int64(select.get(), 0)),
                             static_cast<unsigned>(sqlite3_column_int(select.get(), 1))};
            rows.emplace(of, row{*std::move(token), text(*select, 3)});
        }
        if (code != SQLITE_DONE) return error();
        return rows;
    }

    /// Adds to the next commit. Without a URL, the recorded one is kept.
    void record(const attempt& of, const wan::resume_token& token, const std::string& video = {}) {
        auto& pending = pending_[of];
        pending.token = token;
        if (!video.empty()) pending.video = video;
    }

    /// Writes everything that was recorded in one transaction. If this fails, the next commit writes it.
    wan::result<void> commit() {
        if (pending_.empty()) return {};
        const auto put = prepare("INSERT INTO attempts VALUES (?1, ?2, ?3, ?4) ON CONFLICT (shot, number) "
                                 "DO UPDATE SET token = ?3, video = CASE ?4 WHEN '' THEN video ELSE ?4 END");
        bool is_kept = put && run("BEGIN IMMEDIATE");
        for (auto at = pending_.begin(); is_kept && at != pending_.end(); ++at) {
            const auto token = to_string(at->second.token);
            sqlite3_bind_int64(put.get(), 1, static_cast<std::int64_t>(at->first.shot));
            sqlite3_bind_int64(put.get(), 2, at->first.number);
            sqlite3_bind_text(put.get(), 3, token.c_str(), -1, nullptr);
            sqlite3_bind_text(put.get(), 4, at->second.video.c_str(), -1, nullptr);
            is_kept = sqlite3_step(put.get()) == SQLITE_DONE;
            sqlite3_reset(put.get());
        }
        if (!is_kept || !run("COMMIT")) {
            auto why = error();
            (void)run("ROLLBACK");
            return why;
        }
        pending_.clear();
        return {};
    }

private:
    struct closer {
        void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    using statement = std::unique_ptr<sqlite3_stmt, closer>;

    bool run(const char* sql) noexcept {
        return sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    statement prepare(const char* sql) noexcept {
        sqlite3_stmt* prepared = nullptr;
        sqlite3_prepare_v2(db_.get(), sql, -1, &prepared, nullptr);
        return statement{prepared};
    }
    static std::string text(sqlite3_stmt& from, int column) {
        const auto* value = reinterpret_cast<const char*>(sqlite3_column_text(&from, column));
        return value != nullptr ? value : "";
    }
    wan::error error() const {
        return {.category = wan::error_category::storage,
                .message = "cannot use the store: " + std::string{sqlite3_errmsg(db_.get())} +
                           "; check the disk, and that no other process uses it"};
    }

    std::unique_ptr<sqlite3, closer> db_;
    std::map<attempt, row> pending_;
};

/// Makes the shots. All functions run on one thread.
class render_farm {
public:
    render_farm(std::shared_ptr<const wan::provider> who, store& state, const options& chosen)
        : who_(std::move(who)), state_(state), options_(chosen), tasks_(*who_) {}

    /// Adds all shots before the first request: a search then adopts no task of another shot.
    wan::result<void> add_all(std::map<attempt, store::row> rows, const wan::wall_clock& today,
                              const std::shared_ptr<const wan::policy>& how) {
        set_limits();
        for (const auto& [of, row] : rows) latest_[of.shot] = of.number; // the last one of a shot
        for (std::uint64_t shot = 0; shot < options_.count; ++shot) {
            const auto known = rows.find({shot, latest_[shot]});
            if (known != rows.end() && is_over(shot, known->second)) continue;
            const bool is_new = known == rows.end() || is_given_up(known->second.token);
            auto task = is_new ? wan::make_task(who_, request_of(shot), today, how)
                               : wan::resume_task(who_, known->second.token, request_of(shot), today, how);
            if (!task) return task.error();
            if (is_new)
                ++latest_[shot]; // a new row; the row of an attempt that was given up stays
            else
                rows.erase(known);
            tasks_.add(*std::move(task), 0, shot); // the tag leads to the row
        }
        // What is left is not in the scheduler: shots with an outcome, of earlier runs, and given-up submits.
        for (const auto& [of, row] : rows) tasks_.contest(row.token);
        return {};
    }

    /// Returns whether every shot has its video.
    bool run() {
        while (tasks_.size() != 0 || http_.running() != 0) wait_until(turn());
        commit();
        std::cout << made_ << " of " << options_.count << " videos\n";
        return made_ == options_.count && !has_failed_;
    }

private:
    static wan::keyframe_to_video request_of(std::uint64_t shot) {
        return {.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
                .prompt = "shot " + std::to_string(shot)};
    }

    void set_limits() {
        const auto model = wan::model_of(*who_, request_of(0));
        auto lane = tasks_.limits(model);
        if (options_.max_running) lane.running_tasks = *options_.max_running;
        if (options_.hurry) lane.submits_per_second = 20;
        tasks_.set_limits(model, lane);
    }

    /// Returns whether there is nothing more to send for the shot.
    bool is_over(std::uint64_t shot, const store::row& row) {
        using enum wan::task_ending;
        if (!row.video.empty()) {
            ++made_;
            return true;
        }
        const bool has_failed = row.token.ending == failed || row.token.ending == canceled;
        if (!has_failed || options_.again) return false;
        std::cerr << "shot " << shot << " " << row.token.state_name() << "; --again submits it again\n";
        return true;
    }

    /// Returns whether a new attempt replaces this one.
    bool is_given_up(const wan::resume_token& token) const {
        using enum wan::task_ending;
        return options_.again &&
               (token.ending == failed || token.ending == canceled || token.ending == submit_unknown);
    }

    /// Takes all due requests, commits their tokens in one transaction, and only then sends them. Returns the
    /// time at which there is more to do.
    wan::time_point turn() {
        struct due {
            wan::scheduler::handle task;
            std::uint64_t shot;
            wan::http_request request;
        };
        std::vector<due> all;
        auto wake_at = wan::time_point::min();
        while (wake_at == wan::time_point::min()) {
            const auto todo = tasks_.next(clock::now());
            if (todo.step.is_send()) {
                record(todo.tag, tasks_.find(todo.task)->token());
                all.push_back({todo.task, todo.tag, todo.step.request()});
            } else if (todo.step.is_done()) {
                keep(todo.tag, tasks_.find(todo.task)->token(), todo.step.outcome());
            } else {
                wake_at = todo.step.wake_at();
            }
        }
        const bool is_kept = commit();
        for (auto& each : all) {
            // A submit whose token is not on the disk could not be found after a crash.
            if (!is_kept && each.task.kind == wan::request_kind::submit) {
                constexpr auto why = "the token was not saved, so the submit was not sent; check the disk";
                tasks_.receive(each.task, wan::transport_error{wan::delivery::not_sent, why}, clock::now());
                continue;
            }
            http_(std::move(each.request),
                  [this, of = each.task, shot = each.shot](wan::http_result response) {
                      tasks_.receive(of, std::move(response), clock::now());
                      if (const auto* task = tasks_.find(of)) record(shot, task->token());
                  });
        }
        return all.empty() ? wake_at : clock::now(); // a submit that was not sent has changed its task
    }

    void record(std::uint64_t shot, const wan::resume_token& token, const std::string& video = {}) {
        state_.record({shot, latest_[shot]}, token, video);
    }

    /// Records the outcome: the same commit has the last token and the video's URL.
    void keep(std::uint64_t shot, const wan::resume_token& token, const wan::outcome& end) {
        record(shot, token, end ? end.video->url : "");
        made_ += end.succeeded();
        if (!end) std::cerr << "shot " << shot << " " << to_string(end) << '\n';
    }

    /// Writes what was recorded. If that fails, nothing new begins, and the next commit tries again.
    bool commit() {
        const auto kept = state_.commit();
        if (!kept && !std::exchange(has_failed_, true)) {
            std::cerr << to_string(kept.error()) << '\n';
            tasks_.stop_all();
        }
        return kept.has_value();
    }

    void wait_until(wan::time_point wake_at) {
        constexpr std::chrono::milliseconds a_moment{50};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            (std::min)(wake_at, clock::now() + a_moment) - clock::now());
        const auto at_most = (std::max)(left, left.zero());
        if (http_.running() != 0)
            (void)http_.poll(at_most);
        else
            std::this_thread::sleep_for(at_most);
    }

    std::shared_ptr<const wan::provider> who_;
    store& state_;
    const options& options_;
    wan::scheduler tasks_;
    wan::executors::curl_multi http_;
    std::map<std::uint64_t, unsigned> latest_; ///< the number of each shot's latest attempt; 0: none
    std::uint64_t made_ = 0;
    bool has_failed_ = false; ///< a commit failed
};

wan::policy policy_of(const options& chosen) {
    using namespace std::chrono_literals;
    wan::policy how;
    how.sole_user = true;                  // a listed task that matches is ours
    how.submit_again_if_not_listed = true; // a submit that did not arrive is sent again
    how.max_lost_submits = 10;
    if (chosen.hurry) {
        how.poll = {300ms, 1.0, 300ms};
        how.search_interval = 2s;
        how.query_timeout = 1500ms;
        how.submit_timeout = 3s;
    }
    return how;
}

/// Returns this machine's clock, checked by the provider's. The tokens say that it was: only then may a later
/// process conclude that a submit did not arrive.
wan::wall_clock checked_clock(const wan::provider& who, wan::milliseconds timeout) {
    wan::wall_clock today{std::chrono::system_clock::now(), clock::now()};
    auto list = wan::make_list(who, {.page_size = 1}); // costs nothing
    if (!list) return today;
    list->timeout = timeout;
    constexpr int attempts = 8;
    for (int i = 0; i < attempts && today.trust == wan::clock_trust::unchecked; ++i)
        if (const auto response = wan::executors::curl{}(*list); wan::agrees(today, response, clock::now()))
            today.trust = wan::clock_trust::checked;
    if (today.trust == wan::clock_trust::unchecked)
        std::cerr << "the clock was not checked, so an unconfirmed submit will not be sent again\n";
    return today;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, number);
    return code == std::errc{} && stop == end;
}

/// Returns nothing if the arguments are wrong.
std::optional<options> options_of(const std::vector<std::string_view>& arguments) {
    options chosen;
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto word = arguments[i];
        if (word == "--again")
            chosen.again = true;
        else if (word == "--hurry")
            chosen.hurry = true;
        else if (word == "--max-running") {
            if (++i == arguments.size() || !read_number(arguments[i], chosen.max_running.emplace()))
                return std::nullopt;
        } else if (word.starts_with("-"))
            return std::nullopt;
        else
            names.push_back(word);
    }
    if (names.size() != 3 || !read_number(names[2], chosen.count) || chosen.count == 0) return std::nullopt;
    chosen.store = names[0];
    chosen.base_url = names[1];
    return chosen;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string_view> arguments{argv + 1, argv + argc};
    if (arguments.size() == 1 && (arguments[0] == "--help" || arguments[0] == "-h")) {
        std::cout << help;
        return 0;
    }
    const auto chosen = options_of(arguments);
    if (!chosen) {
        std::cerr << help;
        return 2;
    }
    const auto who = std::make_shared<const wan::provider>(
        wan::dashscope::at(chosen->base_url, std::getenv("DASHSCOPE_API_KEY")));
    const auto how = std::make_shared<const wan::policy>(policy_of(*chosen));
    store state;
    auto rows = state.open(chosen->store);
    if (!rows) {
        std::cerr << to_string(rows.error()) << '\n';
        return 1;
    }
    render_farm farm{who, state, *chosen};
    const auto today = checked_clock(*who, how->query_timeout);
    if (const auto added = farm.add_all(*std::move(rows), today, how); !added) {
        std::cerr << to_string(added.error()) << '\n';
        return 1;
    }
    return farm.run() ? 0 : 1;
}
