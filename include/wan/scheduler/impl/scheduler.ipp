// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/scheduler_core.hpp>
#include <wan/scheduler/scheduler.hpp>
#include <wan/task/detail/clamp_policy.hpp>

#include <memory>
#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL scheduler::scheduler(const account_limits& limits, const lane_limits& of_each_model)
    : core_(std::make_unique<detail::scheduler_core>(limits, of_each_model)) {}

WAN_DECL scheduler::scheduler(const provider& who) : core_(std::make_unique<detail::scheduler_core>(who)) {}

WAN_DECL scheduler::~scheduler() = default;

WAN_DECL void scheduler::set_limits(const account_limits& limits) noexcept {
    core_->queues.set_limits(limits);
}

WAN_DECL void scheduler::set_limits(std::string_view model, const lane_limits& limits) {
    auto& queues = core_->queues;
    queues.set_limits(queues.lane_of(model, limits), limits);
}

WAN_DECL const account_limits& scheduler::limits() const noexcept { return core_->queues.limits(); }

WAN_DECL lane_limits scheduler::limits(std::string_view model) const {
    const auto* lane = core_->queues.find_lane(model);
    return lane != nullptr ? lane->limits : core_->limits_of_new(model);
}

WAN_DECL std::vector<generation_time> scheduler::learned() const {
    std::vector<generation_time> all;
    core_->times.for_each([&](std::uint16_t lane, generation_time&& row) {
        row.model = core_->queues.model_of(lane);
        all.push_back(std::move(row));
    });
    return all;
}

WAN_DECL void scheduler::set_learned(std::span<const generation_time> times) {
    const auto usual = detail::sane(core_->dialect != nullptr ? core_->dialect->poll : wan::dialect{}.poll);
    for (const auto& each : times)
        core_->times.set(each, core_->queues.lane_of(each.model, core_->limits_of_new(each.model)), usual);
}

WAN_DECL void scheduler::contest(const resume_token& token) { core_->table.claims.add(token); }

WAN_DECL bool scheduler::settle(const resume_token& token) noexcept {
    return core_->table.claims.remove(token);
}

WAN_DECL void scheduler::contest_prompt(std::uint64_t prompt_hash, std::string_view model) {
    core_->table.claims.add_prompt(prompt_hash, model);
}

WAN_DECL bool scheduler::settle_prompt(std::uint64_t prompt_hash, std::string_view model) noexcept {
    return core_->table.claims.remove_prompt(prompt_hash, model);
}

WAN_DECL scheduler::handle scheduler::add(task t, unsigned group, std::uint64_t tag) {
    return core_->add(std::move(t), group, tag);
}

WAN_DECL result<task> scheduler::remove(handle of) { return core_->remove(of); }

WAN_DECL scheduler::action scheduler::next(time_point now) { return core_->next(now); }

WAN_DECL receipt scheduler::receive(handle of, http_result answer, time_point now) {
    return core_->receive(of, std::move(answer), now);
}

WAN_DECL result<void> scheduler::cancel(handle of) { return core_->cancel(of); }

WAN_DECL result<void> scheduler::stop(handle of) { return core_->stop(of); }

WAN_DECL const task* scheduler::find(handle of) const noexcept {
    const auto* s = core_->slot_of(of);
    return s != nullptr ? s->held.get() : nullptr;
}

WAN_DECL std::optional<std::uint64_t> scheduler::tag(handle of) const noexcept {
    const auto* s = core_->slot_of(of);
    return s != nullptr ? std::optional{s->tag} : std::nullopt;
}

WAN_DECL scheduler::visited scheduler::first_task(std::uint32_t from) const noexcept {
    for (auto i = from; i < core_->table.slot_count(); ++i) {
        const auto& s = std::as_const(core_->table)[i];
        if (s.held != nullptr && !s.is_reported)
            return {.of = {i, s.generation}, .task = s.held.get(), .tag = s.tag};
    }
    return {};
}

WAN_DECL std::size_t scheduler::size() const noexcept { return core_->tasks; }

WAN_DECL std::size_t scheduler::running() const noexcept { return core_->queues.running(); }

WAN_DECL std::size_t scheduler::running(std::string_view model) const noexcept {
    const auto* lane = core_->queues.find_lane(model);
    return lane != nullptr ? lane->running : 0;
}

WAN_DECL std::size_t scheduler::requests_in_flight() const noexcept { return core_->table.in_flight(); }

} // namespace wan::inline WAN_ABI
