// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How a task ended, and everything that is known of it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/provider/reply.hpp>
#include <wan/task/candidate.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/state.hpp>
#include <wan/video/video.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// How a task ended, and everything that is known of it. What to do then: \ref outcomes.
struct [[nodiscard]] outcome {
    task_ending ending = task_ending::stopped; ///< how it ended
    std::string task_id = {};                  ///< the service's; empty: not known
    id_trust id = id_trust::confirmed;         ///< how `task_id` is known, unless it is empty
    /// Of an id that is `inferred`: what was known of the listed task's prompt.
    std::optional<prompt_match> inferred_from = {};
    std::string request_id = {};            ///< of the latest reply; what the service's support asks for
    std::string model = {};                 ///< that was asked for, or the provider's default
    std::string status = {};                ///< the service's latest word on the task, "RUNNING"
    std::optional<wan::video> video = {};   ///< when succeeded
    std::optional<wan::error> error = {};   ///< what stood in the way
    std::vector<candidate> candidates = {}; ///< of submit_unknown: listed tasks that may be this one
    wan::reply reply = {};                  ///< what the latest reply said
    /// The latest reply's body, at most `policy::max_reply_bytes`.
    std::string raw_reply = {};

    /// There is a video.
    bool succeeded() const noexcept { return ending == task_ending::succeeded; }
    /// The task was left at the service, in whatever state it is there.
    bool was_left() const noexcept {
        return ending == task_ending::deadline || ending == task_ending::stopped ||
               ending == task_ending::unreachable;
    }
    /// A task may exist whose end is not known: `resume_task` with the token continues it. Keep the token
    /// then; otherwise remove it.
    bool is_resumable() const noexcept {
        return ending == task_ending::submit_unknown || (was_left() && !task_id.empty());
    }
    /// The same as `succeeded`.
    explicit operator bool() const noexcept { return succeeded(); }
};

/// One line for a log; the violations follow, a line each.
WAN_DECL std::string to_string(const outcome& o);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/outcome.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
