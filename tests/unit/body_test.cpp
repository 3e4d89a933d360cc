// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/files.hpp"

#include <wan/byte_source.hpp>
#include <wan/http/body.hpp>
#include <wan/media/media.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace {

using support::base64;
using support::shared_bytes;

std::string pulled(const wan::http_body& body, std::size_t width) {
    wan::http_body_reader reader{body};
    std::string text, piece(width, '\0');
    while (const auto n = *reader.read(piece)) text.append(piece, 0, n);
    return text;
}

} // namespace

TEST_CASE("base64 is that of RFC 4648, section 10") {
    CHECK(base64("") == "");
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foob") == "Zm9vYg==");
    CHECK(base64("fooba") == "Zm9vYmE=");
    CHECK(base64("foobar") == "Zm9vYmFy");
    CHECK(base64("foobarfoobar") == "Zm9vYmFyZm9vYmFy");
    CHECK(base64("\xFB\xFF\xBF\xFB\xFF\xBF\xFB\xFF\xBF") == "+/+/+/+/+/+/");
}

TEST_CASE("a base64 text stands for as many bytes as its digits say") {
    CHECK(wan::base64_decoded_size("Zg==") == 1);
    CHECK(wan::base64_decoded_size("Zm8=") == 2);
    CHECK(wan::base64_decoded_size("Zm9v") == 3);
    for (const auto* text :
         {"", "Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v=", "Zm=v", "Zm9-", "Zm 9", "=Zm9", "Zm9v\n"})
        CHECK_MESSAGE(wan::base64_decoded_size(text) == std::nullopt, text);
}

TEST_CASE("the bytes of media stand between the texts of a body, plain or in base64, however it is pulled") {
    for (std::size_t size = 0; size < 40; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(i * 37 + size));
        for (const bool in_memory : {true, false}) {
            wan::http_body body{R"({"a":")"};
            body.append(shared_bytes(bytes, in_memory), wan::body_encoding::base64);
            body.append(R"(","b":")");
            body.append(shared_bytes(bytes, in_memory), wan::body_encoding::none);
            body.append("\"}");
            const auto whole = R"({"a":")" + base64(bytes) + R"(","b":")" + bytes + "\"}";
            CHECK(body.size() == whole.size());
            CHECK(*body.flatten() == whole);
            for (std::size_t width = 1; width < 12; ++width) CHECK(pulled(body, width) == whole);
        }
    }
}

TEST_CASE("a medium that cannot be read to its end ends the body with an error, not with less") {
    support::unreadable_bytes source{100, 50};
    const std::shared_ptr<const wan::byte_source> bytes{std::shared_ptr<void>{}, &source};
    for (const auto how : {wan::body_encoding::none, wan::body_encoding::base64}) {
        wan::http_body body{"head"};
        body.append(bytes, how);
        body.append("tail");
        CHECK(!body.flatten());
        wan::http_body_reader reader{body};
        std::array<char, 7> piece;
        auto n = reader.read(piece);
        for (int i = 0; i < 100 && n && *n != 0; ++i) n = reader.read(piece);
        REQUIRE(!n);
        CHECK(n.error().position < body.size());
        CHECK(to_string(n.error()) ==
              "a media file of the request cannot be read at byte " + std::to_string(n.error().position) +
                  " of the body: check that it was not changed or removed, and start again");
    }
}

TEST_CASE("a source that says it read more than it was asked for, or becomes shorter on the way, ends the "
          "body with an error") {
    struct odd_bytes final : wan::byte_source {
        std::uint64_t size() const noexcept override { return size_; }
        std::size_t read(std::uint64_t, std::span<std::byte> to) const noexcept override {
            for (auto& b : to) b = std::byte{'x'};
            if (shrinks_to_ != 0) size_ = shrinks_to_;
            return says_more_ ? to.size() + 4096 : to.size();
        }
        mutable std::uint64_t size_ = 100'000;
        std::uint64_t shrinks_to_ = 0;
        bool says_more_ = false;
    };
    for (const auto how : {wan::body_encoding::none, wan::body_encoding::base64})
        for (const std::uint64_t shrinks_to : {0u, 1u, 50u, 20'000u}) {
            CAPTURE(shrinks_to);
            const auto odd = std::make_shared<odd_bytes>();
            odd->says_more_ = shrinks_to == 0;
            odd->shrinks_to_ = shrinks_to;
            wan::http_body body{"head"};
            body.append(odd, how);
            body.append("tail");
            wan::http_body_reader reader{body};
            std::array<char, 700> piece;
            auto n = reader.read(piece);
            std::size_t all = 0;
            for (int i = 0; i < 1000 && n && *n != 0; ++i) all += *n, n = reader.read(piece);
            CHECK(!n); // neither whole nor endless
            CHECK(all <= 140'000);
        }
}

TEST_CASE("an encoder of the caller's takes the place of the library's") {
    const wan::base64_encoder shout = [](std::span<const std::byte> bytes, char* to) noexcept {
        for (std::size_t i = 0; i < wan::base64_size(bytes.size()); ++i) to[i] = '!';
    };
    wan::http_body body;
    body.append(shared_bytes("four", true), wan::body_encoding::base64);
    CHECK(*body.flatten(shout) == "!!!!!!!!");
}

TEST_CASE("copies of a medium share its bytes") {
    const auto medium = wan::media::owned(std::vector<std::byte>(1000), "frame.png");
    const auto copy = medium;
    CHECK(copy.bytes() == medium.bytes());
    CHECK(copy == medium);
    CHECK(copy.name() == "frame.png");
    CHECK(copy.url().empty());
    CHECK(!copy.empty());
}

TEST_CASE("a body that no string can hold is refused, not cut") {
    struct endless final : wan::byte_source {
        std::uint64_t size() const noexcept override { return std::uint64_t{1} << 63; }
        std::size_t read(std::uint64_t, std::span<std::byte>) const noexcept override { return 0; }
    };
    wan::http_body body{"text"};
    body.append(std::make_shared<endless>(), wan::body_encoding::none);
    CHECK(body.size() == (std::uint64_t{1} << 63) + 4);
    CHECK(!body.flatten().has_value());
}
