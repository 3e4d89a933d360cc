// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Pages of the list of an account's tasks: by them it is decided whether a lost submit exists.
#include "services.hpp"
#include "targets.hpp"

#include <wan/http/url.hpp>
#include <wan/protocol/list.hpp>
#include <wan/protocol/redact_key.hpp>
#include <wan/provider/dialect.hpp>

#include <boost/json/parse.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fuzz {

namespace {

bool are_equal(const wan::task_list& a, const wan::task_list& b) {
    if (a.tasks.size() != b.tasks.size() || a.pages != b.pages || a.unreadable != b.unreadable) return false;
    for (std::size_t i = 0; i < a.tasks.size(); ++i) {
        const auto &x = a.tasks[i], &y = b.tasks[i];
        if (x.task_id != y.task_id || x.status != y.status || x.model != y.model ||
            x.created_ms != y.created_ms || x.started_ms != y.started_ms || x.ended_ms != y.ended_ms)
            return false;
    }
    return true;
}

/// How many rows there are, by a parser of another kind. Nothing of what is no list, or is no JSON.
std::optional<std::size_t> rows_in(const wan::dialect& d, const std::string& body) {
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(body, failed);
    if (failed) return std::nullopt;
    const auto* rows = parsed.find_pointer({d.list.tasks.data(), d.list.tasks.size()}, failed);
    if (rows == nullptr || !rows->is_array()) return std::nullopt;
    return rows->get_array().size();
}

void check_list(const wan::provider& provider, wan::task_list list, std::string body) {
    require(list.tasks.size() <= wan::max_listed_tasks, "a list is bounded");
    for (auto& task : list.tasks) {
        require_utf8(task);
        for (const auto& time : {task.created_ms, task.started_ms, task.ended_ms})
            require(!time || std::isfinite(*time), "a time is a number");
        wan::redact_key(provider.key, task);
        require(!has_key(task.status) && !has_key(task.model) && !has_key(task.request_id),
                "a redacted row has no key");
    }
    const bool is_ambiguous = body.find("\"data\"") != body.rfind("\"data\"") || body.find('\\') != body.npos;
    if (const auto rows = rows_in(*provider.dialect, body); rows && !is_ambiguous)
        require(list.tasks.size() + list.unreadable == *rows,
                "every row is a task or is counted as unreadable");
}

/// What is asked for stands in the URL, and nowhere else than it should.
void check_request(const wan::provider& provider, std::string_view text, std::uint8_t seconds) {
    const auto from = std::chrono::sys_seconds{std::chrono::seconds{std::int64_t{seconds} << 24}};
    const wan::list_filter filter{.from = from,
                                  .to = from + std::chrono::hours{1},
                                  .model = std::string{text},
                                  .status = std::string{text},
                                  .page = seconds,
                                  .page_size = 10};
    const auto request = wan::make_list(provider, filter);
    require(request.has_value() == provider.dialect->list.offered(),
            "tasks are listed where the dialect lists them");
    if (!request) return;
    require(wan::is_same_origin(provider.base_url, request->url), "the key goes to its own origin",
            request->url);
    const auto name = provider.dialect->list.model;
    require(name.empty() || text.empty() || wan::query_parameter(request->url, name) == text,
            "a parameter is read as it was given", request->url);
}

} // namespace

void run_list(input in) {
    const auto& provider = provider_of(in);
    check_request(provider, in.rest().substr(0, 40), input{in}.byte());
    const auto response = response_of(in);
    const auto list = wan::parse_list(*provider.dialect, response);
    if (!list) {
        require(!response || !list.error().message.empty(), "a list that cannot be read has a reason");
        return;
    }
    require(response->status >= 200 && response->status < 300, "a list comes with a status that says yes");
    auto formatted = *response;
    formatted.body = spaced(response->body);
    const auto again = wan::parse_list(*provider.dialect, formatted);
    require(again && are_equal(*list, *again), "white space between tokens changes nothing");
    check_list(provider, *list, response->body);
}

} // namespace fuzz
