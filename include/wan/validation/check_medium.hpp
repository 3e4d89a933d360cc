// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Checks one medium against a limit of a model, without a request.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/model/limits.hpp>

#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI {

/// Returns a violation for each rule of `limit` that the bytes break, as `validate` does for a request with
/// this medium. `field` names the medium in the violations. Reads only the headers of the medium.
/// \code
/// const auto& limit = wan::find_model(wan::dashscope_models, "wan2.7-i2v")->first_frame_url;
/// const auto found = wan::check_medium("first_frame_url", limit, wan::borrowed_bytes{png});
/// \endcode
WAN_DECL std::vector<violation> check_medium(std::string_view field, const image_limit& limit,
                                             const byte_source& bytes);
/// Overload for a clip or a sound.
WAN_DECL std::vector<violation> check_medium(std::string_view field, const recording_limit& limit,
                                             const byte_source& bytes);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/validation/impl/check_medium.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
