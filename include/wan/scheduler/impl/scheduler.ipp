// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>
#include <wan/scheduler/detail/scheduler_misuse.hpp>
#include <wan/scheduler/scheduler.hpp>
#include <wan/task/detail/later.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <utility>

namespace wan::inline WAN_ABI {

/// Puts the task back if anything throws before `is_over` is set, so that the task gets its turn again.
struct scheduler::turn {
    turn(scheduler& s, std::uint32_t i, time_point t) noexcept
        : counted(s.table_, i), self(s), index(i), now(t) {}
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() {
        if (is_over) return;
        self.settle(index);
        self.wake(index, now);
    }

    detail::task_table::change counted;
    scheduler& self;
    std::uint32_t index;
    time_point now;
    bool is_over = false;
};

WAN_DECL scheduler::scheduler(const provider& who)
    : catalog_(who.catalog), dialect_(who.dialect), queues_(limits_of(who)) {}

WAN_DECL lane_limits scheduler::limits_of_new(std::string_view model) const {
    return dialect_ != nullptr ? detail::lane_limits_of(*dialect_, catalog_.get(), model) : of_each_model_;
}

WAN_DECL scheduler::handle scheduler::add(task t, unsigned group, std::uint64_t tag) {
    // Operations that may throw come first, so a failure changes nothing.
    const auto lane = queues_.lane_of(t.model(), limits_of_new(t.model()));
    timers_.hold(table_.slot_count() + 1);
    queues_.hold(table_.slot_count() + 1);
    const auto index = table_.add(std::move(t), tag);
    queues_.assign(index, lane, group);
    const auto& added = task_at(index);
    if (added.requests_in_flight() != 0 || !added.task_id().empty() || added.is_submit_open())
        queues_.take_running_place(index);
    settle(index);
    wake(index, (time_point::min)());
    ++tasks_;
    return handle_of(index);
}

WAN_DECL result<task> scheduler::remove(handle of) {
    const auto* s = slot_of(of);
    if (s == nullptr || s->is_reported || of.index == done_) return detail::names_no_task("remove");
    if (s->held->requests_in_flight() != 0)
        return detail::scheduler_misuse("remove", "a request of the task is in flight; complete it first");
    table_.claim(of.index);
    auto removed = std::move(*s->held);
    removed.set_siblings({});
    queues_.remove(of.index);
    timers_.erase(of.index);
    table_.release(of.index);
    --tasks_;
    return removed;
}

WAN_DECL scheduler::action scheduler::next(time_point now) {
    // The caller has seen the outcome that the previous call returned: free that task's slot.
    release_reported(now);
    for (;;) {
        table_.reserve_one();
        // First move held submits that may be sent, then due tasks, into their queues: the choice below must
        // see all of them.
        release_held(now);
        queue_what_is_due(now);
        // Urgent tasks come first: they send nothing, and may free a running place for other tasks.
        auto index = take_urgent(now);
        auto gate_opens_at = (time_point::max)();
        // Then the task whose turn it is may send, if the limits allow it.
        if (index == detail::no_task) index = take_turn(now, gate_opens_at);
        if (index == detail::no_task)
            return {.task = {}, .step = step::wait((std::min)(timers_.first_at(), gate_opens_at))};
        // A step that only waits is not returned: the next task is chosen at once.
        const auto todo = advance(index, now);
        if (todo.step.is_send() || todo.step.is_done()) return todo;
    }
}

/// Moves due tasks into their queues. A queued task whose timer is due becomes urgent.
WAN_DECL void scheduler::queue_what_is_due(time_point now) {
    while (!timers_.empty() && timers_.first().at <= now) {
        const auto index = timers_.first().task;
        const auto& t = task_at(index);
        if (t.needs_no_request(now)) {
            queues_.push_urgent(index);
            timers_.erase(index);
        } else {
            if (queues_.is_held(index)) queues_.leave(index);
            queues_.push(index, t.next_request(now));
            wake(index, t.times_out_at());
        }
    }
}

/// Removes the next urgent task from its queue. If the task needs a request by now, it is queued for that
/// request instead.
WAN_DECL std::uint32_t scheduler::take_urgent(time_point now) {
    for (;;) {
        const auto index = queues_.pop_urgent();
        if (index == detail::no_task || task_at(index).needs_no_request(now)) return index;
        wake(index, now);
        queue_what_is_due(now);
    }
}

/// Removes the next task from its queue. If there is no such task, lowers `wake_at` to the time when a gate
/// opens.
WAN_DECL std::uint32_t scheduler::take_turn(time_point now, time_point& wake_at) {
    while (table_.in_flight() < queues_.limits().requests_at_once) {
        const auto popped = queues_.pop(now, wake_at);
        if (popped.task == detail::no_task) break;
        // The task may need another kind of request by now, such as a request for a new upload policy. The
        // gate of that kind then applies.
        const auto needs = task_at(popped.task).next_request(now);
        if (needs != popped.kind && !queues_.may_send(popped.task, needs, now)) {
            put_back(popped.task, needs, now);
        } else if (needs != request_kind::submit || !hold(popped.task, now)) {
            timers_.erase(popped.task);
            return popped.task;
        }
    }
    return detail::no_task;
}

/// Queues a task again, in front of all others.
WAN_DECL void scheduler::put_back(std::uint32_t index, request_kind kind, time_point now) {
    turn kept{*this, index, now};
    queues_.leave(index);
    queues_.push(index, kind, true);
    kept.is_over = true;
}

/// Holds a submit while the provider's list could not distinguish its task from the task of another submit.
WAN_DECL bool scheduler::hold(std::uint32_t index, time_point now) {
    const auto free_at = held_.free_at(index, table_, queues_, now);
    if (free_at <= now) return false;
    turn kept{*this, index, now};
    held_.hold(index, table_, queues_);
    queues_.hold_back(index);
    wake(index, (std::min)(free_at, task_at(index).times_out_at()));
    return kept.is_over = true;
}

WAN_DECL void scheduler::release_held(time_point now) {
    held_.release(table_, queues_, [&](std::uint32_t first) {
        put_back(first, request_kind::submit, now);
        wake(first, task_at(first).times_out_at());
    });
}

/// Performs one step of a task. If the task then waits, sets its timer.
WAN_DECL scheduler::action scheduler::advance(std::uint32_t index, time_point now) {
    turn its_turn{*this, index, now};
    const auto todo = table_[index].held->next(now);
    if (todo.is_done()) table_.claim(index);
    its_turn.is_over = true;
    settle(index);
    auto of = handle_of(index);
    if (todo.is_done()) {
        done_ = index;
        --tasks_;
    } else if (todo.is_send()) {
        of = sent(index, todo, now);
    } else {
        wake(index, todo.wake_at());
    }
    return {of, table_[index].tag, todo};
}

/// Records that a request was returned to the caller, and returns the request's handle.
WAN_DECL scheduler::handle scheduler::sent(std::uint32_t index, const step& todo, time_point now) noexcept {
    queues_.sent(index, todo.request_kind(), now);
    auto& s = table_[index];
    s.requests = static_cast<std::uint16_t>(s.requests % 0xFFFF + 1);
    auto of = handle_of(index);
    of.kind = todo.request_kind();
    of.number = todo.number() != 0 ? todo.number() : s.requests;
    // A task gives up a request after twice its timeout. During uploads, the next request may be due earlier.
    const bool is_upload = s.held->state() == task_state::uploading;
    wake(index, is_upload ? now : detail::later(now, 2 * todo.request().timeout));
    return of;
}

WAN_DECL receipt scheduler::receive(handle of, http_result answer, time_point now) {
    const auto* s = slot_of(of);
    if (s == nullptr) return detail::names_no_task("receive");
    const bool is_file = of.kind == request_kind::upload_policy || of.kind == request_kind::upload;
    const unsigned file = is_file ? of.number : 0;
    const bool is_over = file != 0 ? s->is_reported : of.number != 0 && of.number != s->requests;
    const bool is_late = s->held->awaits_late_response();
    if (is_over || (s->is_reported && !is_late))
        return detail::scheduler_misuse(
            "receive", std::string{"that request has already completed"}.append(detail::complete_once));
    table_.reserve_one();
    late_.reserve_one();
    const bool was_in_flight = s->held->requests_in_flight() != 0;
    const auto prompt_hash = s->held->prompt_hash();
    const detail::task_table::change counted{table_, of.index};
    auto taken = s->held->receive(file, std::move(answer), now);
    if (is_late) settle_late(of.index, prompt_hash);
    if (!taken || !was_in_flight) return taken;
    settle(of.index);
    requeue(of.index, now);
    return {};
}

/// Settles the late response to a submit that was given up. Needs the memory that `reserve_one` of `table_`
/// and `late_` allocated.
WAN_DECL void scheduler::settle_late(std::uint32_t index, std::uint64_t prompt_hash) {
    const auto& s = table_[index];
    if (s.is_reported) late_.arrived(index, s.generation);
    if (!s.held->task_id().empty()) table_.claims.add_id(s.held->task_id());
    if (!s.is_reported && index != done_) return;
    // If the response proves anything, a listed task can no longer belong to this task.
    const bool is_known = !s.held->task_id().empty() || !s.held->is_submit_open();
    if (is_known) table_.claims.remove_prompt(prompt_hash, s.held->model());
}

/// Requeues a task after a response. The task's next step decides when it is due, and whether it keeps its
/// running place.
WAN_DECL void scheduler::requeue(std::uint32_t index, time_point now) noexcept {
    const auto& t = task_at(index);
    const bool at_once = t.needs_no_request(now);
    const bool is_waiting = queues_.is_queued(index) && !queues_.is_urgent(index);
    if (is_waiting && !at_once && t.next_request(now) == queues_[index].kind) {
        wake(index, t.times_out_at());
    } else {
        queues_.leave(index);
        wake(index, at_once ? now : t.progress().wake_at);
    }
}

WAN_DECL result<void> scheduler::cancel(handle of) {
    const auto* s = slot_of(of);
    if (s == nullptr || s->is_reported) return detail::names_no_task("cancel");
    auto done = s->held->cancel();
    if (done && s->held->requests_in_flight() == 0) reconsider(of.index);
    return done;
}

WAN_DECL result<void> scheduler::stop(handle of) {
    const auto* s = slot_of(of);
    if (s == nullptr || s->is_reported) return detail::names_no_task("stop");
    s->held->stop();
    if (s->held->requests_in_flight() == 0) reconsider(of.index);
    return {};
}

WAN_DECL void scheduler::wake(std::uint32_t index, time_point at) noexcept {
    if (at == (time_point::max)()) return timers_.erase(index);
    timers_.set({at, index, table_[index].generation});
}

/// Makes a task due after `cancel` or `stop`, which may have changed its next step.
WAN_DECL void scheduler::reconsider(std::uint32_t index) noexcept {
    if (index == done_) return;
    queues_.leave(index);
    wake(index, (time_point::min)());
}

/// Frees the running place of a task that no longer needs it. After uploads the place is kept for the submit.
WAN_DECL void scheduler::settle(std::uint32_t index) noexcept {
    const auto state = task_at(index).state();
    if (is_terminal(state) || state == task_state::backing_off) queues_.free_running_place(index);
}

/// Frees the slots of tasks whose outcomes were returned, unless a late response may still name them.
WAN_DECL void scheduler::release_reported(time_point now) {
    if (done_ != detail::no_task) {
        auto& s = table_[done_];
        if (s.held->awaits_late_response()) {
            late_.await(done_, s.generation, now); // if this throws, the next call tries it again
            s.is_reported = true;
        } else {
            table_.release(done_);
        }
        done_ = detail::no_task;
    }
    late_.drop(now, [&](std::uint32_t index, std::uint32_t generation) {
        if (table_.find(index, generation) != nullptr) table_.release(index);
    });
}

} // namespace wan::inline WAN_ABI
