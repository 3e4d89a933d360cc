// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/byte_source.hpp>
#include <wan/model/limits.hpp>
#include <wan/validation/check_medium.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("check_medium");

namespace {

/// The headers of a PNG of that size, without an alpha channel.
std::string png(std::uint32_t width, std::uint32_t height) {
    const auto number = [](std::uint32_t n) {
        std::string bytes;
        for (const int shift : {24, 16, 8, 0}) bytes.push_back(static_cast<char>(n >> shift & 0xFF));
        return bytes;
    };
    return "\x89PNG\r\n\x1A\n" + number(13) + "IHDR" + number(width) + number(height) +
           std::string("\x08\x02\0\0\0", 5) + number(0) + number(0) + "IDAT" + number(0);
}

constexpr std::string_view png_only[] = {"image/png"};

wan::image_limit frames_up_to(std::uint64_t bytes) {
    wan::image_limit limit{};
    limit.max_bytes = bytes;
    limit.side = {240, 8000};
    limit.types = png_only;
    return limit;
}

std::vector<wan::violation> check(const wan::image_limit& limit, const std::string& bytes) {
    return wan::check_medium("frame", limit, wan::borrowed_bytes{std::as_bytes(std::span{bytes})});
}

} // namespace

TEST_CASE("a medium that keeps the limit has no violations") {
    CHECK(check(frames_up_to(1000), png(640, 480)).empty());
}

TEST_CASE("every rule that a medium breaks is reported at once, with the name it was given") {
    const auto found = check(frames_up_to(10), png(100, 480));
    REQUIRE(found.size() == 2);
    CHECK(found[0].rule == wan::rule::max_bytes);
    CHECK(found[1].rule == wan::rule::range);
    for (const auto& v : found) {
        CHECK(v.field == "frame");
        CHECK(v.message.starts_with("frame: "));
    }
}

TEST_CASE("a sound is no image, and text is no sound") {
    CHECK(check(frames_up_to(1000), "no image at all").size() == 1);
    constexpr std::string_view wav_only[] = {"audio/wav"};
    wan::recording_limit limit{};
    limit.types = wav_only;
    const std::string text = "no sound at all";
    const auto found = wan::check_medium("sound", limit, wan::borrowed_bytes{std::as_bytes(std::span{text})});
    REQUIRE_FALSE(found.empty());
    CHECK(found.back().field == "sound");
}
