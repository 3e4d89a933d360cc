// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a task learns of its siblings, and how a worker is hashed.
#include "explore/fleet/worker.hpp"

#include <wan/detail/hash_text.hpp>
#include <wan/scheduler/detail/open_submit.hpp>

#include <algorithm>

namespace explore::fleet {

namespace {

bool knows(const void* context, std::string_view id) {
    const auto& ids = static_cast<const sibling_rows*>(context)->ids;
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// As a scheduler answers it.
bool contests(const void* context, std::optional<std::uint64_t> prompt, std::string_view model,
              std::optional<std::chrono::sys_seconds> created) {
    const wan::detail::made_task made{prompt, wan::detail::hash_of_model(model), created};
    const auto& open = static_cast<const sibling_rows*>(context)->open;
    return std::any_of(open.begin(), open.end(), [&](const wan::resume_token& t) {
        const auto kind =
            wan::detail::kind_of_submit(wan::detail::read_hash(t.prompt_hash).value_or(0), t.model);
        return wan::detail::open_submit{kind, wan::arrival_of(t)}.may_have_made(made);
    });
}

void hash_driven(hasher& h, const driven& d, wan::time_point steady, std::int64_t wall_now) {
    h.add(d.shot.fence);
    wan::detail::task_probe::hash(h, d.task, steady, wall_now);
    for (const auto& id : d.siblings->ids) h.add(id);
    for (const auto& t : d.siblings->open) {
        h.add(t.prompt_hash);
        h.add(t.started_at.value_or(0));
        h.add(t.arrived_by.value_or(0));
    }
    h.add(d.at);
    h.add(d.at == phase::waits ? (d.wake_at - steady).count() : 0);
    h.add(d.at == phase::intends || d.at == phase::queues ? (d.action_at - steady).count() : 0);
    h.add(d.due_at);
    h.add(d.timeout_ms);
    h.add(d.saved.task_id);
    h.add(d.saved.is_open | d.saved.has_ended << 1 | d.has_query << 2 | d.saved.is_unsettled << 3);
    if (d.response && *d.response) h.add((*d.response)->body);
}

} // namespace

void driven::bind() {
    asks = std::make_unique<wan::sibling_tasks>(
        wan::sibling_tasks{.known = {knows, siblings.get()}, .has_open_submit = contests});
    task.set_siblings(asks.get());
}

void worker::hash(hasher& h, std::int64_t now, std::int64_t wall_now) const {
    h.add(is_alive | is_stopped << 1 | is_asleep << 2 | is_draining << 3);
    if (!is_alive) return;
    h.add(is_stopped ? stopped_at : 0);
    h.add(lag);
    h.add(row);
    h.add(safe_until);
    h.add(steady_until);
    h.add(next);
    h.add(due_at);
    h.add(reaches_from > now ? reaches_from : 0);
    h.add(beat);
    for (const auto& d : drives) {
        h.add(d.has_value());
        if (d) hash_driven(h, *d, steady(now), wall_now);
    }
}

} // namespace explore::fleet
