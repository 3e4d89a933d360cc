// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/detail/content_coding.hpp>
#include <wan/json/detail/repair_text.hpp>
#include <wan/json/read.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/list.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/validate.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

/// Formats a time as yyyymmddhhmmss in UTC+8, DashScope's time zone.
inline std::string list_time(std::chrono::sys_seconds time) {
    const auto local = time + std::chrono::hours{8};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{local - day};
    std::string text;
    const auto add = [&text](std::int64_t value, std::size_t digits) {
        const auto shown = std::to_string(value);
        text.append(digits - (std::min)(digits, shown.size()), '0').append(shown);
    };
    add(int{date.year()}, 4);
    add(unsigned{date.month()}, 2);
    add(unsigned{date.day()}, 2);
    add(clock.hours().count(), 2);
    add(clock.minutes().count(), 2);
    add(clock.seconds().count(), 2);
    return text;
}

} // namespace detail

WAN_DECL result<http_request> make_list(const provider& provider, const list_filter& filter) {
    if (auto found = validate(provider); !found.empty()) return refusal(std::move(found));
    const auto& route = provider.dialect->list;
    if (!route.offered())
        return detail::not_offered(provider, "does not support listing tasks; see its console");
    auto url = detail::joined_url(provider.base_url, route.path);
    char before = '?';
    const auto add = [&](std::string_view name, const std::string& value) {
        if (name.empty() || value.empty()) return;
        url.append(1, std::exchange(before, '&')).append(name).append(1, '=').append(percent_encoded(value));
    };
    add(route.start_time, filter.from ? detail::list_time(*filter.from) : std::string{});
    add(route.end_time, filter.to ? detail::list_time(*filter.to) : std::string{});
    add(route.model, filter.model);
    add(route.status, filter.status);
    add(route.page, filter.page ? std::to_string(*filter.page) : std::string{});
    add(route.page_size, filter.page_size ? std::to_string(*filter.page_size) : std::string{});
    return http_request{
        .method = http_method::get, .url = std::move(url), .headers = detail::headers_of(provider)};
}

namespace detail {

/// A page of the list, as parsed from its body.
struct list_page {
    task_list list = {};
    listed_task row = {}; ///< the task being read
    std::optional<double> pages = {};
    bool is_list = false; ///< the body has an array where the dialect expects the tasks
    result<void> readable = {};
};

inline list_page read_list(const dialect& d, std::string_view body) {
    list_page page;
    std::array<json::pick, json::max_picks> picks;
    const auto n = (std::min)(picks.size(), d.list.task.size());
    for (std::size_t i = 0; i < n; ++i) {
        const auto& path = d.list.task[i];
        picks[i] = {path.pointer, path.text ? &(page.row.*path.text) : nullptr,
                    path.number ? &(page.row.*path.number) : nullptr};
    }
    const auto take = [](void* context) {
        auto& filled = *static_cast<list_page*>(context);
        if (filled.list.tasks.size() <= max_listed_tasks)
            filled.list.tasks.push_back(std::exchange(filled.row, {}));
    };
    const json::pick whole[] = {{d.list.pages, nullptr, &page.pages}};
    page.readable = json::read(
        body, whole, {d.list.tasks, {picks.data(), n}, take, &page, &page.is_list, &page.list.unreadable});
    return page;
}

/// Reads the page after a repair of its unreadable text. A task whose id or model was repaired loses its id,
/// because that differs from what the provider sent.
inline list_page read_or_repair_list(const dialect& d, std::string_view body) {
    auto page = read_list(d, body);
    const auto repaired = page.readable ? std::nullopt : detail::repaired_text(body);
    if (!repaired) return page;
    page = read_list(d, *repaired);
    for (auto& task : page.list.tasks)
        for (const auto member : {&listed_task::task_id, &listed_task::model})
            if (is_repaired(task.*member)) task.task_id.clear();
    return page;
}

} // namespace detail

WAN_DECL result<task_list> parse_list(const dialect& d, const http_result& response) {
    if (!response) return error{.category = error_category::transport, .message = response.error().message};
    auto page = detail::read_or_repair_list(d, response->body);
    const auto parsed = read_reply(response->body, d.reply).reply;
    if (response->status < 200 || response->status >= 300 || has_error(d, parsed))
        return describe_error(d, parsed, *response);
    if (!page.readable) return detail::unreadable_body_error(*response, std::move(page.readable).error());
    const auto bad = [&](std::string message) {
        return error{.category = error_category::protocol,
                     .message = std::move(message),
                     .http_status = response->status,
                     .request_id = parsed.request_id};
    };
    if (!page.is_list)
        return bad("the response contains no task list; check the base URL and the dialect's list.tasks");
    if (page.list.tasks.size() > max_listed_tasks)
        return bad("the response lists more than " + std::to_string(max_listed_tasks) +
                   " tasks, the library's limit for one page; set a smaller list_filter::page_size");
    if (page.pages && *page.pages >= 0 && *page.pages <= 1e9)
        page.list.pages = static_cast<unsigned>(*page.pages);
    return std::move(page.list);
}

} // namespace wan::inline WAN_ABI
