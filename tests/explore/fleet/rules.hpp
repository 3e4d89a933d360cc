// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The rules by which several workers share an account, and the scenarios in which they are explored.
#pragma once

#include "explore/scenarios.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace explore::fleet {

/// The rules. Each mutant breaks one of them.
struct rules {
    /// Before the first byte of a submit, the worker checks that its lease holds.
    bool checks_lease_before_send = true;
    bool lease_clock_runs_in_sleep = true; ///< that check reads a clock that runs while the machine sleeps
    bool intent_precedes_send = true;      ///< a submit is sent only if the intent to send it is committed
    bool open_submit_waits = true;         ///< an open submit is claimed only after its timeout
    bool one_open_submit_per_kind = true;  ///< submits that the list cannot tell apart are not open at once
    bool siblings_are_read = true;         ///< other tasks of the account are read before a list is used
    bool all_kinds_contest = true;         ///< an open submit of any prompt contests a listed task
    bool save_checks_owner = true;         ///< a save and a finish need the lease and the fence
    bool claim_checks_lease = true;
    bool claim_resumes_own = true;      ///< a claim also returns shots of a claim whose response was lost
    bool unknown_end_frees_kind = true; ///< a shot that ends with an unconfirmed submit frees its kind
    bool reap_keeps_open_kind = true;
    bool drain_keeps_submit = true; ///< a worker that drains leaves an unconfirmed submit to the next owner
    /// An assumption, and no rule: a worker is not stopped for long between its last check of the lease and
    /// the submit. See `gap_ends_after_lease_ms`.
    bool stops_before_send_are_short = true;
};

/// A rule that is broken on purpose, and the scenario that shows it.
struct mutant {
    std::string_view name;
    bool rules::* rule;
    std::string_view scenario;
    std::string_view what;
};

inline constexpr mutant mutants[] = {
    {"no-lease-check", &rules::checks_lease_before_send, "one",
     "the lease is not checked before the first byte"},
    {"lease-clock-sleeps", &rules::lease_clock_runs_in_sleep, "one",
     "the lease is checked by a clock that stands still while the machine sleeps"},
    {"intent-not-committed", &rules::intent_precedes_send, "one",
     "a submit is sent although its intent was not committed"},
    {"claim-at-lease-end", &rules::open_submit_waits, "one",
     "an open submit is claimed as soon as the lease of its worker ends"},
    {"open-kinds-overlap", &rules::one_open_submit_per_kind, "twins",
     "two submits with the same prompt may be open"},
    {"siblings-unread", &rules::siblings_are_read, "twins",
     "a listed task may be taken that belongs to another shot"},
    {"same-kind-contests", &rules::all_kinds_contest, "untold",
     "only open submits with the same prompt contest a listed task"},
    {"save-without-fence", &rules::save_checks_owner, "one",
     "a worker saves a shot that it does not own any more"},
    {"claim-without-lease", &rules::claim_checks_lease, "narrow",
     "a worker claims shots after its lease has ended"},
    {"lost-claim-forgotten", &rules::claim_resumes_own, "pair",
     "a worker never learns of the shots of a claim whose response was lost"},
    {"unknown-keeps-kind", &rules::unknown_end_frees_kind, "shared-twins",
     "a shot whose submit stays unconfirmed blocks shots with the same prompt"},
    {"reap-frees-kind", &rules::reap_keeps_open_kind, "twins",
     "a shot with an open submit frees its kind when its worker dies"},
    {"drain-forgets-submit", &rules::drain_keeps_submit, "one",
     "a worker that drains gives up a shot with an unconfirmed submit as if it had none"},
    {"long-stop", &rules::stops_before_send_are_short, "one",
     "a worker is stopped for long between its last check of the lease and the submit"},
};

struct fleet_scenario {
    scenario account; ///< the provider, and the policy of the tasks
    unsigned shots = 1;
    unsigned running_limit = 2;
    bool same_kind = false;
    bool may_be_unknown = false; ///< a shot may end with an unconfirmed submit
};

using namespace std::chrono_literals;

constexpr scenario account_of(std::string_view name, std::string_view what, bool sole_user = true,
                              tells_prompt tells = tells_prompt::always, bool same_prompt = false,
                              unsigned searches = 6) {
    return {.name = name,
            .what = what,
            .sole_user = sole_user,
            .budget = 10,
            .searches = searches,
            .tells = tells,
            .deadline = 1h,
            .tasks = 2,
            .same_prompt = same_prompt};
}

inline constexpr fleet_scenario fleet_scenarios[] = {
    {.account = account_of("one", "one shot; no other program uses the account")},
    {.account = account_of("one-shared", "one shot; another program may use the account", false),
     .may_be_unknown = true},
    {.account = account_of("pair", "two shots with different prompts"), .shots = 2},
    {.account = account_of("narrow", "the same, and one task may run at a time"),
     .shots = 2,
     .running_limit = 1},
    {.account = account_of("twins", "two shots with the same prompt", true, tells_prompt::always, true),
     .shots = 2,
     .same_kind = true},
    {.account = account_of("shared-twins", "the same; another program may use the account", false,
                           tells_prompt::always, true),
     .shots = 2,
     .same_kind = true,
     .may_be_unknown = true},
    {.account = account_of("untold", "two shots; the provider never reports prompts", true,
                           tells_prompt::never, false, 2),
     .shots = 2,
     .may_be_unknown = true},
};

/// Times, in milliseconds.
inline constexpr std::int64_t lease_ms = 15'000, margin_ms = lease_ms / 5, beat_ms = lease_ms / 3;
inline constexpr std::int64_t submit_timeout_ms = 10'000, retry_ms = 1'000, spacing_ms = 1'000;
inline constexpr std::int64_t stop_ms = lease_ms + 1'000; ///< the shortest stop: it outlasts the lease
inline constexpr std::int64_t longest_stop_ms = 60'000;
/// A submit that leaves later than that after the end of its worker's lease may arrive after the last list
/// that the next owner reads: this is what a check before the submit cannot prevent.
inline constexpr std::int64_t search_interval_ms = 10'000;
inline constexpr std::int64_t gap_ends_after_lease_ms = submit_timeout_ms + search_interval_ms;
inline constexpr std::int64_t database_down_ms = lease_ms + 1'000;
inline constexpr std::int64_t all_end_by_ms = 300'000;

} // namespace explore::fleet
