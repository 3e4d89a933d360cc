// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The options of every driver.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/error.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/step.hpp>
#include <wan/task/wall_clock.hpp>
#include <wan/validation/strictness.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace wan::inline WAN_ABI {

/// The type of `run_options::save_token`: a `std::function` that returns `wan::result<void>`, or an empty
/// one. A lambda declares `-> wan::result<void>` and returns `{}`, or a `wan::error`.
class token_saver : public std::function<result<void>(const resume_token&)> {
public:
    token_saver() noexcept = default;
    token_saver(std::nullptr_t) noexcept {} ///< no function

    /// Wraps any function that accepts a token.
    template <std::invocable<const resume_token&> Function>
        requires(!std::same_as<std::remove_cvref_t<Function>, token_saver>)
    token_saver(Function&& save) {
        using returned = std::invoke_result_t<Function&, const resume_token&>;
        static_assert(std::is_convertible_v<returned, result<void>>,
                      "save_token must return wan::result<void>: write [](const wan::resume_token& token) -> "
                      "wan::result<void> { ...; return {}; }");
        if constexpr (std::is_convertible_v<returned, result<void>>)
            std::function<result<void>(const resume_token&)>::operator=(std::forward<Function>(save));
    }
};

/// The options of a run. The functions are called on the thread or loop that drives the run, and may be
/// empty. An exception thrown by one of them propagates out of `run` or the coroutine; `run_async` lets it
/// propagate to the loop, and continues later.
///
/// \code
/// wan::run_options options;
/// options.policy.deadline = std::chrono::minutes{20};
/// options.save_token = [](const wan::resume_token& token) -> wan::result<void> {
///     return save(wan::to_string(token)); // a wan::result<void>
/// };
/// \endcode
struct run_options {
    wan::policy policy = {}; ///< for a run that begins with a request; a task already has one
    /// The wall clock for a run that begins with a request. Unset: the timer's `today()` is used, or no wall
    /// clock if the timer has no such function.
    std::optional<wan::wall_clock> wall_clock = {};
    wan::strictness strictness = wan::strictness::standard; ///< which violations make the request invalid

    /// Called before each request and each wait.
    std::function<void(const progress&)> on_progress = {};

    /// Called before each step, and about ten times a second while waiting. If it returns true, the run ends
    /// as `stopped`.
    std::function<bool()> stop_requested = {};

    /// Called with the token before the submit is sent, and after each response that changed the token. If it
    /// fails before the submit, nothing is sent: a task that could not be found again must not be paid for.
    /// If it fails later, it is called again after the next response.
    token_saver save_token = {};
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
