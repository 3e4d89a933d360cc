// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/catalog.hpp>
#include <wan/request/job.hpp>

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// The models of each provider. The rows determine which jobs the provider offers. Used in error messages.
struct service_models {
    std::string_view service;
    std::span<const model_limits> models; ///< one of `all_models`
};
inline constexpr service_models models_by_service[] = {
    {"dashscope", dashscope_models}, {"sinancode", sinancode_models}, {"yutoai", dashscope_models},
    {"jiekou", jiekou_models},       {"novita", jiekou_models},       {"ppio", jiekou_models},
};

/// Returns whether the library itself has the provider's table.
constexpr bool is_built_in(std::string_view service) noexcept {
    for (const auto& row : models_by_service)
        if (row.service == service) return true;
    return false;
}

/// Returns the providers that offer the models of this catalog.
inline std::vector<std::string_view> services_with(std::span<const model_limits> catalog) {
    std::vector<std::string_view> services;
    for (const auto& row : models_by_service)
        if (row.models.data() == catalog.data()) services.push_back(row.service);
    return services;
}

/// Returns the providers that offer the job.
inline std::vector<std::string_view> services_offering(job wanted) {
    std::vector<std::string_view> services;
    for (const auto& row : models_by_service)
        if (std::any_of(row.models.begin(), row.models.end(),
                        [&](const model_limits& model) { return model.jobs.contains(wanted); }))
            services.push_back(row.service);
    return services;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
