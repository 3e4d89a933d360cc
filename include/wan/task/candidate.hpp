// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Listed tasks that may belong to an unconfirmed submit.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/provider/listed_task.hpp>
#include <wan/wire_name.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// How the prompt of a listed task compares with the request's. A task with another prompt is not a
/// candidate.
enum class prompt_match : std::uint8_t {
    equal,        ///< the same prompt, compared by hash
    not_reported, ///< the provider does not report the listed task's prompt, or the request has no prompt
};
BOOST_DESCRIBE_ENUM(prompt_match, equal, not_reported)

/// Whether a listed task was created before or after the submit.
enum class creation : std::uint8_t {
    before_submit, ///< never adopted automatically
    after_submit,  ///< in the same second as the submit, or later
    not_reported,  ///< the provider's list has no creation time
};
BOOST_DESCRIBE_ENUM(creation, before_submit, after_submit, not_reported)

/// A listed task that may belong to an unconfirmed submit, and how well it matches.
struct candidate : listed_task {
    prompt_match prompt = prompt_match::not_reported; ///< its prompt compared with the request's
    creation created = creation::not_reported;        ///< whether it was created before or after the submit
};
BOOST_DESCRIBE_STRUCT(candidate, (listed_task), (prompt, created))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
