// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The outcome of a task: how it ended, and everything known about it.
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

/// The outcome of a task: how it ended, and everything known about it. \ref outcomes says what to do next.
/// Thread safety: a value; const access from several threads is safe.
///
/// \code
/// if (outcome.succeeded())         download(outcome.video->url);
/// else if (outcome.is_resumable()) keep(token); // for wan::resume_task
/// else                             log(wan::to_string(outcome));
/// \endcode
struct [[nodiscard]] outcome {
    task_ending ending = task_ending::stopped; ///< how it ended
    std::string task_id = {};                  ///< the provider's id; empty: unknown
    id_trust id = id_trust::confirmed;         ///< how `task_id` is known, if there is an id
    /// For an inferred id: what was known about the listed task's prompt.
    std::optional<prompt_match> inferred_from = {};
    std::string request_id = {}; ///< the request id in the latest reply; the provider's support needs it
    std::string model = {};      ///< the requested model, or the provider's default
    std::string status = {};     ///< the provider's latest status word, such as "RUNNING"
    std::optional<wan::video> video = {};   ///< set if succeeded
    std::optional<wan::error> error = {};   ///< what went wrong
    std::vector<candidate> candidates = {}; ///< for submit_unknown: listed tasks that may be this one
    wan::reply reply = {};                  ///< the latest reply, parsed
    /// The body of the latest response, at most `policy::max_reply_bytes`.
    std::string raw_reply = {};

    /// Returns whether there is a video.
    bool succeeded() const noexcept { return ending == task_ending::succeeded; }
    /// Returns whether waiting ended before the provider reported an ending. The task, if there is one, may
    /// be in any state.
    bool was_left() const noexcept {
        return ending == task_ending::deadline || ending == task_ending::stopped ||
               ending == task_ending::unreachable;
    }
    /// Returns whether there may be a task whose outcome is unknown. If so, keep the token: `resume_task`
    /// continues the task. Otherwise remove the token.
    bool is_resumable() const noexcept {
        return ending == task_ending::submit_unknown || (was_left() && !task_id.empty());
    }
    /// Same as `succeeded`.
    explicit operator bool() const noexcept { return succeeded(); }
};

/// Formats the outcome as one line for a log; violations follow, one per line.
WAN_DECL std::string to_string(const outcome& o);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/outcome.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
