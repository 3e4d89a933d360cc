// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/task_table.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL std::uint32_t task_table::add(task&& added, std::uint64_t tag) {
    reserve_one();
    auto held = std::make_unique<task>(std::move(added));
    if (free_.empty()) {
        if (slots_.size() == slots_.capacity()) {
            const auto more = (std::max)(2 * slots_.size(), std::size_t{16});
            free_.reserve(more);
            slots_.reserve(more);
        }
        free_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const auto index = free_.back();
    free_.pop_back();
    held->mix_seed(added_);
    if (++added_ == 0) ++added_;
    held->set_siblings(&siblings_);
    auto& s = slots_[index];
    s.held = std::move(held);
    s.tag = tag;
    s.generation = added_;
    update(index, 0);
    return index;
}

WAN_DECL void task_table::release(std::uint32_t index) noexcept {
    set_open(index, false);
    slots_[index] = {};
    free_.push_back(index);
}

WAN_DECL const task_table::slot* task_table::find(std::uint32_t index,
                                                  std::uint32_t generation) const noexcept {
    if (index >= slots_.size() || slots_[index].held == nullptr || slots_[index].generation != generation)
        return nullptr;
    return &slots_[index];
}

WAN_DECL void task_table::update(std::uint32_t index, unsigned in_flight_before) noexcept {
    auto& s = slots_[index];
    in_flight_ = in_flight_ - in_flight_before + s.held->requests_in_flight();
    set_open(index, s.held->is_submit_open() && !s.is_claimed);
}

WAN_DECL void task_table::set_open(std::uint32_t index, bool is_open) noexcept {
    auto& s = slots_[index];
    if (s.is_submit_open == is_open) return;
    s.is_submit_open = is_open;
    if (is_open) return open_submits_.push_back(index);
    const auto found = std::find(open_submits_.begin(), open_submits_.end(), index);
    if (found == open_submits_.end()) std::abort();
    *found = open_submits_.back();
    open_submits_.pop_back();
}

// Searches call these functions only for listed candidates, so a scan of all tasks is affordable.

WAN_DECL bool task_table::owns(std::string_view task_id) const {
    return claims.has_id(task_id) || std::any_of(slots_.begin(), slots_.end(), [&](const slot& s) {
               return s.held != nullptr && s.held->task_id() == task_id;
           });
}

/// The asking task itself has an open submit, so one match is expected.
WAN_DECL bool task_table::is_contested(const made_task& made) const noexcept {
    if (claims.may_have_made(made)) return true;
    if (open_submits_.size() <= 1) return false;
    return std::count_if(open_submits_.begin(), open_submits_.end(), [&](std::uint32_t index) {
               return open_submit{kind_of(index), slots_[index].held->arrival()}.may_have_made(made);
           }) > 1;
}

WAN_DECL submit_kind task_table::kind_of(std::uint32_t index) const noexcept {
    const auto& t = *slots_[index].held;
    return kind_of_submit(t.prompt_hash(), t.model());
}

WAN_DECL bool task_table::is_open(const submit_kind& kind) const noexcept {
    return std::any_of(open_submits_.begin(), open_submits_.end(),
                       [&](std::uint32_t index) { return kind_of(index) == kind; });
}

WAN_DECL void task_table::claim(std::uint32_t index) {
    auto& s = slots_[index];
    if (!s.held->task_id().empty())
        claims.add_id(s.held->task_id());
    else if (s.held->is_submit_open())
        claims.add_prompt(s.held->prompt_hash(), s.held->model(), s.held->arrival());
    s.is_claimed = true;
    set_open(index, false);
}

} // namespace wan::inline WAN_ABI::detail
