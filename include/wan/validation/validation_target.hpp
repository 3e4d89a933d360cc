// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The model and provider against which a request is checked.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media_support.hpp>
#include <wan/model/limits.hpp>
#include <wan/model/region.hpp>

#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The model and provider against which a request is checked.
/// Thread safety: a value; const access from several threads is safe.
struct validation_target {
    std::string_view model;                ///< may be empty or unknown; see `limits_for`
    std::span<const model_limits> catalog; ///< the rows to search, usually `dialect::models`
    wan::region region = region::unknown;  ///< unknown: the region is not checked
    /// Returns the JSON pointer of a field in the body. If this function pointer is null, the paths of
    /// violations are empty.
    std::string_view (*path_of)(std::string_view field) noexcept = nullptr;
    media_support support = {}; ///< how media reach the provider
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
