// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The request that asks for a task, and what its answer means.
#pragma once

#include <wan/provider/submit.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wan {

/// The request that asks how the task is. Fails if the key, the base URL or the id cannot be used.
inline result<http_request> make_query(const provider& who, std::string_view task_id) {
    if (auto found = validate(who); !found.empty()) return refusal(std::move(found));
    if (!detail::is_usable_task_id(task_id))
        return error{.category = error_category::protocol,
                     .message = detail::quoted(task_id) + " cannot be a task id"};
    const auto path = detail::expanded(who.dialect->query_path, "{task_id}", task_id);
    http_request http{.method = http_method::get, .url = detail::joined_url(who.base_url, path)};
    http.headers = detail::headers_of(who);
    return http;
}

/// What the answer to a query says about the task.
enum class query_verdict {
    working,   ///< not at its end; also for status words that nobody knows
    succeeded, ///< there is a video, and its URL is known
    failed,
    canceled,
    expired, ///< the service no longer knows the task, or never did
    retry,   ///< nothing is known, or of a success not the video's URL; asking again may help
    lost,    ///< nothing is known, and asking again in the same way will not help
};
BOOST_DESCRIBE_ENUM(query_verdict, working, succeeded, failed, canceled, expired, retry, lost)

struct query_reply {
    query_verdict verdict = query_verdict::retry;
    wan::reply reply = {};
    std::optional<wan::error> error = {}; ///< why, for failed, retry and lost
    std::optional<std::chrono::seconds> retry_after = {};
};

/// The meaning of a status word; nothing if the dialect does not know it.
constexpr std::optional<task_status> find_status(const dialect& d, std::string_view word) noexcept {
    for (const auto& row : d.statuses)
        if (detail::equal_ignoring_case(row.word, word)) return row.status;
    return std::nullopt;
}

namespace detail {

constexpr query_verdict verdict_on(task_status status, bool has_video) noexcept {
    switch (status) {
    case task_status::succeeded: return has_video ? query_verdict::succeeded : query_verdict::retry;
    case task_status::failed: return query_verdict::failed;
    case task_status::canceled: return query_verdict::canceled;
    case task_status::expired: return query_verdict::expired;
    default: return query_verdict::working;
    }
}

constexpr bool may_pass(error_category category) noexcept {
    return category == error_category::throttled || category == error_category::unavailable ||
           category == error_category::server || category == error_category::protocol;
}

/// Why a task did not give a video, in the service's words where it has any.
inline error reason_of(const dialect& d, const reply& r, const http_response& response, std::string_view otherwise) {
    auto e = describe_error(d, r, response);
    if (r.message.empty()) e.message = otherwise;
    if (e.category == error_category::protocol) e.category = error_category::server;
    return e;
}

/// Whether a reply's status word is that of the task. Under an error status it may be about the request ("error"), unless
/// it says that the task ended; and of a refused key or an unknown id it is never about the task.
inline bool speaks_of_the_task(const dialect& d, const http_response& response, const reply& r) noexcept {
    if (r.status.empty()) return false;
    if (response.status < 300) return true;
    const auto known = find_status(d, r.status);
    const bool ended = known && *known != task_status::pending && *known != task_status::running;
    return ended && response.status >= 400 && classify(response.status) == error_category::invalid_request;
}

/// A URL that can be fetched: a reply's text is not trusted to be one.
inline bool is_fetchable(std::string_view url) noexcept {
    const auto parts = parse_url(url);
    return parts && (equal_ignoring_case(parts->scheme, "https") || equal_ignoring_case(parts->scheme, "http"));
}

inline error unreadable(const http_response& response, const reply& r, std::string message) {
    return {.category = error_category::protocol, .message = std::move(message), .http_status = response.status, .request_id = r.request_id};
}

} // namespace detail

/// Reads the answer to a query for that task, or its absence. An answer about another task, as a cache may give it, is
/// none; an empty `task_id` fits all.
inline query_reply parse_query(const dialect& d, const http_result& answer, std::string_view task_id = {}) {
    if (!answer)
        return {.verdict = query_verdict::retry,
                .error = error{.category = error_category::transport, .message = answer.error().message}};
    auto read = read_reply(answer->body, d.reply);
    query_reply parsed{.reply = read.damage ? reply{} : std::move(read.reply), .retry_after = retry_after(*answer)};
    if (!task_id.empty() && !parsed.reply.task_id.empty() && parsed.reply.task_id != task_id) {
        parsed.error = detail::unreadable(*answer, parsed.reply, "the reply is about another task, " + detail::printable(parsed.reply.task_id));
        parsed.reply = {};
        return parsed;
    }
    if (!detail::speaks_of_the_task(d, *answer, parsed.reply)) {
        parsed.error = describe_error(d, parsed.reply, *answer);
        if (read.damage && answer->status < 300) parsed.error->message = read.damage->message;
        parsed.verdict = detail::may_pass(parsed.error->category) ? query_verdict::retry : query_verdict::lost;
        return parsed;
    }
    const auto status = find_status(d, parsed.reply.status).value_or(task_status::running);
    parsed.verdict = detail::verdict_on(status, detail::is_fetchable(parsed.reply.video_url));
    if (parsed.verdict == query_verdict::failed)
        parsed.error = detail::reason_of(d, parsed.reply, *answer, "the task failed; the service gave no reason");
    if (parsed.verdict == query_verdict::retry)
        parsed.error = detail::unreadable(*answer, parsed.reply,
                                          "the task is " + detail::printable(parsed.reply.status) +
                                              ", but the reply names no video URL that could be fetched");
    return parsed;
}

} // namespace wan
