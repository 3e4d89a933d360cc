// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Which responses to a submit, by HTTP status and error code, allow that it is sent again.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/message.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/reply.hpp>
#include <wan/reflect.hpp>

#include <string_view>

namespace wan::inline WAN_ABI {

/// What the response to a submit says about the task.
enum class submit_verdict {
    accepted,     ///< there is a task, and its id is known
    refused,      ///< there is none, and asking again will not help
    not_accepted, ///< there is none; asking again may help
    unknown,      ///< there may be one that will be paid for: never ask again
};
BOOST_DESCRIBE_ENUM(submit_verdict, accepted, refused, not_accepted, unknown)

namespace detail {

/// 408 and 499: the service, or a proxy before it, gave up waiting. It may have acted on what it got.
constexpr bool is_broken(unsigned http_status) noexcept {
    return http_status < 200 || http_status >= 500 || http_status == 408 || http_status == 499;
}

/// Whether a reply that is not understood has a member that could name a task.
WAN_DECL bool may_name_a_task(std::string_view body);

/// Only two responses say that the same submit may be sent again: one that was throttled, and 503 of a
/// service that is unavailable. A broken service may have done what it did not say, whatever its error code,
/// but for the codes that say that there will never be a task.
WAN_DECL submit_verdict verdict_on(const dialect& d, const http_response& response, const reply& r,
                                   error_category category);

} // namespace detail

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/submit_verdict.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
