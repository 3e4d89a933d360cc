// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Media for tests, written by hand after the formats' specifications: as much of them as says what they are.
#pragma once

#include <wan/byte_source.hpp>
#include <wan/http/base64.hpp>
#include <wan/video/output_size.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace support {

/// Bytes in memory, or as a host has them that reads a file.
class text_bytes final : public wan::byte_source {
public:
    text_bytes(std::string bytes, bool is_in_memory)
        : bytes_(std::move(bytes)), is_in_memory_(is_in_memory) {}

    std::uint64_t size() const noexcept override { return bytes_.size(); }
    std::span<const std::byte> in_memory() const noexcept override {
        return is_in_memory_ ? std::as_bytes(std::span{bytes_}) : std::span<const std::byte>{};
    }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        return wan::borrowed_bytes{std::as_bytes(std::span{bytes_})}.read(offset, to);
    }

private:
    std::string bytes_;
    bool is_in_memory_;
};

inline std::shared_ptr<const wan::byte_source> shared_bytes(std::string_view bytes, bool in_memory) {
    return std::make_shared<text_bytes>(std::string{bytes}, in_memory);
}

/// A file that breaks off while it is read.
class unreadable_bytes final : public wan::byte_source {
public:
    unreadable_bytes(std::uint64_t size, std::uint64_t readable) : size_(size), readable_(readable) {}

    std::uint64_t size() const noexcept override { return size_; }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        if (offset >= readable_) return 0;
        const auto n = static_cast<std::size_t>((std::min<std::uint64_t>)(to.size(), readable_ - offset));
        std::fill_n(to.begin(), n, std::byte{'x'});
        return n;
    }

private:
    std::uint64_t size_, readable_;
};

inline std::string base64(std::string_view bytes) {
    std::string digits(static_cast<std::size_t>(wan::base64_size(bytes.size())), '\0');
    wan::encode_base64(std::as_bytes(std::span{bytes}), digits.data());
    return digits;
}

inline std::string big_endian(std::uint32_t n) {
    return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
            static_cast<char>(n)};
}
inline std::string little_endian(std::uint32_t n) {
    auto bytes = big_endian(n);
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

enum class png_colour : char { rgb = 2, rgba = 6 };

/// PNG (third edition), sections 5.2, 5.3, 11.2: signature, IHDR, an empty IDAT and IEND.
inline std::string png(wan::frame_size size, png_colour colour = png_colour::rgb,
                       std::size_t more_bytes = 0) {
    using namespace std::string_literals;
    const auto chunk = [](std::string_view type, std::string_view data) {
        return big_endian(static_cast<std::uint32_t>(data.size()))
            .append(type)
            .append(data)
            .append("\0\0\0\0"s);
    };
    return "\x89PNG\r\n\x1A\n" +
           chunk("IHDR", big_endian(size.width) + big_endian(size.height) + '\x08' +
                             static_cast<char>(colour) + "\0\0\0"s) +
           chunk("IDAT", std::string(more_bytes, 'x')) + chunk("IEND", "");
}

/// The same of that many bytes, without a pattern in them. Needs no more memory than that.
inline std::string png_of_bytes(wan::frame_size size, std::size_t bytes) {
    constexpr std::size_t data_length_at = 33, data_at = 41;
    auto file = png(size);
    const auto more = bytes - file.size();
    file.replace(data_length_at, 4, big_endian(static_cast<std::uint32_t>(more))).insert(data_at, more, '\0');
    std::minstd_rand noise;
    std::generate_n(file.begin() + data_at, more, [&] { return static_cast<char>(noise() >> 16); });
    return file;
}

/// ITU-T T.81, annex B: SOI, a frame header and a scan header.
inline std::string jpeg(wan::frame_size size) {
    using namespace std::string_literals;
    return "\xFF\xD8\xFF\xC0\0\x11\x08"s + big_endian(size.height).substr(2) +
           big_endian(size.width).substr(2) +
           "\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xFF\xDA\0\x0C\x03\x01\0\x02\x11\x03\x11\0\x3F\0\xFF\xD9"s;
}

/// BITMAPFILEHEADER and BITMAPINFOHEADER, 24 bit.
inline std::string bmp(wan::frame_size size) {
    using namespace std::string_literals;
    return "BM" + little_endian(54) + "\0\0\0\0"s + little_endian(54) + little_endian(40) +
           little_endian(size.width) + little_endian(size.height) + "\x01\0\x18\0"s + std::string(24, '\0');
}

/// WebP container specification: VP8X, no alpha.
inline std::string webp(wan::frame_size size) {
    return "RIFF" + little_endian(22) + "WEBPVP8X" + little_endian(10) + std::string(4, '\0') +
           little_endian(size.width - 1).substr(0, 3) + little_endian(size.height - 1).substr(0, 3);
}

/// RIFF WAVE: 8000 Hz, mono, 8 bit.
inline std::string wav(std::uint32_t milliseconds) {
    using namespace std::string_literals;
    const auto samples = milliseconds * 8;
    const auto format = "\x01\0\x01\0"s + little_endian(8000) + little_endian(8000) + "\x01\0\x08\0"s;
    return "RIFF" + little_endian(36 + samples) + "WAVEfmt " + little_endian(16) + format + "data" +
           little_endian(samples) + std::string(samples, '\x80');
}

/// ISO/IEC 14496-12: ftyp and a moov with one video track.
inline std::string mp4(wan::frame_size size, std::uint32_t milliseconds) {
    using namespace std::string_literals;
    const auto box = [](std::string_view type, std::string_view data) {
        return big_endian(static_cast<std::uint32_t>(8 + data.size())).append(type).append(data);
    };
    const auto zeros = [](std::size_t n) { return std::string(n, '\0'); };
    const auto matrix =
        big_endian(0x10000) + zeros(12) + big_endian(0x10000) + zeros(12) + big_endian(0x40000000);
    const auto mvhd = box("mvhd", zeros(12) + big_endian(1000) + big_endian(milliseconds) +
                                      big_endian(0x10000) + zeros(12) + matrix + zeros(24) + big_endian(2));
    const auto tkhd =
        box("tkhd", big_endian(3) + zeros(8) + big_endian(1) + zeros(4) + big_endian(milliseconds) +
                        zeros(16) + matrix + big_endian(size.width << 16) + big_endian(size.height << 16));
    const auto mdhd = box("mdhd", zeros(12) + big_endian(1000) + big_endian(milliseconds) + zeros(4));
    const auto hdlr = box("hdlr", zeros(8) + "vide" + zeros(13));
    const auto sample = box("avc1", zeros(6) + "\0\x01"s + zeros(16) +
                                        big_endian(size.width << 16 | size.height) + zeros(50));
    const auto stsd = box("stsd", zeros(4) + big_endian(1) + sample);
    const auto stts = box("stts", zeros(4) + big_endian(0));
    const auto minf = box("minf", box("stbl", stsd + stts));
    return box("ftyp", "isom" + zeros(4) + "isommp42") +
           box("moov", mvhd + box("trak", tkhd + box("mdia", mdhd + hdlr + minf)));
}

} // namespace support
