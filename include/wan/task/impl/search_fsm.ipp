// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/text.hpp>
#include <wan/detail/time_limits.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/task/detail/search_fsm.hpp>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL bool search_target::may_be(const listed_task& row) const {
    if (!is_usable_task_id(row.task_id) || policy.known(row.task_id) || siblings.known(row.task_id))
        return false;
    return row.model.empty() || equal_ignoring_case(row.model, model);
}

WAN_DECL bool search_target::is_odd(const listed_task& row) const noexcept {
    if (!is_usable_task_id(row.task_id)) return true;
    return is_filtered && !row.model.empty() && !equal_ignoring_case(row.model, model);
}

WAN_DECL bool search_target::is_contested(std::optional<std::uint64_t> prompt, const listed_task& row,
                                          std::optional<std::chrono::sys_seconds> created) const {
    return siblings.has_open_submit != nullptr &&
           siblings.has_open_submit(siblings.known.context, prompt, row.model, created);
}

WAN_DECL void search_fsm::apply(search_event event) noexcept {
    const auto* const row = find_transition(search_transitions, state_, event);
    if (row == nullptr) std::abort();
    state_ = row->to;
}

/// Returns when the submit was sent, in seconds since 1970, according to the provider's clock.
WAN_DECL std::int64_t search_fsm::submitted_at(const search_target& target) const noexcept {
    return target.started_at + clock_difference_;
}

WAN_DECL creation search_fsm::creation_of(const search_target& target,
                                          const listed_task& row) const noexcept {
    if (!row.created_ms) return creation::not_reported;
    const bool is_before = *row.created_ms < static_cast<double>(submitted_at(target)) * 1000;
    return is_before ? creation::before_submit : creation::after_submit;
}

WAN_DECL void search_fsm::on_page(const search_target& target, task_list&& page, const page_clocks& clocks,
                                  time_point now) {
    constexpr unsigned most_pages = 50;
    constexpr unsigned most_tries = 4;
    failures_ = 0;
    const auto is_odd = [&](const listed_task& row) { return target.is_odd(row); };
    const bool is_odd_page = page.unreadable > 0 || std::any_of(page.tasks.begin(), page.tasks.end(), is_odd);
    const bool is_cut_off = page.tasks.empty() && page.pages && page_ < *page.pages;
    const bool is_last = page.tasks.empty() || (page.pages && page_ >= *page.pages);
    if (clocks.difference) clock_difference_ = *clocks.difference;
    add(target, std::move(page.tasks));
    // The page may be malformed only this once. Request it again before it invalidates the other pages.
    const bool contradicts = clocks_agree_ && *clocks_agree_ != clocks.agree;
    const bool is_once_odd = is_odd_page || is_cut_off || contradicts;
    if (is_once_odd && page_tries_ < most_tries) {
        ++page_tries_;
        return apply(search_event::page_read);
    }
    page_tries_ = 1;
    if (clocks.agree || clocks.differ) clocks_agree_ = clocks.agree;
    const bool is_whole = is_last || page_ >= most_pages;
    proves_absence_ =
        proves_absence_ && is_last == is_whole && !is_cut_off && !is_odd_page && clocks.cover_submit;
    is_after_arrival_ = is_after_arrival_ && now >= arrived_by_;
    ++page_;
    apply(is_whole ? search_event::list_read : search_event::page_read);
}

/// Adds the rows of a page. If tasks were created since the previous page, this page may repeat rows of that
/// page.
WAN_DECL void search_fsm::add(const search_target& target, std::vector<listed_task>&& rows) {
    const auto asked_from =
        static_cast<double>(target.started_at - std::chrono::seconds{clock_tolerance}.count()) * 1000;
    // The index is out of date if memory ran out earlier, or if a function of the host threw.
    if (seen_.size() != candidates_.size()) index_candidates();
    std::vector<seen_id> fresh;
    for (auto& row : rows) {
        ignores_filter_ = ignores_filter_ || (row.created_ms && *row.created_ms < asked_from);
        if (!target.may_be(row)) continue;
        const auto created = creation_of(target, row);
        const seen_id id{hash_of(row.task_id), candidates_.size()};
        const auto [first, last] = std::equal_range(seen_.begin(), seen_.end(), id, by_hash);
        const auto known = std::find_if(first, last, [&](const seen_id& seen) {
            return candidates_[seen.candidate].task.task_id == row.task_id;
        });
        if (known == last) {
            candidates_.push_back({.task = std::move(row), .created = created});
            fresh.push_back(id);
        } else {
            candidates_[known->candidate].task = std::move(row);
            if (created != creation::not_reported) candidates_[known->candidate].created = created;
        }
    }
    remember(std::move(fresh));
}

/// Adds new candidates to the index. If several rows of a page have the same id, only the first is kept.
WAN_DECL void search_fsm::remember(std::vector<seen_id>&& fresh) {
    std::sort(fresh.begin(), fresh.end(), [](const seen_id& a, const seen_id& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.candidate < b.candidate;
    });
    const auto is_same = [&](const seen_id& a, const seen_id& b) {
        return a.hash == b.hash &&
               candidates_[a.candidate].task.task_id == candidates_[b.candidate].task.task_id;
    };
    if (std::adjacent_find(fresh.begin(), fresh.end(), is_same) != fresh.end()) {
        for (auto a = fresh.begin(), b = a + 1; b != fresh.end(); ++a, ++b)
            if (is_same(*a, *b)) candidates_[b->candidate].is_repeated = true;
        std::erase_if(candidates_, [](const candidate& c) { return c.is_repeated; });
        return index_candidates();
    }
    std::vector<seen_id> both;
    both.reserve(seen_.size() + fresh.size());
    std::merge(seen_.begin(), seen_.end(), fresh.begin(), fresh.end(), std::back_inserter(both), by_hash);
    seen_ = std::move(both);
}

WAN_DECL void search_fsm::index_candidates() {
    seen_.clear();
    for (const auto& c : candidates_) seen_.push_back({hash_of(c.task.task_id), seen_.size()});
    std::sort(seen_.begin(), seen_.end(), by_hash);
}

/// Skips candidates with a known prompt, which does not change.
WAN_DECL const search_fsm::candidate* search_fsm::next_candidate() noexcept {
    while (asked_ < candidates_.size() && candidates_[asked_].prompt) ++asked_;
    return asked_ < candidates_.size() ? &candidates_[asked_] : nullptr;
}

WAN_DECL bool search_fsm::on_candidate(const search_target& target, const candidate_report& report,
                                       unsigned max_failures) {
    auto& c = candidates_[asked_];
    if (report.prompt) c.prompt = report.prompt;
    if (report.created && c.created == creation::not_reported)
        c.created = report.created->time_since_epoch().count() < submitted_at(target)
                        ? creation::before_submit
                        : creation::after_submit;
    // If the provider does not know one candidate, it may still be asked about further candidates.
    if (!report.is_confirmed && report.may_pass && !c.prompt) {
        on_failure(true, max_failures);
        return false;
    }
    failures_ = 0;
    c.is_confirmed = report.is_confirmed;
    ++asked_;
    apply(search_event::candidate_read);
    return true;
}

WAN_DECL void search_fsm::on_failure(bool may_pass, unsigned max_failures) noexcept {
    const bool is_over = !may_pass || ++failures_ >= max_failures;
    apply(is_over ? search_event::search_failed : search_event::request_failed);
}

/// Returns when a listed task was created, according to the caller's clock, if that clock was checked.
WAN_DECL std::optional<std::chrono::sys_seconds>
search_fsm::created_at(const search_target& target, const listed_task& row) const noexcept {
    if (!target.arrival || !row.created_ms) return std::nullopt;
    const auto seconds = *row.created_ms / 1000;
    if (!(seconds > 0 && seconds < static_cast<double>(last_second))) return std::nullopt;
    return std::chrono::sys_seconds{
        std::chrono::seconds{static_cast<std::int64_t>(seconds) - clock_difference_}};
}

/// Returns whether a candidate was created after the submit, but not too late to belong to it.
WAN_DECL bool search_fsm::is_later(const search_target& target, const candidate& c) const noexcept {
    if (c.created == creation::not_reported) return !ignores_filter_;
    if (c.created == creation::before_submit) return false;
    const auto created = created_at(target, c.task);
    return !created || target.arrival->may_have_made(*created);
}

WAN_DECL bool search_fsm::is_equal(const search_target& target, const candidate& c) const noexcept {
    return target.prompt_hash != 0 && c.prompt && *c.prompt == target.prompt_hash;
}

WAN_DECL bool search_fsm::is_unknown(const search_target& target, const candidate& c) const noexcept {
    return target.prompt_hash == 0 || !c.prompt;
}

WAN_DECL search_counts search_fsm::count(const search_target& target) const noexcept {
    search_counts counts;
    for (const auto& c : candidates_) {
        const bool equal = is_equal(target, c), unknown = is_unknown(target, c);
        if (is_later(target, c)) {
            counts.equal += equal;
            counts.unknown += unknown;
        } else {
            counts.earlier += equal || unknown;
        }
        counts.all_confirmed = counts.all_confirmed && c.is_confirmed;
    }
    return counts;
}

/// Decides after a complete read. A read that began before the submit's timeout proves nothing, because the
/// provider may still be processing the submit. The times of the pages matter, because candidates may be
/// queried much later. A list with a candidate that is older than requested also proves nothing, because it
/// ignores our filter.
WAN_DECL search_decision search_fsm::decide(const search_target& target, bool may_submit,
                                            bool is_cancel_wanted) {
    // A sibling's submit may have been confirmed since its task was listed.
    if (std::erase_if(candidates_, [&](const candidate& c) { return !target.may_be(c.task); }) > 0)
        index_candidates();
    search_case c{.counts = count(target),
                  .is_sole_user = target.policy.sole_user,
                  .is_later_look = looks_ >= 2,
                  .is_last_look = looks_ >= target.policy.max_searches,
                  .may_submit = may_submit};
    c.may_guess = (target.prompt_hash == 0 || c.counts.all_confirmed) && !is_cancel_wanted;
    const bool is_guess = c.counts.equal == 0 && c.counts.unknown == 1 && c.is_last_look && c.may_guess;
    if (c.is_sole_user && (c.counts.equal == 1 || is_guess)) {
        const auto how = is_guess ? search_decision::adopt_only : search_decision::adopt_equal;
        const auto& row = adopted(target, how).task;
        c.is_contested = target.is_contested(is_guess ? std::nullopt : std::optional{target.prompt_hash}, row,
                                             created_at(target, row));
    }
    const bool is_in_vain =
        is_after_arrival_ && c.counts.equal == 0 && c.counts.unknown == 0 && c.counts.earlier == 0;
    in_vain_ += is_in_vain;
    proofs_ += is_in_vain && proves_absence_;
    c.is_absent = (may_submit ? proofs_ : in_vain_) >= 2;
    return detail::decide(c);
}

WAN_DECL search_fsm::candidate& search_fsm::adopted(const search_target& target,
                                                    search_decision how) noexcept {
    const bool by_prompt = how == search_decision::adopt_equal;
    const auto found = std::find_if(candidates_.begin(), candidates_.end(), [&](const candidate& c) {
        return is_later(target, c) && (by_prompt ? is_equal(target, c) : is_unknown(target, c));
    });
    if (found == candidates_.end()) std::abort();
    return *found;
}

WAN_DECL void search_fsm::look_again() noexcept {
    looks_ += is_after_arrival_;
    page_ = 1;
    asked_ = 0;
    proves_absence_ = true;
    is_after_arrival_ = true;
    for (auto& c : candidates_) c.is_confirmed = c.prompt.has_value();
    apply(search_event::look_again);
}

WAN_DECL void search_fsm::start_over() noexcept {
    const auto arrived_by = arrived_by_;
    *this = {};
    arrived_by_ = arrived_by;
    clocks_agree_ = false; // the reason to start over
}

WAN_DECL void search_fsm::give_up() noexcept {
    doubt_ =
        in_vain_ >= 2 ? "the submit is unconfirmed, and the provider's task list does not show its task; "
                        "check the provider's console"
        : state_ == search_state::over
            ? "the submit is unconfirmed, and the provider's task list could not be read; resume to continue"
        : candidates_.empty()
            ? "the submit is unconfirmed, and the provider's task list does not identify its task; "
              "check the provider's console"
            : "the submit is unconfirmed, and the provider's task list does not identify its task; "
              "compare the candidates in the provider's console, and adopt the right one (wan::adopt)";
}

WAN_DECL void search_fsm::leave(listed_task&& task) { candidates_.push_back({.task = std::move(task)}); }

WAN_DECL void search_fsm::move_candidates(std::vector<wan::candidate>& to,
                                          std::uint64_t prompt_hash) noexcept {
    for (auto& c : candidates_) {
        const bool is_equal = prompt_hash != 0 && c.prompt == prompt_hash;
        if (prompt_hash != 0 && c.prompt && !is_equal) continue;
        to.push_back(
            {std::move(c.task), is_equal ? prompt_match::equal : prompt_match::not_reported, c.created});
    }
}

} // namespace wan::inline WAN_ABI::detail
