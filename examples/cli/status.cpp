// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "status.hpp"

#include "cli/output/report.hpp"
#include "cli/output/times.hpp"
#include "cli/prices.hpp"
#include "cli/store/shot_rows.hpp"
#include "interrupt.hpp"

#include <wan/printable.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <map>
#include <thread>
#include <unistd.h>

namespace cli {

namespace {

namespace json = boost::json;

/// Returns whether the shot still needs a run of the batch.
bool is_open(const std::string& state) {
    static constexpr std::string_view ended[] = {"done",    "failed",   "canceled",
                                                 "expired", "rejected", "invalid"};
    return std::find(std::begin(ended), std::end(ended), state) == std::end(ended);
}

struct shot_counts {
    std::map<std::string, std::size_t> by_state;
    std::size_t open = 0;
    std::size_t attempts = 0;
    std::string updated_at; ///< the latest change
    std::int64_t cost = 0;
    bool cost_is_lower_bound = false;
    std::string currency;
    std::size_t done_lately = 0;              ///< videos of the last minute
    const shot_row* oldest_waiting = nullptr; ///< of those that no worker has taken yet
};

shot_counts count(const std::vector<shot_row>& rows) {
    shot_counts all;
    for (const auto& row : rows) {
        ++all.by_state[row.state];
        all.open += is_open(row.state);
        all.attempts += row.attempts;
        all.updated_at = (std::max)(all.updated_at, row.updated_at);
        all.cost += row.cost;
        all.cost_is_lower_bound |= row.cost != 0 && row.cost_is_lower_bound;
        all.currency = row.currency;
        all.done_lately += row.state == "done" && row.is_new;
        const bool is_waiting = row.state == state_queued && !row.is_owned && !row.end;
        if (is_waiting && (all.oldest_waiting == nullptr || row.updated_at < all.oldest_waiting->updated_at))
            all.oldest_waiting = &row;
    }
    return all;
}

void print_as_json(const std::vector<shot_row>& rows, const std::vector<worker_row>& workers,
                   const shot_counts& all) {
    json::object states;
    for (const auto& [state, number] : all.by_state) states[state] = number;
    json::array shots;
    for (const auto& row : rows) {
        json::object shot{{"id", row.name}, {"state", row.state}, {"attempts", row.attempts}};
        const auto add = [&](std::string_view name, const std::string& value) {
            if (!value.empty()) shot[name] = value;
        };
        add("task_id", row.task_id);
        add("model", row.model);
        add("status", row.status);
        add("error", row.error);
        add("video", row.video);
        add("video_url", row.video_url);
        if (row.video_url_expires_at) shot["video_url_expires_at"] = iso_8601(*row.video_url_expires_at);
        if (row.deaths != 0) shot["deaths"] = row.deaths;
        shot["updated_at"] = row.updated_at;
        shots.push_back(std::move(shot));
    }
    json::object o{{"shots", std::move(shots)},
                   {"states", std::move(states)},
                   {"open", all.open},
                   {"videos_in_last_minute", all.done_lately}};
    if (!all.currency.empty())
        o["cost"] = json::object{{"amount", amount_text(all.cost)},
                                 {"currency", all.currency},
                                 {"is_lower_bound", all.cost_is_lower_bound}};
    if (all.oldest_waiting != nullptr)
        o["oldest_waiting"] =
            json::object{{"id", all.oldest_waiting->name}, {"since", all.oldest_waiting->updated_at}};
    json::array of_workers;
    for (const auto& w : workers)
        of_workers.push_back(json::object{{"id", w.id},
                                          {"name", w.name},
                                          {"started_at", w.started_at},
                                          {"seen_at", w.seen_at},
                                          {"lease_until", w.lease_until},
                                          {"ended", !w.is_alive},
                                          {"shots", w.shots}});
    o["workers"] = std::move(of_workers);
    print_json(o);
}

std::string line_of(const shot_counts& all, std::size_t shots) {
    if (shots == 0) return "no shots yet";
    std::string line = std::to_string(shots - all.open) + " of " + std::to_string(shots) + " ended";
    for (const auto& [state, number] : all.by_state)
        line += ", " + std::to_string(number) + " " + wan::printable(state);
    return line + "; " + std::to_string(all.attempts) + (all.attempts == 1 ? " submit" : " submits") +
           "; last change " + all.updated_at + " UTC";
}

void print_as_text(const std::vector<shot_row>& rows, const std::vector<worker_row>& workers,
                   const shot_counts& all) {
    std::printf("%s\n", line_of(all, rows.size()).c_str());
    if (all.open != 0)
        std::printf("%zu %s within the last minute\n", all.done_lately,
                    all.done_lately == 1 ? "video" : "videos");
    if (!all.currency.empty())
        std::printf("cost so far: %s%s %s, by the given prices\n", all.cost_is_lower_bound ? "at least " : "",
                    amount_text(all.cost).c_str(), wan::printable(all.currency, 20).c_str());
    if (const auto* oldest = all.oldest_waiting)
        std::printf("%s waits the longest, since %s UTC\n", wan::printable(oldest->name, 100).c_str(),
                    oldest->updated_at.c_str());
    for (const auto& w : workers)
        if (w.is_alive || w.shots != 0)
            std::printf("worker %lld  %s  drives %zu, last sign of life %s UTC%s\n",
                        static_cast<long long>(w.id), wan::printable(w.name, 100).c_str(), w.shots,
                        w.seen_at.c_str(), w.is_alive ? "" : "; its lease has ended");
    for (const auto& row : rows)
        if (!row.error.empty())
            std::printf("%s  %s  %s\n", wan::printable(row.name, 100).c_str(),
                        wan::printable(row.state).c_str(), wan::printable(row.error, 300).c_str());
}

} // namespace

int status(const status_options& options) {
    const bool is_terminal = isatty(STDOUT_FILENO) != 0;
    std::string before;
    for (;;) {
        const auto rows = read_shot_rows(options.state);
        if (!rows) return print(refusal(rows.error()), options.json, false);
        const auto workers = read_worker_rows(options.state);
        if (!workers) return print(refusal(workers.error()), options.json, false);
        const auto all = count(*rows);
        const bool is_last = !options.watch || all.open == 0 || interrupted();
        if (options.json) {
            print_as_json(*rows, *workers, all);
        } else if (is_last) {
            if (options.watch && is_terminal) std::fputs("\r\033[K", stdout);
            print_as_text(*rows, *workers, all);
        } else if (const auto line = line_of(all, rows->size()); line != before) {
            std::printf(is_terminal ? "\r\033[K%s" : "%s\n", line.c_str());
            before = line;
        }
        std::fflush(stdout);
        if (is_last) return 0;
        for (int i = 0; i < 20 && !interrupted(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
}

} // namespace cli
