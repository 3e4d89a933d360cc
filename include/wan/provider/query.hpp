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
    if (auto found = validate(who); !found.empty()) return detail::refused_before_sending(std::move(found));
    if (!detail::is_usable_task_id(task_id))
        return error{.category = error_category::protocol,
                     .message = "\"" + detail::printable(task_id) + "\" cannot be a task id"};
    constexpr std::string_view placeholder = "{task_id}";
    std::string path{who.dialect->query_path};
    if (const auto at = path.find(placeholder); at != std::string::npos)
        path.replace(at, placeholder.size(), percent_encoded(task_id));
    http_request http{.method = http_method::get, .url = detail::joined_url(who.base_url, path)};
    http.headers.push_back(detail::authorization(who));
    return http;
}

/// What the answer to a query says about the task.
enum class query_verdict {
    working,   ///< not at its end; also for status words that nobody knows
    succeeded, ///< there is a video, and its URL is known
    failed,
    canceled,
    expired,    ///< the service no longer knows the task, or never did
    incomplete, ///< succeeded, but without the video's URL: asking again may help
    retry,      ///< nothing is known; asking again may help
    lost,       ///< nothing is known, and asking again in the same way will not help
};
BOOST_DESCRIBE_ENUM(query_verdict, working, succeeded, failed, canceled, expired, incomplete, retry, lost)

struct query_reply {
    query_verdict verdict = query_verdict::retry;
    wan::reply reply = {};
    std::optional<wan::error> error = {}; ///< why, for failed, incomplete, retry and lost
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
    case task_status::succeeded: return has_video ? query_verdict::succeeded : query_verdict::incomplete;
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
    if (e.category == error_category::protocol && r.code.empty()) e.category = error_category::server;
    return e;
}

} // namespace detail

/// Reads the answer to a query, or its absence.
inline query_reply parse_query(const dialect& d, const http_result& answer) {
    if (!answer)
        return {.verdict = query_verdict::retry,
                .error = error{.category = error_category::transport, .message = answer.error().message}};
    auto read = read_reply(answer->body, d.reply);
    query_reply parsed{.reply = read ? *std::move(read) : reply{}, .retry_after = retry_after(*answer)};
    const bool has_status = answer->status < 500 && !parsed.reply.status.empty();
    if (!has_status) {
        parsed.error = describe_error(d, parsed.reply, *answer);
        if (!read && answer->status < 300) parsed.error->message = read.error().message;
        parsed.verdict = detail::may_pass(parsed.error->category) ? query_verdict::retry : query_verdict::lost;
        return parsed;
    }
    const auto status = find_status(d, parsed.reply.status).value_or(task_status::running);
    parsed.verdict = detail::verdict_on(status, !parsed.reply.video_url.empty());
    if (parsed.verdict == query_verdict::failed)
        parsed.error = detail::reason_of(d, parsed.reply, *answer, "the task failed; the service gave no reason");
    if (parsed.verdict == query_verdict::incomplete)
        parsed.error = error{.category = error_category::protocol,
                             .message = "the task is " + detail::printable(parsed.reply.status) +
                                        ", but the reply names no video URL",
                             .http_status = answer->status,
                             .request_id = parsed.reply.request_id};
    return parsed;
}

} // namespace wan
