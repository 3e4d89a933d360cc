// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How patient a task is. Times are of the caller's clock.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/backoff.hpp>
#include <wan/task/wall_clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The tasks that already belong to someone, so that none of them is mistaken for an unconfirmed submit's.
struct known_tasks {
    bool (*contains)(const void* context, std::string_view task_id) = nullptr; ///< null: nothing is known
    const void* context = nullptr; ///< handed to `contains`; must outlive the task

    /// Whether that task belongs to someone.
    bool operator()(std::string_view task_id) const {
        return contains != nullptr && contains(context, task_id);
    }
};

/// The other tasks of the caller under the same account, with which a lost submit must not be confused.
struct sibling_tasks {
    known_tasks known = {}; ///< whose ids are known; `known.context` is handed to `has_open_submit` as well
    /// Whether another task's submit may have been accepted without a response so far, so that a task in the
    /// service's list may be that one's. Asked for those with a prompt of this hash (`task::prompt_hash`), or
    /// with any: `std::nullopt`; of the model that the list tells, in upper or lower case, or of any: empty;
    /// and that was created at this time, by a clock that was checked (`arrival_span`), or at any:
    /// `std::nullopt`.
    bool (*has_open_submit)(const void* context, std::optional<std::uint64_t> prompt_hash,
                            std::string_view model,
                            std::optional<std::chrono::sys_seconds> created) = nullptr;
};

/// How patient a task is. Out-of-range values are clamped: times are at least 10 ms and at most a year, the
/// deadline at least 0, factors 1 to 100, `slowest_upload` at least 1, `jitter` 0 to 1. NaN becomes the
/// minimum.
struct policy {
    /// From the first `next` on. A typical task takes 1 to 5 minutes; the service itself gives up after 3
    /// hours.
    milliseconds deadline = std::chrono::hours{1};

    /// Between queries. Not set: as the provider's `dialect::poll` says.
    std::optional<backoff> poll = {};

    /// Between submits that were certainly not accepted, and between failures of a search. A throttled
    /// account is usually free again within a minute.
    backoff submit{std::chrono::seconds{1}, 2.0, std::chrono::seconds{30}};

    unsigned max_unreachable_submits = 4; ///< how often a submit of which no byte left is sent in all
    /// How often a submit that the service puts off is sent in all, and an upload tried.
    unsigned max_throttled_submits = 10;
    unsigned max_failed_uploads = 5; ///< how often the upload of a file is tried in all
    /// How many queries in a row may fail, in a search as well; a successful response resets the count.
    unsigned max_failed_queries = 20;

    /// No other program submits with this account while the task runs. Then the only listed task that fits
    /// and was created after a submit without a response is taken to be its task. False: it is left to the
    /// caller, as one of `outcome::candidates`.
    bool sole_user = false;
    known_tasks known = {};                                  ///< tasks that are never taken for the lost one
    milliseconds search_interval = std::chrono::seconds{10}; ///< between two looks at the list
    /// How often it is read as a whole, once the submit's timeout has passed.
    unsigned max_searches = 6;
    /// Submit again when the list, read completely twice after the submit's timeout, has no task that could
    /// be the lost one, and the service's Date header shows that the wall clock was right when it was sent.
    /// Off: the caller decides.
    bool submit_again_if_not_listed = false;
    unsigned max_lost_submits = 3; ///< how often it is then sent in all

    unsigned max_cancels = 5; ///< how often a cancel without a clear response is sent in all

    /// Of uploads as well; and the time that the body takes at `slowest_upload`.
    milliseconds submit_timeout = std::chrono::seconds{60};
    std::uint64_t slowest_upload = 64 * 1024;              ///< bytes per second
    milliseconds query_timeout = std::chrono::seconds{30}; ///< of every other request
    /// A larger reply is a transport error, but for one that names the task of a submit. 0: the default, 1
    /// MiB.
    std::size_t max_reply_bytes = std::size_t{1} << 20;

    /// Waits are made up to this part longer or shorter (0 to 1), so that many tasks do not ask all at once.
    double jitter = 0.1;
    /// The same seed, request and task id: the same waits, and on the same clock the same names of uploaded
    /// files. 0: the time that the first `next` is given makes a difference as well, so that the tasks of
    /// many processes do not submit again at the same moments.
    std::uint64_t jitter_seed = 0;
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
