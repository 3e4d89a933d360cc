// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The base64 of a body is what coreutils makes of the same bytes.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/made_media.hpp"

#include <wan/http/body.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dashscope.hpp>

#include <cstddef>
#include <span>
#include <string>

TEST_SUITE_BEGIN("base64");

namespace {

constexpr std::size_t executor_block = std::size_t{64} * 1024;

std::string pulled(const wan::http_body& body, std::size_t block_size) {
    wan::http_body_reader reader{body};
    std::string whole, block(block_size, '\0');
    while (const auto n = *reader.read(block)) whole.append(block, 0, n);
    return whole;
}

} // namespace

TEST_CASE(
    "a frame of 20 MB stands within the request as coreutils encodes it, from memory or as a host reads it") {
    const auto frame = support::png_of_bytes({1280, 720}, std::size_t{20} << 20);
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto image = support::data_url_of(frame, "image/png");
    const auto body = R"({"model":"wan2.7-i2v","input":{"media":[{"type":"first_frame","url":")" + image +
                      R"("}]},"parameters":{}})";
    for (const bool in_memory : {true, false}) {
        const auto request = wan::make_submit(
            who, wan::image_to_video{.image_url = wan::media{support::shared_bytes(frame, in_memory),
                                                             "frame.png", wan::media_transfer::inline_data},
                                     .model = "wan2.7-i2v"});
        REQUIRE(request);
        CHECK(request->body.size() == body.size());
        for (const auto block_size : {executor_block, std::size_t{10'007}}) {
            const bool same = pulled(request->body, block_size) == body; // too large to be shown
            CHECK_MESSAGE(same, "block of " << block_size << ", in memory: " << in_memory);
        }
    }
}

TEST_CASE("every end of a file is padded as coreutils pads it") {
    const auto noise = support::png_of_bytes({1280, 720}, 50'000);
    for (std::size_t size = 49'147; size < 49'155; ++size) {
        const auto bytes = noise.substr(0, size);
        wan::http_body body{"data:image/png;base64,"};
        body.append(support::shared_bytes(bytes, false), wan::body_encoding::base64);
        const bool same = pulled(body, executor_block) == support::data_url_of(bytes, "image/png");
        CHECK_MESSAGE(same, size << " bytes");
    }
}
