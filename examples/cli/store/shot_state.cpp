// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/shot_state.hpp"

#include "cli/output/report.hpp"

#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <cmath>

namespace cli {

namespace {

namespace json = boost::json;

std::string text_of(const json::object& o, std::string_view name) {
    const auto* value = o.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::optional<wan::error> read_error(const std::string& text) {
    boost::system::error_code ec;
    const auto parsed = json::parse(text, ec);
    if (ec || !parsed.is_object()) return std::nullopt;
    const auto& e = parsed.get_object();
    auto error = wan::error{.category = wan::from_wire<wan::error_category>(text_of(e, "category"))
                                            .value_or(wan::error_category::protocol),
                            .message = text_of(e, "message"),
                            .code = text_of(e, "code")};
    if (const auto* status = e.if_contains("http_status"); status != nullptr && status->is_number())
        error.http_status = status->to_number<unsigned>(ec);
    return error;
}

} // namespace

shots_there shots_there_are(soci::session& sql) {
    int found = 0;
    sql << "SELECT CASE WHEN EXISTS (SELECT 1 FROM shots WHERE group_id IS NOT NULL) THEN 2 WHEN EXISTS "
           "(SELECT 1 FROM shots) THEN 1 ELSE 0 END",
        soci::into(found);
    return static_cast<shots_there>(found);
}

std::string member_of(const std::string& text, std::string_view name) {
    boost::system::error_code ec;
    const auto parsed = json::parse(text, ec);
    return !ec && parsed.is_object() ? text_of(parsed.get_object(), name) : std::string{};
}

std::string state_of(const shot_video* made, const wan::resume_token* token, const shot_end* end) {
    if (made != nullptr) return std::string{state_done};
    if (token != nullptr && token->ending) return std::string{to_wire(*token->ending)};
    if (end != nullptr && end->ending != wan::task_ending::stopped) return std::string{to_wire(end->ending)};
    if (token != nullptr) return std::string{to_wire(token->state)};
    return std::string{state_queued};
}

std::string error_text(const shot_end& end) {
    return end.error ? json::serialize(to_json(*end.error)) : std::string{};
}

std::string sql_of(const sql_words& words, std::optional<std::chrono::sys_seconds> time) {
    return time ? words.plus(words.year_1970, std::to_string(time->time_since_epoch().count())) : "NULL";
}

std::optional<std::chrono::sys_seconds> read_time(double seconds) {
    if (seconds <= 0) return std::nullopt;
    return std::chrono::sys_seconds{std::chrono::seconds{std::llround(seconds)}};
}

shot_end read_end(std::string_view ending, std::string status, const std::string& error) {
    return {wan::from_wire<wan::task_ending>(ending).value_or(wan::task_ending::stopped), std::move(status),
            error.empty() ? std::nullopt : read_error(error)};
}

} // namespace cli
