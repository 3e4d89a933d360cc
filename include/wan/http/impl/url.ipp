// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/http/detail/url_character.hpp>
#include <wan/http/url.hpp>
#include <wan/printable.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

namespace detail {

/// Returns whether the text is a scheme (RFC 3986, 3.1).
constexpr bool is_scheme(std::string_view text) noexcept {
    return !text.empty() && is_letter(text.front()) && all_are(text, in_scheme);
}

/// Returns whether the text is four numbers up to 255. Leading zeros are rejected, because some parsers then
/// read the number as octal.
constexpr bool is_ipv4(std::string_view text) noexcept {
    int numbers = 0;
    while (true) {
        const auto number = text.substr(0, text.find('.'));
        int value = 0;
        for (const char c : number) {
            if (!is_digit(c)) return false;
            value = (std::min)(value * 10 + (c - '0'), 256);
        }
        if (number.empty() || value > 255 || (number.size() > 1 && number.front() == '0')) return false;
        ++numbers;
        if (number.size() == text.size()) return numbers == 4;
        text.remove_prefix(number.size() + 1);
    }
}

/// Returns whether the text is an IPv6 address (RFC 4291, 2.2) without a zone. `::` replaces the groups that
/// are missing from the total of eight.
constexpr bool is_ipv6(std::string_view text) noexcept {
    const auto gap = text.find("::");
    if (gap != std::string_view::npos && text.find("::", gap + 1) != std::string_view::npos) return false;
    const auto groups_in = [](std::string_view part, bool is_last) -> int { // -1: invalid
        if (part.empty()) return 0;
        int groups = 0;
        while (true) {
            const auto group = part.substr(0, part.find(':'));
            const bool is_end = group.size() == part.size();
            if (is_end && is_last && group.find('.') != std::string_view::npos)
                return is_ipv4(group) ? groups + 2 : -1;
            if (group.empty() || group.size() > 4) return -1;
            for (const char c : group)
                if (!is_hex_digit(c)) return -1;
            ++groups;
            if (is_end) return groups;
            part.remove_prefix(group.size() + 1);
        }
    };
    if (gap == std::string_view::npos) return groups_in(text, true) == 8;
    const auto before = groups_in(text.substr(0, gap), false), after = groups_in(text.substr(gap + 2), true);
    return before >= 0 && after >= 0 && before + after < 8;
}

/// Returns whether the text is an address or a DNS name, including an internationalized one.
constexpr bool is_host(std::string_view host) noexcept {
    if (host.starts_with('['))
        return host.size() > 2 && host.ends_with(']') && is_ipv6(host.substr(1, host.size() - 2));
    return is_host_name(host);
}

constexpr bool is_port(std::string_view port) noexcept {
    unsigned value = 0;
    for (const char c : port) {
        if (!is_digit(c)) return false;
        value = (std::min)(value * 10 + static_cast<unsigned>(c - '0'), 65536u);
    }
    return !port.empty() && value <= 65535;
}

WAN_DECL std::string shown_url(std::string_view text) {
    const auto colon = text.find("://");
    if (colon == std::string_view::npos)
        return "not a URL (" + std::to_string(text.size()) + " bytes without ://)";
    std::string shown{text};
    if (const auto at = shown.rfind('@'); at != std::string::npos && at > colon)
        shown.replace(colon + 3, at - colon - 3, "***");
    if (const auto end = shown.find_first_of("?#"); end != std::string::npos)
        shown.replace(end + 1, shown.size(), "***");
    return quoted(shown, 120);
}

} // namespace detail

WAN_DECL std::optional<url_view> parse_url(std::string_view text) noexcept {
    if ((detail::combined(text) & detail::never_in_url) != 0) return std::nullopt;
    const auto colon = text.find("://");
    if (colon == std::string_view::npos || !detail::is_scheme(text.substr(0, colon))) return std::nullopt;
    url_view url{.scheme = text.substr(0, colon)};
    text.remove_prefix(colon + 3);
    if (const auto name = text.substr(0, text.find('/')); detail::is_host_name(name)) {
        url.host = name;
        url.rest = text.substr(name.size());
        return url;
    }
    std::size_t end = 0, host = 0;
    auto port = std::string_view::npos; // of the last colon that is not within an IPv6 address
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (c == '/' || c == '?' || c == '#') break;
        if (c == '@') {
            url.userinfo = text.substr(0, end);
            host = end + 1;
        }
        if (c == '@' || c == ']') port = std::string_view::npos;
        if (c == ':') port = end;
    }
    url.rest = text.substr(end);
    if (port != std::string_view::npos) {
        url.port = text.substr(port + 1, end - port - 1);
        if (!detail::is_port(url.port)) return std::nullopt;
    }
    url.host = text.substr(host, (std::min)(port, end) - host);
    return detail::is_host(url.host) ? std::optional{url} : std::nullopt;
}

WAN_DECL bool is_loopback(std::string_view host) noexcept {
    if (detail::equal_ignoring_case(host, "localhost") || host == "[::1]") return true;
    return host.starts_with("127.") && detail::is_ipv4(host);
}

WAN_DECL bool is_same_origin(std::string_view base, std::string_view url) noexcept {
    const auto a = parse_url(base), b = parse_url(url);
    const auto port = [](const url_view& u) {
        return !u.port.empty() ? u.port : detail::equal_ignoring_case(u.scheme, "https") ? "443" : "80";
    };
    return a && b && b->userinfo.empty() && detail::equal_ignoring_case(a->scheme, b->scheme) &&
           detail::equal_ignoring_case(a->host, b->host) && port(*a) == port(*b);
}

WAN_DECL bool is_relative_path(std::string_view text) noexcept {
    while (true) {
        const auto name = text.substr(0, text.find('/'));
        if (name.empty() || name == "." || name == "..") return false;
        if (name.size() == text.size()) return true;
        text.remove_prefix(name.size() + 1);
    }
}

WAN_DECL std::string percent_encoded(std::string_view text, std::string_view keep) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '.' || c == '_' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved || keep.find(c) != std::string_view::npos)
            encoded.push_back(c);
        else
            encoded.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return encoded;
}

WAN_DECL std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.push_back(text[i]);
            continue;
        }
        const auto high = i + 1 < text.size() ? detail::digit_value(text[i + 1], 16) : std::nullopt;
        const auto low = i + 2 < text.size() ? detail::digit_value(text[i + 2], 16) : std::nullopt;
        if (!high || !low) return std::nullopt;
        decoded.push_back(static_cast<char>(*high * 16 + *low));
        i += 2;
    }
    return decoded;
}

WAN_DECL std::optional<std::string> query_parameter(std::string_view url, std::string_view name) {
    url = url.substr(0, url.find('#'));
    const auto mark = url.find('?');
    if (mark == std::string_view::npos) return std::nullopt;
    for (auto rest = url.substr(mark + 1); !rest.empty();) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix((std::min)(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        const auto key = percent_decoded(pair.substr(0, equals));
        if (key && detail::equal_ignoring_case(*key, name)) return percent_decoded(pair.substr(equals + 1));
    }
    return std::nullopt;
}

} // namespace wan::inline WAN_ABI
