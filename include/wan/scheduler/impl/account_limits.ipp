// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/model/catalog.hpp>
#include <wan/model/model_catalog.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>
#include <wan/scheduler/account_limits.hpp>

namespace wan::inline WAN_ABI {

WAN_DECL account_limits limits_of(const provider& who) {
    account_limits limits;
    if (who.dialect == nullptr) return limits;
    limits.queries_per_second = who.dialect->queries_per_second;
    limits.lists_per_second = who.dialect->lists_per_second;
    limits.cancels_per_second = who.dialect->cancels_per_second;
    return limits;
}

WAN_DECL lane_limits limits_of(const provider& who, std::string_view model) {
    return who.dialect != nullptr ? detail::lane_limits_of(*who.dialect, who.catalog.get(), model)
                                  : lane_limits{};
}

WAN_DECL lane_limits detail::lane_limits_of(const dialect& of, const model_catalog* catalog,
                                            std::string_view model) {
    lane_limits limits;
    limits.upload_policies_per_second = of.upload_policies_per_second;
    const auto* row = find_model(catalog != nullptr ? catalog->rows() : of.models, model);
    if (row == nullptr) return limits;
    limits.submits_per_second = row->rate.submits_per_second;
    limits.running_tasks = static_cast<unsigned>(row->rate.running_tasks);
    return limits;
}

} // namespace wan::inline WAN_ABI
