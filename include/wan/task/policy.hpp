// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The policy of a task: its deadline, waits, timeouts and limits. Times are measured by the caller's clock.
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

/// Tasks that already have an owner. A search never adopts one of them.
struct known_tasks {
    bool (*contains)(const void* context, std::string_view task_id) = nullptr; ///< null: no task is known
    const void* context = nullptr; ///< passed to `contains`; must outlive the task

    /// Returns whether the task has an owner.
    bool operator()(std::string_view task_id) const {
        return contains != nullptr && contains(context, task_id);
    }
};

/// The caller's other tasks under the same account, which must not be mistaken for the task of an unconfirmed
/// submit.
struct sibling_tasks {
    known_tasks known = {}; ///< tasks with a known id; `known.context` is also passed to `has_open_submit`
    /// Returns whether a listed task may belong to another task, whose submit may have been accepted without
    /// a response. The arguments describe the listed task: the hash of its prompt (`task::prompt_hash`), its
    /// model, and its creation time according to a checked clock (`arrival_span`). The model is as listed, in
    /// upper or lower case. `std::nullopt` and an empty model match everything.
    bool (*has_open_submit)(const void* context, std::optional<std::uint64_t> prompt_hash,
                            std::string_view model,
                            std::optional<std::chrono::sys_seconds> created) = nullptr;
};

/// The policy of a task: its deadline, waits, timeouts and limits. Out-of-range values are clamped: times to
/// the range from 10 ms to one year, the deadline to at least 0, factors to the range from 1 to 100,
/// `slowest_upload` to at least 1, `jitter` to the range from 0 to 1. NaN becomes the minimum. Thread safety:
/// a value; const access from several threads is safe.
///
/// \code
/// wan::policy policy;
/// policy.deadline = std::chrono::minutes{20};
/// policy.sole_user = true; // no other program submits with this account
/// auto task = wan::make_task(provider, request, clock, policy);
/// \endcode
struct policy {
    /// Time from the first call to `next`. A typical task takes 1 to 5 minutes; the provider itself gives up
    /// after 3 hours.
    milliseconds deadline = std::chrono::hours{1};

    /// Waits between queries. Unset: the dialect's (`dialect::poll`); in a scheduler, those that fit what it
    /// has learned (`scheduler::learned`).
    std::optional<backoff> poll = {};

    /// Waits after a submit that was certainly not accepted, and after a failed request of a search. A
    /// throttled account can usually submit again within a minute.
    backoff submit{std::chrono::seconds{1}, 2.0, std::chrono::seconds{30}};

    unsigned max_unreachable_submits = 4; ///< maximum number of submits that fail before a byte is sent
    /// Maximum number of submits that the provider postpones. Also the maximum number of attempts at an
    /// upload that is throttled.
    unsigned max_throttled_submits = 10;
    unsigned max_failed_uploads = 5; ///< maximum number of attempts to upload a file
    /// Number of failed queries in a row after which the task gives up. Includes the queries of a search. A
    /// successful response resets the count. More than 65,535: no limit but the deadline.
    unsigned max_failed_queries = 20;

    /// True: no other program submits with this account while the task runs. After an unconfirmed submit, a
    /// listed task is then adopted if it was created after the submit and is the only one that matches.
    /// False: the caller decides, from `outcome::candidates`.
    bool sole_user = false;
    known_tasks known = {};                                  ///< tasks that a search never adopts
    milliseconds search_interval = std::chrono::seconds{10}; ///< the wait between two reads of the list
    /// Maximum number of complete reads of the list after the submit's timeout.
    unsigned max_searches = 6;
    /// True: another submit is allowed if two complete reads of the list after the submit's timeout show no
    /// task that may belong to the submit. The provider's Date header must show that the wall clock was
    /// correct at the submit. False: the caller decides.
    bool submit_again_if_not_listed = false;
    unsigned max_lost_submits = 3; ///< maximum number of unconfirmed submits in this case

    /// Maximum number of cancels without a clear response. More than 65,535: no limit but the deadline.
    unsigned max_cancels = 5;

    /// Timeout of submits and uploads, without the time for the body. That time is added: it is the body's
    /// size divided by `slowest_upload`.
    milliseconds submit_timeout = std::chrono::seconds{60};
    std::uint64_t slowest_upload = 64 * 1024;              ///< bytes per second
    milliseconds query_timeout = std::chrono::seconds{30}; ///< timeout of every other request
    /// Maximum size of a reply. A larger reply is a transport error, unless it names the task of a submit. 0:
    /// the default, 1 MiB.
    std::size_t max_reply_bytes = std::size_t{1} << 20;

    /// Waits are randomly longer or shorter by up to this fraction (0 to 1), so that many tasks do not all
    /// query at once.
    double jitter = 0.1;
    /// The same seed, request and task id result in the same waits. With the same clock, they also result in
    /// the same names of uploaded files. 0: the time of the first `next` is mixed in, so that the tasks of
    /// many processes do not submit again at the same moments.
    std::uint64_t jitter_seed = 0;
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
