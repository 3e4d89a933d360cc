// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "status.hpp"

#include "cli/output/report.hpp"
#include "cli/output/times.hpp"
#include "cli/prices.hpp"
#include "cli/store/shot_counts.hpp"
#include "cli/store/shot_rows.hpp"
#include "interrupt.hpp"

#include <wan/printable.hpp>

#include <boost/json.hpp>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace cli {

namespace {

namespace json = boost::json;

std::vector<known_cost> costs_of(const shot_counts& all) {
    std::vector<known_cost> costs;
    for (const auto& [currency, amount] : all.costs)
        costs.push_back({amount, currency, all.cost_is_lower_bound});
    return costs;
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
                   {"tasks", all.tasks},
                   {"videos_in_last_minute", all.done_lately}};
    json::array costs;
    for (const auto& each : costs_of(all)) costs.push_back(to_json(each));
    if (costs.size() == 1)
        o["cost"] = std::move(costs[0]);
    else if (!costs.empty())
        o["costs"] = std::move(costs);
    if (all.oldest_waiting)
        o["oldest_waiting"] =
            json::object{{"id", all.oldest_waiting->name}, {"since", all.oldest_waiting->since}};
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

std::string line_of(const shot_counts& all) {
    if (all.shots == 0) return "no shots yet";
    std::string line = std::to_string(all.shots - all.open) + " of " + std::to_string(all.shots) + " ended";
    for (const auto& [state, number] : all.by_state)
        line += ", " + std::to_string(number) + " " + wan::printable(state);
    return line + "; " + std::to_string(all.tasks) + (all.tasks == 1 ? " task" : " tasks") +
           "; last change " + all.updated_at + " UTC";
}

void print_as_text(const std::vector<worker_row>& workers, const shot_counts& all) {
    std::printf("%s\n", line_of(all).c_str());
    if (all.open != 0)
        std::printf("%zu %s within the last minute\n", all.done_lately,
                    all.done_lately == 1 ? "video" : "videos");
    for (const auto& each : costs_of(all))
        std::printf("cost so far: %s, by the given prices\n", to_string(each).c_str());
    if (const auto& oldest = all.oldest_waiting)
        std::printf("%s waits the longest, since %s UTC\n", wan::printable(oldest->name, 100).c_str(),
                    oldest->since.c_str());
    for (const auto& w : workers)
        if (w.is_alive || w.shots != 0)
            std::printf("worker %lld  %s  drives %zu, last sign of life %s UTC%s\n",
                        static_cast<long long>(w.id), wan::printable(w.name, 100).c_str(), w.shots,
                        w.seen_at.c_str(), w.is_alive ? "" : "; its lease has ended");
    for (const auto& each : all.failures)
        std::printf("%s  %s  %s\n", wan::printable(each.name, 100).c_str(),
                    wan::printable(each.state).c_str(), wan::printable(each.error, 300).c_str());
    if (all.more_failures != 0)
        std::printf("%zu more with an error; --json lists all shots\n", all.more_failures);
}

} // namespace

int status(const status_options& options) {
    const bool is_terminal = isatty(STDOUT_FILENO) != 0;
    std::string before;
    for (;;) {
        const auto all = count_shots(options.state);
        if (!all) return print(refusal(all.error()), options.json, false);
        const auto workers = read_worker_rows(options.state);
        if (!workers) return print(refusal(workers.error()), options.json, false);
        const bool is_last = !options.watch || all->open == 0 || interrupted();
        if (options.json) {
            const auto rows = read_shot_rows(options.state);
            if (!rows) return print(refusal(rows.error()), true, false);
            print_as_json(*rows, *workers, *all);
        } else if (is_last) {
            if (options.watch && is_terminal) std::fputs("\r\033[K", stdout);
            print_as_text(*workers, *all);
        } else if (const auto line = line_of(*all); line != before) {
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
