// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Provider x request -> every violation, and the model that is meant.
#pragma once

#include <wan/config.hpp>
#include <wan/media_ways.hpp>
#include <wan/provider/provider.hpp>

#include <string_view>
#include <tuple>
#include <vector>

namespace wan {

/// What is wrong with the base URL, the key and the headers. The key is not shown. These are refused with every strictness.
WAN_DECL std::vector<violation> validate(const provider& who);

template <class Request>
const job_routes<Request>& routes_of(const provider& who) noexcept {
    return std::get<job_routes<Request>>(who.dialect->jobs);
}

/// The request's model, or the provider's default.
template <class Request>
std::string_view model_of(const provider& who, const Request& request) noexcept {
    return request.model ? std::string_view{*request.model} : routes_of<Request>(who).default_model;
}

inline media_ways ways_of(const dialect& d) noexcept { return {d.media_schemes, d.inline_up_to, d.upload.offered(), d.name}; }

/// The first route that fits the model; null if none does.
template <class Request>
const submit_route<Request>* route_for(const provider& who, std::string_view model) noexcept {
    for (const auto& route : routes_of<Request>(who).routes)
        if (model.find(route.model_contains) != std::string_view::npos) return &route;
    return nullptr;
}

/// Every rule that the request breaks at this provider, warnings included.
template <class Request>
std::vector<violation> validate(const provider& who, const Request& request);

} // namespace wan

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/impl/provider_validate.ipp>
#endif
