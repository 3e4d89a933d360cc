// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The limits that a provider sets for one account: over all models, and for each model.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <string_view>

namespace wan::inline WAN_ABI {

class model_catalog;
struct dialect;
struct provider;

/// Limits of an account over all models.
struct account_limits {
    double queries_per_second = 20; ///< 0: not limited
    double lists_per_second = 20;   ///< pages of the task list, for searches; 0: not limited
    double cancels_per_second = 20; ///< 0: not limited
    unsigned requests_at_once = 64; ///< requests in flight, of all kinds and models; at least 1

    /// Returns whether all limits are equal.
    friend bool operator==(const account_limits&, const account_limits&) = default;
};

/// Limits of one model within an account. Each model has a lane in the scheduler.
struct lane_limits {
    double submits_per_second = 0; ///< 0: not limited
    unsigned running_tasks = 0;    ///< tasks accepted but not ended; 0: not limited
    /// Requests for upload policies; 0: not limited. The upload itself has no such limit.
    double upload_policies_per_second = 100;

    /// Returns whether all limits are equal.
    friend bool operator==(const lane_limits&, const lane_limits&) = default;
};

/// Returns the documented limits of an account, from the provider's dialect.
WAN_DECL account_limits limits_of(const provider& who);

/// Returns the documented limits of a model: `model_limits::rate` of its row, and
/// `dialect::upload_policies_per_second`. The rate of a model without a row is not limited.
WAN_DECL lane_limits limits_of(const provider& who, std::string_view model);

namespace detail {

/// Overload for a dialect and a catalog. The catalog replaces the dialect's rows, unless it is null.
WAN_DECL lane_limits lane_limits_of(const dialect& of, const model_catalog* catalog, std::string_view model);

} // namespace detail

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/account_limits.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
