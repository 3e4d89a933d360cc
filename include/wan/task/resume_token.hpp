// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What another process needs to continue a task: a small JSON text without the key.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/task/arrival_span.hpp>
#include <wan/task/candidate.hpp>
#include <wan/task/state.hpp>
#include <wan/task/wall_clock.hpp>
#include <wan/wire_name.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// How a task id is known.
enum class id_trust : std::uint8_t {
    confirmed, ///< the service named it in its response to the submit
    /// Taken from the service's task list because `policy::sole_user` says that no other program submits.
    inferred,
    adopted, ///< named by the caller: `adopt`
};
BOOST_DESCRIBE_ENUM(id_trust, confirmed, inferred, adopted)

/// All that another process needs to continue a task, except the key and the request: \ref resuming.
struct resume_token {
    static constexpr int version = 1; ///< that this library writes and reads

    int wan_token = version;                ///< the version of the text
    std::string dialect = {};               ///< the name of the provider's dialect
    std::string base_url = {};              ///< where the task is
    std::string model = {};                 ///< that was asked for
    task_state state = task_state::ready;   ///< when the token was made
    std::optional<task_ending> ending = {}; ///< of a task that had ended then
    std::string task_id = {};               ///< empty: not known
    std::optional<id_trust> id = {};        ///< how `task_id` is known; not set: confirmed by the service
    /// Of an id that is `inferred`: what was known of the listed task's prompt.
    std::optional<prompt_match> inferred_from = {};
    /// When it was first submitted, by the wall clock that the task was made with; seconds since 1970.
    std::optional<std::int64_t> started_at = {};
    std::optional<clock_trust> clock = {}; ///< of that clock
    /// When the timeout of the latest submit ended, by that clock; not set: not known. The service creates
    /// its task no later.
    std::optional<std::int64_t> arrived_by = {};
    std::string prompt_hash = {}; ///< of the request's prompt; empty: it has none
    std::string query_url = {};   ///< where the service wants to be asked; empty: as the dialect says
    /// Where the service gives the video's URL; empty: as the dialect says.
    std::string result_url = {};
    /// What the service named the task by, and no request can be made of: an odd id, or the beginning of a
    /// reply; empty: nothing.
    std::string unusable_id = {};

    /// The name of the state, or of the ending if there is one.
    std::string_view state_name() const noexcept;
};
BOOST_DESCRIBE_STRUCT(resume_token, (),
                      (wan_token, dialect, base_url, model, state, ending, task_id, id, inferred_from,
                       started_at, clock, arrived_by, prompt_hash, query_url, result_url, unusable_id))

/// Whether a submit may have been accepted when the token was made, without a response that confirmed it.
WAN_DECL bool is_submit_open(const resume_token& token) noexcept;

/// When that submit may have reached the service. Nothing if the token does not say, if its times contradict
/// each other, or if no one checked the clock.
WAN_DECL std::optional<arrival_span> arrival_of(const resume_token& token) noexcept;

/// One line of JSON, without the key. What is empty is left out.
WAN_DECL std::string to_string(const resume_token& token);

/// Reads a token. Fails with category `token` if it is none, of another version, or damaged.
WAN_DECL result<resume_token> read_token(std::string_view text);

/// Returns the token of a task whose submit is unconfirmed, with the id that the caller found by other means,
/// such as one of `outcome::candidates`. Fails with category `token` if it has one already, or if the id
/// cannot be one.
WAN_DECL result<resume_token> adopt(resume_token token, std::string_view task_id);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/resume_token.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
