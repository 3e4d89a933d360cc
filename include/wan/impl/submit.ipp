// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/provider_request.hpp>
#include <wan/detail/submit_draft.hpp>
#include <wan/provider/classify.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/routes.hpp>
#include <wan/provider/submit.hpp>
#include <wan/provider/validate.hpp>
#include <wan/validate.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

/// Fails with all violations if one of them refuses the request.
template <class Request>
result<submit_draft> draft_submit(const provider& who, const Request& request, strictness how) {
    auto found = validate(who);
    if (who.dialect == nullptr) return refusal(std::move(found));
    bool refused = !found.empty();
    auto broken = validate(who, request);
    const auto model = model_of(who, request);
    const auto* route = route_for<Request>(who, model);
    submit_draft draft;
    if (route != nullptr) {
        auto bad = draft_body(draft, who, *route, request, model);
        std::move(bad.begin(), bad.end(), std::back_inserter(broken));
    }
    for (const auto& v : broken) refused = refused || refuses(how, v.rule, v.severity);
    std::move(broken.begin(), broken.end(), std::back_inserter(found));
    if (refused || route == nullptr) return refusal(std::move(found));

    draft.request.method = http_method::post;
    draft.request.url = joined_url(who.base_url, expanded(route->path, "{model}", percent_encoded(model, "/")));
    draft.request.headers = headers_of(who);
    draft.request.headers.push_back({"Content-Type", "application/json"});
    return draft;
}

/// What `start` does by itself.
inline error must_be_uploaded(const provider& who, const submit_draft& draft) {
    std::vector<violation> found;
    for (const auto& m : draft.media)
        if (m.way == media_way::upload)
            field_report{&found, m.field, {}, who.dialect->name}.add(
                rule::no_place, {}, {}, "must be uploaded first; a task does it, or make_upload_policy and make_upload, and then give the URL");
    return refusal(std::move(found));
}

} // namespace detail

template <class Request>
result<http_request> make_submit(const provider& who, const Request& request, strictness how) {
    auto draft = detail::draft_submit(who, request, how);
    if (!draft) return std::move(draft).error();
    if (draft->needs_uploads()) return detail::must_be_uploaded(who, *draft);
    return detail::finished(who, *std::move(draft), {});
}

namespace detail {

/// Only two answers say that the same submit may be sent again. A broken service may have done what it did not say,
/// whatever its error code.
constexpr submit_verdict verdict_on(unsigned http_status, error_category category) noexcept {
    const bool broken = http_status < 200 || http_status >= 500 || http_status == 408;
    if (!broken && category == error_category::throttled) return submit_verdict::not_accepted;
    if (http_status == 503 && category == error_category::unavailable) return submit_verdict::not_accepted;
    if (broken || category == error_category::server || category == error_category::protocol) return submit_verdict::unknown;
    return submit_verdict::refused;
}

} // namespace detail

WAN_DECL submit_reply parse_submit(const dialect& d, const http_result& answer) {
    if (!answer) {
        const auto& failure = answer.error();
        return {.verdict = failure.sent == delivery::not_sent ? submit_verdict::not_accepted : submit_verdict::unknown,
                .error = error{.category = error_category::transport, .message = failure.message}};
    }
    submit_reply parsed{.reply = read_reply(answer->body, d.reply).reply, .retry_after = retry_after(*answer)};
    const bool names_no_task = d.refusals_have_ids && answer->status >= 400 && answer->status < 500 && answer->status != 408;
    if (!names_no_task && detail::is_usable_task_id(parsed.reply.task_id)) {
        parsed.verdict = submit_verdict::accepted;
        return parsed;
    }
    parsed.error = describe_error(d, parsed.reply, *answer);
    parsed.verdict = detail::verdict_on(answer->status, parsed.error->category);
    if (parsed.error->category == error_category::protocol)
        parsed.error->message = "the service neither named a task nor said no: " + parsed.error->message;
    return parsed;
}

} // namespace wan::inline WAN_ABI
