// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Decides from the HTTP status and the error code whether a submit may be sent again.
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

/// The meaning of the response to a submit.
enum class submit_verdict {
    accepted,     ///< there is a task, and its id is known
    refused,      ///< there is no task, and a repeated submit will not help
    not_accepted, ///< there is no task; a repeated submit may help
    unknown,      ///< there may be a task that will be paid for: never submit again
};
BOOST_DESCRIBE_ENUM(submit_verdict, accepted, refused, not_accepted, unknown)

namespace detail {

/// Returns whether the status leaves open what the provider did. With 408 and 499 the provider, or a proxy in
/// front of it, gave up waiting: the provider may still have acted on the request.
constexpr bool is_broken(unsigned http_status) noexcept {
    return http_status < 200 || http_status >= 500 || http_status == 408 || http_status == 499;
}

/// Returns whether a reply that is not understood has a member that could name a task.
WAN_DECL bool may_name_a_task(std::string_view body);

/// Returns the meaning of a response. Only two responses allow the same submit to be sent again: a response
/// that says that the request was throttled, and a 503 from a provider that is unavailable. After any other
/// server error there may be a task that was not reported, so the verdict is `unknown`. The exception is an
/// error code that says that there will never be a task.
WAN_DECL submit_verdict verdict_on(const dialect& d, const http_response& response, const reply& r,
                                   error_category category);

} // namespace detail

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/submit_verdict.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
