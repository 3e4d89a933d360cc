// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/partial.hpp"

#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace sandbox {

namespace {

/// Reads `bytes=N-`, the form that resumes a download. Any other range gets the whole file, as RFC 9110
/// allows.
std::optional<std::uint64_t> first_byte_asked_for(std::string_view range) {
    constexpr std::string_view unit = "bytes=";
    if (!range.starts_with(unit) || !range.ends_with('-')) return std::nullopt;
    const auto digits = range.substr(unit.size(), range.size() - unit.size() - 1);
    std::uint64_t first = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), first);
    return failed == std::errc{} && end == digits.data() + digits.size() ? std::optional{first}
                                                                         : std::nullopt;
}

std::string etag_of(const std::filesystem::path& file, std::uintmax_t size) {
    std::error_code ignored;
    const auto changed = std::filesystem::last_write_time(file, ignored).time_since_epoch().count();
    return '"' + std::to_string(size) + '-' + std::to_string(changed) + '"';
}

std::string content_from(const std::filesystem::path& file, std::uint64_t first) {
    std::ifstream in(file, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(first));
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace

reply file_or_rest(const request& asked, const std::filesystem::path& file, std::string content_type) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    reply answered{.content_type = std::move(content_type), .content = file_content{file}};
    if (failed) return answered; // the session reports the reason
    const auto etag = etag_of(file, size);
    answered.headers = {{"Accept-Ranges", "bytes"}, {"ETag", etag}};
    const auto first = first_byte_asked_for(asked.header("range").value_or(""));
    if (!first || asked.header("if-range").value_or(etag) != etag) return answered;
    if (*first >= size) {
        auto refused = xml_error(416, "InvalidRange", "The requested range cannot be satisfied.");
        refused.headers = {{"Content-Range", "bytes */" + std::to_string(size)}, {"ETag", etag}};
        return refused;
    }
    answered.status = 206;
    answered.content = content_from(file, *first);
    answered.headers.emplace_back("Content-Range", "bytes " + std::to_string(*first) + '-' +
                                                       std::to_string(size - 1) + '/' + std::to_string(size));
    return answered;
}

} // namespace sandbox
