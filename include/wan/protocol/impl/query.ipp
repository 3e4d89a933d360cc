// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/http/detail/content_coding.hpp>
#include <wan/http/retry_after.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/error_words.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/query.hpp>
#include <wan/provider/detail/sent_url.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/task_status.hpp>
#include <wan/provider/validate.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL result<http_request> make_query(const provider& provider, std::string_view task_id,
                                         std::string_view query_url) {
    if (auto found = validate(provider); !found.empty()) return refusal(std::move(found));
    return detail::make_task_request(provider, provider.dialect->query, task_id, query_url);
}

WAN_DECL result<http_request> make_result_query(const provider& provider, std::string_view task_id,
                                                std::string_view result_url) {
    if (auto found = validate(provider); !found.empty()) return refusal(std::move(found));
    return detail::make_task_request(provider, provider.dialect->result, task_id, result_url);
}

namespace detail {

constexpr query_verdict verdict_on(task_status status) noexcept {
    switch (status) {
    case task_status::succeeded: return query_verdict::succeeded;
    case task_status::failed: return query_verdict::failed;
    case task_status::canceled: return query_verdict::canceled;
    case task_status::expired: return query_verdict::expired;
    default: return query_verdict::working;
    }
}

/// Some providers report a failed task as done, together with an error. A video takes precedence over that
/// error.
inline query_verdict verdict_on_success(const dialect& d, const reply& r, bool may_ask_for_result) noexcept {
    if (is_fetchable(r.video_url)) return query_verdict::succeeded;
    // the error shows the URL, because the video may be paid for
    if (!r.video_url.empty()) return query_verdict::retry;
    if (has_error(d, r)) return query_verdict::failed;
    return may_ask_for_result ? query_verdict::result_due : query_verdict::retry;
}

/// Returns why a task has no video, in the provider's words if it gave a reason.
inline error reason_of(const dialect& d, const reply& r, const http_response& response) {
    auto e = describe_error(d, r, response);
    if (r.message.empty())
        e.message =
            std::string{r.code.empty() ? "the task failed; the provider gave no reason" : "the task failed"}
                .append("; change the request, or ask the provider with the ")
                .append(r.request_id.empty() ? "task ID" : "request ID");
    const bool is_unknown =
        e.category == error_category::protocol || (response.status < 300 && find_error(d, r.code) == nullptr);
    // a success status says nothing about the task's failure
    if (is_unknown) e.category = error_category::server;
    return e;
}

/// Returns whether a reply's status word describes the task. Under an error status it may describe the
/// request ("error"), unless it is one of the dialect's own words for an ended task. With an invalid key or
/// an unknown id it never describes the task.
inline bool is_about_task(const dialect& d, const http_response& response, const reply& r) noexcept {
    if (r.status.empty()) return false;
    // "error" together with an error code, but without the task's id, describes the query.
    const bool may_be_the_querys =
        equal_ignoring_case(r.status, "error") && !find_own_status(d.statuses, r.status);
    if (may_be_the_querys && has_error(d, r) && r.task_id.empty()) return false;
    if (response.status < 300) return true;
    const auto known = find_own_status(d.statuses, r.status);
    const bool ended = known && *known != task_status::pending && *known != task_status::running;
    // other statuses describe the request, or are transient
    return ended && (response.status == 400 || response.status == 422);
}

inline error unreadable(const http_response& response, const reply& r, std::string message) {
    return {.category = error_category::protocol,
            .message = std::move(message),
            .http_status = response.status,
            .request_id = r.request_id};
}

/// Returns whether the readable part of a damaged response is final. A repeated query could then add nothing
/// important.
inline bool reports_end(const dialect& d, const reply& r) noexcept {
    const auto status = find_status(d.statuses, r.status);
    return is_fetchable(r.video_url) || status == task_status::failed || status == task_status::canceled;
}

/// The parsed response about a task. A response about another task, which a cache may return, is ignored.
struct task_response {
    query_reply parsed;
    std::optional<error> damage; ///< why not all of the text can be read

    task_response(const dialect& d, const http_response& response, std::string_view task_id,
                  std::string_view base_url) {
        auto read = read_reply(response.body, d.reply);
        if (d.resolves_video_urls && is_absolute_path(read.reply.video_url))
            read.reply.video_url = at_origin_of(base_url, read.reply.video_url);
        parsed = {.reply = read.damage && !reports_end(d, read.reply) ? reply{} : std::move(read.reply),
                  .retry_after = retry_after(response)};
        if (read.damage) damage = unreadable_body_error(response, *std::move(read.damage));
        const auto& named = parsed.reply.task_id;
        if (task_id.empty() || named.empty() || named == task_id || is_repaired(named)) return;
        parsed.error = unreadable(response, parsed.reply,
                                  "the response is about another task, " + quoted(named, shown_whole) +
                                      " (a cache may have sent it); check the task ID, and query again");
        parsed.reply = {};
    }

    bool is_about_another() const noexcept { return parsed.error.has_value(); }

    query_reply&& end(query_verdict verdict, const dialect& d, const http_response& response) {
        parsed.verdict = verdict;
        if (verdict == query_verdict::failed) parsed.error = reason_of(d, parsed.reply, response);
        if (verdict == query_verdict::retry)
            parsed.error =
                unreadable(response, parsed.reply, damage ? damage->message : why_no_video(response));
        if (verdict == query_verdict::expired) {
            parsed.error = unreadable(response, parsed.reply,
                                      "the provider does not know the task: its status is " +
                                          quoted(parsed.reply.status) +
                                          "; check the task ID; the provider keeps tasks for " +
                                          std::to_string(d.keeps_tasks_for.count()) + " h");
            parsed.error->category = error_category::not_found;
        }
        return std::move(parsed);
    }

    /// Explains why a finished task has no video. The error shows the reply, because the reply may name the
    /// video in an unknown form.
    std::string why_no_video(const http_response& response) const {
        constexpr std::string_view advice = "; query again, or fetch the video in the provider's console";
        const auto& [status, url] = std::tie(parsed.reply.status, parsed.reply.video_url);
        std::string text = "the task is " + (status.empty() ? "done" : printable(status)) + ", but ";
        if (!url.empty())
            return text + "its video URL cannot be fetched: " + quoted(url, shown_whole) +
                   (is_absolute_path(url)
                        ? std::string{"; if it is a path on the provider's host, set "
                                      "dialect::resolves_video_urls; otherwise fetch the video in the "
                                      "provider's console"}
                        : std::string{advice});
        return text + "the response contains no usable video URL" + std::string{advice} +
               "; the response begins: " + printable(response.body, shown_begin);
    }

    /// Returns whether a repeated query cannot help: the key, the account or the address is wrong. No other
    /// error proves that the task is gone: a provider may not yet know a task that it just accepted.
    static bool is_permanent(const http_response& response, error_category category) noexcept {
        const bool is_redirect = response.status >= 300 && response.status < 400;
        return is_redirect || is_about_account(category);
    }

    /// Ends with an error that says nothing about the task.
    query_reply&& error_reply(const dialect& d, const http_response& response) {
        parsed.error = describe_error(d, parsed.reply, response);
        if (damage && response.status < 300) parsed.error->message = damage->message;
        parsed.verdict =
            is_permanent(response, parsed.error->category) ? query_verdict::lost : query_verdict::retry;
        return std::move(parsed);
    }
};

inline query_reply no_response(const transport_error& failure) {
    return {.verdict = query_verdict::retry,
            .error = error{.category = error_category::transport, .message = failure.message}};
}

} // namespace detail

WAN_DECL query_reply parse_query(const dialect& d, const http_result& response, std::string_view task_id,
                                 std::string_view base_url) {
    if (!response) return detail::no_response(response.error());
    detail::task_response read{d, *response, task_id, base_url};
    if (read.is_about_another()) return std::move(read.parsed);
    if (detail::is_about_task(d, *response, read.parsed.reply)) {
        const auto verdict = detail::verdict_on(status_or_running(d.statuses, read.parsed.reply.status));
        return read.end(verdict == query_verdict::succeeded
                            ? detail::verdict_on_success(d, read.parsed.reply, d.result.offered())
                            : verdict,
                        d, *response);
    }
    // RFC 9110: the request was accepted, but is not finished.
    if (response->status == 202 && !has_error(d, read.parsed.reply))
        return read.end(query_verdict::working, d, *response);
    return read.error_reply(d, *response);
}

WAN_DECL query_reply parse_result(const dialect& d, const http_result& response, std::string_view task_id,
                                  std::string_view base_url) {
    if (!response) return detail::no_response(response.error());
    detail::task_response read{d, *response, task_id, base_url};
    if (read.is_about_another()) return std::move(read.parsed);
    const bool says_failed = find_status(d.statuses, read.parsed.reply.status) == task_status::failed;
    if (response->status >= 200 && response->status < 300)
        return read.end(says_failed ? query_verdict::failed
                                    : detail::verdict_on_success(d, read.parsed.reply, false),
                        d, *response);
    const bool is_wrong = response->status == 400 || response->status == 422;
    return is_wrong ? read.end(query_verdict::failed, d, *response) : read.error_reply(d, *response);
}

} // namespace wan::inline WAN_ABI
