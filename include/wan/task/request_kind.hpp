// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The kinds of requests. Providers limit the rate of each kind separately.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/state.hpp>
#include <wan/task/upload_state.hpp>
#include <wan/wire_name.hpp>

#include <cstddef>
#include <cstdint>

namespace wan::inline WAN_ABI {

/// The kind of a task's request.
enum class request_kind : std::uint8_t {
    submit,        ///< creates a task
    query,         ///< requests a task's status, or its video's URL
    list,          ///< lists the account's tasks
    cancel,        ///< cancels a task
    upload_policy, ///< requests an upload policy
    upload,        ///< uploads a file to the provider's store
};
BOOST_DESCRIBE_ENUM(request_kind, submit, query, list, cancel, upload_policy, upload)

namespace detail {

inline constexpr std::size_t request_kinds = 6;

struct state_request {
    task_state state;
    request_kind kind;
};

/// The kind of the request in flight in each state. In `uploading` it depends on the file.
inline constexpr state_request state_requests[] = {
    {task_state::submitting, request_kind::submit}, {task_state::listing, request_kind::list},
    {task_state::identifying, request_kind::query}, {task_state::querying, request_kind::query},
    {task_state::canceling, request_kind::cancel},  {task_state::fetching_result, request_kind::query},
};

/// Returns the kind of the request in flight in this state.
constexpr request_kind kind_of(task_state in_flight) noexcept {
    for (const auto& row : state_requests)
        if (row.state == in_flight) return row.kind;
    return request_kind::query;
}

/// Returns the kind of the request that a file needs next, or that is in flight for it.
constexpr request_kind kind_of(upload_state file) noexcept {
    return file == upload_state::policy_due || file == upload_state::policy_asked
               ? request_kind::upload_policy
               : request_kind::upload;
}

} // namespace detail

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
