// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>
#include <wan/scheduler/detail/scheduler_core.hpp>
#include <wan/scheduler/detail/scheduler_misuse.hpp>
#include <wan/scheduler/scheduler.hpp>
#include <wan/task/detail/later.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <utility>

namespace wan::inline WAN_ABI::detail {

/// Puts the task back if anything throws before `is_over` is set, so that the task gets its turn again.
struct scheduler_core::turn {
    turn(scheduler_core& s, std::uint32_t i, time_point t) noexcept
        : counted(s.table, i), self(s), index(i), now(t) {}
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() {
        if (is_over) return;
        self.settle(index);
        self.wake(index, now);
    }

    task_table::change counted;
    scheduler_core& self;
    std::uint32_t index;
    time_point now;
    bool is_over = false;
};

WAN_DECL scheduler_core::scheduler_core(const provider& who)
    : catalog(who.catalog), dialect(who.dialect), queues(limits_of(who)) {}

WAN_DECL task_handle scheduler_core::add(task t, unsigned group, std::uint64_t tag) {
    // Operations that may throw come first, so a failure changes nothing.
    const auto lane = queues.lane_of(t.model(), limits_of_new(t.model()));
    timers.hold(table.slot_count() + 1);
    queues.hold(table.slot_count() + 1);
    times.follow(t, lane);
    const auto index = table.add(std::move(t), tag);
    queues.assign(index, lane, group);
    const auto& added = task_at(index);
    if (added.requests_in_flight() != 0 || !added.task_id().empty() || added.is_submit_open())
        queues.take_running_place(index);
    settle(index);
    wake(index, (time_point::min)());
    ++tasks;
    return handle_of(index);
}

WAN_DECL result<task> scheduler_core::remove(task_handle of) {
    const auto* s = slot_of(of);
    if (s == nullptr || s->is_reported || of.index == done) return names_no_task("remove");
    if (s->held->requests_in_flight() != 0)
        return scheduler_misuse("remove", "a request of the task is in flight; complete it first");
    table.claim(of.index);
    auto removed = std::move(*s->held);
    removed.set_siblings(nullptr);
    learned_times::leave(removed);
    queues.remove(of.index);
    timers.erase(of.index);
    table.release(of.index);
    --tasks;
    return removed;
}

WAN_DECL scheduler_action scheduler_core::next(time_point now) {
    // The caller has seen the outcome that the previous call returned: free that task's slot.
    release_reported(now);
    for (;;) {
        table.reserve_one();
        // First move held submits that may be sent, then due tasks, into their queues: the choice below must
        // see all of them.
        release_held(now);
        queue_what_is_due(now);
        // Urgent tasks come first: they send nothing, and may free a running place for other tasks.
        auto index = take_urgent(now);
        auto gate_opens_at = (time_point::max)();
        // Then the task whose turn it is may send, if the limits allow it.
        if (index == no_task) index = take_turn(now, gate_opens_at);
        if (index == no_task)
            return {.task = {}, .step = step::wait((std::min)(timers.first_at(), gate_opens_at))};
        // A step that only waits is not returned: the next task is chosen at once.
        const auto todo = advance(index, now);
        if (todo.step.is_send() || todo.step.is_done()) return todo;
    }
}

/// Moves due tasks into their queues. A queued task whose timer is due becomes urgent.
WAN_DECL void scheduler_core::queue_what_is_due(time_point now) {
    while (!timers.empty() && timers.first().at <= now) {
        const auto index = timers.first().task;
        const auto& t = task_at(index);
        if (t.needs_no_request(now)) {
            queues.push_urgent(index);
            timers.erase(index);
        } else {
            if (queues.is_held(index)) queues.leave(index);
            queues.push(index, t.next_request(now));
            wake(index, t.times_out_at());
        }
    }
}

/// Removes the next urgent task from its queue. If the task needs a request by now, it is queued for that
/// request instead.
WAN_DECL std::uint32_t scheduler_core::take_urgent(time_point now) {
    for (;;) {
        const auto index = queues.pop_urgent();
        if (index == no_task || task_at(index).needs_no_request(now)) return index;
        wake(index, now);
        queue_what_is_due(now);
    }
}

/// Removes the next task from its queue. If there is no such task, lowers `wake_at` to the time when a gate
/// opens.
WAN_DECL std::uint32_t scheduler_core::take_turn(time_point now, time_point& wake_at) {
    while (table.in_flight() < queues.limits().requests_at_once) {
        const auto popped = queues.pop(now, wake_at);
        if (popped.task == no_task) break;
        // The task may need another kind of request by now, such as a request for a new upload policy. The
        // gate of that kind then applies.
        const auto needs = task_at(popped.task).next_request(now);
        if (needs != popped.kind && !queues.may_send(popped.task, needs, now)) {
            put_back(popped.task, needs, now);
        } else if (needs != request_kind::submit || !hold(popped.task, now)) {
            timers.erase(popped.task);
            return popped.task;
        }
    }
    return no_task;
}

/// Queues a task again, in front of all others.
WAN_DECL void scheduler_core::put_back(std::uint32_t index, request_kind kind, time_point now) {
    turn kept{*this, index, now};
    queues.leave(index);
    queues.push(index, kind, true);
    kept.is_over = true;
}

/// Holds a submit while the provider's list could not distinguish its task from the task of another submit.
WAN_DECL bool scheduler_core::hold(std::uint32_t index, time_point now) {
    const auto free_at = held.free_at(index, table, queues, now);
    if (free_at <= now) return false;
    turn kept{*this, index, now};
    held.hold(index, table, queues);
    queues.hold_back(index);
    wake(index, (std::min)(free_at, task_at(index).times_out_at()));
    return kept.is_over = true;
}

WAN_DECL void scheduler_core::release_held(time_point now) {
    held.release(table, queues, [&](std::uint32_t first) {
        put_back(first, request_kind::submit, now);
        wake(first, task_at(first).times_out_at());
    });
}

/// Performs one step of a task. If the task then waits, sets its timer.
WAN_DECL scheduler_action scheduler_core::advance(std::uint32_t index, time_point now) {
    turn its_turn{*this, index, now};
    const auto todo = table[index].held->next(now);
    if (todo.is_done()) table.claim(index);
    its_turn.is_over = true;
    settle(index);
    auto of = handle_of(index);
    if (todo.is_done()) {
        done = index;
        --tasks;
    } else if (todo.is_send()) {
        of = sent(index, todo, now);
    } else {
        wake(index, todo.wake_at());
    }
    return {of, table[index].tag, todo};
}

/// Records that a request was returned to the caller, and returns the request's handle.
WAN_DECL task_handle scheduler_core::sent(std::uint32_t index, const step& todo, time_point now) noexcept {
    queues.sent(index, todo.request_kind(), now);
    auto& s = table[index];
    s.requests = static_cast<std::uint16_t>(s.requests % 0xFFFF + 1);
    auto of = handle_of(index);
    of.kind = todo.request_kind();
    of.number = todo.number() != 0 ? todo.number() : s.requests;
    // A task gives up a request after twice its timeout. During uploads, the next request may be due earlier.
    const bool is_upload = s.held->state() == task_state::uploading;
    wake(index, is_upload ? now : later(now, 2 * todo.request().timeout));
    return of;
}

WAN_DECL receipt scheduler_core::receive(task_handle of, http_result answer, time_point now) {
    const auto* s = slot_of(of);
    if (s == nullptr) return names_no_task("receive");
    const bool is_file = of.kind == request_kind::upload_policy || of.kind == request_kind::upload;
    const unsigned file = is_file ? of.number : 0;
    const bool is_over = file != 0 ? s->is_reported : of.number != 0 && of.number != s->requests;
    const bool is_late = s->held->awaits_late_response();
    if (is_over || (s->is_reported && !is_late))
        return scheduler_misuse("receive",
                                std::string{"that request has already completed"}.append(complete_once));
    table.reserve_one();
    late.reserve_one();
    const bool was_in_flight = s->held->requests_in_flight() != 0;
    const auto prompt_hash = s->held->prompt_hash();
    const task_table::change counted{table, of.index};
    auto taken = s->held->receive(file, std::move(answer), now);
    times.learn(*s->held, queues[of.index].lane, now);
    if (is_late) settle_late(of.index, prompt_hash);
    if (!taken || !was_in_flight) return taken;
    settle(of.index);
    requeue(of.index, now);
    return {};
}

/// Settles the late response to a submit that was given up. Needs the memory that `reserve_one` of `table`
/// and `late` allocated.
WAN_DECL void scheduler_core::settle_late(std::uint32_t index, std::uint64_t prompt_hash) {
    const auto& s = table[index];
    if (s.is_reported) late.arrived(index, s.generation);
    if (!s.held->task_id().empty()) table.claims.add_id(s.held->task_id());
    if (!s.is_reported && index != done) return;
    // If the response proves anything, a listed task can no longer belong to this task.
    const bool is_known = !s.held->task_id().empty() || !s.held->is_submit_open();
    if (is_known) table.claims.remove_prompt(prompt_hash, s.held->model());
}

/// Requeues a task after a response. The task's next step decides when it is due, and whether it keeps its
/// running place.
WAN_DECL void scheduler_core::requeue(std::uint32_t index, time_point now) noexcept {
    const auto& t = task_at(index);
    const bool at_once = t.needs_no_request(now);
    const bool is_waiting = queues.is_queued(index) && !queues.is_urgent(index);
    if (is_waiting && !at_once && t.next_request(now) == queues[index].kind) {
        wake(index, t.times_out_at());
    } else {
        queues.leave(index);
        wake(index, at_once ? now : t.progress().wake_at);
    }
}

WAN_DECL result<void> scheduler_core::cancel(task_handle of) {
    const auto* s = slot_of(of);
    if (s == nullptr || s->is_reported) return names_no_task("cancel");
    auto canceled = s->held->cancel();
    if (canceled && s->held->requests_in_flight() == 0) reconsider(of.index);
    return canceled;
}

WAN_DECL result<void> scheduler_core::stop(task_handle of) {
    const auto* s = slot_of(of);
    if (s == nullptr || s->is_reported) return names_no_task("stop");
    s->held->stop();
    if (s->held->requests_in_flight() == 0) reconsider(of.index);
    return {};
}

WAN_DECL void scheduler_core::wake(std::uint32_t index, time_point at) noexcept {
    if (at == (time_point::max)()) return timers.erase(index);
    timers.set({at, index, table[index].generation});
}

/// Makes a task due after `cancel` or `stop`, which may have changed its next step.
WAN_DECL void scheduler_core::reconsider(std::uint32_t index) noexcept {
    if (index == done) return;
    queues.leave(index);
    wake(index, (time_point::min)());
}

/// Frees the running place of a task that no longer needs it. After uploads the place is kept for the submit.
WAN_DECL void scheduler_core::settle(std::uint32_t index) noexcept {
    const auto state = task_at(index).state();
    if (is_terminal(state) || state == task_state::backing_off) queues.free_running_place(index);
}

/// Frees the slots of tasks whose outcomes were returned, unless a late response may still name them.
WAN_DECL void scheduler_core::release_reported(time_point now) {
    if (done != no_task) {
        auto& s = table[done];
        if (s.held->awaits_late_response()) {
            late.await(done, s.generation, now); // if this throws, the next call tries it again
            s.is_reported = true;
        } else {
            table.release(done);
        }
        done = no_task;
    }
    late.drop(now, [&](std::uint32_t index, std::uint32_t generation) {
        if (table.find(index, generation) != nullptr) table.release(index);
    });
}

} // namespace wan::inline WAN_ABI::detail
