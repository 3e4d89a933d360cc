// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Every state of a file on its way to the service's store, and every way from one to another.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/detail/find_transition.hpp>
#include <wan/wire_name.hpp>

#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI {

/// Where a file is on its way.
enum class upload_state : std::uint8_t {
    policy_due,   ///< an upload policy must be asked for
    policy_asked, ///< waiting for the upload policy
    file_due,     ///< there is a policy; the file must be sent
    file_sent,    ///< waiting for the store's response to the file
    stored,       ///< the file is in the store
};
BOOST_DESCRIBE_ENUM(upload_state, policy_due, policy_asked, file_due, file_sent, stored)

/// What leads from one state to another.
enum class upload_event {
    sent,     ///< the request was returned to the caller
    done,     ///< the policy is granted, or the file stored
    not_done, ///< expired, rejected for its name, failed or lost: begun again, under another name
};
BOOST_DESCRIBE_ENUM(upload_event, sent, done, not_done)

/// In one state an event leads to another.
struct upload_transition {
    upload_state from; ///< the state before
    upload_event on;   ///< what happened
    upload_state to;   ///< the state after
};

/// Every way from one state to another; none leads out of `stored`.
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

/// Whether a request for the file is in flight.
constexpr bool is_in_flight(upload_state state) noexcept {
    return state == upload_state::policy_asked || state == upload_state::file_sent;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
