// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Checks a request against the limits of its model: returns all violations at once, before anything is sent.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/media/media_support.hpp>
#include <wan/model/limits.hpp>
#include <wan/validation/strictness.hpp>
#include <wan/validation/validation_target.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI {

/// Returns whether a violation makes a request invalid.
constexpr bool refuses(strictness strict, rule broken, severity how_bad) noexcept {
    if (broken == rule::encoding || broken == rule::json || broken == rule::unsupported) return true;
    if (strict == strictness::off) return false;
    return strict == strictness::strict || how_bad == severity::error;
}

/// Returns the row against which requests for this model are checked: the model's own row, or
/// `general_limits`.
WAN_DECL const model_limits& limits_for(const validation_target& target) noexcept;

/// Returns all violations of a request: first those of the model's name, then those of each member, in member
/// order, then those of several members together. Empty if there are neither errors nor warnings. Reads the
/// headers of media that are given as bytes; URLs are not fetched.
/// \code
/// const wan::validation_target target{.model = "wan2.7-i2v", .catalog = wan::dashscope_models};
/// for (const auto& v : wan::validate(shot, target)) std::cerr << v.message << '\n';
/// \endcode
template <class Request>
[[nodiscard]] std::vector<violation> validate(const Request& request, const validation_target& target);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/validation/impl/validate.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
