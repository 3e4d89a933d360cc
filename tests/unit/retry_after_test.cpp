// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/http/retry_after.hpp>

#include <chrono>

TEST_SUITE_BEGIN("retry_after");

TEST_CASE("Retry-After is read in seconds, digits alone") {
    const auto after = [](const char* value) {
        return wan::retry_after({.status = 503, .headers = {{"retry-after", value}}});
    };
    CHECK(after("7") == std::chrono::seconds{7});
    CHECK(after("4294967295") == std::chrono::seconds{4294967295});
    for (const char* other : {"", "-1", "+1", " 1", "soon", "7s", "4294967296", "99999999999999999999"})
        CHECK_FALSE(after(other));
    CHECK_FALSE(wan::retry_after({.status = 503}));
}

TEST_CASE("Retry-After is read as a date beside the reply's own") {
    const auto after = [](const char* until, const char* date) {
        wan::http_response response{.status = 429, .headers = {{"Retry-After", until}}};
        if (date != nullptr) response.headers.push_back({"date", date});
        return wan::retry_after(response);
    };
    CHECK(after("Sun, 06 Nov 1994 08:50:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT") ==
          std::chrono::seconds{60});
    CHECK(after("Thu, 01 Jan 2026 00:00:05 GMT", "Wed, 31 Dec 2025 23:59:55 GMT") ==
          std::chrono::seconds{10});
    CHECK_FALSE(after("Sun, 06 Nov 1994 08:50:37 GMT", nullptr));
    CHECK_FALSE(after("Sun, 06 Nov 1994 08:48:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"));
    for (const char* bad :
         {"Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 xxx 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 anF 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "soon", ""})
        CHECK_FALSE(after(bad, "Sun, 06 Nov 1994 08:49:37 GMT"));
}

TEST_CASE("a date with letters for its year, an hour of 99 or other separators is no date") {
    const auto after = [](const char* until) {
        return wan::retry_after(
            {.status = 429, .headers = {{"Retry-After", until}, {"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}}});
    };
    for (const char* bad :
         {"Sun, 06 Nov 1994 99:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
          "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08-49-37 GMT", "Sun, 06/Nov/1994 08:49:37 GMT",
          "Sun, 06 Nov 1994T08:49:37 GMT"})
        CHECK_FALSE(after(bad));
    CHECK(after("Sun, 06 Nov 1994 08:49:60 GMT") == std::chrono::seconds{23}); // a leap second
    // Of a year that is no number, the date was one before Christ.
    const wan::http_response odd{.status = 429,
                                 .headers = {{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"},
                                             {"Date", "Sun, 06 Nov none 08:49:37 GMT"}}};
    CHECK_FALSE(wan::retry_after(odd));
}

TEST_SUITE_END();
