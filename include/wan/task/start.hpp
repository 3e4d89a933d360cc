// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A task from a request for whichever job.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/protocol/submit.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/any_request.hpp>
#include <wan/task/task.hpp>

#include <concepts>
#include <memory>
#include <utility>
#include <variant>

namespace wan::inline WAN_ABI {

// Templates, so that only programs that use them compile them.

/// What `start` makes of whichever request it is.
template <std::same_as<any_request> Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request,
                       std::shared_ptr<const policy> how, strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_task(std::move(who), r, std::move(how), strict); },
                      request);
}
/// The same, with a copy of the policy.
template <std::same_as<any_request> Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const policy& how = {},
                       strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_task(std::move(who), r, how, strict); }, request);
}
/// The same, with a provider and a policy of its own.
template <std::same_as<any_request> Request>
result<task> make_task(provider who, const Request& request, const policy& how = {},
                       strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_task(std::move(who), r, how, strict); }, request);
}

/// What `resume` makes of whichever request it is.
template <std::same_as<any_request> Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, std::shared_ptr<const policy> how,
                         strictness strict = strictness::standard) {
    return std::visit(
        [&](const auto& r) { return resume_task(std::move(who), token, r, std::move(how), strict); },
        request);
}
/// The same, with a copy of the policy.
template <std::same_as<any_request> Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const policy& how = {},
                         strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return resume_task(std::move(who), token, r, how, strict); },
                      request);
}
/// The same, with a provider and a policy of its own.
template <std::same_as<any_request> Request>
result<task> resume_task(provider who, const resume_token& token, const Request& request,
                         const policy& how = {}, strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return resume_task(std::move(who), token, r, how, strict); },
                      request);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
