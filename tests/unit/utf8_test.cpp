// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/utf8.hpp>

TEST_SUITE_BEGIN("utf8");

TEST_CASE("characters are counted as validate counts them") {
    static_assert(wan::character_count("") == 0U);
    CHECK(wan::character_count("写实 🎬") == 4U);
    CHECK_FALSE(wan::character_count("\xE5\x86"));
}

TEST_CASE("the first character has a size, unless it is not valid") {
    static_assert(wan::first_character_size("é!") == 2);
    CHECK(wan::first_character_size("🎬") == 4);
    CHECK(wan::first_character_size("") == 0);
    CHECK(wan::first_character_size("\xC0\xAF") == 0);
}
