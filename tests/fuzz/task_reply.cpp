// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Responses about a task that exists: to a query, to the request for its result, and to a cancel.
#include "services.hpp"
#include "targets.hpp"

#include <wan/http/url.hpp>
#include <wan/json/detail/repair_text.hpp>
#include <wan/protocol/cancel.hpp>
#include <wan/protocol/query.hpp>
#include <wan/provider/detail/sent_url.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/video/download.hpp>

#include <algorithm>
#include <string_view>

namespace fuzz {

namespace {

void check_query(const wan::provider& provider, const wan::query_reply& parsed, std::string_view task_id) {
    using enum wan::query_verdict;
    const auto verdict = parsed.verdict;
    const bool is_well = verdict == succeeded || verdict == working || verdict == result_due;
    require(is_well || verdict == canceled || parsed.error, "what is not well has a reason");
    require_utf8(parsed.reply);
    const auto& url = parsed.reply.video_url;
    if (verdict == succeeded) {
        require(wan::detail::is_fetchable(url), "a success has a URL that can be fetched", url);
        const bool has_credentials = !wan::parse_url(url)->userinfo.empty();
        require(wan::make_download(url).has_value() != has_credentials,
                "the video of a success can be downloaded unless its URL has credentials", url);
    }
    if (verdict == result_due)
        require(provider.dialect->result.offered(), "a result is asked for where the dialect has one");
    const auto& named = parsed.reply.task_id;
    if (!task_id.empty() && !named.empty() && !wan::detail::is_repaired(named))
        require(named == task_id, "a response about another task is ignored", named);
}

/// Whatever a reply calls the task, and wherever it says to ask, the key goes to its own origin.
void check_requests(const wan::provider& provider, std::string_view task_id, std::string_view named) {
    for (const auto& request :
         {wan::make_query(provider, task_id, named), wan::make_cancel(provider, task_id),
          wan::make_result_query(provider, task_id, named)}) {
        if (!request) continue;
        require(wan::is_same_origin(provider.base_url, request->url), "the key goes to its own origin",
                request->url);
        const auto body = request->body.flatten();
        require(body && (body->empty() || wan::detail::is_utf8(*body)), "a body is text");
    }
}

} // namespace

void run_task_reply(input in) {
    const auto& provider = provider_of(in);
    const auto& dialect = *provider.dialect;
    const std::string_view task_id = in.flag() ? "task-1" : "";
    const auto response = response_of(in);
    check_query(provider, wan::parse_query(dialect, response, task_id, provider.base_url), task_id);
    check_query(provider, wan::parse_result(dialect, response, task_id, provider.base_url), task_id);
    const auto canceled = wan::parse_cancel(dialect, response);
    require((canceled.verdict == wan::cancel_verdict::canceled) == !canceled.error,
            "a cancel that did not succeed has a reason");
    if (!response) return;
    const std::string_view body{response->body};
    check_requests(provider, body.substr(0, body.find('\n')),
                   body.substr((std::min)(body.size(), body.find('\n') + 1)));
    // Services format their JSON as they like.
    const auto read = wan::read_reply(response->body, dialect.reply);
    check_requests(provider, read.reply.task_id, read.reply.query_url);
    check_requests(provider, read.reply.task_id, read.reply.result_url);
    if (read.damage) return;
    const auto again = wan::read_reply(spaced(response->body), dialect.reply);
    require(!again.damage && again.reply.task_id == read.reply.task_id &&
                again.reply.status == read.reply.status && again.reply.video_url == read.reply.video_url &&
                again.reply.code == read.reply.code,
            "white space between tokens changes nothing");
}

} // namespace fuzz
