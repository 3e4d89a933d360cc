// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The search for the task of an unconfirmed submit in the service's task list, without HTTP.
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

/// What a search does next.
enum class search_state : std::uint8_t {
    reading,  ///< asks for a page of the list
    checking, ///< asks for the prompts of candidates; then decides
    over,     ///< the list cannot be read
};
BOOST_DESCRIBE_ENUM(search_state, reading, checking, over)

enum class search_event : std::uint8_t {
    page_read,      ///< a page of the list is read, or is asked for again
    list_read,      ///< the last page is read
    candidate_read, ///< the service told of a candidate, or will not
    request_failed, ///< nothing learned; the same request is sent again
    search_failed,  ///< the service rejects the request, or too many failed in a row
    look_again,     ///< the list is read from its first page on
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

/// The submit that is searched for, and whom else a listed task may belong to.
struct search_target {
    const wan::policy& policy;
    const sibling_tasks& siblings;
    std::string_view model;
    std::uint64_t prompt_hash;                ///< 0: no prompt
    std::int64_t started_at;                  ///< seconds since 1970, by the caller's clock
    bool is_filtered;                         ///< the service's list can be asked for one model alone
    std::optional<arrival_span> arrival = {}; ///< by that clock, if it was checked

    /// Whether a listed task may be the one of the submit, by its id and model.
    bool may_be(const listed_task& row) const;
    /// Whether a row may stand for the task although it cannot be adopted: it has no usable id, or is of a
    /// model that was not asked for.
    bool is_odd(const listed_task& row) const noexcept;
    /// Whether another unconfirmed submit of this program, with that prompt or any, may have made the listed
    /// task, which was created at that time, or at any.
    bool is_contested(std::optional<std::uint64_t> prompt, const listed_task& row,
                      std::optional<std::chrono::sys_seconds> created) const;
};

/// What the clocks show with one page of the list.
struct page_clocks {
    bool agree = false;        ///< the service's clock and the caller's, now
    bool cover_submit = false; ///< the page was asked for from a time that was surely before the submit
    std::optional<std::int64_t> difference =
        {};              ///< seconds by which the service's clock is ahead, where known
    bool differ = false; ///< the page has a Date header, and they do not agree
};

/// What a query says of a candidate.
struct candidate_report {
    std::optional<std::uint64_t> prompt = {};             ///< hash of its prompt
    std::optional<std::chrono::sys_seconds> created = {}; ///< when it was created
    bool is_confirmed = false;                            ///< the service knows it
    bool may_pass = false;                                ///< asking again may help
};

class search_fsm {
public:
    struct candidate {
        listed_task task;
        std::optional<std::uint64_t> prompt = {}; ///< hash of its original prompt, where the service tells it
        bool is_confirmed = false;                ///< the service reported it when asked
        creation created = creation::not_reported;
        bool is_repeated = false; ///< by the same page
    };

    search_state state() const noexcept { return state_; }
    unsigned page() const noexcept { return page_; } ///< of the list, to be asked for
    const std::vector<candidate>& candidates() const noexcept { return candidates_; }

    /// From now on a missing task proves something: until then the submit may still be on its way.
    void set_arrived_by(time_point at) noexcept { arrived_by_ = at; }

    void on_page(const search_target& target, task_list&& page, const page_clocks& clocks, time_point now);

    /// The candidate that the service must be asked for next; null if there is none.
    const candidate* next_candidate() noexcept;
    /// No request can be made for that candidate.
    void skip_candidate() noexcept { ++asked_; }
    /// Returns whether the candidate is done; otherwise it is asked for again.
    bool on_candidate(const search_target& target, const candidate_report& report, unsigned max_failures);

    /// A request failed: the same page, or the same candidate, is asked for again, unless that cannot help.
    void on_failure(bool may_pass, unsigned max_failures) noexcept;
    unsigned failures() const noexcept { return failures_; } ///< in a row

    /// Decides after a complete read of the list, when no candidate is left to be asked for.
    search_decision decide(const search_target& target, bool may_submit, bool is_cancel_wanted);
    /// The candidate of `adopt_equal` or `adopt_only`.
    candidate& adopted(const search_target& target, search_decision how) noexcept;
    void look_again() noexcept;
    /// By how much the caller's clock is fast, once the responses show that.
    std::optional<std::chrono::seconds> on_date(const clock_offset& clock, const dated_response& r) noexcept {
        return fast_clock_.on_response(clock, r);
    }
    /// Forgets what it read: the submit was sent at another time than what was asked for.
    void start_over() noexcept;
    void give_up() noexcept;
    /// The same, for another reason than the list: a text that outlives the search.
    void give_up(std::string_view why) noexcept { doubt_ = why; }

    std::string_view doubt() const noexcept { return doubt_; } ///< why it ended without a task
    /// Leaves a task that was adopted to the caller, as the only candidate.
    void leave(listed_task&& task);
    /// Moves the candidates into an outcome that has room for them, except tasks with another prompt.
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

    std::vector<candidate> candidates_ = {}; ///< of all looks
    std::vector<seen_id> seen_ = {};         ///< of them, by hash
    std::size_t asked_ = 0;                  ///< how many of them
    time_point arrived_by_ = {};
    fast_clock fast_clock_ = {};
    std::string_view doubt_ = {};
    std::int64_t clock_difference_ = 0; ///< seconds by which the service's clock is at least ahead
    unsigned page_ = 1;
    unsigned page_tries_ = 1; ///< one odd page must not void what hundreds of others show
    unsigned looks_ = 1;      ///< at the whole list, this one included, from `arrived_by_` on
    unsigned in_vain_ = 0;    ///< whole lists without a candidate
    unsigned proofs_ = 0;     ///< looks without a candidate that prove that there is no task
    unsigned failures_ = 0;
    search_state state_ = search_state::reading;
    bool ignores_filter_ = false;           ///< the list has tasks that are older than what was asked for
    bool proves_absence_ = true;            ///< this look: read to the end so far, from before the submit on
    bool is_after_arrival_ = true;          ///< this look: each page so far came at `arrived_by_` or later
    std::optional<bool> clocks_agree_ = {}; ///< as the latest page with a Date header showed
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/search_fsm.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
