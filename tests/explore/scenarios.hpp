// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The settings under which all sequences are explored.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace explore {

using namespace std::chrono_literals;

inline constexpr std::string_view key = "sk-test-secret";
inline constexpr std::string_view prompt = "a cat";
inline constexpr std::string_view second_prompt = "a dog";

/// When a service tells the prompt of a task.
enum class tells_prompt : std::uint8_t { always, at_end, never };

enum class service_kind : std::uint8_t { dashscope, with_result, sinancode };

struct scenario {
    std::string_view name;
    std::string_view what;
    service_kind service = service_kind::dashscope;
    bool sole_user = true;
    bool submit_again = true;
    unsigned budget = 2; ///< of failed queries, submits, uploads and cancels
    unsigned searches = 3;
    tells_prompt tells = tells_prompt::always;
    bool has_clock = true;
    bool is_clock_checked = true;
    bool has_prompt = true;
    unsigned files = 0; ///< to upload
    std::chrono::milliseconds deadline = 100s;
    std::chrono::seconds clock_ahead{0}; ///< of the host, of the service's
    unsigned tasks = 1;                  ///< more than one: in a scheduler
    bool same_prompt = false;            ///< of the two tasks
    unsigned at_once = 64;               ///< requests in flight, and running tasks
};

inline constexpr scenario scenarios[] = {
    {.name = "alone", .what = "DashScope, no other program; a submit that the list disproves is repeated"},
    {.name = "guess",
     .what =
         "the same; the prompt is reported at the end only, the clock is unchecked, no submit is repeated",
     .submit_again = false,
     .searches = 2,
     .tells = tells_prompt::at_end,
     .is_clock_checked = false},
    {.name = "shared", .what = "a second program uses the account", .sole_user = false},
    {.name = "impatient", .what = "every retry budget is 1", .budget = 1, .searches = 1},
    {.name = "no-prompt", .what = "a request without a prompt", .searches = 2, .has_prompt = false},
    {.name = "no-clock", .what = "no wall clock", .has_clock = false},
    {.name = "unchecked",
     .what = "the clock is checked only by the provider's Date headers",
     .searches = 2,
     .is_clock_checked = false},
    {.name = "fast-clock",
     .what = "the same, and the clock is ten minutes fast",
     .searches = 2,
     .is_clock_checked = false,
     .clock_ahead = 600s},
    {.name = "slow-clock",
     .what = "the same, and the clock is ten minutes slow",
     .searches = 2,
     .is_clock_checked = false,
     .clock_ahead = -600s},
    {.name = "no-list",
     .what = "SinanCode, which offers no list of tasks",
     .service = service_kind::sinancode},
    {.name = "result",
     .what = "a provider that reports the video's URL in a second response only",
     .service = service_kind::with_result,
     .searches = 1,
     .tells = tells_prompt::never,
     .deadline = 60s},
    {.name = "no-time", .what = "the deadline has passed when the task starts", .deadline = 0s},
    {.name = "pair",
     .what = "two tasks in a scheduler",
     .budget = 1,
     .searches = 2,
     .deadline = 50s,
     .tasks = 2},
    {.name = "twins",
     .what = "two tasks with the same prompt in a scheduler",
     .budget = 1,
     .searches = 2,
     .deadline = 50s,
     .tasks = 2,
     .same_prompt = true},
    {.name = "mixed",
     .what = "two tasks in a scheduler, one of them without a prompt; the provider reports the prompt at the "
             "end only",
     .budget = 1,
     .searches = 2,
     .tells = tells_prompt::at_end,
     .has_prompt = false,
     .deadline = 50s,
     .tasks = 2},
    {.name = "narrow",
     .what = "two tasks in a scheduler that runs one at a time",
     .budget = 1,
     .searches = 2,
     .deadline = 50s,
     .tasks = 2,
     .at_once = 1},
    {.name = "uploads", .what = "two files are uploaded first", .searches = 2, .files = 2, .deadline = 60s},
};

} // namespace explore
