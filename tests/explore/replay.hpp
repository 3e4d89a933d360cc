// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Plays one path, and shows every request and response.
#pragma once

#include "explore/options.hpp"
#include "explore/pair_world.hpp"
#include "explore/task_world.hpp"

#include <cstdio>
#include <sstream>
#include <string>

namespace explore {

/// The key is redacted: a service's text may repeat it.
inline std::string without_key(std::string text) {
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key))
        text.replace(at, key.size(), "(key)");
    return text;
}

inline void show(const pair_world& w, std::string& transcript) {
    std::fputs(without_key(std::exchange(transcript, {})).c_str(), stdout);
    if (w.tasks == nullptr) return void(std::puts("    (no process)"));
    for (unsigned i = 0; i < w.shots.size(); ++i)
        if (const auto* t = w.task_of(i))
            std::printf("    %u: %s\n", i + 1, std::string{t->token().state_name()}.c_str());
}

inline std::string broken(const task_world& w) { return broken_invariant(w); }
inline std::string broken(const pair_world& w) { return broken_pair_invariant(w); }

inline void show(const task_world& w, std::string& transcript) {
    std::fputs(without_key(std::exchange(transcript, {})).c_str(), stdout);
    if (w.is_dead) return void(std::puts("    (no process)"));
    std::printf("    %s", std::string{w.task->token().state_name()}.c_str());
    if (!w.task->task_id().empty()) std::printf(", id %s", std::string{w.task->task_id()}.c_str());
    std::printf("; %s\n", std::string{to_wire(w.at)}.c_str());
}

template <class World>
int replay_world(World w, const std::string& path) {
    std::string transcript;
    w.transcript = &transcript;
    show(w, transcript);
    std::istringstream names{path};
    for (std::string name; names >> name;) {
        const auto all = w.choices();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const choice& c) { return World::name_of(c) == name; });
        if (found == all.end()) {
            std::printf("Unknown choice: %s. Possible choices:", name.c_str());
            for (const auto& c : all) std::printf(" %s", World::name_of(c).c_str());
            std::puts("");
            return 2;
        }
        std::printf("%.3f s: %s\n", static_cast<double>(w.now_ms()) / 1000, name.c_str());
        w.take(*found);
        show(w, transcript);
        if (const auto why = broken(w); !why.empty()) {
            std::printf("BROKEN %s\n", without_key(why).c_str());
            return 1;
        }
    }
    std::printf("Next:");
    for (const auto& c : w.choices()) std::printf(" %s", World::name_of(c).c_str());
    std::puts("");
    return 0;
}

inline int replay(const options& asked) {
    for (const auto& s : scenarios)
        if (s.name == asked.scenario) {
            const auto settings = setting_of(s);
            return s.tasks > 1 ? replay_world(pair_world{settings}, *asked.path)
                               : replay_world(task_world{settings}, *asked.path);
        }
    return 2;
}

} // namespace explore
