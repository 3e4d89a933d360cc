// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The settings under which all sequences are explored.
#pragma once

#include "support/files.hpp"
#include "support/scripted_peer.hpp"

#include <wan/wan.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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
    {.name = "alone", .what = "DashScope, no other program, submits again by the list's proof"},
    {.name = "guess",
     .what = "the same; the prompt is told at the end only, the clock not checked, nothing submitted again",
     .submit_again = false,
     .searches = 2,
     .tells = tells_prompt::at_end,
     .is_clock_checked = false},
    {.name = "shared", .what = "a second program uses the account", .sole_user = false},
    {.name = "impatient", .what = "every budget is one", .budget = 1, .searches = 1},
    {.name = "no-prompt", .what = "a request without a prompt", .searches = 2, .has_prompt = false},
    {.name = "no-clock", .what = "no wall clock", .has_clock = false},
    {.name = "unchecked",
     .what = "the clock is not checked, but by the service's Date headers",
     .searches = 2,
     .is_clock_checked = false},
    {.name = "fast-clock",
     .what = "the same, and it is ten minutes fast",
     .searches = 2,
     .is_clock_checked = false,
     .clock_ahead = 600s},
    {.name = "slow-clock",
     .what = "the same, and it is ten minutes slow",
     .searches = 2,
     .is_clock_checked = false,
     .clock_ahead = -600s},
    {.name = "no-list", .what = "SinanCode, which lists no tasks", .service = service_kind::sinancode},
    {.name = "result",
     .what = "a service that tells the video's URL only where it is asked once more",
     .service = service_kind::with_result,
     .searches = 1,
     .tells = tells_prompt::never,
     .deadline = 60s},
    {.name = "no-time", .what = "the deadline is over when the task begins", .deadline = 0s},
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
    {.name = "narrow",
     .what = "two tasks in a scheduler that runs one after the other",
     .budget = 1,
     .searches = 2,
     .deadline = 50s,
     .tasks = 2,
     .at_once = 1},
    {.name = "uploads", .what = "two files are uploaded first", .searches = 2, .files = 2, .deadline = 60s},
};

/// DashScope's API with another query for the video, as relays have it.
inline const wan::dialect& dialect_with_result() {
    static const wan::dialect d = [] {
        auto made = wan::dashscope::api;
        made.name = "with-result";
        static const std::vector<wan::reply_path> reply = [&] {
            std::vector<wan::reply_path> paths(made.reply.begin(), made.reply.end());
            paths.push_back({&wan::reply::result_url, "/output/result_url"});
            return paths;
        }();
        made.reply = reply;
        made.result = {.path = {}, .is_named_by_reply = true};
        return made;
    }();
    return d;
}

/// What all worlds of a scenario share.
struct setting {
    const scenario* of;
    std::shared_ptr<const wan::provider> provider;
    std::shared_ptr<const wan::policy> policy;
    wan::keyframe_to_video request;
    wan::wall_clock clock = wan::no_wall_clock;

    static constexpr std::chrono::sys_seconds start{1'770'000'000s};
};

inline wan::provider provider_of(service_kind kind) {
    if (kind == service_kind::sinancode) return wan::sinancode::provider(std::string{key});
    auto made = wan::dashscope::provider(std::string{key}, wan::region::singapore);
    if (kind == service_kind::with_result) made.dialect = &dialect_with_result();
    return made;
}

inline wan::policy policy_of(const scenario& s) {
    wan::policy p;
    p.deadline = s.deadline;
    p.poll = wan::backoff{10s, 2, 40s};
    p.submit = {1s, 2, 8s};
    p.max_unreachable_submits = p.max_throttled_submits = p.max_failed_uploads = p.max_failed_queries =
        p.max_cancels = s.budget;
    p.max_lost_submits = 2;
    p.sole_user = s.sole_user;
    p.search_interval = 10s;
    p.max_searches = s.searches;
    p.submit_again_if_not_listed = s.submit_again;
    p.submit_timeout = 10s;
    p.query_timeout = 5s;
    p.max_reply_bytes = 2048;
    p.jitter = 0;
    p.jitter_seed = 1;
    return p;
}

inline setting setting_of(const scenario& s) {
    setting made{.of = &s,
                 .provider = std::make_shared<const wan::provider>(provider_of(s.service)),
                 .policy = std::make_shared<const wan::policy>(policy_of(s)),
                 .request = {.first_frame_url = "https://frames.example/first.png",
                             .last_frame_url = "https://frames.example/last.png"}};
    if (s.has_prompt) made.request.prompt = prompt;
    if (s.has_clock)
        made.clock = {setting::start + s.clock_ahead, wan::time_point{},
                      s.is_clock_checked ? wan::clock_trust::checked : wan::clock_trust::unchecked};
    if (s.files > 0)
        made.request.first_frame_url = wan::media{support::shared_bytes(support::png({750, 1000}), true),
                                                  "first.png", wan::media_transfer::upload};
    if (s.files > 1)
        made.request.last_frame_url = wan::media{support::shared_bytes(support::png({1000, 750}), true),
                                                 "last.png", wan::media_transfer::upload};
    return made;
}

} // namespace explore
