// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Checks a provider, and a request against it: every violation, and the model that it will use.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/media/media_support.hpp>
#include <wan/provider/provider.hpp>

#include <string_view>
#include <variant>
#include <vector>

namespace wan::inline WAN_ABI {

/// What is wrong with the base URL, the key and the headers. The key is not shown. These are refused with
/// every strictness.
[[nodiscard]] WAN_DECL std::vector<violation> validate(const provider& provider);

/// The request's model, or the provider's default.
template <class Request>
std::string_view model_of(const provider& provider, const Request& request) noexcept;

/// The same, of a request whose job is known at run time.
template <class... Requests>
std::string_view model_of(const provider& provider, const std::variant<Requests...>& request) {
    return std::visit([&](const auto& r) { return model_of(provider, r); }, request);
}

/// How media get to a service of that dialect.
WAN_DECL media_support media_support_of(const dialect& d) noexcept;

/// Every rule that the request breaks at this provider, warnings included: those of the model, as `validate`
/// without a provider, and those of the service's wire format. Empty: none.
template <class Request>
[[nodiscard]] std::vector<violation> validate(const provider& provider, const Request& request);

/// The same, of a request whose job is known at run time.
template <class... Requests>
[[nodiscard]] std::vector<violation> validate(const provider& provider,
                                              const std::variant<Requests...>& request) {
    return std::visit([&](const auto& r) { return validate(provider, r); }, request);
}

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/validate.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
