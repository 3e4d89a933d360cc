// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// How JSON values are written: into room that was made beforehand, 16 bytes at a time.
#pragma once

#include <boost/config.hpp>

#include <algorithm>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define WAN_JSON_SSE2 1
#endif

namespace wan::json {

/// A text as a template argument.
template <std::size_t N>
struct fixed_string {
    char chars[N + 1] = {};

    constexpr fixed_string() = default;
    constexpr fixed_string(const char (&text)[N + 1]) { std::copy_n(text, N, chars); }
    constexpr explicit fixed_string(std::string_view text) { std::copy_n(text.data(), N, chars); }
    constexpr std::string_view view() const noexcept { return {chars, N}; }
};
template <std::size_t N>
fixed_string(const char (&)[N]) -> fixed_string<N - 1>;

namespace detail {

constexpr bool must_escape(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

/// Some bytes of text side by side, of which all are copied and those are found that a JSON string must escape.
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

    /// Of two blocks: bit i says that byte i of one of them must be escaped.
    friend block operator|(block a, block b) noexcept {
        return block{_mm_min_epu8(a.flipped_, b.flipped_), _mm_min_epu8(a.off_backslash_, b.off_backslash_)};
    }

    /// Bit i: byte i must be escaped.
    unsigned marks() const noexcept {
        const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(flipped_, _mm_set1_epi8(0x20)), flipped_);
        const __m128i backslash = _mm_cmpeq_epi8(off_backslash_, _mm_setzero_si128());
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(low, backslash)));
    }

private:
    static constexpr std::uint64_t plain = 0x6161616161616161;

    explicit block(__m128i text) noexcept
        : flipped_(_mm_xor_si128(text, _mm_set1_epi8(2))), off_backslash_(_mm_xor_si128(text, _mm_set1_epi8('\\'))) {}
    block(__m128i flipped, __m128i off_backslash) noexcept : flipped_(flipped), off_backslash_(off_backslash) {}

    __m128i flipped_; ///< with bit 1 flipped the quote stands right above the control characters, at 0x20
    __m128i off_backslash_;
};
#else
class block {
public:
    static constexpr std::size_t width = 8;

    template <std::size_t Size>
    static block copy(const char* from, char* to) noexcept {
        block b;
        for (std::size_t i = 0; i < Size; ++i) b.marks_ |= static_cast<unsigned>(must_escape(to[i] = from[i])) << i;
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

/// Copies 4 to 15 bytes as two blocks that overlap.
template <std::size_t Size>
std::size_t copy_clean_ends(const char* from, std::size_t size, char* to) noexcept {
    if (const auto marks = block::copy<Size>(from, to).marks()) return static_cast<std::size_t>(std::countr_zero(marks));
    const auto last = size - Size;
    const auto marks = block::copy<Size>(from + last, to + last).marks();
    return marks == 0 ? size : last + static_cast<std::size_t>(std::countr_zero(marks));
}

/// Copies four blocks; true if nothing in them must be escaped.
inline bool copy_four(const char* from, char* to) noexcept {
    constexpr auto width = block::width;
    const auto a = block::copy<width>(from, to), b = block::copy<width>(from + width, to + width);
    const auto c = block::copy<width>(from + 2 * width, to + 2 * width), d = block::copy<width>(from + 3 * width, to + 3 * width);
    return ((a | b) | (c | d)).marks() == 0;
}

/// Copies text up to the first byte that must be escaped and returns how many bytes that were. May write over the
/// bytes that follow, up to `size`.
inline std::size_t copy_clean(const char* from, std::size_t size, char* to) noexcept {
    constexpr auto width = block::width;
    std::size_t done = 0;
    if (size >= 4 * width) {
        while (size - done >= 4 * width && copy_four(from + done, to + done)) done += 4 * width;
        // The last four blocks, over bytes that are already there.
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

/// A place in the string that is being written. `spare` bytes more than announced are there after it: escapes take
/// them. Passed by value, so that it stays in registers.
struct cursor {
    char* at;
    std::size_t spare;
};

/// Makes the string longer where escapes need more than there is to spare.
BOOST_NOINLINE inline cursor with_spare(std::string& out, cursor c, std::size_t needed) {
    if (c.spare >= needed) return c;
    const auto position = c.at - out.data();
    const auto more = needed + out.size() / 2;
    out.resize(out.size() + more);
    return {out.data() + position, c.spare + more};
}

inline char* write_escape(char* at, char c) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view named = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
    *at++ = '\\';
    if (const auto i = named.find(c); i != std::string_view::npos) {
        *at++ = letters[i];
        return at;
    }
    std::memcpy(at, "u00", 3);
    at[3] = digits[static_cast<unsigned char>(c) >> 4];
    at[4] = digits[c & 15];
    return at + 5;
}

/// The rest of a string, from a byte that must be escaped on.
BOOST_NOINLINE inline cursor write_escaping(std::string& out, cursor c, std::string_view text) {
    while (!text.empty()) {
        c = with_spare(out, c, 5);
        char* const after = write_escape(c.at, text.front());
        c = {after, c.spare + 1 - static_cast<std::size_t>(after - c.at)};
        text.remove_prefix(1);
        const auto clean = copy_clean(text.data(), text.size(), c.at);
        c.at += clean;
        text.remove_prefix(clean);
    }
    return c;
}

template <std::size_t N>
BOOST_FORCEINLINE cursor write_literal(cursor c, const fixed_string<N>& text) noexcept {
    std::memcpy(c.at, text.chars, N);
    c.at += N;
    return c;
}

// One pair of functions per kind of value: the room that it needs when nothing in it is escaped, and its text.

constexpr std::size_t room_of(std::string_view value) noexcept { return value.size() + 2; }
inline cursor write(std::string& out, cursor c, std::string_view value) {
    *c.at++ = '"';
    const auto clean = copy_clean(value.data(), value.size(), c.at);
    c.at += clean;
    if (clean != value.size()) [[unlikely]] c = write_escaping(out, c, value.substr(clean));
    *c.at++ = '"';
    return c;
}

constexpr std::size_t room_of(bool value) noexcept { return value ? 4 : 5; }
inline cursor write(std::string&, cursor c, bool value) noexcept {
    return value ? write_literal(c, fixed_string{"true"}) : write_literal(c, fixed_string{"false"});
}

template <std::integral Int>
constexpr std::size_t room_of(Int) noexcept { return std::numeric_limits<Int>::digits10 + 2; }
template <std::integral Int>
cursor write(std::string&, cursor c, Int value) noexcept {
    c.at = std::to_chars(c.at, c.at + room_of(value), value).ptr;
    return c;
}

} // namespace detail

} // namespace wan::json

#undef WAN_JSON_SSE2
