// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Validates a provider, or a request for it.
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

/// Returns the violations in the key, the dialect, the headers and the base URL. Their messages do not show
/// the key. With every strictness, these violations make a request invalid. Of a dialect, this finds: no
/// name, no query, paths that do not begin with "/" or lack "{task_id}", texts that are no JSON pointers, no
/// row for `reply::task_id`, and tables that are too long.
[[nodiscard]] WAN_DECL std::vector<violation> validate(const provider& provider);

/// Returns the request's model, or the provider's default.
template <class Request>
std::string_view model_of(const provider& provider, const Request& request) noexcept;

/// Overload for a request whose job is known at run time.
template <class... Requests>
std::string_view model_of(const provider& provider, const std::variant<Requests...>& request) {
    return std::visit([&](const auto& r) { return model_of(provider, r); }, request);
}

/// Returns how media reach a provider with this dialect.
WAN_DECL media_support media_support_of(const dialect& d) noexcept;

/// Returns a violation for every rule that the request breaks at this provider, warnings included. This
/// includes the rules of the model, as in `validate` without a provider, and the rules of the provider's wire
/// format.
/// \code
/// for (const auto& v : wan::validate(provider, shot)) // `message` contains the field
///     std::cerr << to_wire(v.severity) << ": " << v.message << '\n';
/// \endcode
template <class Request>
[[nodiscard]] std::vector<violation> validate(const provider& provider, const Request& request);

/// Overload for a request whose job is known at run time.
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
