// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Providers of every dialect, with a key that inputs know, and the responses that they may send.
#pragma once

#include "target.hpp"

#include <wan/detail/text.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/jiekou.hpp>
#include <wan/provider/provider.hpp>
#include <wan/provider/reply.hpp>
#include <wan/provider/sinancode.hpp>
#include <wan/provider/yutoai.hpp>
#include <wan/reflect.hpp>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace fuzz {

/// Also in the dictionaries, so that replies repeat it.
inline constexpr std::string_view key = "sk-fuzz-0123456789";

inline constexpr wan::reply_path odd_paths[] = {
    {&wan::reply::task_id, "/data/task_id"},
    {&wan::reply::task_id, "/data/text", "/id"},
    {&wan::reply::status, "/data/status"},
    {&wan::reply::video_url, "/data/videos/0"},
    {&wan::reply::query_url, "/data/query_url"},
    {&wan::reply::result_url, "/data/result_url"},
    {&wan::reply::code, "/code"},
    {&wan::reply::error_type, "/error/type"},
    {&wan::reply::message, "/message"},
    {&wan::reply::video_duration, "/data/seconds"},
    {&wan::reply::progress, "/data/text", "/done"},
    {&wan::reply::orig_prompt, "/data/prompt"},
};
inline constexpr wan::list_path odd_rows[] = {{&wan::listed_task::task_id, "/task_id"},
                                              {&wan::listed_task::created_ms, "/at"}};
inline constexpr wan::status_word odd_words[] = {{"OVER", wan::task_status::succeeded}};
inline constexpr wan::error_word odd_errors[] = {{"TooFast", wan::error_category::throttled}};
inline constexpr std::string_view odd_successes[] = {"fine"};

/// What a dialect may say and no service of the library does.
inline constexpr wan::dialect odd{
    .name = "odd",
    .base_path = "/v9",
    .query = {.path = "/tasks/{task_id}", .is_named_by_reply = true},
    .result = {.method = wan::http_method::post, .path = "/result", .body = R"({"id":"{task_id}"})"},
    .cancel = {.method = wan::http_method::post, .path = "/cancel/{task_id}"},
    .list = {.path = "/tasks", .tasks = "/data", .task = odd_rows, .pages = "/pages"},
    .reply = odd_paths,
    .resolves_video_urls = true,
    .refusals_have_ids = true,
    .statuses = odd_words,
    .errors = odd_errors,
    .success_codes = odd_successes,
};

inline const wan::provider& provider_of(input& in) {
    static const wan::provider all[] = {
        wan::dashscope::provider(key, wan::region::singapore),
        wan::yutoai::at("https://relay.example", key),
        wan::sinancode::provider(key),
        wan::jiekou::provider(key),
        wan::novita::provider(key),
        wan::ppio::provider(key),
        {.dialect = &odd, .base_url = "https://odd.example/v9", .key = key},
    };
    return in.one_of(all);
}

inline bool has_key(std::string_view text) noexcept { return text.find(key) != std::string_view::npos; }

/// A status, up to two headers and a body; or no response at all.
inline wan::http_result response_of(input& in) {
    constexpr unsigned statuses[] = {200, 200, 201, 202, 204, 301, 400, 401, 402, 403, 404, 408,
                                     409, 422, 425, 429, 499, 500, 502, 503, 504, 0,   999, 200};
    constexpr std::string_view names[] = {"", "Retry-After", "Date", "Location", "Content-Encoding"};
    const auto& status = in.one_of(statuses);
    wan::http_response response{.status = status};
    for (int i = 0; i < 2; ++i)
        if (const auto name = in.one_of(names); !name.empty())
            response.headers.push_back({std::string{name}, std::string{in.line()}});
    response.body = in.rest();
    if (&status == std::end(statuses) - 1)
        return wan::transport_error{response.body.size() % 2 == 0 ? wan::delivery::not_sent
                                                                  : wan::delivery::maybe_sent,
                                    response.body};
    return response;
}

/// Calls `on_text` with each text of a described struct, and with its member pointer.
template <class T, class OnText>
void for_each_text(const T& value, OnText on_text) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
            using member_type = std::remove_cvref_t<decltype(value.*member.pointer)>;
            if constexpr (std::is_same_v<member_type, std::string>)
                on_text(std::string_view{member.name}, value.*member.pointer);
        });
}

/// What was read of a JSON text is text: UTF-8, whatever the service sent.
template <class T>
void require_utf8(const T& value) {
    for_each_text(value, [](std::string_view name, const std::string& text) {
        require(wan::detail::is_utf8(text), "texts that are read of a reply are UTF-8", name);
    });
}

/// The JSON text with white space around its tokens; a text that is not JSON may become anything.
inline std::string spaced(std::string_view json) {
    std::string out;
    bool is_in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        const bool is_token = !is_in_string && std::string_view{"{}[]:,"}.find(c) != std::string_view::npos;
        out.append(is_token ? "\r\n\t " : "").append(1, c).append(is_token ? " " : "");
        if (is_in_string && c == '\\' && i + 1 < json.size()) out.push_back(json[++i]);
        if (c == '"') is_in_string = !is_in_string;
    }
    return out;
}

} // namespace fuzz
