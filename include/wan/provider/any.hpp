// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What providers do with a request, for one of whichever job.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/protocol/submit.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/any_request.hpp>
#include <wan/video/cost.hpp>

#include <concepts>
#include <string_view>
#include <variant>
#include <vector>

namespace wan::inline WAN_ABI {

// Templates, so that only programs that use them compile them.

/// The model of whichever request it is.
template <std::same_as<any_request> Request>
std::string_view model_of(const provider& who, const Request& request) {
    return std::visit([&](const auto& r) { return model_of(who, r); }, request);
}

/// What `validate` finds in whichever request it is.
template <std::same_as<any_request> Request>
std::vector<violation> validate(const provider& who, const Request& request) {
    return std::visit([&](const auto& r) { return validate(who, r); }, request);
}

/// What `make_submit` makes of whichever request it is.
template <std::same_as<any_request> Request>
result<http_request> make_submit(const provider& who, const Request& request,
                                 strictness how = strictness::standard) {
    return std::visit([&](const auto& r) { return make_submit(who, r, how); }, request);
}

/// What is billed of whichever request it is.
template <std::same_as<any_request> Request>
result<billed_video> billed_video_of(const provider& who, const Request& request) {
    return std::visit([&](const auto& r) { return billed_video_of(who, r); }, request);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
