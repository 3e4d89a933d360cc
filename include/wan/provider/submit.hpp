// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The request that creates a task, and what its answer means.
#pragma once

#include <wan/json/merge.hpp>
#include <wan/provider/classify.hpp>
#include <wan/provider/validate.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wan {

namespace detail {

inline std::string joined_url(std::string_view base, std::string_view path) {
    while (base.ends_with('/')) base.remove_suffix(1);
    return std::string{base}.append(path);
}

/// A text with a value in the place of a name.
inline std::string expanded(std::string_view pattern, std::string_view name, std::string_view value) {
    std::string text{pattern};
    if (const auto at = text.find(name); at != std::string::npos) text.replace(at, name.size(), value);
    return text;
}

/// The key, and what the provider sends along with everything.
inline std::vector<http_header> headers_of(const provider& who) {
    std::vector<http_header> headers{
        {std::string{who.dialect->auth_header}, std::string{who.dialect->auth_prefix} + who.key.reveal(), true}};
    headers.insert(headers.end(), who.headers.begin(), who.headers.end());
    return headers;
}

} // namespace detail

/// The request that creates the task. Fails with all violations, and builds nothing, if one of them refuses it.
template <class Request>
result<http_request> make_submit(const provider& who, const Request& request,
                                 strictness how = strictness::standard) {
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

/// What the answer to a submit says about the task.
enum class submit_verdict {
    accepted,     ///< there is a task, and its id is known
    refused,      ///< there is none, and asking again will not help
    not_accepted, ///< there is none; asking again may help
    unknown,      ///< there may be one that will be paid for: never ask again
};
BOOST_DESCRIBE_ENUM(submit_verdict, accepted, refused, not_accepted, unknown)

struct submit_reply {
    submit_verdict verdict = submit_verdict::unknown;
    wan::reply reply = {};
    std::optional<wan::error> error = {}; ///< unless accepted
    std::optional<std::chrono::seconds> retry_after = {};
};

namespace detail {

/// Some ids would not be what they seem in a URL's path.
inline bool is_usable_task_id(std::string_view id) noexcept {
    return !id.empty() && id.size() <= 256 && id != "." && id != "..";
}

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

/// Reads the answer to a submit, or its absence.
inline submit_reply parse_submit(const dialect& d, const http_result& answer) {
    if (!answer) {
        const auto& failure = answer.error();
        return {.verdict = failure.sent == delivery::not_sent ? submit_verdict::not_accepted : submit_verdict::unknown,
                .error = error{.category = error_category::transport, .message = failure.message}};
    }
    submit_reply parsed{.reply = read_reply(answer->body, d.reply).reply, .retry_after = retry_after(*answer)};
    // An id in a refusal is that of the refusal. A broken service may name a task that it has made all the same.
    const bool refused = answer->status >= 400 && answer->status < 500 && answer->status != 408;
    if (!refused && detail::is_usable_task_id(parsed.reply.task_id)) {
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
