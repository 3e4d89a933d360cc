// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// URLs: by them it is decided where the key may go.
#include "services.hpp"
#include "targets.hpp"

#include <wan/http/api_key.hpp>
#include <wan/http/detail/private_host.hpp>
#include <wan/http/file_url.hpp>
#include <wan/http/url.hpp>
#include <wan/media/media.hpp>
#include <wan/provider/detail/base_url.hpp>
#include <wan/provider/detail/sent_url.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/video/url_expiry.hpp>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace fuzz {

namespace {

std::string hex(std::uint32_t number) {
    char digits[8];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
    return {digits, end};
}

/// An address stays the same in its other spelling: one number, or eight groups.
void check_address(std::string_view host) {
    if (const auto address = wan::detail::ipv4(host)) {
        const auto whole = "0x" + hex(*address);
        require(wan::detail::ipv4(whole) == address, "an IPv4 address is one number", whole);
        require(wan::detail::is_private_host(whole) == wan::detail::is_private_host(host),
                "an IPv4 address is private in every spelling", host);
    }
    const auto address = wan::detail::ipv6(host);
    if (!address) return;
    std::string whole;
    for (const auto group : *address) whole += (whole.empty() ? "" : ":") + hex(group);
    require(wan::detail::ipv6(whole) == address, "an IPv6 address is eight groups", whole);
    require(wan::detail::is_private_host("[" + whole + "]") ==
                wan::detail::is_private_host("[" + std::string{host} + "]"),
            "an IPv6 address is private in every spelling", host);
}

void check_host(std::string_view host) {
    check_address(host);
    if (host.starts_with('[')) {
        const auto address = host.substr(1, host.size() - 2);
        require(wan::detail::ipv6(address).has_value(), "the address of a URL can be read", host);
        check_address(address);
    }
    std::string upper{host};
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    require(wan::detail::is_private_host(upper) == wan::detail::is_private_host(host),
            "a host is private in capitals, too", host);
}

void check_parts(std::string_view text) {
    const auto url = wan::parse_url(text);
    if (!url) {
        require(!wan::may_carry_key(text), "the key goes to no address that cannot be read");
        return;
    }
    check_host(url->host);
    const auto view = [](std::string_view part) { return std::string{part}; };
    // An empty port or user is no part: the URL may have the colon or the @ all the same.
    const auto whole = view(url->scheme) + "://" + (url->userinfo.empty() ? "" : view(url->userinfo) + "@") +
                       view(url->host) + (url->port.empty() ? "" : ":" + view(url->port)) + view(url->rest);
    const auto again = wan::parse_url(whole);
    require(whole == text || url->userinfo.empty(), "a URL put together again is the same", text);
    require(again && again->host == url->host && again->port == url->port && again->rest == url->rest,
            "a URL put together again has the same parts", whole);
    require(wan::is_same_origin(text, text) == url->userinfo.empty(), "a URL has its own origin", text);
    if (wan::is_loopback(url->host))
        require(wan::detail::is_private_host(url->host), "a loopback is private", url->host);
    require(!wan::may_carry_key(text) || wan::detail::equal_ignoring_case(url->scheme, "https") ||
                wan::detail::is_private_host(url->host),
            "over http the key stays on this machine", text);
}

/// What follows the mark is secret, and so is what stands before the @.
/// With other credentials the same is shown.
void check_shown(std::string_view text) {
    const auto shown = wan::detail::shown_url(text);
    require(wan::detail::is_utf8(shown), "a shown URL is text", shown);
    const auto url = wan::parse_url(text);
    if (!url || url->userinfo.empty()) return;
    std::string other{text};
    other.replace(static_cast<std::size_t>(url->userinfo.data() - text.data()), url->userinfo.size(),
                  "someone");
    require(wan::detail::shown_url(other) == shown, "a shown URL has no credentials", shown);
}

void check_encoding(std::string_view text) {
    const auto encoded = wan::percent_encoded(text);
    require(wan::percent_decoded(encoded) == text, "what is encoded is decoded as it was", encoded);
    require(encoded.find_first_of("/?#&= \r\n") == std::string::npos, "an encoded text is one part", encoded);
    if (const auto decoded = wan::percent_decoded(text))
        require(wan::percent_decoded(wan::percent_encoded(*decoded)) == decoded, "decoded bytes are kept");
    if (const auto path = wan::path_of_file_url(text))
        require(path->starts_with('/') && path->find('\0') == std::string::npos, "a file's path is absolute");
    for (const auto* name : {"Expires", "X-Amz-Date"}) (void)wan::query_parameter(text, name);
    (void)wan::expires_at(text);
    (void)wan::is_relative_path(text);
}

void check_sent(std::string_view text) {
    const auto meant = wan::detail::fetchable_form(text);
    require(wan::detail::fetchable_form(meant) == meant, "a tidied URL is tidy", meant);
    if (wan::detail::is_fetchable(text))
        require(wan::detail::is_fetchable(meant), "a URL that can be fetched stays so", meant);
    const auto& dialect = wan::dashscope::api;
    const auto base = wan::detail::with_base_path(dialect, std::string{text});
    require(wan::detail::with_base_path(dialect, base) == base, "a base URL is completed once", base);
    if (wan::parse_url(text))
        require(wan::parse_url(base).has_value(), "a completed base URL is a URL", base);
    if (wan::detail::is_absolute_path(meant)) {
        const std::string_view origin = "https://service.example:8443/api/v1";
        const auto url = wan::detail::at_origin_of(origin, meant);
        require(!wan::detail::is_fetchable(url) || wan::is_same_origin(origin, url),
                "a path stays on its host", url);
    }
    const wan::media medium{text};
    const wan::media again{medium.url()};
    require(medium == again, "a medium's URL is tidied once", medium.url());
}

} // namespace

void run_url(input in) {
    const auto text = in.rest();
    check_parts(text);
    check_address(text);
    check_shown(text);
    check_encoding(text);
    check_sent(text);
}

} // namespace fuzz
