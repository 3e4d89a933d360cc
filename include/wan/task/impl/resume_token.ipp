// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/hash_text.hpp>
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

WAN_DECL std::string_view resume_token::state_name() const noexcept {
    return ending ? to_wire(*ending) : to_wire(state);
}

WAN_DECL bool is_submit_open(const resume_token& token) noexcept {
    return is_submit_open(token.state) || token.ending == task_ending::submit_unknown;
}

WAN_DECL std::optional<arrival_span> arrival_of(const resume_token& token) noexcept {
    if (token.clock != clock_trust::checked || !token.started_at || !token.arrived_by ||
        *token.arrived_by < *token.started_at)
        return std::nullopt;
    const auto at = [](std::int64_t seconds) {
        return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
    };
    return arrival_span{at(*token.started_at), at(*token.arrived_by)};
}

WAN_DECL std::string to_string(const resume_token& token) {
    using t = resume_token;
    using text = json::layout<
        json::place<&t::wan_token, &t::dialect, &t::base_url, &t::model, &t::state, &t::ending, &t::task_id,
                    &t::id, &t::inferred_from, &t::started_at, &t::clock, &t::arrived_by, &t::prompt_hash,
                    &t::query_url, &t::result_url, &t::unusable_id>>;
    static_assert(json::covers<resume_token, text>);
    std::string out;
    text::write(out, token, {});
    return out;
}

namespace detail {

/// Returns whether a task in this state or ending always has an id.
inline bool needs_id(const resume_token& token) noexcept {
    using enum task_state;
    constexpr task_state states[] = {waiting, querying, canceling, result_due, fetching_result};
    constexpr task_ending endings[] = {task_ending::succeeded, task_ending::failed, task_ending::expired};
    const auto is_in = [](const auto& all, auto value) {
        return std::find(std::begin(all), std::end(all), value) != std::end(all);
    };
    return is_in(states, token.state) || (token.ending && is_in(endings, *token.ending));
}

/// The members of a token that are not texts, as written in the JSON.
struct token_texts {
    std::string version, state, ending, id, inferred_from, started_at, clock, arrived_by;
};

inline error unreadable_token(std::string message) {
    return {.category = error_category::token, .message = "resume token: " + std::move(message)};
}

/// Same as `unreadable_token`, for a text that is not what `to_string` wrote.
inline error bad_token_text(std::string message) {
    return unreadable_token(std::move(message) +
                            "; the token is damaged: use an unmodified copy, or find the "
                            "task in the provider's console");
}

inline result<void> read_state(resume_token& token, const token_texts& texts) {
    const auto named = from_wire<task_state>(texts.state);
    if (!named) return bad_token_text("unknown state " + quoted(texts.state));
    token.state = *named;
    if (!texts.ending.empty()) {
        token.ending = from_wire<task_ending>(texts.ending);
        if (!token.ending) return bad_token_text("unknown ending " + quoted(texts.ending));
    }
    if (token.ending.has_value() != (token.state == task_state::ended))
        return bad_token_text("state " + quoted(texts.state) +
                              (token.ending ? " must not have an ending" : " needs an ending"));
    return {};
}

/// Reads a time. Only the search for a task without an id needs the time, so a wrong time is ignored if there
/// is an id.
inline result<void> read_time(const resume_token& token, std::string_view name, const std::string& text,
                              std::optional<std::int64_t>& time) {
    if (text.empty()) return {};
    std::int64_t seconds = 0;
    const auto* const end = text.data() + text.size();
    const bool is_a_time =
        std::from_chars(text.data(), end, seconds).ptr == end && seconds >= 0 && seconds <= last_second;
    if (!is_a_time && token.task_id.empty())
        return bad_token_text(std::string{name} + " " + quoted(text) +
                              " is not a time in seconds since 1970");
    if (is_a_time) time = seconds;
    return {};
}

inline result<void> read_trust(resume_token& token, const token_texts& texts) {
    if (!texts.id.empty()) {
        token.id = from_wire<id_trust>(texts.id);
        if (!token.id)
            return bad_token_text("unknown id " + quoted(texts.id) +
                                  "; expected confirmed, inferred or adopted");
    }
    if (!texts.inferred_from.empty()) {
        token.inferred_from = from_wire<prompt_match>(texts.inferred_from);
        if (!token.inferred_from)
            return bad_token_text("unknown inferred_from " + quoted(texts.inferred_from) +
                                  "; expected equal or not_reported");
    }
    if (!texts.clock.empty()) {
        token.clock = from_wire<clock_trust>(texts.clock);
        if (!token.clock)
            return bad_token_text("unknown clock " + quoted(texts.clock) + "; expected unchecked or checked");
    }
    return {};
}

/// Checks that the token has everything that a task needs.
inline result<void> check_members(const resume_token& token) {
    if (!token.prompt_hash.empty() && !read_hash(token.prompt_hash))
        return bad_token_text("prompt_hash " + quoted(token.prompt_hash) + " is not a hash");
    if (token.dialect.empty()) return bad_token_text("dialect is missing");
    if (token.base_url.empty()) return bad_token_text("base_url is missing");
    if (token.task_id.empty() && needs_id(token))
        return bad_token_text("state " + std::string{token.state_name()} +
                              " requires a task_id, which is missing");
    return {};
}

} // namespace detail

WAN_DECL result<resume_token> read_token(std::string_view text) {
    resume_token token;
    detail::token_texts texts;
    const json::pick picks[] = {
        {"/wan_token", &texts.version},
        {"/dialect", &token.dialect},
        {"/base_url", &token.base_url},
        {"/model", &token.model},
        {"/state", &texts.state},
        {"/ending", &texts.ending},
        {"/task_id", &token.task_id},
        {"/id", &texts.id},
        {"/inferred_from", &texts.inferred_from},
        {"/started_at", &texts.started_at},
        {"/clock", &texts.clock},
        {"/arrived_by", &texts.arrived_by},
        {"/prompt_hash", &token.prompt_hash},
        {"/query_url", &token.query_url},
        {"/result_url", &token.result_url},
        {"/unusable_id", &token.unusable_id},
    };
    if (auto read = json::read(text, picks); !read) return detail::bad_token_text(read.error().message);
    if (texts.version.empty()) return detail::bad_token_text("the wan_token member is missing");
    if (const auto known = std::to_string(resume_token::version); texts.version != known)
        return detail::unreadable_token("version " + printable(texts.version) +
                                        " is not supported; this library reads version " + known +
                                        ": resume with the program that saved the token");
    if (auto done = detail::read_state(token, texts); !done) return std::move(done).error();
    if (auto done = detail::read_time(token, "started_at", texts.started_at, token.started_at); !done)
        return std::move(done).error();
    if (auto done = detail::read_time(token, "arrived_by", texts.arrived_by, token.arrived_by); !done)
        return std::move(done).error();
    if (auto done = detail::read_trust(token, texts); !done) return std::move(done).error();
    if (auto done = detail::check_members(token); !done) return std::move(done).error();
    return token;
}

WAN_DECL std::optional<bool> has_prompt(const resume_token& token, std::string_view prompt) noexcept {
    const auto hash = detail::read_hash(token.prompt_hash);
    if (!hash) return std::nullopt;
    // Tokens of earlier versions have a hash of the whole prompt, including white space.
    return *hash == detail::hash_of_prompt(prompt) || *hash == detail::hash_of(prompt);
}

WAN_DECL result<resume_token> adopt(resume_token token, std::string_view task_id) {
    const auto bad = [](std::string message) {
        return error{.category = error_category::token, .message = "adopt: " + std::move(message)};
    };
    const bool is_confirmed = !token.task_id.empty() && token.id != id_trust::inferred;
    if (is_confirmed && token.task_id != task_id)
        return bad("the task already has the ID " + printable(token.task_id, detail::shown_whole) +
                   "; resume it as it is");
    if (!is_submit_open(token) && token.task_id.empty())
        return bad("nothing was submitted (state: " + std::string{token.state_name()} +
                   "), so there is no task to adopt; start a new task");
    if (!detail::is_usable_task_id(task_id)) return bad(detail::unusable_task_id(task_id));
    token.task_id = task_id;
    token.id = id_trust::adopted;
    token.inferred_from.reset();
    return token;
}

} // namespace wan::inline WAN_ABI
