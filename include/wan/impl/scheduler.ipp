// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/sane.hpp>
#include <wan/model/catalog.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/scheduler.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL account_limits limits_of(const provider& who, std::string_view model) {
    account_limits limits;
    if (who.dialect == nullptr) return limits;
    limits.queries_per_second = who.dialect->queries_per_second;
    const auto* row = find_model(who.dialect->models, model);
    if (row == nullptr) return limits;
    limits.submits_per_second = row->rate.submits_per_second;
    limits.running_tasks = static_cast<unsigned>(row->rate.running_tasks);
    return limits;
}

namespace detail {

WAN_DECL void rate_gate::refill(time_point now) noexcept {
    if (!std::exchange(started_, true)) filled_at_ = now;
    if (now <= filled_at_) return;
    const std::chrono::duration<double> passed = now - filled_at_;
    level_ = (std::min)(most(), level_ + passed.count() * per_second_);
    filled_at_ = now;
}

WAN_DECL time_point rate_gate::opens_at(time_point now) noexcept {
    if (per_second_ <= 0) return now;
    refill(now);
    if (level_ >= 1) return now;
    const std::chrono::duration<double> wait{(1 - level_) / per_second_}, most = longest_wait;
    // Up, so that it is open then.
    return now + std::chrono::ceil<milliseconds>((std::min)(wait, most));
}

WAN_DECL void rate_gate::pass(time_point now) noexcept {
    if (per_second_ <= 0) return;
    refill(now);
    level_ -= 1;
}

} // namespace detail

WAN_DECL scheduler::scheduler(const account_limits& limits)
    : limits_(limits), submit_gate_(limits.submits_per_second), query_gate_(limits.queries_per_second) {
    limits_.requests_at_once = (std::max)(limits.requests_at_once, 1u);
}

WAN_DECL scheduler::slot* scheduler::slot_of(handle of) noexcept {
    if (of.index >= slots_.size() || slots_[of.index].held == nullptr || slots_[of.index].generation != of.generation) return nullptr;
    return &slots_[of.index];
}

WAN_DECL const task* scheduler::find(handle of) const noexcept {
    const auto* s = const_cast<scheduler*>(this)->slot_of(of);
    return s != nullptr ? s->held.get() : nullptr;
}

WAN_DECL scheduler::handle scheduler::add(task t, unsigned group) {
    std::uint32_t index = 0;
    if (free_.empty()) {
        index = static_cast<std::uint32_t>(slots_.size());
        slots_.emplace_back();
        // So that what goes on later needs no memory.
        heap_.reserve(slots_.capacity());
        free_.reserve(slots_.capacity());
    } else {
        index = free_.back();
        free_.pop_back();
    }
    auto& s = slots_[index];
    s.held = std::make_unique<task>(std::move(t));
    s.group = group;
    s.held->set_siblings({{[](const void* self, std::string_view id) { return static_cast<const scheduler*>(self)->owns(id); }, this},
                          [](const void* self, std::optional<std::uint64_t> prompt_hash) {
                              return static_cast<const scheduler*>(self)->has_open_submit(prompt_hash);
                          }});
    s.is_running = s.held->state() == task_state::waiting || wan::is_submit_open(s.held->state());
    running_ += s.is_running;
    ++tasks_;
    settle(index);
    sort_in(index, (time_point::min)());
    return handle_of(index);
}

// Asked for candidates of a lost submit alone, so that a look at all tasks is not too much.

WAN_DECL bool scheduler::owns(std::string_view task_id) const {
    return std::find(ended_.begin(), ended_.end(), detail::hash_of(task_id)) != ended_.end() ||
           std::any_of(slots_.begin(), slots_.end(), [&](const slot& s) { return s.held != nullptr && s.held->task_id() == task_id; });
}

/// Of others than the one that asks, which is one of them.
WAN_DECL bool scheduler::has_open_submit(std::optional<std::uint64_t> prompt_hash) const {
    const auto is_wanted = [&](std::uint64_t hash) { return !prompt_hash || hash == *prompt_hash; };
    if (std::any_of(unknown_.begin(), unknown_.end(), is_wanted)) return true;
    if (open_submits_ <= 1) return false;
    return std::count_if(slots_.begin(), slots_.end(),
                         [&](const slot& s) { return s.is_submit_open && is_wanted(s.held->prompt_hash()); }) > 1;
}

// A binary heap that knows where each task is, so that one can be woken early.

WAN_DECL void scheduler::set_heap(std::size_t i, wake w) {
    heap_[i] = w;
    slots_[w.index].at = static_cast<std::uint32_t>(i);
}

WAN_DECL void scheduler::sift_up(std::size_t i) {
    const auto moved = heap_[i];
    for (; i > 0 && moved.at < heap_[(i - 1) / 2].at; i = (i - 1) / 2) set_heap(i, heap_[(i - 1) / 2]);
    set_heap(i, moved);
}

WAN_DECL void scheduler::sift_down(std::size_t i) {
    const auto moved = heap_[i];
    for (;;) {
        auto child = 2 * i + 1;
        if (child >= heap_.size()) break;
        if (child + 1 < heap_.size() && heap_[child + 1].at < heap_[child].at) ++child;
        if (moved.at <= heap_[child].at) break;
        set_heap(i, heap_[child]);
        i = child;
    }
    set_heap(i, moved);
}

WAN_DECL void scheduler::sort_in(std::uint32_t index, time_point at) {
    heap_.push_back({at, index});
    sift_up(heap_.size() - 1);
}

WAN_DECL void scheduler::take_out(std::uint32_t index) {
    const std::size_t i = slots_[index].at;
    if (i == no_place) return;
    slots_[index].at = no_place;
    const auto last = heap_.back();
    heap_.pop_back();
    if (last.index == index) return;
    set_heap(i, last);
    sift_up(i);
    sift_down(slots_[last.index].at);
}

/// Out of wherever it was. What may throw comes first.
WAN_DECL void scheduler::queue_up(queue& q, place where, std::uint32_t index) {
    q.push_back({index, slots_[index].ticket + 1});
    take_out(index);
    leave_queue(index);
    ++slots_[index].ticket;
    slots_[index].where = where;
    queued_submits_ += where == place::submits;
    queued_queries_ += where == place::queries;
}

/// The first with a valid ticket; none if there is none.
WAN_DECL std::uint32_t scheduler::pop(queue& q, place from) {
    while (!q.empty()) {
        const auto [index, ticket] = q.front();
        q.pop_front();
        auto& s = slots_[index];
        if (s.where != from || s.ticket != ticket) continue;
        leave_queue(index);
        take_out(index);
        return index;
    }
    return no_task;
}

WAN_DECL void scheduler::leave_queue(std::uint32_t index) {
    auto& s = slots_[index];
    queued_submits_ -= s.where == place::submits;
    queued_queries_ -= s.where == place::queries;
    s.where = place::none;
}

/// What needs nothing of the account does not wait for its turn.
WAN_DECL void scheduler::hurry(std::uint32_t index) { queue_up(at_once_, place::at_once, index); }

/// Those whose time has come queue up: a submit with its group, anything else with all others. Those whose deadline comes
/// while they queue have had enough.
WAN_DECL void scheduler::queue_what_is_due(time_point now) {
    while (!heap_.empty() && heap_.front().at <= now) {
        const auto index = heap_.front().index;
        auto& s = slots_[index];
        const auto state = s.held->state();
        const auto deadline = s.held->deadline();
        if (s.where != place::none || is_terminal(state) || is_in_flight(state) || deadline <= now || s.held->has_lost_upload(now)) {
            hurry(index);
            continue;
        }
        const bool is_submit = state == task_state::ready || state == task_state::backing_off;
        if (is_submit && s.is_running)
            queue_up(begun_, place::begun, index);
        else if (is_submit || (state == task_state::uploading && !s.is_running))
            queue_up(submits_[s.group], place::submits, index);
        else
            queue_up(queries_, place::queries, index);
        if (deadline != (time_point::max)()) sort_in(index, deadline);
    }
}

/// The next group's first.
WAN_DECL std::uint32_t scheduler::pop_submit() {
    while (!submits_.empty()) {
        auto group = submits_.upper_bound(last_group_);
        if (group == submits_.end()) group = submits_.begin();
        last_group_ = group->first;
        const auto index = pop(group->second, place::submits);
        if (group->second.empty()) submits_.erase(group);
        if (index != no_task) return index;
    }
    return no_task;
}

/// Until it is over, a function of the host's that throws, or a lack of memory, puts the task back: it has its turn again.
struct scheduler::turn {
    scheduler& self;
    std::uint32_t index;
    time_point now;
    bool is_over = false;

    turn(scheduler& s, std::uint32_t i, time_point t) noexcept : self(s), index(i), now(t) {}
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() {
        if (is_over) return;
        self.settle(index);
        self.sort_in(index, now);
    }
};

WAN_DECL scheduler::action scheduler::next(time_point now) {
    if (done_ != no_task) leave(std::exchange(done_, no_task));
    for (; !answered_late_.empty(); answered_late_.pop_back()) release(answered_late_.back());
    for (;;) {
        queue_what_is_due(now);
        auto wake_at = heap_.empty() ? (time_point::max)() : heap_.front().at;
        auto index = pop(at_once_, place::at_once);
        const bool may_send = out_ < limits_.requests_at_once;
        const auto is_open = [&](detail::rate_gate& gate) {
            const auto opens = gate.opens_at(now);
            if (opens > now) wake_at = (std::min)(wake_at, opens);
            return opens <= now;
        };
        const bool has_room = limits_.running_tasks == 0 || running_ < limits_.running_tasks;
        // They take turns: thousands of submits must not keep tasks that run from being asked for.
        for (int kind = 0; kind < 2 && index == no_task && may_send; ++kind) {
            if (is_querys_turn_ && queued_queries_ > 0 && is_open(query_gate_)) index = pop(queries_, place::queries);
            if (!is_querys_turn_ && (!begun_.empty() || (has_room && queued_submits_ > 0)) && is_open(submit_gate_)) {
                index = pop(begun_, place::begun);
                if (index == no_task && has_room) index = pop_submit();
                if (index != no_task && slots_[index].held->state() == task_state::uploading && !is_open(query_gate_)) {
                    turn kept{*this, index, now};
                    queue_up(submits_[slots_[index].group], place::submits, index);
                    kept.is_over = true;
                    index = no_task;
                }
            }
            is_querys_turn_ = !is_querys_turn_;
        }
        if (index == no_task) return {{}, step::wait(wake_at)};
        const auto todo = advance(index, now);
        if (todo.what.is_send() || todo.what.is_done()) return todo;
    }
}

/// One step of a task. What waits goes back into the heap.
WAN_DECL scheduler::action scheduler::advance(std::uint32_t index, time_point now) {
    auto& s = slots_[index];
    turn its_turn{*this, index, now};
    const auto todo = s.held->next(now);
    if (todo.is_done()) remember(*s.held);
    its_turn.is_over = true;
    settle(index);
    if (todo.is_done()) {
        done_ = index;
        --tasks_;
    } else if (todo.is_send()) {
        const bool is_submit = s.held->state() == task_state::submitting, is_upload = s.held->state() == task_state::uploading;
        (is_submit ? submit_gate_ : query_gate_).pass(now);
        if ((is_submit || is_upload) && !std::exchange(s.is_running, true)) ++running_;
        s.requests = static_cast<std::uint16_t>(s.requests % (first_upload - 1) + 1);
        // A task gives a request up after twice its time-out; while files are uploaded, there may be another one.
        sort_in(index, is_upload ? now : now + 2 * todo.request().timeout);
        auto of = handle_of(index);
        if (is_upload) of.request = static_cast<std::uint16_t>(first_upload + todo.number());
        return {of, todo};
    } else {
        sort_in(index, todo.wake_at());
    }
    return {handle_of(index), todo};
}

/// Whether it still takes one of the account's places.
WAN_DECL void scheduler::settle(std::uint32_t index) {
    auto& s = slots_[index];
    const auto state = s.held->state();
    const auto out = s.held->requests_out();
    out_ = out_ - s.out + out;
    s.out = static_cast<std::uint16_t>(out);
    // Uploaded files keep the place for the submit that they are for.
    if (s.is_running && (is_terminal(state) || state == task_state::backing_off)) {
        s.is_running = false;
        --running_;
    }
    const bool is_open = wan::is_submit_open(state);
    if (std::exchange(s.is_submit_open, is_open) != is_open) open_submits_ = is_open ? open_submits_ + 1 : open_submits_ - 1;
}

/// In the service's list it is still to be seen.
WAN_DECL void scheduler::remember(const task& ended) {
    if (!ended.task_id().empty())
        ended_.push_back(detail::hash_of(ended.task_id()));
    else if (ended.state() == task_state::submit_unknown)
        unknown_.push_back(ended.prompt_hash());
}

WAN_DECL result<void> scheduler::receive(handle of, http_result answer, time_point now) {
    auto* s = slot_of(of);
    if (s == nullptr) return error{.category = error_category::misuse, .message = "receive: the handle names no task"};
    const unsigned upload = of.request >= first_upload ? of.request - first_upload : 0;
    const bool is_over = upload != 0 ? is_told(*s) : of.request != 0 && of.request != s->requests;
    const bool is_late = s->held->awaits_late_answer();
    if (is_over || (is_told(*s) && !is_late))
        return error{.category = error_category::misuse, .message = "receive: that request is not out any more"};
    const bool was_out = s->out != 0;
    if (is_late) answered_late_.reserve(answered_late_.size() + 1);
    auto taken = s->held->receive(upload, std::move(answer), now);
    if (is_late && is_told(*s)) answered_late_.push_back(of.index);
    if (is_late && !s->held->task_id().empty()) ended_.push_back(detail::hash_of(s->held->task_id()));
    if (!taken || !was_out) return taken;
    settle(of.index);
    take_out(of.index);
    // When it is to be asked next, only its own step tells.
    const bool at_once = s->is_stopping || is_terminal(s->held->state());
    if (s->where == place::none) sort_in(of.index, at_once ? now : s->held->progress().wake_at);
    return {};
}

WAN_DECL result<void> scheduler::cancel(handle of) {
    auto* s = slot_of(of);
    if (s == nullptr || is_told(*s)) return error{.category = error_category::misuse, .message = "cancel: the handle names no task"};
    auto done = s->held->cancel();
    if (!done || s->out != 0 || of.index == done_) return done;
    const bool needs_a_request = !s->held->task_id().empty() || s->is_submit_open;
    if (!needs_a_request) {
        hurry(of.index);
    } else if (s->where == place::none) {
        take_out(of.index);
        sort_in(of.index, (time_point::min)());
    }
    return done;
}

WAN_DECL result<void> scheduler::stop(handle of) {
    auto* s = slot_of(of);
    if (s == nullptr || is_told(*s)) return error{.category = error_category::misuse, .message = "stop: the handle names no task"};
    stop(of.index);
    return {};
}

WAN_DECL void scheduler::stop(std::uint32_t index) {
    slots_[index].held->stop();
    slots_[index].is_stopping = true;
    if (slots_[index].out == 0 && index != done_) hurry(index);
}

WAN_DECL void scheduler::stop_all() {
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].held != nullptr && !is_told(slots_[i])) stop(i);
}

/// It goes, unless it was given up while its submit was out: the answer may still name it.
WAN_DECL void scheduler::leave(std::uint32_t index) {
    if (slots_[index].held->awaits_late_answer())
        slots_[index].where = place::told;
    else
        release(index);
}

WAN_DECL void scheduler::release(std::uint32_t index) {
    if (slots_[index].is_submit_open) --open_submits_;
    const auto generation = slots_[index].generation + 1;
    slots_[index] = {};
    slots_[index].generation = generation;
    free_.push_back(index);
}

} // namespace wan::inline WAN_ABI
