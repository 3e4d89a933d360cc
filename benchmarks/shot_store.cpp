// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a claim and a finish cost in a state with few shots and in one with very many.
#include "cli/batch_file.hpp"
#include "cli/fleet/fleet_store.hpp"

#include <wan/request/json.hpp>
#include <wan/wan.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace {

using clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t few = 1'000;
constexpr double limit = 2; ///< with very many shots, at most so many times as much as with few

struct options {
    std::string state;
    std::size_t shots = 1'000'000;
    std::size_t measured = 800; ///< of each size; fewer than `few`
    bool check = false;
};

/// Microseconds per shot.
struct cost {
    double claim = 0, finish = 0;
};

cli::shot shot_number(std::size_t number) {
    wan::text_to_video request{.prompt = "Shot " + std::to_string(number), .model = "wan2.7-t2v"};
    auto json = *wan::to_json(request);
    return {.id = "shot-" + std::to_string(number),
            .line = number + 1,
            .request = std::move(request),
            .json = std::move(json),
            .fingerprint = std::to_string(number)};
}

wan::result<void> add_until(cli::fleet_store& store, std::size_t& there, std::size_t all) {
    constexpr std::size_t at_once = 10'000;
    while (there < all) {
        std::vector<cli::shot> shots;
        for (const auto end = (std::min)(all, there + at_once); there < end; ++there)
            shots.push_back(shot_number(there));
        if (auto added = store.enqueue(shots, "/", "benchmark", 0); !added) return added.error();
        if (all > few) std::fprintf(stderr, "\r%zu of %zu shots", there, all);
    }
    if (all > few) std::fputs("\n", stderr);
    return {};
}

/// Claims shots and writes their videos, as a worker does.
wan::result<cost> measure(cli::fleet_store& store, std::size_t count) {
    clock::duration claiming{}, finishing{};
    std::size_t done = 0;
    for (auto beat_at = clock::now(); done < count;) {
        if (clock::now() >= beat_at) {
            if (auto living = store.beat(); !living) return living.error();
            beat_at = clock::now() + 3s;
        }
        const auto begin = clock::now();
        auto claimed = store.claim(16, {});
        const auto end = clock::now();
        if (!claimed) return claimed.error();
        if (!*claimed || (*claimed)->empty())
            return wan::error{.category = wan::error_category::storage,
                              .message = "no shot could be claimed; give the program a state of its own"};
        claiming += end - begin;
        std::vector<wan::resume_token> tokens;
        const cli::shot_video made{.file = "/videos/shot.mp4", .bytes = 1};
        for (const auto& shot : **claimed)
            tokens.push_back({.dialect = "dashscope",
                              .base_url = "https://dashscope-intl.aliyuncs.com/api/v1",
                              .model = shot.model,
                              .ending = wan::task_ending::succeeded,
                              .task_id = "task of " + shot.name});
        std::vector<cli::shot_change> changes;
        for (std::size_t i = 0; i < tokens.size(); ++i)
            changes.push_back({.shot = &(**claimed)[i],
                               .attempt = 1,
                               .token = &tokens[i],
                               .made = &made,
                               .has_place = false,
                               .is_kind_open = false,
                               .is_over = true});
        const auto begin_commit = clock::now();
        const auto written = store.commit(changes);
        finishing += clock::now() - begin_commit;
        if (!written) return written.error();
        done += changes.size();
    }
    const auto each = [&](clock::duration all) {
        return std::chrono::duration<double, std::micro>(all).count() / static_cast<double>(done);
    };
    return cost{each(claiming), each(finishing)};
}

/// Returns the largest amount of memory that was resident, in MB.
double peak_memory() {
    std::ifstream status{"/proc/self/status"};
    for (std::string word; status >> word;)
        if (double kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
    return 0;
}

wan::result<bool> run(const options& asked) {
    const auto who = wan::dashscope::provider(wan::api_key{"not-a-key"}, wan::region::singapore);
    auto opened = cli::fleet_store::open(asked.state, who, "benchmark");
    if (!opened) return opened.error();
    auto& store = **opened;
    std::size_t there = 0;
    if (auto added = add_until(store, there, few); !added) return added.error();
    cli::worker_terms terms;
    terms.name = "benchmark";
    terms.lease = 3h; // longer than the shots take to be added
    terms.limits = [](std::string_view) {
        return wan::lane_limits{.submits_per_second = 0, .running_tasks = 0};
    };
    if (auto entered = store.enter(terms); !entered) return entered.error();
    const auto small = measure(store, asked.measured);
    if (!small) return small.error();
    if (auto added = add_until(store, there, asked.shots); !added) return added.error();
    const auto large = measure(store, asked.measured);
    if (!large) return large.error();
    (void)store.leave();

    std::printf("%-12s %14s %14s\n", "shots", "claim", "finish");
    std::printf("%-12zu %11.0f us %11.0f us\n", few, small->claim, small->finish);
    std::printf("%-12zu %11.0f us %11.0f us\n", asked.shots, large->claim, large->finish);
    const double claim = large->claim / small->claim;
    const double finish = large->finish / small->finish;
    const bool is_kept = claim <= limit && finish <= limit;
    std::printf("%-12s %11.2f    %11.2f      %s: at most %.0f\n", "ratio", claim, finish,
                is_kept ? "kept" : "BROKEN", limit);
    std::printf("%.1f MB of memory at most\n", peak_memory());
    return is_kept || !asked.check;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "Measures what a claim and a finish of a shot cost a worker of `wan`, with 1,000 shots in the\n"
        "state and with many, in one run. Use a state that is empty, and nothing else uses."};
    options asked;
    app.add_option("--state", asked.state, "Folder, or postgresql:// URL")->type_name("WHERE")->required();
    app.add_option("--shots", asked.shots, "Shots of the second measurement, from 2000 to 10000000")
        ->type_name("N")
        ->check(CLI::Range(2'000, 10'000'000))
        ->capture_default_str();
    app.add_flag("--check", asked.check,
                 "Exit with 3 if many shots make one of them cost over twice as much");
    app.footer("Exit codes: 0 done; 1 the state failed; 2 wrong usage; 3 over the limit.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) { return app.exit(e) == 0 ? 0 : 2; }
    const auto kept = run(asked);
    if (!kept) {
        std::fprintf(stderr, "%s\n", to_string(kept.error()).c_str());
        return 1;
    }
    return *kept ? 0 : 3;
}
