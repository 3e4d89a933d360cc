// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a fuzz target is made of: its input, and properties that must hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace fuzz {

/// The bytes of one run, taken from the front. Of an input that is used up, bytes are 0 and texts empty.
class input {
public:
    explicit input(std::string_view bytes) noexcept : rest_(bytes) {}

    bool empty() const noexcept { return rest_.empty(); }

    std::uint8_t byte() noexcept {
        if (rest_.empty()) return 0;
        const auto first = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return first;
    }
    bool flag() noexcept { return byte() % 2 != 0; }

    /// A number below `count`.
    std::size_t below(std::size_t count) noexcept { return byte() % count; }

    /// One element of an array.
    template <class T, std::size_t N>
    const T& one_of(const T (&all)[N]) noexcept {
        return all[below(N)];
    }

    /// The text up to the end of the line, which is passed over.
    std::string_view line() noexcept {
        const auto text = rest_.substr(0, rest_.find('\n'));
        rest_.remove_prefix((std::min)(rest_.size(), text.size() + 1));
        return text;
    }

    std::string_view rest() const noexcept { return rest_; }

private:
    std::string_view rest_;
};

/// Ends the program, so that the fuzzer keeps the input, if a property does not hold. `property` says what
/// must be true; `value` is shown beside it.
inline void require(bool holds, std::string_view property, std::string_view value = {}) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(property.size()), property.data());
    if (!value.empty()) std::fprintf(stderr, "value: %.*s\n", static_cast<int>(value.size()), value.data());
    std::abort();
}

/// A program part that is fed with arbitrary bytes.
struct target {
    std::string_view name;  ///< also of its corpus, `corpus/NAME`, and of its dictionary
    std::string_view about; ///< what is read, and what must hold
    void (*run)(input);
    std::size_t longest; ///< bytes of an input
};

} // namespace fuzz
