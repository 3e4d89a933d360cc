// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The resume token: a small JSON text without the key, with which another process continues a task.
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
    confirmed, ///< the provider named it in its response to the submit
    /// Adopted from the provider's task list, because `policy::sole_user` says that no other program submits.
    inferred,
    adopted, ///< named by the caller: `adopt`
};
BOOST_DESCRIBE_ENUM(id_trust, confirmed, inferred, adopted)

/// Everything that another process needs to continue a task, except the key and the request: \ref resuming.
/// Thread safety: a value; const access from several threads is safe.
///
/// \code
/// save(wan::to_string(task.token()));   // before the submit is sent, and after each response
/// auto token = wan::read_token(load()); // in another process
/// auto task = wan::resume_task(provider, *token, request, clock); // after a check of `token`
/// \endcode
struct resume_token {
    static constexpr int version = 1; ///< the version that this library writes and reads

    int wan_token = version;                ///< the version of the text
    std::string dialect = {};               ///< the name of the provider's dialect
    std::string base_url = {};              ///< the base URL of the provider
    std::string model = {};                 ///< the requested model
    task_state state = task_state::ready;   ///< the state when the token was made
    std::optional<task_ending> ending = {}; ///< set if the task had ended
    std::string task_id = {};               ///< the provider's id; empty: unknown
    std::optional<id_trust> id = {};        ///< how `task_id` is known; unset: confirmed by the provider
    /// For an inferred id: what was known about the listed task's prompt.
    std::optional<prompt_match> inferred_from = {};
    /// When the task was first submitted, according to the task's wall clock; seconds since 1970.
    std::optional<std::int64_t> started_at = {};
    std::optional<clock_trust> clock = {}; ///< whether a response confirmed the wall clock
    /// When the timeout of the latest submit ended, according to the same clock; unset: unknown. If that
    /// submit created a task, it did so no later than this.
    std::optional<std::int64_t> arrived_by = {};
    std::string prompt_hash = {}; ///< hash of the request's prompt; empty: no prompt
    std::string query_url = {};   ///< URL for queries of the task; empty: the dialect's
    /// URL of the request for the video's URL; empty: the dialect's.
    std::string result_url = {};
    /// The provider's name for the task, if no request can use that name: an unusable id, or the beginning of
    /// a reply. Empty: there is no such name.
    std::string unusable_id = {};

    /// Returns the name of the state, or of the ending if there is one.
    std::string_view state_name() const noexcept;
};
BOOST_DESCRIBE_STRUCT(resume_token, (),
                      (wan_token, dialect, base_url, model, state, ending, task_id, id, inferred_from,
                       started_at, clock, arrived_by, prompt_hash, query_url, result_url, unusable_id))

/// Returns whether, when the token was made, a submit that no response had confirmed may have been accepted.
WAN_DECL bool is_submit_open(const resume_token& token) noexcept;

/// Returns when that submit may have reached the provider. Returns nothing if the token does not say, if its
/// times contradict each other, or if the clock was not checked.
WAN_DECL std::optional<arrival_span> arrival_of(const resume_token& token) noexcept;

/// Formats the token as one line of JSON, without the key. Empty members are omitted.
WAN_DECL std::string to_string(const resume_token& token);

/// Parses a token. Fails with category `token` if the text is not a token, has another version, or is
/// damaged.
WAN_DECL result<resume_token> read_token(std::string_view text);

/// Adds the id of the task to the token of an unconfirmed submit, and returns the token. The caller found the
/// id by other means, for example among `outcome::candidates`. Fails with category `token` if the task
/// already has another id, if nothing was submitted, or if the id is unusable.
WAN_DECL result<resume_token> adopt(resume_token token, std::string_view task_id);

/// Returns whether the token's request has this prompt, except for white space; nothing if it has none.
/// Compare it with `reply::orig_prompt` of a task before you adopt the task.
WAN_DECL std::optional<bool> has_prompt(const resume_token& token, std::string_view prompt) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/resume_token.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
