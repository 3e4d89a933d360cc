// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Finds the route of a request at a provider.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/model_catalog.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>

#include <span>
#include <string_view>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// Returns the routes of the request's job. Empty: the job is not offered.
template <class Request>
constexpr const job_routes<Request>& routes_of(const dialect& api) noexcept {
    return api.jobs.of(std::type_identity<Request>{});
}
/// Overload for the provider's dialect.
template <class Request>
const job_routes<Request>& routes_of(const provider& provider) noexcept {
    return routes_of<Request>(*provider.dialect);
}

/// Returns the model rows that requests to the provider are checked against.
inline std::span<const model_limits> models_of(const provider& provider) noexcept {
    if (provider.catalog != nullptr) return provider.catalog->rows();
    return provider.dialect != nullptr ? provider.dialect->models : std::span<const model_limits>{};
}

/// Returns the first route that matches the model. Null if there is none, or if it has no layout.
template <class Request>
const submit_route<Request>* route_for(const provider& provider, std::string_view model) noexcept {
    for (const auto& route : routes_of<Request>(provider).routes)
        if (model.find(route.model_contains) != std::string_view::npos)
            return route.layout.write != nullptr ? &route : nullptr;
    return nullptr;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
