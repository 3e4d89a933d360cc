// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Which rows of the transition tables were taken, told from what a task was before and after each call.
#pragma once

#include "explore/task_probe.hpp"

#include <wan/task/transitions.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace explore {

/// What tells a transition.
struct snapshot {
    wan::task_state state{};
    std::optional<wan::task_ending> ending{};
    std::optional<wan::detail::search_state> search{};
    unsigned search_failures = 0;
    unsigned poll_failures = 0;
    std::vector<wan::upload_state> files{};

    explicit snapshot(const wan::task& t) : state(t.state()), files(wan::detail::task_probe::files(t)) {
        if (t.outcome() != nullptr) ending = t.outcome()->ending;
        if (const auto* s = wan::detail::task_probe::search(t)) {
            search = s->state();
            search_failures = wan::detail::task_probe::search_failures(*s);
        }
        poll_failures = wan::detail::task_probe::core(t).poll.failures;
    }
};

/// What the host knows of a call that changed a task.
struct call {
    bool is_receive = false;
    bool is_stopping = false;
    bool is_past_deadline = false;
};

class coverage {
public:
    void note(const snapshot& before, const snapshot& after, const call& by);

    coverage& operator+=(const coverage& other) noexcept {
        add(task_, other.task_);
        add(late_, other.late_);
        add(search_, other.search_);
        add(upload_, other.upload_);
        return *this;
    }

    static constexpr std::size_t rows() noexcept {
        return std::size(wan::task_transitions) + std::size(wan::late_transitions) +
               std::size(wan::detail::search_transitions) + std::size(wan::upload_transitions);
    }

    /// The rows that no path took.
    std::vector<std::string> missing() const;

private:
    template <std::size_t N>
    using counts = std::array<std::uint64_t, N>;

    template <std::size_t N>
    static void add(counts<N>& to, const counts<N>& from) noexcept {
        for (std::size_t i = 0; i < N; ++i) to[i] += from[i];
    }

    void take(wan::task_state from, wan::task_event on) noexcept;

    /// One call may make several transitions, such as the end of a request that was lost and what follows.
    void note_task(const snapshot& before, const snapshot& after, const call& by);

    /// The event that leads there in one step; nothing if none does.
    static std::optional<wan::task_event> only_event(wan::task_state from, const snapshot& to,
                                                     const call& by);

    void note_search(const snapshot& before, const snapshot& after);
    void note_file(wan::upload_state before, wan::upload_state after);

    counts<std::size(wan::task_transitions)> task_{};
    counts<std::size(wan::late_transitions)> late_{};
    counts<std::size(wan::detail::search_transitions)> search_{};
    counts<std::size(wan::upload_transitions)> upload_{};
};

} // namespace explore
