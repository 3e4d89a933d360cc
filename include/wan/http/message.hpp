// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// HTTP as values: requests for the caller's executor, and responses from it.
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

/// The HTTP methods that the providers' APIs use.
enum class http_method { get, post };
BOOST_DESCRIBE_ENUM(http_method, get, post)

/// The wire names "GET" and "POST", for `to_wire` and `from_wire`.
constexpr std::array<wire_name<http_method>, 2> wire_names(std::type_identity<http_method>) {
    return {{{http_method::get, "GET"}, {http_method::post, "POST"}}};
}

/// One header field.
struct http_header {
    std::string name = {};  ///< case is ignored
    std::string value = {}; ///< must not contain control characters in a request
    bool sensitive = false; ///< true: a secret that must not be logged or stored
};

/// The request of one HTTP exchange, to be carried out exactly once. An executor must not repeat a POST on
/// its own. It must not follow redirects, because it would send the key to the new address.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// const auto end = execute(request); // wan::http_result
/// if (!end) std::cerr << end.error().message << '\n';
/// else std::cout << end->status << '\n';
/// \endcode
struct http_request {
    http_method method = http_method::get; ///< a GET has no body
    std::string url = {};                  ///< absolute, http or https
    /// All headers except those that HTTP itself requires, such as Host and Content-Length; the executor adds
    /// those.
    std::vector<http_header> headers = {};
    /// The body; it may be read several times until the exchange has completed.
    http_body body = {};
    std::chrono::milliseconds timeout{30'000};          ///< for the whole exchange
    std::size_t max_reply_bytes = std::size_t{1} << 20; ///< a larger response is a transport error
};

/// A response with any status, including 404 and 503.
/// Thread safety: a value; const access from several threads is safe.
struct http_response {
    /// The status code: 200, 429, ...
    unsigned status = 0;
    /// The headers. The library reads Date, Retry-After, Location, Content-Encoding and, for downloads,
    /// further headers.
    std::vector<http_header> headers = {};
    /// Requests ask for the encoding `identity`. If the response has another Content-Encoding, decode the
    /// body if your HTTP client can.
    std::string body = {};
};

/// Returns the value of the first header with this name, ignoring case; null if there is none.
WAN_DECL const std::string* find_header(const std::vector<http_header>& headers,
                                        std::string_view name) noexcept;

/// Returns a header's value for display. A secret is replaced with `***`; in `Authorization: Bearer sk-...`,
/// the word `Bearer` is kept.
WAN_DECL std::string masked(const http_header& h);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/message.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
