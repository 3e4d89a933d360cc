// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/hash_text.hpp>
#include <wan/http/url.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/draft_submit.hpp>
#include <wan/protocol/detail/submit_draft.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/validate.hpp>
#include <wan/task/detail/search_fsm.hpp>
#include <wan/task/detail/submission.hpp>
#include <wan/task/start.hpp>
#include <wan/task/transitions.hpp>
#include <wan/wire_name.hpp>

#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

/// Makes a task that is ready to be submitted. Tasks that share a seed would all have the same waits, so the
/// values in which tasks differ are mixed into the seed.
WAN_DECL task task_maker::ready(std::shared_ptr<const provider> at, std::shared_ptr<const policy> limits,
                                const wall_clock& clock, std::string_view model, submit_draft&& draft,
                                std::optional<std::string_view> prompt, video_kind video) {
    task_core core{std::move(at), std::move(limits), clock, model,
                   draft.needs_uploads() ? task_state::uploading : task_state::ready};
    core.submission = std::make_unique<submission>();
    core.set_draft(std::move(draft));
    if (prompt) core.known.prompt_hash = hash_of_prompt(*prompt);
    core.pace.mix(spread(core.known.prompt_hash));
    core.video = video;
    return task{std::move(core)};
}

WAN_DECL task task_maker::resumed(std::shared_ptr<const provider> at, const resume_token& token,
                                  const wall_clock& clock, std::shared_ptr<const policy> limits) {
    const bool has_id = !token.task_id.empty();
    task_core core{std::move(at), std::move(limits), clock, token.model,
                   has_id ? task_state::waiting : task_state::submit_lost};
    auto& known = core.known;
    known.texts.set(task_texts::task_id, token.task_id);
    if (!token.query_url.empty() || !token.result_url.empty() || !token.unusable_id.empty())
        known.urls = std::make_unique<service_urls>(
            service_urls{token.query_url, token.result_url, token.unusable_id});
    known.set_start(token.started_at.value_or(0), token.clock.value_or(clock_trust::unchecked));
    if (token.arrived_by) known.set_arrival(*token.arrived_by);
    if (has_id) known.id = token.id.value_or(id_trust::confirmed);
    known.inferred_from = token.inferred_from.value_or(prompt_match::not_reported);
    known.prompt_hash = read_hash(token.prompt_hash).value_or(0);
    core.is_resumed = true;
    core.pace.mix(hash_of(token.task_id));
    core.pace.mix(spread(known.prompt_hash));
    if (has_id) return task{std::move(core)};
    if (core.dialect().list.offered() && known.started_at != 0) {
        core.submission = std::make_unique<submission>();
        core.submission->attempts.unconfirmed = 1;
        core.search = std::make_unique<search_fsm>();
    } else {
        core.learn(error{.category = error_category::protocol, .message = "the submit is unconfirmed"});
        core.end(task_ending::submit_unknown, {});
    }
    return task{std::move(core)};
}

WAN_DECL void task_maker::set_video(task& resumed, video_kind video) noexcept { resumed.core_.video = video; }

WAN_DECL void task_maker::keep_draft(task& searching, submit_draft&& draft) {
    auto& core = searching.core_;
    if (core.search == nullptr) return;
    core.set_draft(std::move(draft));
    core.submission->unsent = std::move(core.request);
}

} // namespace detail

namespace detail {

template <class Request>
std::optional<std::string_view> prompt_of(const Request& request) noexcept {
    if (!json::detail::is_set(request.prompt)) return std::nullopt;
    return json::detail::simplified(request.prompt);
}

} // namespace detail

template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       std::shared_ptr<const policy> how, strictness strict) {
    auto draft = detail::draft_submit(*who, request, strict);
    if (!draft) return std::move(draft).error();
    const auto model = model_of(*who, request);
    return detail::task_maker::ready(std::move(who), std::move(how), clock, model, *std::move(draft),
                                     detail::prompt_of(request), detail::kind_of_video(request));
}

template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const wall_clock& clock,
                       const policy& how, strictness strict) {
    return make_task(std::move(who), request, clock, std::make_shared<const policy>(how), strict);
}

template <job_request Request>
result<task> make_task(provider who, const Request& request, const wall_clock& clock, const policy& how,
                       strictness strict) {
    return make_task(std::make_shared<const provider>(std::move(who)), request, clock, how, strict);
}

namespace detail {

inline error bad_token(std::string message) {
    return error{.category = error_category::token, .message = "resume token: " + std::move(message)};
}

inline result<void> check_origin(const provider& who, const resume_token& token) {
    if (token.dialect == who.dialect->name && joined_url(token.base_url, {}) == joined_url(who.base_url, {}))
        return {};
    return bad_token("it belongs to " + printable(token.dialect) + " at " + shown_url(token.base_url) +
                     ", not to " + std::string{who.dialect->name} + " at " + shown_url(who.base_url) +
                     (token.task_id.empty() && !is_submit_open(token)
                          ? "; it names no task and nothing was submitted, so start a new task"
                          : "; resume it with the provider that it belongs to"));
}

} // namespace detail

template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, std::shared_ptr<const policy> how,
                         strictness strict) {
    if (auto found = validate(*who); !found.empty()) return refusal(std::move(found));
    if (auto same = detail::check_origin(*who, token); !same) return std::move(same).error();
    if (!token.task_id.empty()) {
        auto made = resume_task(std::move(who), token, clock, std::move(how));
        if (made) detail::task_maker::set_video(*made, detail::kind_of_video(request));
        return made;
    }
    if (const auto model = model_of(*who, request); model != token.model)
        return detail::bad_token("it belongs to a task of " + printable(token.model) +
                                 ", but the request is for " + printable(model) +
                                 "; resume it with the original request");
    const auto prompt = detail::prompt_of(request);
    const bool is_same = prompt ? token.prompt_hash == detail::show_hash(detail::hash_of_prompt(*prompt)) ||
                                      token.prompt_hash == detail::show_hash(detail::hash_of(*prompt))
                                : token.prompt_hash.empty();
    if (!is_same)
        return detail::bad_token("it belongs to a request with another prompt; resume it with that request");
    if (!is_submit_open(token)) return make_task(std::move(who), request, clock, std::move(how), strict);
    auto draft = detail::draft_submit(*who, request, strictness::off);
    if (!draft) return std::move(draft).error();
    auto made = resume_task(std::move(who), token, clock, std::move(how));
    if (!made) return made;
    detail::task_maker::keep_draft(*made, *std::move(draft));
    detail::task_maker::set_video(*made, detail::kind_of_video(request));
    return made;
}

template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const wall_clock& clock, const policy& how,
                         strictness strict) {
    return resume_task(std::move(who), token, request, clock, std::make_shared<const policy>(how), strict);
}

template <job_request Request>
result<task> resume_task(provider who, const resume_token& token, const Request& request,
                         const wall_clock& clock, const policy& how, strictness strict) {
    return resume_task(std::make_shared<const provider>(std::move(who)), token, request, clock, how, strict);
}

WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const wall_clock& clock, std::shared_ptr<const policy> how) {
    if (auto found = validate(*who); !found.empty()) return refusal(std::move(found));
    if (auto same = detail::check_origin(*who, token); !same) return std::move(same).error();
    for (const auto& url : {token.query_url, token.result_url})
        if (!url.empty() && !is_same_origin(who->base_url, url))
            return detail::bad_token("it names " + printable(url, 120) +
                                     " for querying the task; the API key is sent only to " + who->base_url +
                                     "; use an unmodified copy of the token");
    if (token.task_id.empty() && !is_submit_open(token))
        return detail::bad_token("nothing was submitted (state: " + std::string{token.state_name()} +
                                 "), so there is nothing to resume; start a new task");
    return detail::task_maker::resumed(std::move(who), token, clock, std::move(how));
}

WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const wall_clock& clock, const policy& how) {
    return resume_task(std::move(who), token, clock, std::make_shared<const policy>(how));
}

WAN_DECL result<task> resume_task(provider who, const resume_token& token, const wall_clock& clock,
                                  const policy& how) {
    return resume_task(std::make_shared<const provider>(std::move(who)), token, clock, how);
}

} // namespace wan::inline WAN_ABI
