// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/media/near.hpp"

#include <wan/http/url.hpp>

#include <boost/beast/core/string.hpp>

#include <fstream>
#include <iterator>

namespace sandbox {

namespace {

std::variant<std::string, fetch_failure> content_within(const uploaded_file& file, std::uint64_t most) {
    std::error_code error;
    if (std::filesystem::file_size(file.path(), error) > most && !error) return fetch_failure::too_large;
    std::ifstream in(file.path(), std::ios::binary);
    if (!in) return fetch_failure::no_answer;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

bool is_on_this_machine(const wan::url_view& url) {
    return boost::beast::iequals(url.scheme, "http") && wan::is_loopback(url.host);
}

} // namespace

std::optional<std::variant<std::string, fetch_failure>> fetch_from_near(std::string_view url,
                                                                        const uploaded_files& uploads,
                                                                        std::uint64_t most,
                                                                        const std::stop_token& stop) {
    if (const auto found = uploads.find(url); found != uploads.end())
        return content_within(*found->second, most);
    const auto parts = wan::parse_url(url);
    if (!parts) return fetch_failure::no_answer;
    if (!is_on_this_machine(*parts)) return std::nullopt;
    return fetch_from_loopback(*parts, most, stop);
}

} // namespace sandbox
