// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/provider_request.hpp>
#include <wan/json/merge.hpp>
#include <wan/provider/classify.hpp>
#include <wan/provider/submit.hpp>
#include <wan/provider/validate.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace wan {

template <class Request>
result<http_request> make_submit(const provider& who, const Request& request,
                                 strictness how) {
    auto found = validate(who);
    bool refused = !found.empty();
    auto broken = validate(who, request);
    const auto model = model_of(who, request);
    const auto* route = route_for<Request>(who, model);
    std::string body;
    if (route != nullptr) {
        route->layout.write(body, request, model);
        auto bad = json::merge(body, request.extra);
        std::move(bad.begin(), bad.end(), std::back_inserter(broken));
    }
    for (const auto& v : broken) refused = refused || refuses(how, v.rule, v.severity);
    std::move(broken.begin(), broken.end(), std::back_inserter(found));
    if (refused || route == nullptr) return refusal(std::move(found));

    http_request http{.method = http_method::post,
                      .url = detail::joined_url(who.base_url, detail::expanded(route->path, "{model}", percent_encoded(model, "/")))};
    http.headers = detail::headers_of(who);
    http.headers.push_back({"Content-Type", "application/json"});
    for (const auto& h : who.dialect->submit_headers)
        if (body.find(h.only_if_body_has) != std::string::npos)
            http.headers.push_back({std::string{h.name}, std::string{h.value}});
    http.body = std::move(body);
    return http;
}

namespace detail {

/// Only two answers say that the same submit may be sent again. A broken service may have done what it did not say,
/// whatever its error code.
constexpr submit_verdict verdict_on(unsigned http_status, error_category category) noexcept {
    if (http_status == 429 && category == error_category::throttled) return submit_verdict::not_accepted;
    if (http_status == 503 && category == error_category::unavailable) return submit_verdict::not_accepted;
    const bool broken = http_status < 200 || http_status >= 500 || http_status == 408;
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

} // namespace wan
