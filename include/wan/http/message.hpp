// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// HTTP as values: the requests that go to the caller's executor, and the responses.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/body.hpp>
#include <wan/wire_name.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace wan::inline WAN_ABI {

/// The methods that the services ask for.
enum class http_method { get, post };
BOOST_DESCRIBE_ENUM(http_method, get, post)

/// "GET" and "POST", for `to_wire` and `from_wire`.
constexpr std::array<wire_name<http_method>, 2> wire_names(std::type_identity<http_method>) {
    return {{{http_method::get, "GET"}, {http_method::post, "POST"}}};
}

/// One header field.
struct http_header {
    std::string name = {};  ///< in any case
    std::string value = {}; ///< of a request: no control characters
    bool sensitive = false; ///< holds a secret: must not be logged or stored
};

/// One HTTP exchange to carry out exactly once. An executor must not repeat a POST on its own, and must not
/// follow a redirect, because the key would travel along.
struct http_request {
    http_method method = http_method::get; ///< a GET has no body
    std::string url = {};                  ///< absolute, of http or https
    /// All but Host, Content-Length and what else HTTP itself asks for.
    std::vector<http_header> headers = {};
    /// May be pulled more than once, until the exchange is over.
    http_body body = {};
    std::chrono::milliseconds timeout{30'000};          ///< for the whole exchange
    std::size_t max_reply_bytes = std::size_t{1} << 20; ///< a larger reply is a transport error
};

/// A response of any status: a 404 or a 503 is one, too.
struct http_response {
    /// 200, 429, ...
    unsigned status = 0;
    /// The library reads Date, Retry-After, Location and Content-Encoding, and of a download more.
    std::vector<http_header> headers = {};
    /// Requests ask for `identity`; of another Content-Encoding decoded, if the caller's HTTP can.
    std::string body = {};
};

/// The first header of that name, in whatever case; null if there is none.
WAN_DECL const std::string* find_header(const std::vector<http_header>& headers,
                                        std::string_view name) noexcept;

/// A header's value as it may be shown: of `Authorization: Bearer sk-...` the scheme stays, every other
/// secret becomes
/// `***`.
WAN_DECL std::string masked(const http_header& h);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/message.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
