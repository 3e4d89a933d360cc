// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/text.hpp>
#include <wan/detail/time_limits.hpp>
#include <wan/json/layout.hpp>
#include <wan/json/read.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/transitions.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL bool is_submit_open(const resume_token& token) noexcept {
    return is_submit_open(token.state) || token.ending == task_ending::submit_unknown;
}

WAN_DECL std::string to_string(const resume_token& token) {
    using t = resume_token;
    using text =
        json::layout<json::place<&t::wan_token, &t::dialect, &t::base_url, &t::model, &t::state, &t::ending,
                                 &t::task_id, &t::id, &t::inferred_from, &t::started_at, &t::clock,
                                 &t::prompt_hash, &t::query_url, &t::result_url, &t::unusable_id>>;
    static_assert(json::covers<resume_token, text>);
    std::string out;
    text::write(out, token, {});
    return out;
}

namespace detail {

/// Whether a task comes to such a state or ending only with an id.
inline bool needs_id(const resume_token& token) noexcept {
    using enum task_state;
    constexpr task_state states[] = {waiting, querying, canceling, result_due, fetching_result};
    constexpr task_ending endings[] = {task_ending::succeeded, task_ending::failed, task_ending::expired};
    const auto is_in = [](const auto& all, auto value) {
        return std::find(std::begin(all), std::end(all), value) != std::end(all);
    };
    return is_in(states, token.state) || (token.ending && is_in(endings, *token.ending));
}

} // namespace detail

WAN_DECL result<resume_token> read_token(std::string_view text) {
    const auto bad = [](std::string message) {
        return error{.category = error_category::token, .message = "resume token: " + std::move(message)};
    };
    resume_token token;
    std::string version, state, ending, id, inferred_from, started_at, clock;
    const json::pick picks[] = {
        {"/wan_token", &version},
        {"/dialect", &token.dialect},
        {"/base_url", &token.base_url},
        {"/model", &token.model},
        {"/state", &state},
        {"/ending", &ending},
        {"/task_id", &token.task_id},
        {"/id", &id},
        {"/inferred_from", &inferred_from},
        {"/started_at", &started_at},
        {"/clock", &clock},
        {"/prompt_hash", &token.prompt_hash},
        {"/query_url", &token.query_url},
        {"/result_url", &token.result_url},
        {"/unusable_id", &token.unusable_id},
    };
    if (auto read = json::read(text, picks); !read) return bad(read.error().message);
    if (version.empty()) return bad("has no wan_token member; this is no resume token");
    if (const auto known = std::to_string(resume_token::version); version != known)
        return bad("version " + printable(version) + "; this library reads version " + known);
    const auto named = from_wire<task_state>(state);
    if (!named) return bad("unknown state " + quoted(state));
    token.state = *named;
    if (!ending.empty()) {
        token.ending = from_wire<task_ending>(ending);
        if (!token.ending) return bad("unknown ending " + quoted(ending));
    }
    if (token.ending.has_value() != (token.state == task_state::ended))
        return bad("state " + quoted(state) + (token.ending ? " has no ending" : " needs an ending"));
    if (!started_at.empty()) {
        std::int64_t seconds = 0;
        const auto* const end = started_at.data() + started_at.size();
        const bool is_a_time = std::from_chars(started_at.data(), end, seconds).ptr == end && seconds >= 0 &&
                               seconds <= detail::last_second;
        // Only a task without an id is looked for from then on; a paid one is not lost by it.
        if (!is_a_time && token.task_id.empty())
            return bad("started_at " + quoted(started_at) + " is no time in seconds since 1970");
        if (is_a_time) token.started_at = seconds;
    }
    if (!id.empty()) {
        const auto trust = from_wire<id_trust>(id);
        if (!trust) return bad("id " + quoted(id) + " is none of confirmed, inferred and adopted");
        token.id = trust;
    }
    if (!inferred_from.empty()) {
        const auto prompt = from_wire<prompt_match>(inferred_from);
        if (!prompt)
            return bad("inferred_from " + quoted(inferred_from) + " is neither equal nor not_reported");
        token.inferred_from = prompt;
    }
    if (!clock.empty()) {
        const auto trust = from_wire<clock_trust>(clock);
        if (!trust) return bad("clock " + quoted(clock) + " is neither unchecked nor checked");
        token.clock = trust;
    }
    if (!token.prompt_hash.empty() && !detail::read_hash(token.prompt_hash))
        return bad("prompt_hash " + quoted(token.prompt_hash) + " is none");
    if (token.dialect.empty()) return bad("dialect is missing");
    if (token.base_url.empty()) return bad("base_url is missing");
    if (token.task_id.empty() && detail::needs_id(token))
        return bad("a task that is " + std::string{token.state_name()} + " has a task_id; it is missing");
    return token;
}

WAN_DECL result<resume_token> adopt(resume_token token, std::string_view task_id) {
    const auto bad = [](std::string message) {
        return error{.category = error_category::token, .message = "adopt: " + std::move(message)};
    };
    const bool is_confirmed = !token.task_id.empty() && token.id != id_trust::inferred;
    if (is_confirmed && token.task_id != task_id)
        return bad("the task has the id " + printable(token.task_id, detail::shown_whole) + " already");
    if (!is_submit_open(token) && token.task_id.empty())
        return bad("nothing was submitted (" + std::string{token.state_name()} + ")");
    if (!detail::is_usable_task_id(task_id)) return bad(detail::unusable_task_id(task_id));
    token.task_id = task_id;
    token.id = id_trust::adopted;
    token.inferred_from.reset();
    return token;
}

} // namespace wan::inline WAN_ABI
