// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/nearest_word.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>

namespace cli {

namespace {

bool is_same_letter(char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

/// Returns the number of letters to change, add or remove to turn one word into the other (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto replaced = diagonal + (is_same_letter(a[i - 1], b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::string_view nearest_word(std::string_view given, const std::vector<std::string_view>& words) {
    constexpr std::size_t longest = 31; // of a word; a longer one is not a typing mistake
    std::string_view nearest;
    std::size_t least = 4;
    for (const auto word : words) {
        const bool cut_short = given.size() > 3 && (word.starts_with(given) || given.starts_with(word));
        const bool too_long = given.size() > longest || word.size() > longest;
        const auto letters = too_long ? longest : edit_distance(given, word);
        // A word that was cut short, or is longer, is meant only if no other word is similar.
        const std::size_t distance = letters < 3 ? letters : cut_short ? 3 : 4;
        if (distance >= least || distance >= word.size()) continue;
        least = distance;
        nearest = word;
    }
    return nearest;
}

} // namespace cli
