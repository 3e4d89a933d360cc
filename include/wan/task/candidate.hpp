// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Listed tasks that may be the one whose submit got no response.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/provider/listed_task.hpp>
#include <wan/wire_name.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// How the prompt of a listed task compares with the request's. Tasks with another prompt are no candidates.
enum class prompt_match : std::uint8_t {
    equal,        ///< the same prompt, as far as hashes tell
    not_reported, ///< the service does not report the listed task's prompt, or the request has none
};
BOOST_DESCRIBE_ENUM(prompt_match, equal, not_reported)

/// When a listed task was created, compared with the submit.
enum class creation : std::uint8_t {
    before_submit, ///< never adopted automatically
    after_submit,  ///< in the second of the submit, or later
    not_reported,  ///< the service's list has no time of creation
};
BOOST_DESCRIBE_ENUM(creation, before_submit, after_submit, not_reported)

/// A listed task that may be the one whose submit got no response, and how well it fits.
struct candidate : listed_task {
    prompt_match prompt = prompt_match::not_reported; ///< its prompt against the request's
    creation created = creation::not_reported;        ///< its creation against the submit
};
BOOST_DESCRIBE_STRUCT(candidate, (listed_task), (prompt, created))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
