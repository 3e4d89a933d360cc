// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/output/print_json.hpp"

#include <wan/utf8.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <cstdio>
#include <string_view>
#include <type_traits>

namespace cli {

namespace json = boost::json;

void print_json(const json::value& what) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto whole = json::serialize(what);
    const std::string_view all{whole};
    std::string line;
    for (std::size_t i = 0, n = 0; i < all.size(); i += n) {
        n = wan::first_character_size(all.substr(i));
        const auto code =
            n == 2 ? static_cast<unsigned char>(all[i + 1]) : static_cast<unsigned char>(all[i]);
        if (n == 0) {
            n = 1;
            line += "\\ufffd"; // not UTF-8
        } else if (all[i] == 0x7F || (n == 2 && code >= 0x80 && code < 0xA0 && all[i] == '\xC2')) {
            line.append("\\u00").append(1, digits[code >> 4]).append(1, digits[code & 15]);
        } else {
            line.append(all.substr(i, n));
        }
    }
    std::printf("%s\n", line.c_str());
}

namespace {

/// Returns the body as it is sent, with the sizes of media in place of their data.
std::string shown(const wan::http_body& body) {
    std::string text;
    body.for_each_part([&](const auto& part) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(part)>, std::string_view>)
            text.append(part);
        else
            text.append("<").append(std::to_string(part)).append(" characters>");
    });
    return text;
}

} // namespace

void print_dry_run(const wan::http_request& request, const std::vector<planned_upload>& uploads) {
    json::object headers;
    for (const auto& h : request.headers) headers[h.name] = masked(h);
    boost::system::error_code ec;
    json::object all{{"method", std::string{to_wire(request.method)}},
                     {"url", request.url},
                     {"headers", std::move(headers)},
                     {"body", json::parse(shown(request.body), ec)}};
    if (!uploads.empty()) {
        auto& list = all["uploads"].emplace_array();
        for (const auto& u : uploads)
            list.push_back(json::object{{"field", u.field}, {"file", u.file}, {"bytes", u.bytes}});
    }
    print_json(all);
}

} // namespace cli
