// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The transition table of an upload: its states, its events, and every transition.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/detail/find_transition.hpp>
#include <wan/wire_name.hpp>

#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI {

/// The state of a file's upload.
enum class upload_state : std::uint8_t {
    policy_due,   ///< an upload policy must be requested
    policy_asked, ///< waiting for the upload policy
    file_due,     ///< the policy is granted; the file must be sent
    file_sent,    ///< waiting for the store's response to the file
    stored,       ///< the file is in the store
};
BOOST_DESCRIBE_ENUM(upload_state, policy_due, policy_asked, file_due, file_sent, stored)

/// The events that change the state of an upload.
enum class upload_event {
    sent, ///< the request was returned to the caller
    done, ///< the policy was granted, or the file was stored
    /// The policy expired, or the request was rejected, failed or lost: start again, under another name.
    not_done,
};
BOOST_DESCRIBE_ENUM(upload_event, sent, done, not_done)

/// A row of the table: in a given state, an event leads to a state.
struct upload_transition {
    upload_state from; ///< the state before
    upload_event on;   ///< what happened
    upload_state to;   ///< the state after
};

/// Theory of operation. A file first needs an upload policy; then it is sent with that policy. At most one
/// request for the file is in flight. Every failure leads back to `policy_due`: a policy may have expired,
/// and a partly stored file may already have its name. A repeated upload costs nothing, and the submit is
/// sent only when every file is `stored`. No transition leads out of `stored`.
inline constexpr upload_transition upload_transitions[] = {
    {upload_state::policy_due, upload_event::sent, upload_state::policy_asked},
    {upload_state::policy_asked, upload_event::done, upload_state::file_due},
    {upload_state::policy_asked, upload_event::not_done, upload_state::policy_due},
    {upload_state::file_due, upload_event::sent, upload_state::file_sent},
    {upload_state::file_due, upload_event::not_done, upload_state::policy_due},
    {upload_state::file_sent, upload_event::done, upload_state::stored},
    {upload_state::file_sent, upload_event::not_done, upload_state::policy_due},
};

/// Returns where an event leads; nothing if the state does not allow it.
constexpr std::optional<upload_state> next_state(upload_state from, upload_event on) noexcept {
    const auto* const row = detail::find_transition(upload_transitions, from, on);
    return row != nullptr ? std::optional{row->to} : std::nullopt;
}

/// Returns whether a request for the file is in flight.
constexpr bool is_in_flight(upload_state state) noexcept {
    return state == upload_state::policy_asked || state == upload_state::file_sent;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
