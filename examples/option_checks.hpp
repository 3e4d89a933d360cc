// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks of the values of command line options, whose messages say what is allowed.
#pragma once

#include <wan/printable.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace option_checks {

/// Returns the number as a person writes it: 0.001, 24, 1000000.
template <class T>
std::string to_text(T number) {
    char digits[64];
    const auto end = [&] {
        if constexpr (std::integral<T>)
            return std::to_chars(digits, digits + sizeof digits, number).ptr;
        else
            return std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed).ptr;
    }();
    return {digits, end};
}

/// Allows numbers from `least` to `most`; whole numbers if `T` is an integer type.
template <class T>
CLI::Validator between(T least, T most) {
    return {[least, most](const std::string& text) {
                T number{};
                const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
                if (failed == std::errc{} && end == text.data() + text.size() && number >= least &&
                    number <= most)
                    return std::string{};
                return wan::quoted(text, 100) + "; expected a " + (std::integral<T> ? "whole " : "") +
                       "number from " + to_text(least) + " to " + to_text(most);
            },
            ""};
}

/// Allows the given words.
inline CLI::Validator one_of(std::vector<std::string> words) {
    std::string all;
    std::string help;
    for (std::size_t i = 0; i < words.size(); ++i) {
        all += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
        help += (i == 0 ? "{" : ",") + words[i];
    }
    return {[words = std::move(words), all](const std::string& text) {
                if (std::find(words.begin(), words.end(), text) != words.end()) return std::string{};
                return wan::quoted(text, 100) + "; expected " + all;
            },
            help + "}"};
}

} // namespace option_checks
