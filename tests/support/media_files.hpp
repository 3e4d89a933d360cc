// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Small images, clips and sounds, written by hand as their formats' specifications list the fields.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace media_files {

/// A small file, written as its format's specification lists the fields.
struct file {
    std::array<std::byte, 2048> bytes{};
    std::size_t size = 0;

    constexpr file& u8(unsigned value) {
        bytes.at(size++) = static_cast<std::byte>(value);
        return *this;
    }
    constexpr file& be(std::uint64_t value, int n) {
        for (int i = n - 1; i >= 0; --i) u8(static_cast<unsigned>(value >> (8 * i) & 0xFF));
        return *this;
    }
    constexpr file& le(std::uint64_t value, int n) {
        for (int i = 0; i < n; ++i) u8(static_cast<unsigned>(value >> (8 * i) & 0xFF));
        return *this;
    }
    constexpr file& hex(std::initializer_list<unsigned> values) {
        for (const auto v : values) u8(v);
        return *this;
    }
    constexpr file& text(std::string_view t) {
        for (const char c : t) u8(static_cast<unsigned char>(c));
        return *this;
    }
    constexpr file& zeros(std::size_t n) {
        for (std::size_t i = 0; i < n; ++i) u8(0);
        return *this;
    }
    constexpr file& add(const file& other) {
        for (std::size_t i = 0; i < other.size; ++i) u8(std::to_integer<unsigned>(other.bytes[i]));
        return *this;
    }
    constexpr std::span<const std::byte> all() const { return std::span(bytes).first(size); }
    constexpr std::span<const std::byte> first(std::size_t n) const { return std::span(bytes).first(n); }
};

constexpr file tiff(bool little, unsigned orientation, unsigned type = 3, std::uint32_t ifd = 8) {
    file f;
    const auto n = [&](std::uint64_t value, int bytes) { little ? f.le(value, bytes) : f.be(value, bytes); };
    f.text(little ? "II" : "MM");
    n(42, 2), n(ifd, 4);
    n(2, 2);
    n(0x010F, 2), n(2, 2), n(4, 4), n(0, 4); // Make
    n(0x0112, 2), n(type, 2), n(1, 4), n(orientation, 2), n(0, 2);
    n(0, 4);
    return f;
}

// JPEG

constexpr file segment(unsigned marker, const file& payload) {
    return file{}.u8(0xFF).u8(marker).be(payload.size + 2, 2).add(payload);
}
constexpr file app1(const file& exif) { return segment(0xE1, file{}.text({"Exif\0\0", 6}).add(exif)); }
constexpr file frame(unsigned marker, unsigned width, unsigned height) {
    return segment(marker, file{}.u8(8).be(height, 2).be(width, 2).u8(1).hex({1, 0x11, 0}));
}
constexpr file scan() { return segment(0xDA, file{}.hex({1, 1, 0, 0, 63, 0})); }
constexpr file jpeg_of(const file& segments) { return file{}.hex({0xFF, 0xD8}).add(segments).add(scan()); }
constexpr file jpeg(unsigned width = 640, unsigned height = 480) {
    return jpeg_of(segment(0xE0, file{}.text({"JFIF\0", 5}).hex({1, 2, 0, 0, 1, 0, 1, 0, 0}))
                       .add(frame(0xC0, width, height)));
}

// PNG

constexpr file png_chunk(std::string_view type, const file& payload) {
    return file{}.be(payload.size, 4).text(type).add(payload).zeros(4); // nobody reads the check sum
}
constexpr file png_header(std::uint32_t width, std::uint32_t height, unsigned depth, unsigned colour_type) {
    return file{}
        .text("\x89PNG\r\n\x1A\n")
        .add(png_chunk("IHDR", file{}.be(width, 4).be(height, 4).u8(depth).u8(colour_type).zeros(3)));
}
constexpr file png(std::uint32_t width = 640, std::uint32_t height = 480, unsigned depth = 8,
                   unsigned colour_type = 2, const file& chunks = {}) {
    return png_header(width, height, depth, colour_type).add(chunks).add(png_chunk("IDAT", {}));
}

// BMP

constexpr file bmp(std::uint32_t header_size, std::int32_t width, std::int32_t height, unsigned bits,
                   unsigned compression, std::uint32_t alpha) {
    file f;
    f.text("BM")
        .zeros(12)
        .le(header_size, 4)
        .le(static_cast<std::uint32_t>(width), 4)
        .le(static_cast<std::uint32_t>(height), 4);
    f.le(1, 2).le(bits, 2).le(compression, 4).zeros(20);
    f.le(0xFF0000, 4).le(0xFF00, 4).le(0xFF, 4).le(alpha, 4); // masks: of the header, or after it
    return f.zeros(header_size > 56 ? header_size - 56 : 0);
}
constexpr file core_bmp(unsigned width, unsigned height) {
    return file{}.text("BM").zeros(12).le(12, 4).le(width, 2).le(height, 2).le(1, 2).le(24, 2);
}

// WebP and WAV

constexpr file riff(std::string_view type, const file& chunks) {
    return file{}.text("RIFF").le(chunks.size + 4, 4).text(type).add(chunks);
}
constexpr file chunk(std::string_view type, const file& payload) {
    return file{}.text(type).le(payload.size, 4).add(payload).zeros(payload.size % 2);
}
constexpr file webp_lossy(unsigned width, unsigned height) {
    return riff("WEBP", chunk("VP8 ", file{}.hex({0x10, 0, 0, 0x9D, 0x01, 0x2A}).le(width, 2).le(height, 2)));
}
constexpr file webp_lossless(std::uint32_t width, std::uint32_t height, bool alpha) {
    return riff("WEBP", chunk("VP8L", file{}.u8(0x2F).le(
                                          (width - 1) | (height - 1) << 14 | std::uint32_t{alpha} << 28, 4)));
}
constexpr file webp_extended(unsigned flags, std::uint32_t width, std::uint32_t height, const file& chunks) {
    return riff("WEBP",
                chunk("VP8X", file{}.u8(flags).zeros(3).le(width - 1, 3).le(height - 1, 3)).add(chunks));
}

constexpr file wav_format(unsigned tag, std::uint32_t rate, unsigned channels, unsigned bits,
                          const file& more = {}) {
    const auto block = channels * bits / 8;
    return chunk(
        "fmt ",
        file{}.le(tag, 2).le(channels, 2).le(rate, 4).le(rate * block, 4).le(block, 2).le(bits, 2).add(more));
}
constexpr file wav_data(std::uint32_t stated, std::size_t there) {
    return file{}.text("data").le(stated, 4).zeros(there);
}

// MP3

constexpr std::uint32_t mpeg_1_layer_3_128k_44100 = 0xFFFB9000;
constexpr std::size_t frame_bytes = 417; // 144 * 128000 / 44100
constexpr file mp3_frame(const file& after_side_information = {}) {
    file f = file{}.be(mpeg_1_layer_3_128k_44100, 4).zeros(32).add(after_side_information);
    return f.zeros(frame_bytes - f.size);
}

// MP4

constexpr file box(std::string_view type, const file& payload) {
    return file{}.be(payload.size + 8, 4).text(type).add(payload);
}
constexpr file ftyp(std::string_view brand = "isom") { return box("ftyp", file{}.text(brand).zeros(4)); }
constexpr file upright_matrix() {
    return file{}.be(0x10000, 4).zeros(12).be(0x10000, 4).zeros(12).be(0x40000000, 4);
}
constexpr file quarter_turn() {
    return file{}.zeros(4).be(0x10000, 4).zeros(4).be(0xFFFF0000, 4).zeros(16).be(0x40000000, 4);
}
constexpr file mvhd(std::uint32_t per_second, std::uint64_t units, bool is_long = false) {
    const int n = is_long ? 8 : 4;
    return box("mvhd", file{}
                           .u8(is_long)
                           .zeros(3)
                           .be(0, n)
                           .be(0, n)
                           .be(per_second, 4)
                           .be(units, n)
                           .zeros(16)
                           .add(upright_matrix())
                           .zeros(28));
}
constexpr file tkhd(std::uint32_t id, const file& matrix, bool is_enabled = true, bool is_long = false) {
    const int n = is_long ? 8 : 4;
    return box("tkhd", file{}
                           .u8(is_long)
                           .zeros(2)
                           .u8(is_enabled)
                           .be(0, n)
                           .be(0, n)
                           .be(id, 4)
                           .zeros(4)
                           .be(0, n)
                           .zeros(16)
                           .add(matrix)
                           .zeros(8));
}
constexpr file stsd(unsigned width, unsigned height) {
    return box("stsd", file{}.zeros(4).be(1, 4).add(
                           box("avc1", file{}.zeros(24).be(width, 2).be(height, 2).zeros(50))));
}
constexpr file trak(const file& tkhd, unsigned width, unsigned height, std::string_view handler = "vide") {
    const auto mdhd = box("mdhd", file{}.zeros(12).be(1000, 4).be(5000, 4).zeros(4));
    const auto hdlr = box("hdlr", file{}.zeros(8).text(handler).zeros(13));
    return box("trak", file{tkhd}.add(box(
                           "mdia", file{mdhd}.add(hdlr).add(box("minf", box("stbl", stsd(width, height)))))));
}
constexpr file moov(const file& mvhd, const file& traks) { return box("moov", file{mvhd}.add(traks)); }
constexpr file mp4(const file& matrix = upright_matrix()) {
    return ftyp()
        .add(moov(mvhd(1000, 5000), trak(tkhd(1, matrix), 1280, 720)))
        .add(box("mdat", file{}.zeros(4)));
}

} // namespace media_files
