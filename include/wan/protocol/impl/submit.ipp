// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/field_report.hpp>
#include <wan/http/detail/content_coding.hpp>
#include <wan/http/retry_after.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/draft_submit.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/detail/submit_draft.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/validate.hpp>
#include <wan/validation/detail/check_limits.hpp>
#include <wan/validation/validate.hpp>

#include <string>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

namespace detail {

/// Reports media that must be uploaded first. A task uploads them automatically.
inline error must_be_uploaded(const provider& provider, const submit_draft& draft) {
    std::vector<violation> found;
    for (const auto& m : draft.media)
        if (m.way == media_route::upload)
            field_report{&found, m.field, {}, provider.dialect->name}.add(
                rule::unsupported, {}, {},
                "must be uploaded first: use a task, or make_upload_policy and make_upload, then pass the "
                "URL");
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

/// Describes a response that is not understood. Shows its body: it may name a task that is paid for. The body
/// comes last: a key that was cut off is only recognized at the end of a text.
inline std::string neither_task_nor_no(const http_response& response, const reply& r, const error& described,
                                       std::string_view advice) {
    std::string text = "the response does not show whether the submit was accepted";
    if (!undecoded(response).empty()) return text.append(": ").append(described.message).append(advice);
    if (!r.message.empty()) text.append(": ").append(r.message);
    return text.append(advice)
        .append("; the response begins: ")
        .append(response.body.empty() ? std::string{"(empty)"} : printable(response.body, shown_begin));
}

WAN_DECL submit_reply parse_submit(const dialect& d, const http_result& response, std::string_view advice) {
    if (!response) {
        const auto& failure = response.error();
        const bool is_unsent = failure.sent == delivery::not_sent;
        submit_reply parsed{.verdict = is_unsent ? submit_verdict::not_accepted : submit_verdict::unknown,
                            .error =
                                error{.category = error_category::transport, .message = failure.message}};
        if (is_unsent || advice.empty()) return parsed;
        auto& message = parsed.error->message;
        if (message.empty()) message = "the submit is unconfirmed";
        message.append(advice);
        return parsed;
    }
    submit_reply parsed{.reply = read_reply(response->body, d.reply).reply,
                        .retry_after = retry_after(*response)};
    const bool names_no_task = d.refusals_have_ids && response->status >= 400 && response->status < 500 &&
                               !is_broken(response->status);
    if (!names_no_task && is_usable_task_id(parsed.reply.task_id)) {
        parsed.verdict = submit_verdict::accepted;
        return parsed;
    }
    parsed.error = describe_error(d, parsed.reply, *response);
    auto& why = *parsed.error;
    if (!names_no_task && !parsed.reply.task_id.empty()) {
        why.category = error_category::protocol;
        why.message = "the provider named a task, but " + unusable_task_id(parsed.reply.task_id);
        why.message.append(advice);
        parsed.names_a_task = true;
        return parsed; // unknown: the task may be paid for
    }
    parsed.verdict = verdict_on(d, *response, parsed.reply, why.category);
    if (parsed.verdict == submit_verdict::unknown) {
        parsed.names_a_task =
            response->status >= 200 && response->status < 300 && may_name_a_task(response->body);
        // the code is unknown
        if (why.category == error_category::invalid_request) why.category = error_category::protocol;
        why.message = neither_task_nor_no(*response, parsed.reply, why, advice);
    }
    return parsed;
}

} // namespace detail

WAN_DECL submit_reply parse_submit(const dialect& d, const http_result& response) {
    return detail::parse_submit(d, response, detail::may_exist);
}

} // namespace wan::inline WAN_ABI
