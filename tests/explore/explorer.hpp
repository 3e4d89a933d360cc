// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every path of choices with at most so many faults, the shortest first.
#pragma once

#include "explore/choices.hpp"
#include "explore/coverage.hpp"
#include "explore/fingerprint.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace explore {

struct exploration_options {
    unsigned faults = 2;
    unsigned threads = 2;
    bool merges = true;   ///< states that are equal
    bool replays = false; ///< each path from its start, instead of copying worlds
};

struct exploration {
    std::uint64_t paths = 0;  ///< ends of paths, at an end of the task or at a state that is known
    std::uint64_t states = 0; ///< that differ, faults included
    std::uint64_t choices = 0;
    std::size_t longest = 0; ///< choices in the longest path
    coverage covered = {};
    std::set<fingerprint> ends = {};
    std::string violation = {}; ///< the first that is found, on a shortest path; empty: none
    std::string path = {};      ///< to it
    bool is_cut = false;        ///< a path is longer than any should be
};

/// Where a thread is, for what ends the program.
inline thread_local std::string (*name_current_path)(const void*) = nullptr;
inline thread_local const void* current_path = nullptr;

/// `World` has `choices`, `take`, `hash`, `has_ended`, `hash_of_end`, and static `name_of` and `faults_of`.
template <class World>
class explorer {
public:
    using check_function = std::string (*)(const World&);

    explorer(std::function<World()> first, check_function check, const exploration_options& options)
        : first_(std::move(first)), check_(check), options_(options) {}

    exploration
    run(const std::function<void(const exploration&, std::size_t depth, std::size_t width)>& show) {
        auto begin = first_();
        if (auto why = check_(begin); !why.empty()) return violated(std::move(why), {});
        nodes_.push_back({0, {}});
        std::vector<open_state> level;
        known_.emplace(begin.hash(), 0U);
        found_.states = 1;
        level.push_back({0, 0, keep(begin)});
        for (std::size_t depth = 1; !level.empty() && found_.violation.empty(); ++depth) {
            found_.longest = depth;
            if (depth > 400) return found_.is_cut = true, std::move(found_);
            level = next_level(level);
            show(found_, depth, level.size());
        }
        return std::move(found_);
    }

private:
    struct node {
        std::uint32_t parent;
        choice by;
    };
    /// A state whose choices are to be explored.
    struct open_state {
        std::uint32_t at;
        unsigned faults;
        std::unique_ptr<World> world; ///< null: replayed
    };
    struct successor {
        choice by;
        fingerprint hash;
        unsigned faults;
        std::optional<fingerprint> end; ///< of one that has ended
        std::string violation;
        std::unique_ptr<World> world;
    };
    struct expansion {
        std::vector<std::vector<successor>> of; ///< each open state
        coverage covered = {};
    };
    struct place {
        const explorer* self;
        std::uint32_t at;
        const choice* by;
    };

    std::unique_ptr<World> keep(World& w) const {
        return options_.replays ? nullptr : std::make_unique<World>(std::move(w));
    }

    /// Each thread expands a slice of the level; what they found is then merged in order, so that the result
    /// does not depend on the number of threads.
    std::vector<open_state> next_level(std::vector<open_state>& level) {
        constexpr std::size_t slice = 4096;
        std::vector<open_state> next;
        for (std::size_t from = 0; from < level.size() && found_.violation.empty(); from += slice) {
            const auto to = std::min(level.size(), from + slice);
            expansion all;
            all.of.resize(to - from);
            std::atomic<std::size_t> taken{from};
            std::vector<coverage> covered(options_.threads);
            std::vector<std::thread> threads;
            for (unsigned t = 0; t < options_.threads; ++t)
                threads.emplace_back([&, t] {
                    for (std::size_t i = taken++; i < to; i = taken++)
                        all.of[i - from] = successors(level[i], covered[t]);
                });
            for (auto& t : threads) t.join();
            for (const auto& c : covered) found_.covered += c;
            for (std::size_t i = from; i < to; ++i) merge(level[i], all.of[i - from], next);
        }
        return next;
    }

    std::vector<successor> successors(const open_state& from, coverage& covered) const {
        const auto start = from.world ? World{*from.world} : replayed(from.at);
        std::vector<successor> all;
        for (const auto& c : start.choices()) {
            const auto faults = from.faults + World::faults_of(c);
            if (faults > options_.faults) continue;
            const place here{this, from.at, &c};
            current_path = &here;
            name_current_path = [](const void* p) {
                const auto& at = *static_cast<const place*>(p);
                return at.self->path_to(at.at, *at.by);
            };
            World w{start};
            w.covered = &covered;
            w.take(c);
            w.covered = nullptr;
            auto why = check_(w);
            const auto hash = w.hash();
            const auto end = w.has_ended() ? std::optional{w.hash_of_end()} : std::nullopt;
            all.push_back({c, hash, faults, end, std::move(why), keep(w)});
        }
        current_path = nullptr;
        return all;
    }

    void merge(const open_state& from, std::vector<successor>& all, std::vector<open_state>& next) {
        found_.paths += all.empty();
        for (auto& s : all) {
            ++found_.choices;
            if (!s.violation.empty() && found_.violation.empty()) {
                found_.path = path_to(from.at, s.by);
                found_.violation = std::move(s.violation);
            }
            if (s.end) found_.ends.insert(*s.end);
            if (options_.merges) {
                const auto [known, is_new] = known_.emplace(s.hash, s.faults);
                if (!is_new && known->second <= s.faults) {
                    ++found_.paths;
                    continue;
                }
                known->second = s.faults;
            }
            ++found_.states;
            nodes_.push_back({from.at, s.by});
            next.push_back({static_cast<std::uint32_t>(nodes_.size() - 1), s.faults, std::move(s.world)});
        }
    }

    std::vector<choice> choices_to(std::uint32_t at) const {
        std::vector<choice> all;
        for (; at != 0; at = nodes_[at].parent) all.push_back(nodes_[at].by);
        std::reverse(all.begin(), all.end());
        return all;
    }

    World replayed(std::uint32_t at) const {
        auto w = first_();
        for (const auto& c : choices_to(at)) w.take(c);
        return w;
    }

    std::string path_to(std::uint32_t at, const choice& last) const {
        std::string text;
        auto all = choices_to(at);
        all.push_back(last);
        for (const auto& c : all) text.append(text.empty() ? "" : " ").append(World::name_of(c));
        return text;
    }

    exploration violated(std::string why, std::string path) {
        found_.violation = std::move(why);
        found_.path = std::move(path);
        return std::move(found_);
    }

    std::function<World()> first_;
    check_function check_;
    exploration_options options_;
    exploration found_ = {};
    std::vector<node> nodes_ = {};
    std::unordered_map<fingerprint, unsigned, fingerprint_hash> known_ = {}; ///< with the fewest faults
};

} // namespace explore
