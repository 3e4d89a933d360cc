// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Copies a task, and hashes all that decides what it does later.
#pragma once

#include "explore/fingerprint.hpp"

#include <wan/wan.hpp>

#include <wan/scheduler/detail/scheduler_core.hpp>
#include <wan/task/detail/search_fsm.hpp>
#include <wan/task/detail/submission.hpp>
#include <wan/task/detail/task_core.hpp>
#include <wan/task/detail/upload_fsm.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

using explore::hasher;

struct task_probe {
    static const task_core& core(const task& t) noexcept { return t.core_; }

    /// The state of its search; null if it does not search.
    static const search_fsm* search(const task& t) noexcept { return t.core_.search.get(); }
    static unsigned search_failures(const search_fsm& s) noexcept { return s.failures_; }

    static std::vector<upload_state> files(const task& t);

    /// Whether the request with that number of its step is in flight.
    static bool is_in_flight(const task& t, unsigned number);

    template <class T>
    static std::unique_ptr<T> copy(const std::unique_ptr<T>& from) {
        return from == nullptr ? nullptr : std::make_unique<T>(*from);
    }
    static std::unique_ptr<upload_fsm> copy(const std::unique_ptr<upload_fsm>& from);
    static task copy(const task& from);

    /// A scheduler of the same limits becomes a copy.
    static void copy(const scheduler& from, scheduler& to);

    /// The number of the task's latest request, as handles have it.
    static std::uint32_t requests(const scheduler& s, std::uint32_t index) noexcept {
        return s.core_->table[index].requests;
    }

    /// Left out: claims, which follow from the tasks that ended; gates, because no rate is limited; the hour
    /// for which late responses are awaited, which is longer than any world lasts.
    static void hash(hasher& h, const scheduler& s, time_point now, std::int64_t wall_now);

    // Times are hashed as seen from now: what was and what will be is the same an hour later. What is past
    // decides nothing more than that it is past.
    static std::int64_t seen_from(time_point now, time_point at) noexcept {
        return at == (time_point::max)() ? -2 : (at <= now ? -1 : (at - now).count());
    }

    /// Left out, because they decide nothing that comes later:
    /// - `provider`, `policy`, `model`, `prompt_hash` and the media are the same in all states of a world;
    ///   the wall clock goes evenly and is the same in all processes, and so is `siblings`;
    /// - `random_` of the pace: without jitter it only names uploaded files;
    /// - texts for people: `request_id`, `status`, `percent`, `eta`, messages and bodies of the last response
    ///   and of the outcome. Whether there is an error, and which ending, is hashed. Each text was searched
    ///   for the key when it came;
    /// - the bytes of requests: they follow from the ids, pages and counters that are hashed;
    /// - `queries` beyond what the next wait depends on; `seen_` of the search, an index of its candidates.
    static void hash(hasher& h, const task& t, time_point now, std::int64_t wall_now);

private:
    static void hash_siblings(hasher& h, const scheduler& s, std::int64_t wall_now);
    static void hash_findings(hasher& h, const findings& f, std::int64_t wall_now);
    static void hash_uploads(hasher& h, const upload_fsm& u, time_point now);
    static void hash_search(hasher& h, const search_fsm& s, time_point now, std::int64_t wall_now);
};

} // namespace wan::inline WAN_ABI::detail
