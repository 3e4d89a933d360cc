// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What a caller may say to every driver.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/error.hpp>
#include <wan/strictness.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/step.hpp>
#include <wan/task/token.hpp>

#include <functional>

namespace wan::inline WAN_ABI {

/// What a caller may say to a run. The functions are called on the thread or loop that drives it, and may be empty.
struct run_options {
    wan::policy policy = {}; ///< how patient a run is that begins with a request; a task has its own
    wan::strictness strictness = wan::strictness::standard; ///< which violations refuse that request

    /// Called before each request and each wait.
    std::function<void(const progress&)> on_progress = {};

    /// Asked before each step, and about ten times a second while waiting; true ends the run as `interrupted`.
    std::function<bool()> stop_requested = {};

    /// Called with the token before the submit is sent and whenever an answer came. If it fails before the submit,
    /// nothing is sent: a task that could not be found again must not be paid for.
    std::function<result<void>(const resume_token&)> save_token = {};
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/epilogue.hpp>
