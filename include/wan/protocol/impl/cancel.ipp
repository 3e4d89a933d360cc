// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/detail/content_coding.hpp>
#include <wan/http/retry_after.hpp>
#include <wan/protocol/cancel.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/validate.hpp>

#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL result<http_request> make_cancel(const provider& provider, std::string_view task_id) {
    if (auto found = validate(provider); !found.empty()) return refusal(std::move(found));
    if (!provider.dialect->cancel.offered()) return detail::cancel_not_offered(provider);
    return detail::make_task_request(provider, provider.dialect->cancel, task_id, {});
}

WAN_DECL cancel_reply parse_cancel(const dialect& d, const http_result& response) {
    if (!response)
        return {.error = error{.category = error_category::transport, .message = response.error().message}};
    auto read = read_reply(response->body, d.reply);
    cancel_reply parsed{.reply = std::move(read.reply), .retry_after = retry_after(*response)};
    const bool is_readable = !read.damage || response->body.empty();
    if (response->status >= 200 && response->status < 300 && !has_error(d, parsed.reply) && is_readable) {
        parsed.verdict = cancel_verdict::canceled;
        return parsed;
    }
    parsed.error = describe_error(d, parsed.reply, *response);
    if (read.damage && response->status < 300)
        parsed.error = detail::unreadable_body_error(*response, *std::move(read.damage));
    parsed.verdict =
        detail::may_pass(parsed.error->category) ? cancel_verdict::retry : cancel_verdict::refused;
    return parsed;
}

} // namespace wan::inline WAN_ABI
