// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/http/api_key.hpp>
#include <wan/http/url.hpp>

TEST_SUITE_BEGIN("url");

TEST_CASE("a URL is split into its parts") {
    const auto url = wan::parse_url("https://user@[::1]:8080/api/v1?x=1");
    REQUIRE(url);
    CHECK(url->scheme == "https");
    CHECK(url->userinfo == "user");
    CHECK(url->host == "[::1]");
    CHECK(url->port == "8080");
    CHECK(url->rest == "/api/v1?x=1");
    CHECK(wan::parse_url("http://host")->host == "host");
    CHECK(wan::parse_url("http://host?q")->host == "host");
}

TEST_CASE("what could be read as another URL is none") {
    for (const char* bad :
         {"", "host/path", "://host", "http://", "http:///path", "http://host:port/", "http://host:/",
          "http://a b/", "http://host/\n", "http://host\\@evil/", "http://host/\x7f"})
        CHECK_MESSAGE(!wan::parse_url(bad), bad);
}

TEST_CASE("what is no host, no port or no scheme makes no URL") {
    for (const char* bad : {"http://[::1",
                            "http://[:80",
                            "http://::1]/",
                            "http://[]/",
                            "http://[::1]x/",
                            "http://[1:2:3]/",
                            "http://[::1::2]/",
                            "http://[::12345]/",
                            "http://[1:2:3:4:5:6:7:8:9]/",
                            "http://[fe80::1%25eth0]/",
                            "http://[::256.1.1.1]/",
                            "http://[v1.x]/",
                            "http://a]b/",
                            "https:evil://h",
                            "1https://h",
                            "ht tp://h",
                            "https://h:99999/x",
                            "https://h:65536/",
                            "https://h:00000000065536/",
                            "https://h:18446744073709551696/",
                            "https://a%00b/",
                            "https://a%2eb/",
                            "https://\"<>/x",
                            "https://<h>/",
                            "https://a:b:80/",
                            "https://a{b}/",
                            "https://a|b/",
                            "https://a^b/",
                            "https://a`b/",
                            "https://a,b/",
                            "https://.a/",
                            "https://a..b/",
                            "https://[::1]:x/",
                            "https://[::1]80/"})
        CHECK_MESSAGE(!wan::parse_url(bad), bad);
    for (const char* good :
         {"http://[::1]:80/", "http://[2001:db8::8a2e:370:7334]", "http://[1:2:3:4:5:6:7:8]/",
          "http://[::ffff:127.0.0.1]/", "http://[::]/", "http://[1::]/", "https://h:65535/",
          "https://h:0080/", "https://my_bucket.oss-cn-beijing.aliyuncs.com/x", "https://xn--fsq.example./",
          "https://\xE4\xBE\x8B.example/", "svn+ssh://h", "oss://b/k", "HTTPS://H/"})
        CHECK_MESSAGE(wan::parse_url(good), good);
}

TEST_CASE("the host is what a browser would connect to") {
    CHECK(wan::parse_url("http://127.0.0.1@evil.example/")->host == "evil.example");
    CHECK(wan::parse_url("http://a@b@c/")->host == "c");
}

TEST_CASE("loopback is this machine alone") {
    for (const char* yes : {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]"})
        CHECK_MESSAGE(wan::is_loopback(yes), yes);
    for (const char* no : {"", "128.0.0.1", "127.0.0.1.evil.example", "127.evil.example", "127.0.0",
                           "127...1", "localhost.evil.example", "[::2]", "127.0.0.1.", "127.999.0.1",
                           "127.256.0.1", "127.0.0.256", "127.0.0.1.1", "127.0.0.09", "127.0.0.0x1",
                           "127.0.0.", "127.18446744073709551616.0.1", "[::1", "::1"})
        CHECK_MESSAGE(!wan::is_loopback(no), no);
}

TEST_CASE("a key goes over https, or over http to a loopback host") {
    for (const char* good :
         {"https://host/api", "HTTPS://host", "http://localhost:8080", "http://127.1.2.3", "http://[::1]/"})
        CHECK_MESSAGE(wan::may_carry_key(good), good);
    for (const char* bad : {"", "host", "http://host", "http://localhost.example", "http://128.0.0.1",
                            "ftp://localhost", "ws://[::1]"})
        CHECK_MESSAGE(!wan::may_carry_key(bad), bad);
}

TEST_CASE("percent-encoded bytes are decoded, and nothing else") {
    CHECK(wan::percent_decoded("a%20b%2Fc%7e+") == "a b/c~+");
    CHECK(wan::percent_decoded(wan::percent_encoded("a b/\xE8\xA7\x86?")) == "a b/\xE8\xA7\x86?");
    for (const char* bad : {"%", "%4", "a%", "%zz", "%4g", "%%41"})
        CHECK_MESSAGE(!wan::percent_decoded(bad), bad);
}

TEST_CASE("a parameter is found in the query of a URL, in any case") {
    CHECK(wan::query_parameter("https://x/a?b=1&Expires=17%2B&expires=2#expires=3", "expires") == "17+");
    CHECK(wan::query_parameter("https://x/a?expires&expires=", "Expires") == "");
    for (const char* without : {"https://x/a", "https://x/expires=1", "https://x/a?xexpires=1",
                                "https://x/a#?expires=1", "https://x/a?expires=%"})
        CHECK_MESSAGE(!wan::query_parameter(without, "expires"), without);
}

TEST_CASE("a task id stays one segment of the path") {
    CHECK(wan::percent_encoded("0385dc79-5ff8_A.~") == "0385dc79-5ff8_A.~");
    CHECK(wan::percent_encoded("../a?b#c d") == "..%2Fa%3Fb%23c%20d");
    CHECK(wan::percent_encoded("é") == "%C3%A9");
}
