// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the service has reported about a task so far, without the API key in what is shown.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/api_key.hpp>
#include <wan/provider/reply.hpp>
#include <wan/task/arrival_span.hpp>
#include <wan/task/candidate.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/step.hpp>
#include <wan/task/wall_clock.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// The latest response, where it ends the task or reports an error. Nothing of others is kept: many tasks
/// wait.
struct last_response {
    wan::reply reply = {};
    std::optional<wan::error> error = {};
    std::string body = {};
    bool is_recovered = false; ///< a later response was good; the error explains an end without a better one
};

/// Where the service says that the task is.
struct service_urls {
    std::string query = {};
    std::string result = {};
    std::string unusable_id = {}; ///< a name of the task that no request can be made of
};

struct findings {
    std::string task_id = {};
    std::string request_id = {};
    std::string status = {};
    std::unique_ptr<service_urls> urls = {};
    std::unique_ptr<last_response> last = {};
    std::uint64_t prompt_hash = 0; ///< of the request's prompt; 0: it has none
    float percent = -1;            ///< negative: not reported
    float eta = -1;
    // In one word, because a million tasks may wait at once.
    std::int64_t started_at : 40 = 0; ///< of the first submit, in seconds since 1970; 0: not known
    clock_trust clock : 2 = clock_trust::unchecked;              ///< of `started_at`
    id_trust id : 2 = id_trust::confirmed;                       ///< how `task_id` is known
    prompt_match inferred_from : 2 = prompt_match::not_reported; ///< of an inferred id
    /// Seconds from `started_at` until the timeout of the latest submit; 0: not known.
    std::uint32_t arrives_within : 18 = 0;

    /// Notes when the first submit was sent, in seconds since 1970. What is no time until the year 9999 is
    /// not known.
    void set_start(std::int64_t seconds, clock_trust by) noexcept;
    /// Notes when the timeout of the latest submit ends, in seconds since 1970. Days after the first one it
    /// is not known.
    void set_arrival(std::int64_t seconds) noexcept;
    /// Nothing if it is not known, or if the clock was not checked.
    std::optional<arrival_span> arrival() const noexcept;

    /// Takes what a response says. The key is removed from all that is shown, but not from ids and URLs,
    /// which must be used as they are: see `redact`.
    void learn(const api_key& key, reply&& parsed, std::optional<error>&& failure, std::string&& body);
    /// The same, of an error that no response reported.
    void learn(const api_key& key, error failure);
    /// Keeps the URLs that a reply names: often only the response to the submit does.
    void learn_urls(const reply& parsed);
    /// Keeps what the service named the task by, if no request can be made of it: its id, or the beginning of
    /// the body.
    void learn_unusable_id(const api_key& key, const reply& parsed, std::string_view body);
    /// The service works on the task: the latest response is dropped, an earlier error is kept for an end
    /// without a better one.
    void forget_last() noexcept;

    /// The latest error, unless a later response was good.
    const wan::error* failure() const noexcept;
    /// The id was inferred from the list, and nothing is known of the listed task's prompt.
    bool is_guess() const noexcept {
        return id == id_trust::inferred && inferred_from == prompt_match::not_reported;
    }
    /// Whether a prompt is the request's, as far as hashes tell.
    bool has_prompt(std::string_view prompt) const noexcept;
    std::string_view unusable_id() const noexcept;

    /// Copies into an outcome what the task keeps, `id` being the task's id. May throw, unlike `move_last`.
    void describe(wan::outcome& o, std::string_view id_at_end) const;
    /// Moves the latest response into an outcome whose ending is set.
    void move_last(wan::outcome& o) noexcept;
    /// Writes its members of a token. URLs of another origin than `base_url` are left out: no request would
    /// go there.
    void describe(resume_token& token, std::string_view base_url) const;
    void describe(wan::progress& p) const noexcept;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/findings.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
