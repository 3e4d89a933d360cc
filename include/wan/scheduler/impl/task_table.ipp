// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/scheduler/detail/task_table.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL std::uint32_t task_table::add(task&& added, std::uint64_t tag) {
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
    held->set_siblings(
        {{[](const void* self, std::string_view id) {
              return static_cast<const task_table*>(self)->owns(id);
          },
          this},
         [](const void* self, std::optional<std::uint64_t> prompt_hash, std::string_view model) {
             return static_cast<const task_table*>(self)->has_open_submit(prompt_hash, model);
         }});
    auto& s = slots_[index];
    s.held = std::move(held);
    s.tag = tag;
    s.generation = added_;
    update(index, 0);
    return index;
}

WAN_DECL void task_table::release(std::uint32_t index) noexcept {
    open_submits_ -= slots_[index].is_submit_open;
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
    const bool is_open = s.held->is_submit_open();
    open_submits_ = open_submits_ - s.is_submit_open + is_open;
    s.is_submit_open = is_open;
}

// Searches ask these of listed candidates alone, so that a look at all tasks is not too much.

WAN_DECL bool task_table::owns(std::string_view task_id) const {
    return claims.has_id(task_id) || std::any_of(slots_.begin(), slots_.end(), [&](const slot& s) {
               return s.held != nullptr && s.held->task_id() == task_id;
           });
}

WAN_DECL bool task_table::has_open_submit(std::optional<std::uint64_t> prompt_hash,
                                          std::string_view model) const {
    if (claims.has_prompt(prompt_hash, model)) return true;
    if (open_submits_ <= 1) return false;
    return std::count_if(slots_.begin(), slots_.end(), [&](const slot& s) {
               return s.is_submit_open && (!prompt_hash || s.held->prompt_hash() == *prompt_hash) &&
                      (model.empty() || equal_ignoring_case(s.held->model(), model));
           }) > 1;
}

WAN_DECL void task_table::claim(const task& gone) {
    if (!gone.task_id().empty())
        claims.add_id(gone.task_id());
    else if (gone.is_submit_open())
        claims.add_prompt(gone.prompt_hash(), gone.model());
}

} // namespace wan::inline WAN_ABI::detail
