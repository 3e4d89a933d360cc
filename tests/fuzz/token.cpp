// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Resume tokens: texts that programs kept in files.
#include "services.hpp"
#include "targets.hpp"

#include <wan/http/url.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/start.hpp>
#include <wan/task/task.hpp>
#include <wan/wire_name.hpp>

#include <memory>
#include <string>

namespace fuzz {

namespace {

constexpr wan::wall_clock clock{std::chrono::sys_seconds{std::chrono::seconds{1'770'000'000}},
                                wan::time_point{}};

void check_round_trip(const wan::resume_token& token) {
    const auto text = to_string(token);
    const auto again = wan::read_token(text);
    require(again.has_value(), "a written token can be read", text);
    require(to_string(*again) == text, "what is read of a token is written as it was", text);
    require(again->task_id == token.task_id && again->state == token.state && again->ending == token.ending &&
                again->started_at == token.started_at && again->unusable_id == token.unusable_id &&
                again->id == token.id,
            "no member of a token is lost", text);
}

/// A task that continues has a token that is at least as good.
void check_resumed(const wan::provider& provider, const wan::resume_token& token) {
    auto task = wan::resume_task(provider, token, clock);
    if (!task) return;
    require(task->task_id() == token.task_id, "a resumed task has the token's id", token.task_id);
    check_round_trip(task->token());
    const auto step = task->next(wan::time_point{});
    if (!step.is_send()) return;
    require(step.request_kind() != wan::request_kind::submit, "without a request nothing is submitted");
    require(wan::is_same_origin(provider.base_url, step.request().url), "the key goes to its own origin",
            step.request().url);
    check_round_trip(task->token());
    require(has_key(token.task_id) || has_key(token.query_url) || has_key(to_string(token)) ||
                !has_key(to_string(task->token())),
            "a token has no key");
}

} // namespace

void run_token(input in) {
    const auto& provider = provider_of(in);
    const auto token = wan::read_token(in.rest());
    if (!token) {
        require(token.error().category == wan::error_category::token, "what is no token is said to be none");
        return;
    }
    check_round_trip(*token);
    check_resumed(provider, *token);
    if (const auto adopted = wan::adopt(*token, "adopted-1")) {
        check_round_trip(*adopted);
        check_resumed(provider, *adopted);
    }
}

} // namespace fuzz
