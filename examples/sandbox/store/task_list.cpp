// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/store/task_list.hpp"

#include "sandbox/http/url_query.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace sandbox {

namespace json = boost::json;

namespace {

using time_point = std::chrono::system_clock::time_point;

constexpr std::chrono::hours widest_window{24};

// The region of all tasks: there is only one.
constexpr std::string_view region = "cn-beijing";
constexpr std::string_view api_key_id = "150000";

struct text_parameter {
    std::string_view name;
    std::string list_filter::* place;
};

constexpr text_parameter text_parameters[] = {
    {"task_id", &list_filter::task_id},       {"model_name", &list_filter::model},
    {"status", &list_filter::status},         {"region", &list_filter::region},
    {"api_key_id", &list_filter::api_key_id},
};

struct number_parameter {
    std::string_view name;
    std::size_t list_filter::* place;
};

constexpr number_parameter number_parameters[] = {
    {"page_no", &list_filter::page},
    {"page_size", &list_filter::page_size},
};

struct time_parameter {
    std::string_view name;
    std::optional<time_point> value = {};
};

std::optional<std::size_t> positive_number(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
    return value;
}

std::string malformed_query(std::string_view name) {
    return std::string{name}.append(" is not valid, please check the request parameters.");
}

/// Returns the mistake; empty if there is none.
std::string read_window(std::string_view query, list_filter& filter) {
    time_parameter start{"start_time"}, end{"end_time"};
    for (auto* const each : {&start, &end}) {
        const auto text = parameter(query, each->name);
        if (text.empty()) continue;
        each->value = from_china_time(text);
        if (!each->value) return malformed_query(each->name);
    }
    const auto now = std::chrono::system_clock::now();
    filter.to = end.value ? *end.value : start.value ? (std::min)(now, *start.value + widest_window) : now;
    filter.from = start.value ? *start.value : filter.to - widest_window;
    const auto width = filter.to - filter.from;
    // Without an end, a start in the future means an empty period.
    if (start.value && end.value && (width < time_point::duration{0} || width > widest_window))
        return "The time range must not exceed 24 hours.";
    return {};
}

std::int64_t milliseconds(time_point when) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count();
}

std::string_view task_group(const task& t) {
    return t.request.model.find("kf2v") != std::string::npos ? "image2video" : "video-generation";
}

json::object row_of(const task& t, std::chrono::hours clock_error) {
    const auto told = [&](time_point when) { return milliseconds(when + clock_error); };
    std::string unique_key = "apikey:v1:aigc:";
    unique_key.append(task_group(t)).append(":video-synthesis:").append(t.request.model);
    json::object row{{"api_key_id", api_key_id},
                     {"caller_parent_id", "1000000000000000"},
                     {"caller_uid", "1000000000000000"},
                     {"gmt_create", told(t.submitted)},
                     {"model_name", t.request.model},
                     {"region", region},
                     {"request_id", t.request_id},
                     {"status", to_word(t.status)},
                     {"task_id", t.id},
                     {"user_api_unique_key", unique_key}};
    if (t.scheduled) row["start_time"] = told(*t.scheduled);
    if (t.ended) row["end_time"] = told(*t.ended);
    return row;
}

} // namespace

std::variant<list_filter, std::string> read_list_filter(std::string_view query) {
    list_filter filter;
    for (const auto& [name, place] : text_parameters) filter.*place = parameter(query, name);
    for (const auto& [name, place] : number_parameters) {
        const auto text = parameter(query, name);
        if (text.empty()) continue;
        const auto number = positive_number(text);
        if (!number) return malformed_query(name);
        filter.*place = *number;
    }
    if (auto wrong = read_window(query, filter); !wrong.empty()) return wrong;
    return filter;
}

bool lets_through(const list_filter& filter, const task& t) {
    const auto is_asked = [](const std::string& asked, std::string_view value) {
        return asked.empty() || asked == value;
    };
    return is_asked(filter.task_id, t.id) && is_asked(filter.model, t.request.model) &&
           is_asked(filter.status, to_word(t.status)) && is_asked(filter.region, region) &&
           is_asked(filter.api_key_id, api_key_id) && t.submitted >= filter.from && t.submitted <= filter.to;
}

json::object page_of(const list_filter& filter, std::span<const task* const> found,
                     std::chrono::hours clock_error) {
    const auto first = (std::min)(found.size(), (filter.page - 1) * filter.page_size);
    json::array rows;
    for (const auto* const t : found.subspan(first, (std::min)(filter.page_size, found.size() - first)))
        rows.push_back(row_of(*t, clock_error));
    return {{"total", found.size()},
            {"data", std::move(rows)},
            {"total_page", (found.size() + filter.page_size - 1) / filter.page_size},
            {"page_no", filter.page},
            {"request_id", new_id()},
            {"page_size", filter.page_size}};
}

} // namespace sandbox
