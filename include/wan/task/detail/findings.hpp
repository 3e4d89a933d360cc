// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The data that the provider has reported about a task. The API key is removed from texts that are displayed.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/api_key.hpp>
#include <wan/provider/reply.hpp>
#include <wan/task/arrival_span.hpp>
#include <wan/task/candidate.hpp>
#include <wan/task/detail/task_texts.hpp>
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

/// The latest response, if it ends the task or reports an error. Other responses are not stored, to save
/// memory when many tasks wait.
struct last_response {
    wan::reply reply = {};
    std::optional<wan::error> error = {};
    std::string body = {};
    /// True: a later response was successful; `error` is kept in case the task ends without another error.
    bool is_recovered = false;
};

/// The URLs that the provider named for the task.
struct service_urls {
    std::string query = {};
    std::string result = {};
    std::string unusable_id = {}; ///< a name of the task that cannot be used in a request
};

/// Everything that is known about a task at the provider.
struct findings {
    task_texts texts = {};
    std::unique_ptr<service_urls> urls = {};
    std::unique_ptr<last_response> last = {};
    std::uint64_t prompt_hash = 0; ///< hash of the request's prompt; 0: no prompt
    float percent = -1;            ///< negative: not reported
    float eta = -1;
    // Packed into one word, because a million tasks may wait at once.
    std::int64_t started_at : 40 = 0;               ///< first submit, in seconds since 1970; 0: unknown
    clock_trust clock : 2 = clock_trust::unchecked; ///< the trust in `started_at`
    id_trust id : 2 = id_trust::confirmed;          ///< how `task_id` is known
    prompt_match inferred_from : 2 = prompt_match::not_reported; ///< the basis of an inferred id
    /// Seconds from `started_at` until the timeout of the latest submit; 0: unknown.
    std::uint32_t arrives_within : 18 = 0;

    std::string_view model() const noexcept { return texts[task_texts::model]; } ///< of the request
    std::string_view task_id() const noexcept { return texts[task_texts::task_id]; }
    std::string_view request_id() const noexcept { return texts[task_texts::request_id]; }
    std::string_view status() const noexcept { return texts[task_texts::status]; }

    /// Stores when the first submit was sent, in seconds since 1970. A value outside 1970 to 9999 is treated
    /// as unknown.
    void set_start(std::int64_t seconds, clock_trust by) noexcept;
    /// Stores when the timeout of the latest submit ends, in seconds since 1970. A time more than three days
    /// after the first submit is treated as unknown.
    void set_arrival(std::int64_t seconds) noexcept;
    /// Returns the arrival span. Returns nothing if it is unknown, or if the clock was not checked.
    std::optional<arrival_span> arrival() const noexcept;

    /// Stores what a response reports. The key is removed from everything that is displayed, but not from ids
    /// and URLs, which requests need unchanged: see `redact`.
    void learn(const api_key& key, reply&& parsed, std::optional<error>&& failure, std::string&& body);
    /// Overload for an error without a response.
    void learn(const api_key& key, error failure);
    /// Stores the URLs that a reply names, because often only the response to the submit has them.
    void learn_urls(const reply& parsed);
    /// Stores the provider's name for the task if no request can use that name: the id, or the beginning of
    /// the body.
    void learn_unusable_id(const api_key& key, const reply& parsed, std::string_view body);
    /// Drops the latest response, because the task is running. An earlier error is kept in case the task ends
    /// without another error.
    void forget_last() noexcept;

    /// Returns the latest error. Returns null if there was no error, or if a later response was successful.
    const wan::error* failure() const noexcept;
    /// Returns whether the id was inferred from the list, and nothing is known about the listed task's
    /// prompt.
    bool is_guess() const noexcept {
        return id == id_trust::inferred && inferred_from == prompt_match::not_reported;
    }
    /// Returns whether a prompt is the request's, compared by hash.
    bool has_prompt(std::string_view prompt) const noexcept;
    std::string_view unusable_id() const noexcept;

    /// Copies what is known into an outcome, with `id_at_end` as the task's id. May throw, unlike
    /// `move_last`.
    void describe(wan::outcome& o, std::string_view id_at_end) const;
    /// Moves the latest response into an outcome whose ending is set.
    void move_last(wan::outcome& o) noexcept;
    /// Writes the known members of a token. URLs that do not have the origin of `base_url` are omitted,
    /// because no request would be sent to them.
    void describe(resume_token& token, std::string_view base_url) const;
    void describe(wan::progress& p) const noexcept;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/findings.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
