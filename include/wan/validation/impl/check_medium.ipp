// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/validation/check_medium.hpp>
#include <wan/validation/detail/check_media.hpp>

namespace wan::inline WAN_ABI {

namespace detail {

template <class Limit>
std::vector<violation> violations_of(std::string_view field, const Limit& limit, const byte_source& bytes) {
    std::vector<violation> found;
    check_bytes({.violations = &found, .field = field, .path = {}, .who = {}}, limit, bytes, {});
    return found;
}

} // namespace detail

WAN_DECL std::vector<violation> check_medium(std::string_view field, const image_limit& limit,
                                             const byte_source& bytes) {
    return detail::violations_of(field, limit, bytes);
}
WAN_DECL std::vector<violation> check_medium(std::string_view field, const recording_limit& limit,
                                             const byte_source& bytes) {
    return detail::violations_of(field, limit, bytes);
}

} // namespace wan::inline WAN_ABI
