// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Drives two workers, which share a database, through every sequence of what their environment may do.
#include "explore/fleet/fleet_options.hpp"
#include "explore/fleet/world.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace explore::fleet {

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

exploration explore_scenario(const fleet_scenario& s, const rules& protocol, const exploration_options& how) {
    const auto settings = setting_of(s, protocol);
    explorer<world> all{[&] { return world{settings}; }, broken_promise, how};
    auto shown = std::chrono::steady_clock::now();
    return all.run([&](const exploration& e, std::size_t depth, std::size_t width) {
        if (seconds_since(shown) < 5) return;
        shown = std::chrono::steady_clock::now();
        std::printf("  %s: %zu events deep, %llu states, %zu at this depth\n",
                    std::string{s.account.name}.c_str(), depth, static_cast<unsigned long long>(e.states),
                    width);
        std::fflush(stdout);
    });
}

std::string replay_command(const fleet_scenario& s, std::string_view broken_rule, const std::string& path) {
    std::string text = "  path: wan-explore-fleet --scenario " + std::string{s.account.name};
    if (!broken_rule.empty()) text.append(" --mutant ").append(broken_rule);
    return text + " --replay '" + path + "'\n";
}

void print(const fleet_scenario& s, std::string_view broken_rule, const exploration& e, double seconds) {
    std::printf("%-13s %11llu %11llu %11llu %6zu %8zu %8.1f\n", std::string{s.account.name}.c_str(),
                static_cast<unsigned long long>(e.paths), static_cast<unsigned long long>(e.choices),
                static_cast<unsigned long long>(e.states), e.ends.size(), e.longest, seconds);
    if (e.is_cut) std::puts("BROKEN ends: a path never ends");
    if (!e.violation.empty())
        std::printf("BROKEN %s\n%s", e.violation.c_str(), replay_command(s, broken_rule, e.path).c_str());
    std::fflush(stdout);
}

rules rules_of(std::string_view broken_rule) {
    rules protocol;
    if (const auto* const m = find_mutant(broken_rule)) protocol.*(m->rule) = false;
    return protocol;
}

/// The same scenario in three ways, which must find the same ends.
bool compare(const fleet_scenario& s, const rules& protocol, exploration_options how) {
    struct way {
        const char* name;
        bool merges, replays;
    };
    constexpr way ways[] = {{"merged", true, false}, {"replayed", true, true}, {"not merged", false, false}};
    bool is_same = true;
    std::optional<exploration> first;
    for (const auto& w : ways) {
        how.merges = w.merges;
        how.replays = w.replays;
        const auto since = std::chrono::steady_clock::now();
        auto found = explore_scenario(s, protocol, how);
        print(s, {}, found, seconds_since(since));
        if (!first) {
            first = std::move(found);
        } else if (found.ends != first->ends || found.violation != first->violation) {
            std::printf("BROKEN: %s finds other ends\n", w.name);
            is_same = false;
        }
    }
    return is_same && first->violation.empty() && !first->is_cut;
}

int run(const options& asked) {
    std::printf("%-13s %11s %11s %11s %6s %8s %8s\n", "scenario", "paths", "choices", "states", "ends",
                "longest", "seconds");
    bool is_kept = true;
    const auto protocol = rules_of(asked.broken_rule);
    for (const auto& s : fleet_scenarios) {
        if (!asked.scenario.empty() && s.account.name != asked.scenario) continue;
        exploration_options how = asked;
        if (asked.scenario.empty() && s.shots > 1 && how.faults > 0) --how.faults;
        if (asked.compares) {
            is_kept = compare(s, protocol, how) && is_kept;
            continue;
        }
        const auto since = std::chrono::steady_clock::now();
        const auto found = explore_scenario(s, protocol, how);
        print(s, asked.broken_rule, found, seconds_since(since));
        is_kept = is_kept && found.violation.empty() && !found.is_cut;
    }
    std::puts(is_kept ? "all promises hold" : "a promise is broken");
    return is_kept ? 0 : 1;
}

void show(const world& w, std::string& transcript) {
    std::fputs(std::exchange(transcript, {}).c_str(), stdout);
    std::fputs("   ", stdout);
    for (std::size_t i = 0; i < w.workers.size(); ++i)
        for (const auto& d : w.workers[i].drives)
            if (d)
                std::printf(" %c drives shot %u (%s)", i == 0 ? 'A' : 'B', d->shot.shot + 1,
                            std::string{d->task.token().state_name()}.c_str());
    for (const auto& s : w.database.shots())
        std::printf("; owner %d, claims %u, id '%s'%s", s.owner, s.claims, s.task_id.c_str(),
                    s.is_submit_open ? ", open" : "");
    std::puts("");
}

int replay(const options& asked) {
    const auto protocol = rules_of(asked.broken_rule);
    const auto settings = setting_of(*find_scenario(asked.scenario), protocol);
    world w{settings};
    std::string transcript;
    w.transcript = &transcript;
    std::istringstream names{*asked.path};
    for (std::string name; names >> name;) {
        const auto all = w.choices();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const choice& c) { return world::name_of(c) == name; });
        if (found == all.end()) {
            std::printf("Unknown event: %s. Possible events:", name.c_str());
            for (const auto& c : all) std::printf(" %s", world::name_of(c).c_str());
            std::puts("");
            return 2;
        }
        w.take(*found);
        std::printf("%.3f s: %s\n", static_cast<double>(w.now) / 1000, name.c_str());
        show(w, transcript);
        if (const auto why = broken_promise(w); !why.empty()) {
            std::printf("BROKEN %s\n", why.c_str());
            return 1;
        }
    }
    std::printf("Next:");
    for (const auto& c : w.choices()) std::printf(" %s", world::name_of(c).c_str());
    std::puts("");
    return 0;
}

/// The shortest path to a broken promise, with as few faults as possible.
bool find(const mutant& m, const options& asked) {
    auto how = static_cast<exploration_options>(asked);
    const auto& s = *find_scenario(m.scenario);
    for (how.faults = 0; how.faults <= asked.faults; ++how.faults) {
        const auto found = explore_scenario(s, rules_of(m.name), how);
        if (found.violation.empty() && !found.is_cut) continue;
        std::printf("%s: found with %u faults\n  BROKEN %s\n%s", std::string{m.name}.c_str(), how.faults,
                    found.violation.c_str(), replay_command(s, m.name, found.path).c_str());
        std::fflush(stdout);
        return true;
    }
    std::printf("%s: SURVIVED\n", std::string{m.name}.c_str());
    std::fflush(stdout);
    return false;
}

int find_mutants(const options& asked) {
    unsigned found = 0, all = 0;
    for (const auto& m : mutants) {
        if (!asked.broken_rule.empty() && m.name != asked.broken_rule) continue;
        ++all;
        found += find(m, asked);
    }
    std::printf("%u of %u mutants found\n", found, all);
    return found == all ? 0 : 1;
}

} // namespace

} // namespace explore::fleet

int main(int argc, char** argv) {
    const auto asked = explore::fleet::read_options(argc, argv);
    if (!asked) {
        std::fputs("usage: wan-explore-fleet [OPTION]...; see --help\n", stderr);
        return 2;
    }
    if (asked->wants_help) return explore::fleet::print_help(), 0;
    if (asked->path) return explore::fleet::replay(*asked);
    return asked->finds_mutants ? explore::fleet::find_mutants(*asked) : explore::fleet::run(*asked);
}
