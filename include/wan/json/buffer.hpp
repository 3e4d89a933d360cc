// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Where JSON is written: the end of one string, which grows and is reused.
#pragma once

#include <algorithm>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// Copies a block of text and marks the bytes in it that a JSON string must escape.
#ifdef WAN_JSON_SSE2
struct block {
    static constexpr std::size_t width = 16;

    /// Bit i: byte i must be escaped.
    static unsigned copy(const char* from, char* to) noexcept {
        const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), text);
        const __m128i control = _mm_cmpeq_epi8(_mm_max_epu8(text, _mm_set1_epi8(0x1F)), _mm_set1_epi8(0x1F));
        const __m128i quote = _mm_cmpeq_epi8(text, _mm_set1_epi8('"'));
        const __m128i backslash = _mm_cmpeq_epi8(text, _mm_set1_epi8('\\'));
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash))));
    }
};
#else
struct block {
    static constexpr std::size_t width = 8;

    static unsigned copy(const char* from, char* to) noexcept {
        constexpr std::uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
        std::uint64_t text;
        std::memcpy(&text, from, width);
        std::memcpy(to, &text, width);
        const auto has_zero = [=](std::uint64_t x) { return (x - ones) & ~x & high; };
        if ((((text - ones * 0x20) & ~text & high) | has_zero(text ^ (ones * '"')) | has_zero(text ^ (ones * '\\'))) == 0)
            return 0;
        unsigned marks = 0;
        for (std::size_t i = 0; i < width; ++i) marks |= static_cast<unsigned>(must_escape(from[i])) << i;
        return marks;
    }
};
#endif

/// A place in the string being written. Passed by value, so that it stays in registers: a store through a char
/// pointer may change any object that has an address.
struct cursor {
    char* at;
    char* end;

    std::size_t room() const noexcept { return static_cast<std::size_t>(end - at); }
};

inline cursor grown(std::string& out, cursor c, std::size_t more) {
    const auto used = static_cast<std::size_t>(c.at - out.data());
    const auto needed = used + more;
    out.resize(std::max(needed, std::min(out.capacity(), 2 * needed)));
    return {out.data() + used, out.data() + out.size()};
}

inline cursor with_room(std::string& out, cursor c, std::size_t more) {
    if (c.room() >= more) [[likely]] return c;
    return grown(out, c, more);
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

inline cursor write_string(std::string& out, cursor c, std::string_view text) {
    constexpr auto width = block::width;
    c = with_room(out, c, text.size() + 2 + width);
    const char* from = text.data();
    const char* const last = from + text.size();
    const char* clean = from; // from here on nothing was escaped, so source and copy are alike
    *c.at++ = '"';
    for (;;) {
        unsigned marks = 0;
        while (static_cast<std::size_t>(last - from) >= width && (marks = block::copy(from, c.at)) == 0) {
            from += width;
            c.at += width;
        }
        if (marks == 0) {
            const auto left = static_cast<std::size_t>(last - from);
            if (left == 0) break;
            if (static_cast<std::size_t>(last - clean) >= width) {
                // The last full block, over bytes that are already there.
                marks = block::copy(last - width, c.at + left - width) >> (width - left);
            } else {
                for (std::size_t i = 0; i < left; ++i) {
                    c.at[i] = from[i];
                    marks |= static_cast<unsigned>(must_escape(from[i])) << i;
                }
            }
            if (marks == 0) {
                c.at += left;
                break;
            }
        }
        const auto skipped = std::countr_zero(marks);
        from += skipped;
        c.at += skipped;
        c = with_room(out, c, static_cast<std::size_t>(last - from) + 6 + 1 + width);
        c.at = write_escape(c.at, *from++);
        clean = from;
    }
    *c.at++ = '"';
    return c;
}

} // namespace detail

/// Writes over a string from its front and cuts it to what was written when destroyed. A string that held the
/// previous text of the same kind is long enough, so writing again allocates nothing.
class buffer {
public:
    explicit buffer(std::string& out) noexcept : out_(out), cursor_{out.data(), out.data() + out.size()} {}
    buffer(const buffer&) = delete;
    buffer& operator=(const buffer&) = delete;
    ~buffer() { out_.resize(size()); }

    std::size_t size() const noexcept { return static_cast<std::size_t>(cursor_.at - out_.data()); }

    /// Text that is JSON already.
    void raw(std::string_view text) {
        cursor_ = detail::with_room(out_, cursor_, text.size());
        std::memcpy(cursor_.at, text.data(), text.size());
        cursor_.at += text.size();
    }

    /// The same for a text that the compiler knows, which becomes a few moves.
    template <fixed_string Text>
    void raw() {
        constexpr auto size = sizeof Text.chars - 1;
        cursor_ = detail::with_room(out_, cursor_, size);
        std::memcpy(cursor_.at, Text.chars, size);
        cursor_.at += size;
    }

    void replace(std::size_t position, char c) noexcept { out_[position] = c; }

    template <std::integral Int>
    void number(Int value) {
        cursor_ = detail::with_room(out_, cursor_, 24);
        cursor_.at = std::to_chars(cursor_.at, cursor_.end, value).ptr;
    }

    void string(std::string_view text) { cursor_ = detail::write_string(out_, cursor_, text); }

private:
    std::string& out_;
    detail::cursor cursor_;
};

} // namespace wan::json

#undef WAN_JSON_SSE2
