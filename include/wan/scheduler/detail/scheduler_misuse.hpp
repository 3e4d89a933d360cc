// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The errors of calls that a scheduler cannot carry out.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>

#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

inline error scheduler_misuse(std::string_view call, std::string_view message) {
    return {.category = error_category::misuse, .message = std::string{call}.append(": ").append(message)};
}
inline error names_no_task(std::string_view call) {
    return scheduler_misuse(call, "the handle does not refer to a task; use one from add or next whose "
                                  "outcome was not returned yet");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
