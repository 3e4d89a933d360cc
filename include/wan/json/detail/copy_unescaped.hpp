// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Copies text, many bytes at a time, and finds the bytes that must be escaped in a JSON string.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// \cond
#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define WAN_JSON_SSE2 1
#define WAN_JSON_BLOCK sse2
#else
#define WAN_JSON_BLOCK portable
#endif
/// \endcond

/// The namespace is named after the block type, so that functions for different blocks never mix (ODR).
namespace wan::inline WAN_ABI::json::detail::inline WAN_JSON_BLOCK {

constexpr bool must_escape(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

/// A block of adjacent bytes. Copies the bytes and marks those that must be escaped in a JSON string.
#ifdef WAN_JSON_SSE2
class block {
public:
    static constexpr std::size_t width = 16;

    template <std::size_t Size>
    static block copy(const char* from, char* to) noexcept {
        if constexpr (Size == 16) {
            const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to), text);
            return block{text};
        } else {
            std::uint64_t text = plain;
            std::memcpy(&text, from, Size);
            std::memcpy(to, &text, Size);
            return block{_mm_set_epi64x(static_cast<long long>(plain), static_cast<long long>(text))};
        }
    }

    /// Combines two blocks: bit i is set if byte i of either block must be escaped.
    friend block operator|(block a, block b) noexcept {
        return block{_mm_min_epu8(a.flipped_, b.flipped_), _mm_min_epu8(a.off_backslash_, b.off_backslash_)};
    }

    /// Returns the marks: bit i is set if byte i must be escaped.
    unsigned marks() const noexcept {
        const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(flipped_, _mm_set1_epi8(0x20)), flipped_);
        const __m128i backslash = _mm_cmpeq_epi8(off_backslash_, _mm_setzero_si128());
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(low, backslash)));
    }

private:
    static constexpr std::uint64_t plain = 0x6161616161616161;

    explicit block(__m128i text) noexcept
        : flipped_(_mm_xor_si128(text, _mm_set1_epi8(2))),
          off_backslash_(_mm_xor_si128(text, _mm_set1_epi8('\\'))) {}
    block(__m128i flipped, __m128i off_backslash) noexcept
        : flipped_(flipped), off_backslash_(off_backslash) {}

    __m128i flipped_; ///< bit 1 is flipped, which moves the quote to 0x20, right above the control characters
    __m128i off_backslash_;
};
#else
class block {
public:
    static constexpr std::size_t width = 8;

    template <std::size_t Size>
    static block copy(const char* from, char* to) noexcept {
        block b;
        for (std::size_t i = 0; i < Size; ++i)
            b.marks_ |= static_cast<unsigned>(must_escape(to[i] = from[i])) << i;
        return b;
    }

    friend block operator|(block a, block b) noexcept {
        a.marks_ |= b.marks_;
        return a;
    }

    unsigned marks() const noexcept { return marks_; }

private:
    unsigned marks_ = 0;
};
#endif

/// Copies 4 to 15 bytes as two overlapping blocks.
template <std::size_t Size>
std::size_t copy_clean_ends(const char* from, std::size_t size, char* to) noexcept {
    if (const auto marks = block::copy<Size>(from, to).marks())
        return static_cast<std::size_t>(std::countr_zero(marks));
    const auto last = size - Size;
    const auto marks = block::copy<Size>(from + last, to + last).marks();
    return marks == 0 ? size : last + static_cast<std::size_t>(std::countr_zero(marks));
}

/// Copies four blocks. Returns true if nothing in them must be escaped.
inline bool copy_four(const char* from, char* to) noexcept {
    constexpr auto width = block::width;
    const auto a = block::copy<width>(from, to), b = block::copy<width>(from + width, to + width);
    const auto c = block::copy<width>(from + 2 * width, to + 2 * width),
               d = block::copy<width>(from + 3 * width, to + 3 * width);
    return ((a | b) | (c | d)).marks() == 0;
}

/// Copies text up to the first byte that must be escaped, and returns the number of bytes before it. May
/// overwrite the following bytes, up to `size`.
inline std::size_t copy_clean(const char* from, std::size_t size, char* to) noexcept {
    constexpr auto width = block::width;
    std::size_t done = 0;
    if (size >= 4 * width) {
        while (size - done >= 4 * width && copy_four(from + done, to + done)) done += 4 * width;
        // The last four blocks overlap bytes that were already copied.
        if (size - done < 4 * width && copy_four(from + size - 4 * width, to + size - 4 * width)) return size;
    }
    for (; size - done >= width; done += width)
        if (const auto marks = block::copy<width>(from + done, to + done).marks())
            return done + static_cast<std::size_t>(std::countr_zero(marks));
    if (size >= width) {
        const auto last = size - width;
        const auto marks = block::copy<width>(from + last, to + last).marks();
        return marks == 0 ? size : last + static_cast<std::size_t>(std::countr_zero(marks));
    }
    if (width > 8 && size >= 8) return copy_clean_ends<8>(from, size, to);
    if (size >= 4) return copy_clean_ends<4>(from, size, to);
    while (done < size && !must_escape(to[done] = from[done])) ++done;
    return done;
}

} // namespace wan::inline WAN_ABI::json::detail::inline WAN_JSON_BLOCK

#undef WAN_JSON_BLOCK
#undef WAN_JSON_SSE2

#include <wan/detail/pop_macros.hpp>
