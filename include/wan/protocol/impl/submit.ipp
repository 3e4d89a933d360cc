// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/field_report.hpp>
#include <wan/detail/text.hpp>
#include <wan/http/detail/content_coding.hpp>
#include <wan/http/retry_after.hpp>
#include <wan/http/url.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/draft_submit.hpp>
#include <wan/protocol/detail/error_words.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/detail/submit_draft.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/task_status.hpp>
#include <wan/provider/validate.hpp>
#include <wan/validation/detail/check_limits.hpp>
#include <wan/validation/validate.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

namespace detail {

/// What `start` does by itself.
inline error must_be_uploaded(const provider& provider, const submit_draft& draft) {
    std::vector<violation> found;
    for (const auto& m : draft.media)
        if (m.way == media_route::upload)
            field_report{&found, m.field, {}, provider.dialect->name}.add(
                rule::unsupported, {}, {},
                "must be uploaded first; a task does it, or make_upload_policy and make_upload, and then "
                "give the URL");
    return refusal(std::move(found));
}

} // namespace detail

template <class Request>
result<http_request> make_submit(const provider& provider, const Request& request, strictness strict) {
    auto draft = detail::draft_submit(provider, request, strict);
    if (!draft) return std::move(draft).error();
    if (draft->needs_uploads()) return detail::must_be_uploaded(provider, *draft);
    return detail::finished(provider, *std::move(draft), {});
}

namespace detail {

/// 408 and 499: the service, or a proxy before it, gave up waiting. It may have acted on what it got.
constexpr bool is_broken(unsigned http_status) noexcept {
    return http_status < 200 || http_status >= 500 || http_status == 408 || http_status == 499;
}

/// A relay without a place for the model says so with 503: nothing was made, nor ever will be.
inline bool has_no_channel(const http_response& response, const reply& r) {
    constexpr std::string_view codes[] = {"modelnotfound", "modelnotexist"};
    constexpr std::string_view messages[] = {"no available channel", "no channel available",
                                             "no channels available",
                                             // the same in Chinese
                                             "\xE6\x97\xA0\xE5\x8F\xAF\xE7\x94\xA8\xE6\xB8\xA0\xE9\x81\x93"};
    const auto is_code = [&](std::string_view word) {
        std::string letters;
        for (const char c : word)
            if (is_letter(c)) letters.push_back(lower(c));
        return std::find(std::begin(codes), std::end(codes), letters) != std::end(codes);
    };
    std::string said;
    for (const char c : r.message.empty() ? std::string_view{response.body}.substr(0, shown_whole)
                                          : std::string_view{r.message})
        said.push_back(lower(c));
    return is_code(r.code) || is_code(r.error_type) ||
           std::any_of(std::begin(messages), std::end(messages),
                       [&](std::string_view words) { return said.find(words) != std::string::npos; });
}

/// Whether a reply that is not understood has a member that could name a task.
inline bool may_name_a_task(std::string_view body) {
    constexpr std::string_view members[] = {"\"task_id\"", "\"taskid\"", "\"task_no\"",       "\"taskno\"",
                                            "\"job_id\"",  "\"jobid\"",  "\"prediction_id\"", "\"id\""};
    std::string lowered;
    for (const char c : body) lowered.push_back(lower(c));
    return std::any_of(std::begin(members), std::end(members),
                       [&](std::string_view member) { return lowered.find(member) != std::string::npos; });
}

/// Only two responses say that the same submit may be sent again. A broken service may have done what it did
/// not say, whatever its error code, but for the codes that say that there will never be a task.
inline submit_verdict verdict_on(const dialect& d, const http_response& response, const reply& r,
                                 error_category category) {
    using enum error_category;
    const auto status = response.status;
    const bool is_no = status >= 400 && status < 500 && !is_broken(status);
    if (!is_broken(status) && category == throttled) return submit_verdict::not_accepted;
    if (status == 503 && category == unavailable) return submit_verdict::not_accepted;
    // Behind a gateway that failed itself, a first attempt may have been made.
    const bool may_be_final = is_no || status == 500 || status == 503;
    if (may_be_final && (category == billing || category == content_rejected)) return submit_verdict::refused;
    if ((is_no || status == 503) && has_no_channel(response, r)) return submit_verdict::refused;
    if (is_broken(status)) return submit_verdict::unknown;
    if (is_no && has_error(d, r)) return submit_verdict::refused;
    // A code that nobody knows, under a status that says yes, may say yes as well: "submitted", beside a
    // task.
    const bool is_known = find_error(d, r.code) != nullptr || find_error(d, r.error_type) != nullptr;
    if (status < 300 && has_error(d, r) && !is_known &&
        (may_name_a_task(response.body) || find_status(d.statuses, r.code)))
        return submit_verdict::unknown;
    return category == server || category == protocol ? submit_verdict::unknown : submit_verdict::refused;
}

/// What is not understood is shown: it may name a task that is paid for.
inline std::string neither_task_nor_no(const http_response& response, const reply& r,
                                       const error& described) {
    if (!undecoded(response).empty())
        return "the response contains neither a task ID nor an error: " + described.message;
    return "the response contains neither a task ID nor an error (HTTP " + std::to_string(response.status) +
           ")" + (r.message.empty() ? std::string{} : ": " + r.message) + "; the reply begins: " +
           (response.body.empty() ? std::string{"(empty)"} : printable(response.body, shown_begin));
}

} // namespace detail

WAN_DECL submit_reply parse_submit(const dialect& d, const http_result& response) {
    if (!response) {
        const auto& failure = response.error();
        return {.verdict = failure.sent == delivery::not_sent ? submit_verdict::not_accepted
                                                              : submit_verdict::unknown,
                .error = error{.category = error_category::transport, .message = failure.message}};
    }
    submit_reply parsed{.reply = read_reply(response->body, d.reply).reply,
                        .retry_after = retry_after(*response)};
    const bool names_no_task = d.refusals_have_ids && response->status >= 400 && response->status < 500 &&
                               !detail::is_broken(response->status);
    if (!names_no_task && detail::is_usable_task_id(parsed.reply.task_id)) {
        parsed.verdict = submit_verdict::accepted;
        return parsed;
    }
    parsed.error = describe_error(d, parsed.reply, *response);
    auto& why = *parsed.error;
    if (!names_no_task && !parsed.reply.task_id.empty()) {
        why.category = error_category::protocol;
        why.message = "the service named a task, but " + detail::unusable_task_id(parsed.reply.task_id);
        parsed.names_a_task = true;
        return parsed; // unknown: the task may be paid for
    }
    parsed.verdict = detail::verdict_on(d, *response, parsed.reply, why.category);
    if (parsed.verdict == submit_verdict::unknown) {
        parsed.names_a_task =
            response->status >= 200 && response->status < 300 && detail::may_name_a_task(response->body);
        // of a code that nobody knows
        if (why.category == error_category::invalid_request) why.category = error_category::protocol;
        why.message = detail::neither_task_nor_no(*response, parsed.reply, why);
    }
    return parsed;
}

} // namespace wan::inline WAN_ABI
