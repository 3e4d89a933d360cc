// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/faults/faults.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sandbox {

inline constexpr std::string_view disclaimer = "wan-sandbox, not the model";

/// The maximum size of a request body. The largest upload fits, and so do two frames as data URLs.
inline constexpr std::uint64_t max_request_body = std::uint64_t{128} << 20;

struct request {
    std::string method = {};
    std::string target = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    std::optional<fault> planned = {}; ///< decided before the body arrived

    std::string_view path() const;  ///< without a trailing slash
    std::string_view query() const; ///< without the question mark
    std::optional<std::string_view> header(std::string_view name) const;
};

struct file_content {
    std::filesystem::path path;
};

/// `head`, then `filler` times the letter x, then `tail`; never completely in memory.
struct filled_content {
    std::string head;
    std::uint64_t filler;
    std::string tail;
};

/// No response at all.
struct no_content {
    enum class ending { close, reset, hang };
    ending end = ending::close;
};

/// How the bytes of a response are sent.
enum class manner { whole, cut, trickle, long_length, short_length, short_chunks, short_close };

struct reply {
    unsigned status = 200;
    std::string content_type = {};
    std::variant<std::string, file_content, filled_content, no_content> content = {};
    manner how = manner::whole;
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< in addition to those of every response
};

/// Returns the members as a JSON response, followed by the disclaimer. `request_id` becomes a header, too.
reply json_reply(unsigned status, boost::json::object members);

/// Returns an error response in DashScope's format.
reply error_reply(unsigned status, std::string_view code, std::string_view message);

/// Returns an error response in OSS's format.
reply xml_error(unsigned status, std::string_view code, std::string_view message);

} // namespace sandbox
