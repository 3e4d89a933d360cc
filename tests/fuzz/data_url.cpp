// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Data URLs, and base64 both ways.
#include "targets.hpp"

#include <wan/byte_source.hpp>
#include <wan/http/base64.hpp>
#include <wan/media/detail/base64_text.hpp>
#include <wan/media/detail/data_url.hpp>
#include <wan/media/inspect.hpp>
#include <wan/media/media.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/keyframe_to_video.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

namespace {

/// Decoded by another way: digit by digit, from left to right.
std::string decoded(std::string_view digits) {
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char c : digits) {
        if (c == '=') break;
        bits = bits << 6 | wan::detail::base64_values[static_cast<unsigned char>(c)];
        if ((held += 6) < 8) continue;
        held -= 8;
        bytes.push_back(static_cast<char>(bits >> held & 0xFF));
    }
    return bytes;
}

std::string encoded(std::string_view bytes) {
    std::string digits(static_cast<std::size_t>(wan::base64_size(bytes.size())), '\0');
    wan::encode_base64(std::as_bytes(std::span{bytes}), digits.data());
    return digits;
}

void check_payload(std::string_view digits, std::size_t window) {
    const auto size = wan::base64_decoded_size(digits);
    if (!size) return;
    const auto bytes = decoded(digits);
    require(bytes.size() == *size, "the size is that of the decoded bytes");
    const wan::detail::base64_text source{digits, *size};
    std::vector<std::byte> part(window);
    for (std::uint64_t at = 0; at < *size;) {
        const auto n = source.read(at, part);
        require(n != 0, "all bytes can be read");
        for (std::size_t i = 0; i < n; ++i)
            require(part[i] == static_cast<std::byte>(bytes[static_cast<std::size_t>(at) + i]),
                    "bytes are decoded as they were encoded");
        at += n;
    }
    require(source.read(*size, part) == 0, "nothing follows the end");
    const auto from_digits = wan::inspect_image(source);
    const auto from_bytes = wan::inspect_image(std::as_bytes(std::span{bytes}));
    require(from_digits.has_value() == from_bytes.has_value() && (!from_bytes || *from_digits == *from_bytes),
            "an image in a data URL is inspected like its bytes");
}

/// The bytes of a medium go within the request as they are, or the caller must upload them first.
void check_bytes(const wan::provider& provider, std::string_view bytes, wan::media_transfer transfer) {
    const auto source = std::make_shared<wan::borrowed_bytes>(std::as_bytes(std::span{bytes}));
    const wan::media file{source, "a.png", transfer};
    const wan::keyframe_to_video request{
        .first_frame_url = file, .last_frame_url = file, .prompt = "a kitten"};
    const auto http = wan::make_submit(provider, request, wan::strictness::off);
    if (!http) {
        require(!http.error().violations.empty(), "a medium that is refused has a reason");
        return;
    }
    require(transfer == wan::media_transfer::inline_data, "what is to be uploaded is not within the request");
    const auto body = http->body.flatten();
    require(body && body->size() == http->body.size(), "a body has the size that it announces");
    require(body->find(";base64," + encoded(bytes) + '"') != std::string::npos, "bytes are sent as they are");
}

} // namespace

void run_data_url(input in) {
    const auto window = in.below(70) + 1;
    const auto text = in.rest();
    const auto digits = encoded(text);
    require(wan::base64_decoded_size(digits).value_or(0) == text.size(), "what is encoded has its size");
    require(decoded(digits) == text, "what is encoded is decoded as it was");
    if (const auto parts = wan::detail::split_data_url(text)) check_payload(parts->base64, window);
    const wan::media medium{text};
    require(medium == wan::media{medium.url()}, "a data URL is tidied once");
    const wan::keyframe_to_video request{.first_frame_url = medium, .prompt = "a kitten"};
    static const auto provider = wan::dashscope::provider("sk-fuzz", wan::region::singapore);
    for (const auto transfer : {wan::media_transfer::inline_data, wan::media_transfer::upload})
        check_bytes(provider, text, transfer);
    for (const auto& v : wan::validate(provider, request))
        require(v.value.size() < 4096 && !v.message.empty(), "a violation is short, and says what it is");
}

} // namespace fuzz
