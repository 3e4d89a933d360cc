// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many tasks of one account: the bytes decide its limits, what is answered and when, and what the owner does.
#include "services.hpp"
#include "targets.hpp"
#include "task_answers.hpp"
#include "task_inputs.hpp"

#include <wan/scheduler/scheduler.hpp>
#include <wan/task/start.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace fuzz {

namespace {

wan::account_limits account_of(input& in) {
    constexpr double rates[] = {20, 1, 2.5, 0.5, 0};
    wan::account_limits limits;
    limits.queries_per_second = in.one_of(rates);
    limits.lists_per_second = in.one_of(rates);
    limits.cancels_per_second = in.one_of(rates);
    limits.requests_at_once = 1 + static_cast<unsigned>(in.below(4));
    return limits;
}

wan::lane_limits lane_of(input& in) {
    constexpr double rates[] = {2, 1, 5, 0.5, 0};
    return {.submits_per_second = in.one_of(rates),
            .running_tasks = static_cast<unsigned>(in.below(4)),
            .upload_policies_per_second = in.one_of(rates)};
}

class run {
public:
    explicit run(input in)
        : in_(in), provider_(provider_of(in_)), account_(account_of(in_)), lane_(lane_of(in_)),
          tasks_(account_, lane_) {}

    void operator()() {
        for (auto count = 1 + in_.below(4); count > 0; --count) add();
        constexpr int most_steps = 100'000;
        for (int steps = 0; goes_on(); ++steps) require(steps < most_steps, "all tasks come to their ends");
        require(tasks_.size() == 0 && tasks_.running() == 0, "who waits for ever has no task");
        for (const auto& shot : shots_) require(shot.has_ended, "the end of each task is reported");
    }

private:
    struct tracked_task {
        wan::scheduler::handle task;
        bool may_be_accepted = false; ///< a submit was, or is in flight, or nobody can tell
        bool has_ended = false;       ///< or was taken out
    };
    struct sent_request {
        wan::scheduler::handle of;
        std::uint64_t tag;
        wan::time_point given_up_at;
    };

    void add() {
        constexpr std::size_t most = 12;
        if (shots_.size() == most) return;
        const auto request = shot_of(in_, provider_);
        auto policy = policy_of(in_);
        policy.deadline = (std::min)(policy.deadline, wan::milliseconds{1h});
        policy.submit_again_if_not_listed = false;
        auto made = wan::make_task(provider_, request, wan::no_wall_clock, policy, wan::strictness::off);
        if (!made) return;
        shots_.push_back({tasks_.add(*std::move(made), in_.flag() ? 1u : 0u, shots_.size())});
    }

    /// One step of the scheduler, and what its owner does beside it; false if there is nothing left to do.
    bool goes_on() {
        act();
        const auto todo = tasks_.next(now_);
        if (todo.step.is_send())
            begin(todo);
        else if (todo.step.is_done())
            end(todo);
        else
            return wait_until(todo.step.wake_at());
        return true;
    }

    /// What the owner does. Most bytes: nothing.
    void act() {
        const auto choice = in_.byte();
        if (choice < 0xF0) return;
        if (choice == 0xF0) return add();
        if (choice == 0xF1) return tasks_.stop_all();
        if (shots_.empty()) return;
        auto& shot = shots_[in_.below(shots_.size())];
        switch (choice) {
        case 0xF2: (void)tasks_.cancel(shot.task); break;
        case 0xF3: (void)tasks_.stop(shot.task); break;
        case 0xF4: shot.has_ended = tasks_.remove(shot.task).has_value() || shot.has_ended; break;
        default: break;
        }
    }

    void begin(const wan::scheduler::action& todo) {
        const auto kind = todo.step.request_kind();
        auto& shot = shots_[todo.tag];
        require(todo.task == shot.task && !shot.has_ended, "a request is of a task that has not ended");
        if (kind == wan::request_kind::submit) {
            require(!shot.may_be_accepted, "what may have been accepted is not submitted again");
            shot.may_be_accepted = true;
            require(lane_.running_tasks == 0 || tasks_.running() <= lane_.running_tasks,
                    "no more tasks run than may");
        }
        check_rate(kind);
        require(tasks_.requests_in_flight() <= account_.requests_at_once,
                "no more requests are in flight than may be");
        in_flight_.push_back({todo.task, todo.tag, now_ + 2 * todo.step.request().timeout});
    }

    double limit_of(wan::request_kind kind) const noexcept {
        switch (kind) {
        case wan::request_kind::submit: return lane_.submits_per_second;
        case wan::request_kind::query: return account_.queries_per_second;
        case wan::request_kind::list: return account_.lists_per_second;
        case wan::request_kind::cancel: return account_.cancels_per_second;
        case wan::request_kind::upload_policy: return lane_.upload_policies_per_second;
        default: return 0;
        }
    }

    /// In the half-open second that ends now; of less than one per second, in the time of one.
    void check_rate(wan::request_kind kind) {
        const auto limit = limit_of(kind);
        if (limit == 0) return;
        const std::chrono::duration<double> window{limit < 1 ? 1 / limit : 1};
        auto& times = sent_at_[static_cast<std::size_t>(kind)];
        while (!times.empty() && now_ - times.front() >= window) times.pop_front();
        times.push_back(now_);
        require(static_cast<double>(times.size()) <= (std::max)(1.0, std::floor(limit)),
                "no second has more requests than the limit");
    }

    void end(const wan::scheduler::action& todo) {
        auto& shot = shots_[todo.tag];
        require(todo.task == shot.task && !shot.has_ended, "a task ends once");
        shot.has_ended = true;
        const auto& outcome = todo.step.outcome();
        require(!outcome.succeeded() || !outcome.task_id.empty(), "a success has an id");
        require(!shot.may_be_accepted || outcome.ending != wan::task_ending::rejected,
                "what may have been accepted was not rejected");
    }

    /// A response comes first, or the time does.
    bool wait_until(wan::time_point wake_at) {
        const bool is_for_ever = wake_at == (wan::time_point::max)();
        if (!in_flight_.empty() && (is_for_ever || !in_.flag()))
            complete(in_.below(in_flight_.size()));
        else if (is_for_ever)
            return false;
        else
            now_ = (std::max)(now_, wake_at);
        return true;
    }

    void complete(std::size_t at) {
        const auto sent = in_flight_[at];
        in_flight_.erase(in_flight_.begin() + static_cast<std::ptrdiff_t>(at));
        now_ += std::chrono::milliseconds{in_.byte() * 100};
        const auto given = answered_by(in_, sent.of.kind, *provider_.dialect);
        if (!given.is_reported) return;
        if (sent.of.kind == wan::request_kind::submit)
            shots_[sent.tag].may_be_accepted = given.may_be_accepted;
        const auto received = tasks_.receive(sent.of, given.result, now_);
        require(received || now_ >= sent.given_up_at, "a request in flight can be completed");
        require(!received || !tasks_.receive(sent.of, given.result, now_), "a request is completed once");
    }

    input in_;
    const wan::provider& provider_;
    wan::account_limits account_;
    wan::lane_limits lane_;
    wan::scheduler tasks_;
    wan::time_point now_{1h};
    std::vector<tracked_task> shots_; ///< by tag
    std::vector<sent_request> in_flight_;
    std::array<std::deque<wan::time_point>, wan::detail::request_kinds>
        sent_at_; ///< within the window of the limit
};

} // namespace

void run_scheduler(input in) { run{in}(); }

} // namespace fuzz
