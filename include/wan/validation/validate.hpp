// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Checks a request against the limits of its model: every violation at once, before anything is sent.
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

/// Whether that violation refuses a request.
constexpr bool refuses(strictness strict, rule broken, severity how_bad) noexcept {
    if (broken == rule::encoding || broken == rule::json || broken == rule::unsupported) return true;
    if (strict == strictness::off) return false;
    return strict == strictness::strict || how_bad == severity::error;
}

/// The row that checks requests for that model: its own, or the general one.
WAN_DECL const model_limits& limits_for(const validation_target& target) noexcept;

/// Every rule that the request breaks, in the order of its members; those of the model itself first. Empty:
/// none, not even with a warning. Bytes of media are read as far as their headers go, URLs are not fetched.
template <class Request>
[[nodiscard]] std::vector<violation> validate(const Request& request, const validation_target& target);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/validation/impl/validate.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
