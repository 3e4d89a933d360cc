// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/faulted.hpp"

#include "sandbox/http/gzip.hpp"
#include "sandbox/ids.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace sandbox {

namespace json = boost::json;

namespace {

reply garbage_answer() {
    return {.content_type = "application/json", .content = "{\"output\":{\"task_status\":\"SUCC"};
}

reply html_answer() {
    return {.status = 502,
            .content_type = "text/html",
            .content = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1>"
                       "<p>wan-sandbox, not the model</p></body></html>\n"};
}

reply deep_answer() {
    constexpr std::size_t depth = 10'000;
    return {.content_type = "application/json",
            .content = "{\"request_id\":\"" + new_id() + "\",\"output\":" + std::string(depth, '[') +
                       std::string(depth, ']') + ",\"sandbox\":\"" + std::string{disclaimer} + "\"}"};
}

struct manner_row {
    fault value;
    manner how;
};

constexpr manner_row manner_table[] = {
    {fault::cut, manner::cut},
    {fault::trickle, manner::trickle},
    {fault::long_length, manner::long_length},
    {fault::short_length, manner::short_length},
    {fault::short_chunks, manner::short_chunks},
    {fault::short_close, manner::short_close},
};

void append_with_repeated_keys(std::string& out, const json::value& value);

void append_member(std::string& out, std::string_view key, const json::value& value) {
    const auto name = json::serialize(json::value(key));
    // Most parsers use the last one of repeated keys.
    out.append(name).append(1, ':');
    if (value.is_string())
        out.append("\"not this\"");
    else
        append_with_repeated_keys(out, value);
    out.append(1, ',').append(name).append(1, ':');
    append_with_repeated_keys(out, value);
}

void append_with_repeated_keys(std::string& out, const json::value& value) {
    std::string_view before;
    if (const auto* const object = value.if_object()) {
        out += '{';
        for (const auto& [key, member] : *object) {
            out.append(std::exchange(before, ","));
            append_member(out, key, member);
        }
        out += '}';
    } else if (const auto* const array = value.if_array()) {
        out += '[';
        for (const auto& item : *array) {
            out.append(std::exchange(before, ","));
            append_with_repeated_keys(out, item);
        }
        out += ']';
    } else {
        out += json::serialize(value);
    }
}

reply with_repeated_keys(reply whole) {
    auto* const text = std::get_if<std::string>(&whole.content);
    boost::system::error_code failed;
    const auto parsed = text ? json::parse(*text, failed) : json::value{};
    if (!text || failed) return whole;
    text->clear();
    append_with_repeated_keys(*text, parsed);
    return whole;
}

reply gzipped(reply whole) {
    auto* const text = std::get_if<std::string>(&whole.content);
    if (!text) return whole;
    *text = gzip(*text);
    whole.headers.emplace_back("Content-Encoding", "gzip");
    return whole;
}

} // namespace

std::optional<reply> replacement(fault f) {
    if (f == fault::html) return html_answer();
    if (f == fault::deep) return deep_answer();
    if (f == fault::reset) return reply{.content = no_content{no_content::ending::reset}};
    if (f == fault::hang) return reply{.content = no_content{no_content::ending::hang}};
    return std::nullopt;
}

reply altered(reply whole, fault f) {
    if (f == fault::garbage) return garbage_answer();
    if (f == fault::drop) return {.content = no_content{}};
    if (f == fault::repeated_keys) return with_repeated_keys(std::move(whole));
    if (f == fault::gzip) return gzipped(std::move(whole));
    for (const auto& row : manner_table)
        if (row.value == f) whole.how = row.how;
    return whole;
}

} // namespace sandbox
