// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "batch_report.hpp"

#include <wan/printable.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace cli {

namespace json = boost::json;

namespace {

json::object to_json(const shot_end& end) {
    json::object o{{"state", std::string{to_wire(end.ending)}}};
    if (!end.status.empty()) o["status"] = end.status;
    if (end.error) o["error"] = cli::to_json(*end.error);
    return o;
}

bool may_be_charged(const wan::outcome& end) {
    using enum wan::task_ending;
    return end.ending == succeeded || end.ending == submit_unknown ||
           (!end.task_id.empty() && end.ending != failed && end.ending != canceled && end.ending != rejected);
}

std::size_t count_in(const std::string& folder, const std::vector<report>& shots) {
    const auto in = [](const std::filesystem::path& file) {
        std::error_code none;
        return std::filesystem::weakly_canonical(std::filesystem::absolute(file).parent_path(), none);
    };
    const auto wanted = in(std::filesystem::path{folder} / "video");
    return static_cast<std::size_t>(std::count_if(
        shots.begin(), shots.end(), [&](const report& r) { return r.saved && in(r.saved->file) == wanted; }));
}

/// What helps those shots that have no video.
struct remedies {
    bool run_again = false, retry_failed = false, correct = false;
};

remedies remedies_of(const batch_report& all) {
    using enum wan::task_ending;
    remedies some;
    for (std::size_t i = 0; i < all.shots.size(); ++i) {
        const auto& r = all.shots[i];
        const auto& end = r.outcome;
        if (code_of(r) == video_made || code_of(r) == submit_outcome_unknown || all.paused.contains(i))
            continue;
        const bool is_too_dear =
            r.stopped_by_user && end.error && end.error->category == wan::error_category::billing;
        if (is_too_dear) continue;
        const bool has_ended = end.ending == failed || end.ending == canceled || end.ending == expired;
        const bool is_refused = end.ending == rejected || end.ending == invalid;
        (has_ended ? some.retry_failed : is_refused ? some.correct : some.run_again) = true;
    }
    return some;
}

void print_as_json(const batch_report& all, const std::vector<shot>& shots,
                   const std::vector<wan::violation>& warnings, int made) {
    json::array of_shots;
    for (std::size_t i = 0; i < all.shots.size(); ++i) {
        auto o = cli::to_json(all.shots[i]);
        o["id"] = shots[i].id;
        if (const auto before = all.before.find(i); before != all.before.end())
            o["earlier"] = to_json(before->second);
        of_shots.push_back(std::move(o));
    }
    json::object o{{"videos", made}, {"shots", std::move(of_shots)}};
    if (!all.gallery.empty()) o["gallery"] = all.gallery;
    if (all.cost) o["cost"] = to_json(*all.cost);
    if (!warnings.empty()) {
        json::array messages;
        for (const auto& w : warnings) messages.emplace_back(w.message);
        o["warnings"] = std::move(messages);
    }
    print_json(o);
}

/// `shot`: one whose submit is unconfirmed. `task`: its task, or "TASK_ID".
std::string about_unconfirmed(int unconfirmed, const std::string& shot, const std::string& task,
                              bool has_list, bool has_candidates, bool is_sole_user) {
    auto text = "unconfirmed submits, which may be charged: " + std::to_string(unconfirmed) + "; ";
    if (has_list && has_candidates && !is_sole_user)
        text.append("if no other program submits with this account, add --sole-user:\nthe same command then "
                    "adopts the only task that matches each");
    else if (has_list)
        text.append("run the same command again to search for their tasks")
            .append(is_sole_user
                        ? ""
                        : "\n(with --sole-user, it adopts the only task that matches: add it if no other "
                          "program submits with this account)");
    else
        text.append("this provider lists no tasks, only its console shows them");
    return text.append(";\nor add --adopt ")
        .append(shot + "=" + task)
        .append(task == "TASK_ID" ? " if you know the task" : " if that task is yours")
        .append(", or --submit-again " + shot + " if there is none\n");
}

void print_as_text(const batch_report& all, const std::string& folder, int made) {
    const auto here = count_in(folder, all.shots);
    if (here == static_cast<std::size_t>(made))
        std::fprintf(stderr, "%d of %zu videos are in %s", made, all.shots.size(), folder.c_str());
    else
        std::fprintf(stderr, "%d of %zu videos are made, %zu of them are in %s", made, all.shots.size(), here,
                     folder.c_str());
    if (!all.gallery.empty()) std::fprintf(stderr, "; %s shows them", all.gallery.c_str());
    std::fputs("\n", stderr);
    if (all.cost)
        std::fprintf(stderr, "the submits of these shots cost %s, by the given prices\n",
                     to_string(*all.cost).c_str());
    const auto helps = remedies_of(all);
    if (all.is_stopping || helps.run_again) std::fprintf(stderr, "run the same command again to continue\n");
    if (!all.is_stopping && helps.correct)
        std::fprintf(stderr,
                     "correct the cause of the rejected shots; the same command then submits them again\n");
    if (!all.is_stopping && helps.retry_failed)
        std::fprintf(
            stderr,
            "with --retry-failed, the same command submits failed, canceled and expired shots again\n");
    if (!all.paused.empty())
        std::fprintf(stderr, "paused: %zu; `wan shots resume` lets them be submitted\n", all.paused.size());
}

} // namespace

std::optional<known_cost> cost_of(const batch_report& all, const std::vector<shot>& shots,
                                  const std::string& currency) {
    if (currency.empty()) return std::nullopt;
    known_cost sum;
    sum.currency = currency;
    for (std::size_t i = 0; i < all.shots.size(); ++i) {
        if (!may_be_charged(all.shots[i].outcome)) continue;
        sum.amount += shots[i].cost ? shots[i].cost->amount : 0;
        sum.is_lower_bound = sum.is_lower_bound || !shots[i].cost || shots[i].cost->is_lower_bound;
    }
    return sum;
}

std::string in_words(const shot_end& end) {
    auto text = std::string{to_wire(end.ending)};
    if (end.error) text += ": " + wan::printable(to_string(*end.error), 4096);
    return text;
}

std::string line_of(std::string_view id, const report& r) {
    auto line = std::string{id} + "  " + std::string{state_name(r)};
    if (r.saved) line += "  " + r.saved->file;
    if (r.saved && !r.saved->warning.empty()) line += "  warning: " + wan::printable(r.saved->warning, 300);
    const bool is_url_enough = !r.saved && r.outcome.video && !r.outcome.error;
    if (is_url_enough) line += "  " + wan::printable(r.outcome.video->url, 4096);
    if (!r.saved && !is_url_enough && !r.outcome.task_id.empty())
        line += "  [task_id " + wan::printable(r.outcome.task_id, 4096) + "]";
    if (r.outcome.id == wan::id_trust::inferred && !r.outcome.task_id.empty())
        line += "  (the task ID is inferred from the provider's list; check that the video is yours)";
    if (!r.saved && !r.outcome.status.empty()) line += "  " + wan::printable(r.outcome.status, 4096);
    if (r.outcome.error) line += "  " + wan::printable(to_string(*r.outcome.error), 4096);
    for (const auto& c : r.outcome.candidates) line += "\n    " + to_line(c);
    return line;
}

int print(const batch_report& all, const std::vector<shot>& shots,
          const std::vector<wan::violation>& warnings, const batch_options& options) {
    // The most severe first.
    constexpr exit_code by_weight[] = {other_trouble, refused_here,    submit_outcome_unknown,
                                       lost_contact,  stopped_waiting, service_said_no,
                                       gone};
    std::map<exit_code, int> codes;
    for (const auto& r : all.shots) ++codes[code_of(r)];
    if (all.disk) ++codes[other_trouble];
    if (options.wait.json)
        print_as_json(all, shots, warnings, codes[video_made]);
    else if (!options.wait.quiet) {
        print_as_text(all, options.out_dir, codes[video_made]);
        const auto lost = std::find_if(all.shots.begin(), all.shots.end(),
                                       [](const report& r) { return code_of(r) == submit_outcome_unknown; });
        if (lost != all.shots.end()) {
            const auto& candidates = lost->outcome.candidates;
            const auto& id = shots[static_cast<std::size_t>(lost - all.shots.begin())].id;
            const auto task =
                candidates.size() == 1 && candidates.front().created != wan::creation::before_submit
                    ? wan::printable(candidates.front().task_id, 4096)
                    : "TASK_ID";
            std::fputs(about_unconfirmed(codes[submit_outcome_unknown], id, task, all.has_list,
                                         !candidates.empty(), options.wait.sole_user)
                           .c_str(),
                       stderr);
        }
    }
    for (const auto code : by_weight)
        if (codes[code] != 0) return code;
    return video_made;
}

} // namespace cli
