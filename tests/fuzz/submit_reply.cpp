// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Responses to a submit: what is decided by them costs money.
#include "services.hpp"
#include "targets.hpp"

#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/query.hpp>
#include <wan/protocol/redact_key.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dialect.hpp>

#include <string>

namespace fuzz {

namespace {

void check_verdict(const wan::provider& provider, const wan::http_response& response,
                   const wan::submit_reply& parsed) {
    using enum wan::submit_verdict;
    const auto& id = parsed.reply.task_id;
    const bool is_usable = wan::detail::is_usable_task_id(id);
    const bool is_success = response.status >= 200 && response.status < 300;
    require((parsed.verdict == accepted) == !parsed.error, "every verdict but accepted has an error");
    if (parsed.verdict == accepted) {
        require(is_usable, "an accepted task has a usable id", id);
        require(wan::make_query(provider, id).has_value(), "an accepted task can be asked for", id);
    }
    if (is_success && is_usable) require(parsed.verdict == accepted, "a 2xx with an id is accepted", id);
    if (is_success && !id.empty())
        require(parsed.verdict == accepted || parsed.verdict == unknown,
                "a 2xx that names a task is never a no", id);
    // What may be sent again must certainly not have been accepted.
    if (parsed.verdict == not_accepted)
        require(response.status >= 200 && response.status != 500 && response.status != 502 &&
                    response.status != 504 && response.status != 408,
                "after a broken response a submit is not sent again");
}

void check_key(const wan::provider& provider, wan::submit_reply parsed) {
    wan::redact_key(provider.key, parsed.reply);
    for_each_text(parsed.reply, [](std::string_view name, const std::string& text) {
        const bool is_used = name == "task_id" || name.ends_with("_url");
        require(is_used || !has_key(text), "a redacted reply has no key", name);
    });
    if (!parsed.error) return;
    wan::redact_key(provider.key, *parsed.error);
    parsed.error->task_id.clear(); // stays as it is
    require(!has_key(to_string(*parsed.error)), "a redacted error has no key", to_string(*parsed.error));
}

} // namespace

void run_submit_reply(input in) {
    const auto& provider = provider_of(in);
    const auto response = response_of(in);
    auto parsed = wan::parse_submit(*provider.dialect, response);
    if (!response) {
        const bool is_safe = response.error().sent == wan::delivery::not_sent;
        require(parsed.verdict ==
                    (is_safe ? wan::submit_verdict::not_accepted : wan::submit_verdict::unknown),
                "only what was certainly not sent is sent again");
        return;
    }
    check_verdict(provider, *response, parsed);
    require_utf8(parsed.reply);
    check_key(provider, std::move(parsed));
}

} // namespace fuzz
