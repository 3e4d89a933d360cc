// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the chunks of a WAV.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/duration.hpp>
#include <wan/media/detail/header_reader.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail::wav {

// Returns whether the length is a placeholder, from a writer that cannot go back to fill in the real length.
constexpr bool is_stream(std::uint64_t length) noexcept { return length == 0 || length == 0xFFFFFFFF; }

enum : std::uint16_t {
    pcm = 1,
    microsoft_adpcm = 2,
    ieee_float = 3,
    a_law = 6,
    mu_law = 7,
    ima_adpcm = 0x11,
    extensible = 0xFFFE
};

// In PCM, float, A-law and mu-law, each sample has a whole number of bytes, and a block has one sample of
// each channel.
constexpr bool is_one_sample_each(std::uint16_t format) noexcept {
    return format == pcm || format == ieee_float || format == a_law || format == mu_law;
}

/// The format chunk.
struct sound_format {
    std::uint16_t coding = 0;
    std::uint32_t rate = 0; ///< samples per second
    /// The value in the header. Players ignore it, and some writers store arbitrary values.
    std::uint32_t bytes_per_second = 0;
    std::uint32_t block_bytes = 0;   ///< size of a block
    std::uint32_t block_samples = 0; ///< samples per block and channel; 0: unknown
};

constexpr sound_format read_format(header_reader& in, std::uint64_t at, std::uint64_t length) noexcept {
    const auto f = in.read(at, static_cast<std::size_t>((std::min<std::uint64_t>)(length, 40)));
    sound_format format{
        .coding = f.le16(0), .rate = f.le32(4), .bytes_per_second = f.le32(8), .block_bytes = f.le16(12)};
    if (format.coding == extensible) format.coding = length >= 26 ? f.le16(24) : std::uint16_t{pcm};
    if (is_one_sample_each(format.coding)) {
        if (format.block_bytes == 0)
            format.block_bytes = std::uint32_t{f.le16(2)} * ((std::uint32_t{f.le16(14)} + 7) / 8);
        format.block_samples = 1;
    } else if ((format.coding == microsoft_adpcm || format.coding == ima_adpcm) && length >= 20) {
        format.block_samples = f.le16(18);
    }
    return format;
}

struct sound_duration {
    std::optional<std::chrono::milliseconds> time;
    bool is_estimate = false; ///< computed from the stated rate, which may be an average
};

constexpr sound_duration duration_of(const sound_format& format, std::uint32_t stated_samples,
                                     std::uint64_t data_size) noexcept {
    if (!is_one_sample_each(format.coding) && format.rate != 0 && !is_stream(stated_samples))
        return {milliseconds_of(stated_samples, format.rate)};
    if (format.rate == 0 || format.block_bytes == 0 || format.block_samples == 0)
        return {milliseconds_of(data_size, format.bytes_per_second), true};
    const auto bytes_per_second = std::uint64_t{format.block_bytes} * format.rate;
    if (format.block_samples == 1 && bytes_per_second >> 32 == 0)
        return {milliseconds_of(data_size, static_cast<std::uint32_t>(bytes_per_second))};
    return {milliseconds_of(data_size / format.block_bytes * format.block_samples, format.rate)};
}

constexpr inspected<recording_info> inspect(header_reader& in) noexcept {
    std::optional<sound_format> format;
    std::uint32_t stated_samples = 0;
    std::optional<std::uint64_t> data_size;

    for (std::uint64_t at = 12; !format || !data_size;) {
        const auto chunk = in.read(at, 8);
        if (!chunk)
            return in.truncated(!format ? "WAV: ends before its format chunk"
                                        : "WAV: ends before its data chunk");
        std::uint64_t length = chunk.le32(4);
        at += 8;
        if (chunk.has(0, "fmt ") && !format) {
            if (length < 16) return in.malformed("WAV: a format chunk that is too short");
            if (!in.read(at, 16)) return in.truncated("WAV: ends within its format chunk");
            format = read_format(in, at, length);
            if (format->rate == 0 && format->bytes_per_second == 0)
                return in.malformed("WAV: a format chunk without a rate");
        } else if (chunk.has(0, "fact")) {
            stated_samples = in.read(at, 4).le32(0);
        } else if (chunk.has(0, "data") && !data_size) {
            const auto rest = in.size() > at ? in.size() - at : 0;
            data_size = is_stream(length) ? rest : (std::min)(length, rest);
            if (is_stream(length)) length = rest;
        }
        at += length + (length & 1);
    }

    const auto duration = duration_of(*format, stated_samples, *data_size);
    if (!duration.time) return in.malformed("WAV: invalid duration");
    return recording_info{
        .format = in.format(), .duration = *duration.time, .size = {}, .is_estimate = duration.is_estimate};
}

} // namespace wan::inline WAN_ABI::detail::wav

#include <wan/detail/pop_macros.hpp>
