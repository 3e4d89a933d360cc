// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// 128 bits that stand for a state: two states are merged if theirs are equal.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace explore {

struct fingerprint {
    std::uint64_t high = 0, low = 0;

    friend auto operator<=>(const fingerprint&, const fingerprint&) = default;
};

struct fingerprint_hash {
    std::size_t operator()(const fingerprint& f) const noexcept { return static_cast<std::size_t>(f.low); }
};

/// Two independent hashes of the same values. Ten million states have equal ones with a chance of 1 in 10^24.
class hasher {
public:
    void add(std::uint64_t value) noexcept {
        state_.high = spread(state_.high ^ value) * 0x9E3779B97F4A7C15;
        state_.low = spread(state_.low + (value ^ 0xD1B54A32D192ED03));
    }
    template <class T>
        requires(std::is_enum_v<T> || (std::is_integral_v<T> && !std::is_same_v<T, std::uint64_t>))
    void add(T value) noexcept {
        add(static_cast<std::uint64_t>(value));
    }
    void add(std::string_view text) noexcept {
        add(std::uint64_t{text.size()});
        while (!text.empty()) {
            std::uint64_t word = 0;
            const auto length = text.size() < sizeof word ? text.size() : sizeof word;
            std::memcpy(&word, text.data(), length);
            add(word);
            text.remove_prefix(length);
        }
    }

    fingerprint value() const noexcept { return state_; }

private:
    static std::uint64_t spread(std::uint64_t x) noexcept { // splitmix64
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    fingerprint state_{0x243F6A8885A308D3, 0x13198A2E03707344};
};

} // namespace explore
