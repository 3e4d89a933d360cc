// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns the edit distance (Levenshtein) between two names, i.e. the number of letters that must be
/// changed, added or removed. Returns at most 31. Ignores case.
constexpr std::size_t edit_distance(std::string_view a, std::string_view b) noexcept {
    constexpr std::size_t longest = 31;
    if (a.size() > longest || b.size() > longest) return longest;
    std::array<std::size_t, longest + 1> row{};
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto replaced = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
            diagonal = row[j];
            row[j] = (std::min)({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

/// Returns the name that was probably meant; empty if no name is similar.
constexpr std::string_view nearest_name(std::string_view given,
                                        std::span<const std::string_view> names) noexcept {
    std::string_view nearest;
    std::size_t least = 4;
    for (const auto name : names) {
        // A name that was cut short, or is longer, is meant only if no other name is similar.
        const bool cut_short = given.size() > 3 && (name.starts_with(given) || given.starts_with(name));
        const auto letters = edit_distance(given, name);
        const std::size_t distance = letters < 3 ? letters : cut_short ? 3 : 4;
        if (distance >= least || distance >= name.size()) continue;
        least = distance;
        nearest = name;
    }
    return nearest;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
