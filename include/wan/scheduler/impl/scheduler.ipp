// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/model/catalog.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>
#include <wan/scheduler/scheduler.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/detail/later.hpp>
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
    limits.lists_per_second = who.dialect->lists_per_second;
    limits.cancels_per_second = who.dialect->cancels_per_second;
    limits.upload_policies_per_second = who.dialect->upload_policies_per_second;
    const auto* row = find_model(who.dialect->models, model);
    if (row == nullptr) return limits;
    limits.submits_per_second = row->rate.submits_per_second;
    limits.running_tasks = static_cast<unsigned>(row->rate.running_tasks);
    return limits;
}

namespace detail {

// A generic cell rate algorithm: the n-th request is due n spacings after the first, and may be sent `ahead`
// of that.

inline constexpr std::chrono::milliseconds ahead{20};

WAN_DECL rate_gate::rate_gate(double per_second) noexcept : spacing_(0) {
    if (!(per_second > 0)) return;
    // a limit that was computed may be a little less than whole
    constexpr double margin = 1.05, almost = 1e-9;
    const double used = per_second < 1 ? per_second : std::floor(per_second + almost);
    const std::chrono::duration<double> spacing{margin / used}, most = longest_wait;
    spacing_ = std::chrono::ceil<std::chrono::nanoseconds>((std::min)(spacing, most));
}

WAN_DECL time_point rate_gate::opens_at(time_point now) const noexcept {
    if (spacing_ == spacing_.zero() || due_ <= now + ahead) return now;
    // In whole milliseconds, rounded up: many timers know no smaller unit.
    return later(now, std::chrono::ceil<milliseconds>(due_ - ahead - now));
}

WAN_DECL void rate_gate::pass(time_point now) noexcept { due_ = later((std::max)(due_, now), spacing_); }

} // namespace detail

WAN_DECL scheduler::scheduler(const account_limits& limits)
    : limits_(limits),
      gates_{
          detail::rate_gate{limits.submits_per_second},         detail::rate_gate{limits.queries_per_second},
          detail::rate_gate{limits.lists_per_second},           detail::rate_gate{limits.cancels_per_second},
          detail::rate_gate{limits.upload_policies_per_second}, detail::rate_gate{0}} {
    limits_.requests_at_once = (std::max)(limits.requests_at_once, 1u);
}

WAN_DECL scheduler::slot* scheduler::slot_of(handle of) noexcept {
    if (of.index >= slots_.size() || slots_[of.index].held == nullptr ||
        slots_[of.index].generation != of.generation)
        return nullptr;
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
    s.order = added_++;
    s.held->mix_seed(s.order);
    s.held->set_siblings(
        {{[](const void* self, std::string_view id) { return static_cast<const scheduler*>(self)->owns(id); },
          this},
         [](const void* self, std::optional<std::uint64_t> prompt_hash) {
             return static_cast<const scheduler*>(self)->has_open_submit(prompt_hash);
         }});
    s.is_running = s.held->state() == task_state::waiting || s.held->is_submit_open();
    running_ += s.is_running;
    ++tasks_;
    settle(index);
    sort_in(index, (time_point::min)());
    return handle_of(index);
}

// Asked for candidates of a lost submit alone, so that a look at all tasks is not too much.

WAN_DECL bool scheduler::owns(std::string_view task_id) const {
    return std::find(ended_.begin(), ended_.end(), detail::hash_of(task_id)) != ended_.end() ||
           std::any_of(slots_.begin(), slots_.end(),
                       [&](const slot& s) { return s.held != nullptr && s.held->task_id() == task_id; });
}

/// Of others than the one that asks, which is one of them.
WAN_DECL bool scheduler::has_open_submit(std::optional<std::uint64_t> prompt_hash) const {
    const auto is_wanted = [&](std::uint64_t hash) { return !prompt_hash || hash == *prompt_hash; };
    if (std::any_of(unknown_.begin(), unknown_.end(), is_wanted)) return true;
    if (open_submits_ <= 1) return false;
    return std::count_if(slots_.begin(), slots_.end(), [&](const slot& s) {
               return s.is_submit_open && is_wanted(s.held->prompt_hash());
           }) > 1;
}

// A binary heap that knows where each task is, so that one can be woken early.

WAN_DECL void scheduler::set_heap(std::size_t i, wake w) {
    heap_[i] = w;
    slots_[w.index].at = static_cast<std::uint32_t>(i);
}

WAN_DECL void scheduler::sift_up(std::size_t i) {
    const auto moved = heap_[i];
    for (; i > 0 && moved.is_before(heap_[(i - 1) / 2]); i = (i - 1) / 2) set_heap(i, heap_[(i - 1) / 2]);
    set_heap(i, moved);
}

WAN_DECL void scheduler::sift_down(std::size_t i) {
    const auto moved = heap_[i];
    for (;;) {
        auto child = 2 * i + 1;
        if (child >= heap_.size()) break;
        if (child + 1 < heap_.size() && heap_[child + 1].is_before(heap_[child])) ++child;
        if (!heap_[child].is_before(moved)) break;
        set_heap(i, heap_[child]);
        i = child;
    }
    set_heap(i, moved);
}

WAN_DECL void scheduler::sort_in(std::uint32_t index, time_point at) {
    heap_.push_back({at, index, slots_[index].order});
    sift_up(heap_.size() - 1);
}

WAN_DECL void scheduler::take_out(std::uint32_t index) {
    const std::size_t i = slots_[index].at;
    if (i == unsupported) return;
    slots_[index].at = unsupported;
    const auto last = heap_.back();
    heap_.pop_back();
    if (last.index == index) return;
    set_heap(i, last);
    sift_up(i);
    sift_down(slots_[last.index].at);
}

/// Moves the task to the end of a queue. Throwing operations come first, so a failure changes nothing.
WAN_DECL void scheduler::queue_up(queue& q, place where, std::uint32_t index, request_kind kind,
                                  bool is_again) {
    auto& s = slots_[index];
    const queued ticket{index, s.ticket + 1};
    is_again ? q.push_front(ticket) : q.push_back(ticket);
    take_out(index);
    leave_queue(index);
    ++s.ticket;
    s.where = where;
    s.kind = kind;
    queued_[static_cast<std::size_t>(kind)] += where == place::grouped || where == place::lane;
}

WAN_DECL bool scheduler::is_valid(const queued& entry, place in) const noexcept {
    const auto& s = slots_[entry.index];
    return s.where == in && s.ticket == entry.ticket;
}

/// Returns the first task with a valid ticket, and takes it out; `no_task` if there is none.
WAN_DECL std::uint32_t scheduler::pop(queue& q, place from) {
    while (!q.empty()) {
        const auto first = q.front();
        q.pop_front();
        if (!is_valid(first, from)) continue;
        leave_queue(first.index);
        take_out(first.index);
        return first.index;
    }
    return no_task;
}

WAN_DECL void scheduler::leave_queue(std::uint32_t index) {
    auto& s = slots_[index];
    const auto was = std::exchange(s.where, place::none);
    queued_[static_cast<std::size_t>(s.kind)] -= was == place::grouped || was == place::lane;
    if (was == place::grouped) put_right(s.group);
}

/// After a task left its group: the group goes to the map of the task that is the first now.
WAN_DECL void scheduler::put_right(unsigned number) noexcept {
    auto* groups = &submits_;
    auto group = groups->find(number);
    if (group == groups->end()) group = (groups = &uploads_)->find(number);
    if (group == groups->end()) return;
    auto& q = group->second;
    while (!q.empty() && !is_valid(q.front(), place::grouped)) q.pop_front();
    if (q.empty()) {
        groups->erase(group);
        return;
    }
    if (auto& right = groups_of(slots_[q.front().index].kind); &right != groups)
        right.insert(groups->extract(group));
}

/// Queues a task that needs none of the account's limits.
WAN_DECL void scheduler::hurry(std::uint32_t index) { queue_up(at_once_, place::at_once, index); }

/// Moves due tasks into their queues. A task whose deadline passes while it is queued is due again, and
/// expires.
WAN_DECL void scheduler::queue_what_is_due(time_point now) {
    while (!heap_.empty() && heap_.front().at <= now) {
        const auto index = heap_.front().index;
        auto& s = slots_[index];
        const auto state = s.held->state();
        const auto deadline = s.held->deadline();
        if (s.where != place::none || is_terminal(state) || is_in_flight(state) || deadline <= now ||
            s.held->has_lost_upload(now)) {
            hurry(index);
            continue;
        }
        queue_for_its_request(index, now);
        if (deadline != (time_point::max)()) sort_in(index, deadline);
    }
}

/// One that is queued again keeps its place before the others.
WAN_DECL void scheduler::queue_for_its_request(std::uint32_t index, time_point now, bool is_again) {
    auto& s = slots_[index];
    const auto kind = s.held->next_request(now);
    const bool is_first = kind == request_kind::submit || s.held->state() == task_state::uploading ||
                          s.held->state() == task_state::backing_off;
    if (kind == request_kind::submit && s.is_running)
        return queue_up(begun_, place::begun, index, kind, is_again);
    if (!is_first || s.is_running)
        return queue_up(lanes_[static_cast<std::size_t>(kind)], place::lane, index, kind, is_again);
    // A group that is there already keeps its map, which is that of its first task.
    auto& others =
        groups_of(kind == request_kind::submit ? request_kind::upload_policy : request_kind::submit);
    const auto found = others.find(s.group);
    queue_up(found != others.end() ? found->second : groups_of(kind)[s.group], place::grouped, index, kind,
             is_again);
}

/// Returns the first task of the next group, of those groups whose first request is a submit, or is not.
WAN_DECL std::uint32_t scheduler::pop_grouped(request_kind kind) {
    auto& groups = groups_of(kind);
    if (groups.empty()) return no_task;
    auto group = groups.upper_bound(last_group_);
    if (group == groups.end()) group = groups.begin();
    last_group_ = group->first;
    return pop(group->second, place::grouped);
}

WAN_DECL bool scheduler::has_room() const noexcept {
    return limits_.running_tasks == 0 || running_ < limits_.running_tasks;
}

/// Whether a task may be queued for a request of this kind, and has or may take a running place.
WAN_DECL bool scheduler::needs_a_turn(request_kind kind) const noexcept {
    const auto number = static_cast<std::size_t>(kind);
    return !lanes_[number].empty() || (kind == request_kind::submit && !begun_.empty()) ||
           (queued_[number] > 0 && has_room());
}

/// Returns the task whose turn it is among those queued for this kind of request.
WAN_DECL std::uint32_t scheduler::pop(request_kind kind) {
    const bool is_first =
        kind == request_kind::submit || kind == request_kind::upload_policy || kind == request_kind::upload;
    const auto index = kind == request_kind::submit
                           ? pop(begun_, place::begun)
                           : pop(lanes_[static_cast<std::size_t>(kind)], place::lane);
    return index == no_task && is_first && has_room() ? pop_grouped(kind) : index;
}

/// Until it is over, a function of the host's that throws, or a lack of memory, puts the task back: it has
/// its turn again.
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
    if (done_ != no_task) leave(std::exchange(done_, no_task), now);
    for (; !answered_late_.empty(); answered_late_.pop_back()) release(answered_late_.back());
    for (; !told_.empty() && told_.front().until <= now; told_.pop_front())
        if (const auto& t = told_.front(); slots_[t.index].generation == t.generation) release(t.index);
    for (;;) {
        queue_what_is_due(now);
        auto wake_at = heap_.empty() ? (time_point::max)() : heap_.front().at;
        auto index = pop(at_once_, place::at_once);
        const bool may_send = out_ < limits_.requests_at_once;
        std::vector<std::uint32_t> put_back;
        for (std::size_t i = 0; i < detail::request_kinds && index == no_task && may_send; ++i) {
            const auto number = (turn_ + i) % detail::request_kinds;
            const auto kind = static_cast<request_kind>(number);
            if (!needs_a_turn(kind)) continue;
            const auto opens = gates_[number].opens_at(now);
            if (opens > now) {
                wake_at = (std::min)(wake_at, opens);
                continue;
            }
            index = pop(kind);
            if (index == no_task) continue;
            turn_ = (number + 1) % detail::request_kinds;
            // Meanwhile it may need another kind of request, and then the limit of that one.
            const auto needs = slots_[index].held->next_request(now);
            const auto& gate = gates_[static_cast<std::size_t>(needs)];
            if (needs == kind || gate.opens_at(now) <= now) continue;
            turn kept{*this, index, now};
            queue_for_its_request(index, now, true);
            kept.is_over = true;
            if (const auto deadline = slots_[index].held->deadline(); deadline != (time_point::max)())
                sort_in(index, deadline);
            // All kinds once more, unless it is one that was put back before: then all that could go have to
            // wait.
            const bool is_second_time = std::find(put_back.begin(), put_back.end(), index) != put_back.end();
            put_back.push_back(index);
            index = no_task;
            if (!is_second_time) i = static_cast<std::size_t>(-1);
        }
        if (index == no_task) return {{}, step::wait(wake_at)};
        const auto todo = advance(index, now);
        if (todo.step.is_send() || todo.step.is_done()) return todo;
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
        const bool is_submit = s.held->state() == task_state::submitting,
                   is_upload = s.held->state() == task_state::uploading;
        gates_[static_cast<std::size_t>(todo.request_kind())].pass(now);
        if ((is_submit || is_upload) && !std::exchange(s.is_running, true)) ++running_;
        s.requests = static_cast<std::uint16_t>(s.requests % (first_upload - 1) + 1);
        // A task gives a request up after twice its time-out; while files are uploaded, there may be another
        // one.
        sort_in(index, is_upload ? now : detail::later(now, 2 * todo.request().timeout));
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
    const bool is_open = s.held->is_submit_open();
    if (std::exchange(s.is_submit_open, is_open) != is_open)
        open_submits_ = is_open ? open_submits_ + 1 : open_submits_ - 1;
}

/// In the service's list it is still to be seen.
WAN_DECL void scheduler::remember(const task& ended) {
    if (!ended.task_id().empty())
        ended_.push_back(detail::hash_of(ended.task_id()));
    else if (ended.is_submit_open())
        unknown_.push_back(ended.prompt_hash());
}

WAN_DECL receipt scheduler::receive(handle of, http_result answer, time_point now) {
    auto* s = slot_of(of);
    if (s == nullptr)
        return error{.category = error_category::misuse, .message = "receive: the handle names no task"};
    const unsigned upload = of.request >= first_upload ? of.request - first_upload : 0;
    const bool is_over = upload != 0 ? is_told(*s) : of.request != 0 && of.request != s->requests;
    const bool is_late = s->held->awaits_late_answer();
    if (is_over || (is_told(*s) && !is_late))
        return error{.category = error_category::misuse,
                     .message = "receive: that request is not out any more"};
    const bool was_out = s->out != 0;
    if (is_late) answered_late_.reserve(answered_late_.size() + 1);
    if (is_late) ended_.reserve(ended_.size() + 1);
    const auto prompt_hash = s->held->prompt_hash();
    auto taken = s->held->receive(upload, std::move(answer), now);
    if (is_late && is_told(*s)) answered_late_.push_back(of.index);
    if (is_late && !s->held->task_id().empty()) ended_.push_back(detail::hash_of(s->held->task_id()));
    if (is_late && (is_told(*s) || of.index == done_)) {
        // Whatever the response said, `find` shows it; unless it said nothing, no listed task can be this
        // one's any more.
        settle(of.index);
        const auto open = std::find(unknown_.begin(), unknown_.end(), prompt_hash);
        const bool is_known = !s->held->task_id().empty() || !s->held->is_submit_open();
        if (is_known && open != unknown_.end()) unknown_.erase(open);
    }
    if (!taken || !was_out) return taken;
    settle(of.index);
    take_out(of.index);
    // When it is to be asked next, only its own step tells.
    const bool at_once = s->is_stopping || is_terminal(s->held->state());
    const bool keeps_place = s->where != place::none && (s->where == place::at_once ||
                                                         (!at_once && s->held->next_request(now) == s->kind));
    if (!keeps_place) {
        leave_queue(of.index);
        sort_in(of.index, at_once ? now : s->held->progress().wake_at);
    } else if (const auto deadline = s->held->deadline();
               s->where != place::at_once && deadline != (time_point::max)()) {
        sort_in(of.index, deadline);
    }
    return {};
}

WAN_DECL result<void> scheduler::cancel(handle of) {
    auto* s = slot_of(of);
    if (s == nullptr || is_told(*s))
        return error{.category = error_category::misuse, .message = "cancel: the handle names no task"};
    auto done = s->held->cancel();
    if (!done || s->out != 0 || of.index == done_) return done;
    const bool needs_a_request = !s->held->task_id().empty() || s->is_submit_open;
    if (!needs_a_request) {
        hurry(of.index);
    } else if (s->where != place::at_once) {
        leave_queue(of.index); // for another kind of request
        take_out(of.index);
        sort_in(of.index, (time_point::min)());
    }
    return done;
}

WAN_DECL result<void> scheduler::stop(handle of) {
    auto* s = slot_of(of);
    if (s == nullptr || is_told(*s))
        return error{.category = error_category::misuse, .message = "stop: the handle names no task"};
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

/// Frees its slot, unless its submit was given up while in flight: a late response may still name the task.
WAN_DECL void scheduler::leave(std::uint32_t index, time_point now) {
    auto& s = slots_[index];
    if (!s.held->awaits_late_answer()) return release(index);
    told_.push_back({index, s.generation, detail::later(now, late_answers_until)});
    s.where = place::told;
}

WAN_DECL void scheduler::release(std::uint32_t index) {
    if (slots_[index].is_submit_open) --open_submits_;
    const auto generation = slots_[index].generation + 1;
    const auto ticket = slots_[index].ticket; // what is left in queues must not be valid for the next task
    slots_[index] = {};
    slots_[index].generation = generation;
    slots_[index].ticket = ticket;
    free_.push_back(index);
}

} // namespace wan::inline WAN_ABI
