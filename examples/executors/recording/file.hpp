// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Recordings as lines of JSON.
#pragma once

#include "exchange.hpp"

#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/utf8.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wan::executors {

namespace detail {

/// Encodes bytes that are not UTF-8 for a JSON string: each byte becomes one code point.
inline std::string bytes_to_text(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text.push_back(c);
        } else {
            text.push_back(static_cast<char>(0xC0 | (byte >> 6)));
            text.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
        }
    }
    return text;
}
inline std::string text_to_bytes(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80 || i + 1 == text.size())
            bytes.push_back(text[i]);
        else
            bytes.push_back(
                static_cast<char>(((byte & 0x03) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3F)));
    }
    return bytes;
}

inline bool is_utf8(std::string_view text) noexcept { return character_count(text).has_value(); }

inline void put(boost::json::object& line, std::string_view name, const std::string& text) {
    if (is_utf8(text))
        line[name] = text;
    else
        line[std::string{name} + "_bytes"] = bytes_to_text(text);
}

inline std::optional<std::string> taken(const boost::json::object& line, std::string_view name) {
    if (const auto* text = line.if_contains(name); text != nullptr && text->is_string())
        return std::string{text->get_string()};
    if (const auto* bytes = line.if_contains(std::string{name} + "_bytes");
        bytes != nullptr && bytes->is_string())
        return text_to_bytes(std::string_view{bytes->get_string()});
    return std::nullopt;
}

inline std::optional<http_result> taken_result(const boost::json::object& line) {
    if (const auto message = taken(line, "error")) {
        const auto sent = taken(line, "sent");
        if (sent != "not_sent" && sent != "maybe_sent") return std::nullopt;
        return transport_error{sent == "not_sent" ? delivery::not_sent : delivery::maybe_sent, *message};
    }
    const auto* status = line.if_contains("status");
    const auto body = taken(line, "reply");
    if (status == nullptr || !status->is_int64() || status->get_int64() < 0 || status->get_int64() > 999 ||
        !body)
        return std::nullopt;
    http_response response{.status = static_cast<unsigned>(status->get_int64()), .body = *body};
    const auto* headers = line.if_contains("headers");
    if (headers == nullptr || !headers->is_array()) return response;
    for (const auto& header : headers->get_array()) {
        const auto* pair = header.if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string())
            return std::nullopt;
        response.headers.push_back(
            {std::string{(*pair)[0].get_string()}, std::string{(*pair)[1].get_string()}});
    }
    return response;
}

} // namespace detail

/// Returns one line of JSON, without the line break.
inline std::string to_json(const recorded_exchange& exchange) {
    boost::json::object line{{"method", std::string{to_wire(exchange.method)}}};
    detail::put(line, "url", exchange.url);
    if (!exchange.body.empty()) detail::put(line, "body", exchange.body);
    if (exchange.result) {
        line["status"] = exchange.result->status;
        boost::json::array headers;
        for (const auto& h : exchange.result->headers)
            if (detail::is_utf8(h.name) && detail::is_utf8(h.value)) headers.push_back({h.name, h.value});
        line["headers"] = std::move(headers);
        detail::put(line, "reply", exchange.result->body);
    } else {
        line["sent"] = exchange.result.error().sent == delivery::not_sent ? "not_sent" : "maybe_sent";
        detail::put(line, "error", exchange.result.error().message);
    }
    return boost::json::serialize(line);
}

/// Reads lines of `to_json`, and skips empty ones. The error (`storage`) names the line.
inline wan::result<recording> read_recording(std::string_view lines) {
    recording all;
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const auto end = (std::min)(lines.find('\n'), lines.size());
        const auto text = lines.substr(0, end);
        lines.remove_prefix((std::min)(end + 1, lines.size()));
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        boost::system::error_code failed;
        const auto parsed = boost::json::parse(text, failed);
        const auto* line = failed ? nullptr : parsed.if_object();
        const auto method = line != nullptr ? detail::taken(*line, "method") : std::nullopt;
        const auto url = line != nullptr ? detail::taken(*line, "url") : std::nullopt;
        auto result = line != nullptr ? detail::taken_result(*line) : std::nullopt;
        if ((method != "GET" && method != "POST") || !url || !result)
            return error{.category = error_category::storage,
                         .message = "line " + std::to_string(number) +
                                    " is not a recorded exchange; record the run again"};
        all.push_back({.method = method == "POST" ? http_method::post : http_method::get,
                       .url = *url,
                       .body = detail::taken(*line, "body").value_or(""),
                       .result = *std::move(result)});
    }
    return all;
}

} // namespace wan::executors
