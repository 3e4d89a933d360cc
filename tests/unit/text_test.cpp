// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/detail/text.hpp>
#include <wan/media/detail/data_url.hpp>
#include <wan/printable.hpp>

using namespace wan::detail;
using wan::printable;
using wan::quoted;

TEST_SUITE_BEGIN("text");

TEST_CASE("characters are code points, whatever their bytes") {
    CHECK(code_points("") == 0);
    CHECK(code_points("kitten") == 6);
    CHECK(code_points("写实风格") == 4);
    CHECK(code_points("é") == 1);
    CHECK(code_points("🎬") == 1);
}

TEST_CASE("what is not UTF-8 has no characters") {
    CHECK_FALSE(code_points("\xFF"));
    CHECK_FALSE(code_points("\x80"));
    CHECK_FALSE(code_points("\xE5\x86"));         // cut off
    CHECK_FALSE(code_points("\xC0\xAF"));         // overlong
    CHECK_FALSE(code_points("\xE0\x80\xAF"));     // overlong
    CHECK_FALSE(code_points("\xED\xA0\x80"));     // a surrogate
    CHECK_FALSE(code_points("\xF4\x90\x80\x80")); // above U+10FFFF
    CHECK_FALSE(code_points("\xF0\x8F\xBF\xBF")); // overlong
}

TEST_CASE("what is shown to a person is short and harmless") {
    CHECK(printable("写 a\nb") == "写 a\\x0ab");
    CHECK(printable("\x1b[31m") == "\\x1b[31m");
    CHECK(printable("\xC2\x9B") == "\\xc2\\x9b");
    CHECK(printable("\xFF") == "\\xff");
    CHECK(printable("abcdef", 3) == "abc...");
    CHECK(printable("abc", 3) == "abc");
}

TEST_CASE("a data URL is split") {
    const auto parts = split_data_url("data:image/png;base64,QUJD");
    REQUIRE(parts);
    CHECK(parts->type == "image/png");
    CHECK(parts->base64 == "QUJD");
    CHECK_FALSE(split_data_url("data:image/png,QUJD"));
    CHECK_FALSE(split_data_url("https://example.com/;base64,"));
}
