// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The search for the task of an unconfirmed submit in the provider's task list, without HTTP.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/protocol/list.hpp>
#include <wan/task/arrival_span.hpp>
#include <wan/task/candidate.hpp>
#include <wan/task/detail/fast_clock.hpp>
#include <wan/task/detail/find_transition.hpp>
#include <wan/task/detail/search_rules.hpp>
#include <wan/task/policy.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// The state of a search.
enum class search_state : std::uint8_t {
    reading,  ///< requests the pages of the list
    checking, ///< queries the prompts of candidates, then decides
    over,     ///< ended: the list cannot be read
};
BOOST_DESCRIBE_ENUM(search_state, reading, checking, over)

enum class search_event : std::uint8_t {
    page_read,      ///< a page was read, or will be requested again
    list_read,      ///< the last page was read
    candidate_read, ///< a candidate was queried, or cannot be queried
    request_failed, ///< the response revealed nothing; the same request is repeated
    search_failed,  ///< the request was rejected, or too many requests failed in a row
    look_again,     ///< the list is read again from its first page
};
BOOST_DESCRIBE_ENUM(search_event, page_read, list_read, candidate_read, request_failed, search_failed,
                    look_again)

struct search_transition {
    search_state from;
    search_event on;
    search_state to;
};

inline constexpr search_transition search_transitions[] = {
    {search_state::reading, search_event::page_read, search_state::reading},
    {search_state::reading, search_event::list_read, search_state::checking},
    {search_state::reading, search_event::request_failed, search_state::reading},
    {search_state::reading, search_event::search_failed, search_state::over},
    {search_state::checking, search_event::candidate_read, search_state::checking},
    {search_state::checking, search_event::request_failed, search_state::checking},
    {search_state::checking, search_event::search_failed, search_state::over},
    {search_state::checking, search_event::look_again, search_state::reading},
};

/// The submit whose task is searched for, and further possible owners of a listed task.
struct search_target {
    const wan::policy& policy;
    const sibling_tasks& siblings;
    std::string_view model;
    std::uint64_t prompt_hash;                ///< hash; 0: no prompt
    std::int64_t started_at;                  ///< seconds since 1970, according to the caller's clock
    bool is_filtered;                         ///< the list can be filtered by model
    std::optional<arrival_span> arrival = {}; ///< according to the same clock, if it was checked

    /// Returns whether a listed task may belong to the submit. Compares its id and model.
    bool may_be(const listed_task& row) const;
    /// Returns whether a row may be the task but cannot be adopted, because it has no usable id, or a model
    /// that was not requested.
    bool is_odd(const listed_task& row) const noexcept;
    /// Returns whether another unconfirmed submit of this program may have created the listed task. An unset
    /// prompt or creation time matches every submit.
    bool is_contested(std::optional<std::uint64_t> prompt, const listed_task& row,
                      std::optional<std::chrono::sys_seconds> created) const;
};

/// The state of the clocks at one page of the list.
struct page_clocks {
    bool agree = false;                          ///< the provider's clock and the caller's agree now
    bool cover_submit = false;                   ///< the requested period certainly began before the submit
    std::optional<std::int64_t> difference = {}; ///< seconds by which the provider's clock is ahead, if known
    bool differ = false;                         ///< the page has a Date header, and the clocks do not agree
};

/// The result of a query for a candidate.
struct candidate_report {
    std::optional<std::uint64_t> prompt = {};             ///< hash of its prompt
    std::optional<std::chrono::sys_seconds> created = {}; ///< when it was created
    bool is_confirmed = false;                            ///< the provider knows the task
    bool may_pass = false;                                ///< a repeated query may help
};

/// Searches the provider's task list for the task of an unconfirmed submit.
///
/// Theory of operation. A submit without a response may have created a task that is paid for, so the submit
/// is not simply sent again. The search reads the list page by page, starting before the submit (`reading`).
/// Then it queries each candidate whose prompt is unknown, and decides by `search_rules` (`checking`). At
/// most one request is in flight, and all requests of a search can be repeated safely.
///
/// A listed task is adopted only if no other program uses the account, and exactly one candidate matches.
/// Another submit is allowed only if two complete reads show no candidate. Both reads must come after the
/// submit's timeout, because until then the submit may still arrive. The clocks must prove that the reads
/// cover the time of the submit. Otherwise the list is read again, at most `policy::max_searches` times; then
/// the caller decides.
class search_fsm {
public:
    struct candidate {
        listed_task task;
        std::optional<std::uint64_t> prompt = {}; ///< hash of its original prompt, if reported
        bool is_confirmed = false;                ///< the provider reported the task when it was queried
        creation created = creation::not_reported;
        bool is_repeated = false; ///< listed twice on the same page
    };

    search_state state() const noexcept { return state_; }
    unsigned page() const noexcept { return page_; } ///< the page to request next
    const std::vector<candidate>& candidates() const noexcept { return candidates_; }

    /// Sets the time from which a missing task proves that there is no task. Until then the submit may still
    /// be on its way.
    void set_arrived_by(time_point at) noexcept { arrived_by_ = at; }

    void on_page(const search_target& target, task_list&& page, const page_clocks& clocks, time_point now);

    /// Returns the candidate to query next; null if no candidate is left.
    const candidate* next_candidate() noexcept;
    /// Skips that candidate, because no request can be made for it.
    void skip_candidate() noexcept { ++asked_; }
    /// Stores a report. Returns whether the candidate is done; otherwise it is queried again.
    bool on_candidate(const search_target& target, const candidate_report& report, unsigned max_failures);

    /// Reports a failed request. The same page or candidate is requested again, unless a repetition cannot
    /// help.
    void on_failure(bool may_pass, unsigned max_failures) noexcept;
    unsigned failures() const noexcept { return failures_; } ///< in a row

    /// Decides after a complete read of the list, when no candidate is left to query.
    search_decision decide(const search_target& target, bool may_submit, bool is_cancel_wanted);
    /// Returns the candidate of `adopt_equal` or `adopt_only`.
    candidate& adopted(const search_target& target, search_decision how) noexcept;
    void look_again() noexcept;
    /// Returns by how much the caller's clock is fast, once the responses show it.
    std::optional<std::chrono::seconds> on_date(const clock_offset& clock, const dated_response& r) noexcept {
        return fast_clock_.on_response(clock, r);
    }
    /// Forgets what was read, because the submit was sent at a different time than assumed.
    void start_over() noexcept;
    void give_up() noexcept;
    /// Overload for a reason other than the list. `why` must outlive the search.
    void give_up(std::string_view why) noexcept { doubt_ = why; }

    std::string_view doubt() const noexcept { return doubt_; } ///< why the search ended without a task
    /// Leaves an adopted task to the caller, as the only candidate.
    void leave(listed_task&& task);
    /// Moves the candidates, except those with another prompt, into a vector with enough capacity.
    void move_candidates(std::vector<wan::candidate>& to, std::uint64_t prompt_hash) noexcept;

private:
    friend struct task_probe;

    struct seen_id {
        std::uint64_t hash;
        std::size_t candidate;
    };

    void apply(search_event event) noexcept;
    std::int64_t submitted_at(const search_target& target) const noexcept;
    creation creation_of(const search_target& target, const listed_task& row) const noexcept;
    std::optional<std::chrono::sys_seconds> created_at(const search_target& target,
                                                       const listed_task& row) const noexcept;
    bool is_later(const search_target& target, const candidate& c) const noexcept;
    bool is_equal(const search_target& target, const candidate& c) const noexcept;
    bool is_unknown(const search_target& target, const candidate& c) const noexcept;
    search_counts count(const search_target& target) const noexcept;
    void add(const search_target& target, std::vector<listed_task>&& rows);
    void remember(std::vector<seen_id>&& fresh);
    void index_candidates();
    static bool by_hash(const seen_id& a, const seen_id& b) noexcept { return a.hash < b.hash; }

    std::vector<candidate> candidates_ = {}; ///< of all reads of the list
    std::vector<seen_id> seen_ = {};         ///< the candidates' ids, sorted by hash
    std::size_t asked_ = 0;                  ///< how many of the candidates were queried
    time_point arrived_by_ = {};
    fast_clock fast_clock_ = {};
    std::string_view doubt_ = {};
    std::int64_t clock_difference_ = 0; ///< minimum number of seconds by which the provider's clock is ahead
    unsigned page_ = 1;
    /// A malformed page is retried, as it must not invalidate hundreds of good pages.
    unsigned page_tries_ = 1;
    unsigned looks_ = 1;   ///< complete reads after `arrived_by_`, including this one
    unsigned in_vain_ = 0; ///< complete reads without a candidate
    unsigned proofs_ = 0;  ///< complete reads that prove that there is no task
    unsigned failures_ = 0;
    search_state state_ = search_state::reading;
    bool ignores_filter_ = false; ///< the list has tasks that are older than requested
    /// This read began before the submit's time, and is complete so far.
    bool proves_absence_ = true;
    bool is_after_arrival_ = true;          ///< each page of this read came at `arrived_by_` or later
    std::optional<bool> clocks_agree_ = {}; ///< according to the latest page with a Date header
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/search_fsm.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
