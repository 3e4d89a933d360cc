// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The chunks of a WAV.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/detail/duration.hpp>
#include <wan/detail/header_reader.hpp>

#include <algorithm>
#include <cstdint>

namespace wan::inline WAN_ABI::detail::wav {

// What writers put where they cannot go back to write the length.
constexpr bool is_stream(std::uint64_t length) noexcept { return length == 0 || length == 0xFFFFFFFF; }

// PCM, float, A-law, mu-law, and what says more: each sample has its bytes. Other codings state the number of samples, and
// their rate of bytes is often an estimate.
constexpr bool is_one_sample_each(std::uint16_t format) noexcept {
    return format == 1 || format == 3 || format == 6 || format == 7 || format == 0xFFFE;
}

constexpr inspected<recording_info> inspect(header_reader& in) noexcept {
    constexpr std::uint32_t not_found = 0;
    std::uint32_t bytes_per_second = not_found, samples_per_second = 0, stated_samples = 0;
    bool is_coded = false;
    std::uint64_t data_begin = not_found, data_size = 0;

    for (std::uint64_t at = 12; bytes_per_second == not_found || data_begin == not_found;) {
        const auto chunk = in.read(at, 8);
        if (!chunk)
            return in.truncated(bytes_per_second == not_found ? "WAV: ends before its format chunk"
                                                              : "WAV: ends before its data chunk");
        std::uint64_t length = chunk.le32(4);
        at += 8;
        if (chunk.has(0, "fmt ") && bytes_per_second == not_found) {
            const auto format = in.read(at, 16);
            if (length < 16) return in.malformed("WAV: a format chunk that is too short");
            if (!format) return in.truncated("WAV: ends within its format chunk");
            is_coded = !is_one_sample_each(format.le16(0));
            samples_per_second = format.le32(4);
            bytes_per_second = format.le32(8);
            if (bytes_per_second == 0) return in.malformed("WAV: a format chunk without a rate");
        } else if (chunk.has(0, "fact")) {
            stated_samples = in.read(at, 4).le32(0);
        } else if (chunk.has(0, "data") && data_begin == not_found) {
            const auto rest = in.size() > at ? in.size() - at : 0;
            data_begin = at;
            data_size = is_stream(length) ? rest : (std::min)(length, rest);
            if (is_stream(length)) length = rest;
        }
        at += length + (length & 1);
    }

    const bool is_stated = is_coded && samples_per_second != 0 && !is_stream(stated_samples);
    const auto duration =
        is_stated ? milliseconds_of(stated_samples, samples_per_second) : milliseconds_of(data_size, bytes_per_second);
    if (!duration) return in.malformed("WAV: a length that cannot be");
    return recording_info{.format = in.format(), .duration = *duration, .size = {}};
}

} // namespace wan::inline WAN_ABI::detail::wav

#include <wan/detail/epilogue.hpp>
