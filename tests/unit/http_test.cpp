// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/http/api_key.hpp>
#include <wan/http/executor.hpp>

#include <ostream>
#include <sstream>
#include <string>

TEST_SUITE_BEGIN("http");

namespace {

template <class T>
concept streamable = requires(std::ostream& out, const T& value) { out << value; };

struct good_executor {
    wan::http_result operator()(const wan::http_request&) { return wan::http_response{}; }
};
struct response_executor {
    wan::http_response operator()(const wan::http_request&) { return {}; }
};
struct failing_executor {
    wan::transport_error operator()(const wan::http_request&) { return {}; }
};
struct status_executor {
    unsigned operator()(const wan::http_request&) { return 200; }
};

} // namespace

TEST_CASE("a key cannot be printed, not even by accident") {
    static_assert(!streamable<wan::api_key>);
    static_assert(!std::is_convertible_v<wan::api_key, std::string>);
    static_assert(!std::is_convertible_v<wan::api_key, std::string_view>);
    static_assert(!std::is_convertible_v<wan::api_key, bool>);
    CHECK(wan::api_key{"sk-1"}.reveal() == "sk-1");
}

TEST_CASE("a key from an unset environment variable is an empty key") {
    const char* unset = nullptr;
    CHECK(wan::api_key{unset}.empty());
}

TEST_CASE("a key fits a header if it is visible ASCII") {
    CHECK(wan::api_key{"sk-ws-H.abc_123/+="}.fits_a_header());
    for (const char* bad : {"sk-1\n", "sk-1\r\nX: y", " sk-1", "sk 1", "sk-\x7f", "sk-é", "sk\t1"})
        CHECK_FALSE(wan::api_key{bad}.fits_a_header());
}

TEST_CASE("a sensitive header is shown without its secret") {
    CHECK(wan::masked({"Authorization", "Bearer sk-1", true}) == "Bearer ***");
    CHECK(wan::masked({"X-Key", "sk-1", true}) == "***");
    CHECK(wan::masked({"Content-Type", "application/json"}) == "application/json");
}

TEST_CASE("headers are found in whatever case") {
    const std::vector<wan::http_header> headers{{"Retry-After", "3"}, {"retry-after", "4"}};
    REQUIRE(wan::find_header(headers, "RETRY-AFTER") != nullptr);
    CHECK(*wan::find_header(headers, "RETRY-AFTER") == "3");
    CHECK(wan::find_header(headers, "Location") == nullptr);
}

TEST_CASE("a body is pulled in pieces of any size") {
    const wan::http_body body{"0123456789"};
    CHECK(body.size() == 10);
    for (std::size_t width : {1u, 3u, 10u, 64u}) {
        wan::http_body_reader reader{body};
        std::string text, piece(width, '\0');
        while (const auto n = *reader.read(piece)) text.append(piece, 0, n);
        CHECK(text == *body.flatten());
        CHECK(*reader.read(piece) == 0);
        reader.rewind();
        CHECK(*reader.read({piece.data(), 1}) == 1);
        CHECK(piece[0] == '0');
    }
    CHECK(wan::http_body{}.empty());
}

TEST_CASE("an executor returns an answer or a transport error, nothing else") {
    static_assert(wan::http_executor<good_executor>);
    // one of the two alone
    static_assert(wan::http_executor<response_executor> && wan::http_executor<failing_executor>);
    static_assert(!wan::http_executor<status_executor>);
    const wan::http_result lost = wan::transport_error{.message = "reset"};
    CHECK(lost.error().sent == wan::delivery::maybe_sent); // when nobody says otherwise
}
