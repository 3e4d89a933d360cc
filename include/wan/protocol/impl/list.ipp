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

/// yyyymmddhhmmss at UTC+8, DashScope's time of day.
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

WAN_DECL result<http_request> make_list(const provider& who, const list_filter& filter) {
    if (auto found = validate(who); !found.empty()) return refusal(std::move(found));
    const auto& route = who.dialect->list;
    if (!route.offered()) return detail::not_offered(who, "lists no tasks");
    auto url = detail::joined_url(who.base_url, route.path);
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
        .method = http_method::get, .url = std::move(url), .headers = detail::headers_of(who)};
}

WAN_DECL result<task_list> parse_list(const dialect& d, const http_result& answer) {
    if (!answer) return error{.category = error_category::transport, .message = answer.error().message};
    struct page {
        task_list list = {};
        listed_task row = {};
    } read;
    std::array<json::pick, json::max_picks> picks;
    const auto n = (std::min)(picks.size(), d.list.task.size());
    for (std::size_t i = 0; i < n; ++i) {
        const auto& path = d.list.task[i];
        picks[i] = {path.pointer, path.text ? &(read.row.*path.text) : nullptr,
                    path.number ? &(read.row.*path.number) : nullptr};
    }
    const auto take = [](void* context) {
        auto& [list, row] = *static_cast<page*>(context);
        if (list.tasks.size() <= max_listed_tasks) list.tasks.push_back(std::exchange(row, {}));
    };
    std::optional<double> pages;
    const json::pick whole[] = {{d.list.pages, nullptr, &pages}};
    bool is_list = false;
    const auto read_whole = [&](std::string_view text) {
        read = {};
        return json::read(text, whole,
                          {d.list.tasks, {picks.data(), n}, take, &read, &is_list, &read.list.unreadable});
    };
    auto done = read_whole(answer->body);
    if (const auto mended = done ? std::nullopt : detail::mended(answer->body)) {
        done = read_whole(*mended);
        for (auto& task : read.list.tasks)
            for (const auto member : {&listed_task::task_id, &listed_task::model})
                if (detail::is_mended(task.*member)) task.task_id.clear();
    }
    const auto said = read_reply(answer->body, d.reply).reply;
    if (answer->status < 200 || answer->status >= 300 || has_error(d, said))
        return describe_error(d, said, *answer);
    if (!done) return detail::unreadable_body_error(*answer, std::move(done).error());
    const auto bad = [&](std::string message) {
        return error{.category = error_category::protocol,
                     .message = std::move(message),
                     .http_status = answer->status,
                     .request_id = said.request_id};
    };
    if (!is_list) return bad("the reply holds no list of tasks");
    if (read.list.tasks.size() > max_listed_tasks)
        return bad("the reply lists more than " + std::to_string(max_listed_tasks) + " tasks");
    if (pages && *pages >= 0 && *pages <= 1e9) read.list.pages = static_cast<unsigned>(*pages);
    return std::move(read.list);
}

} // namespace wan::inline WAN_ABI
