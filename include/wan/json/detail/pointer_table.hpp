// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/detail/pointer_index.hpp>
#include <wan/json/pick.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::json::detail {

/// The pointers of wanted values, as a table for the reader. A const table may be used by several threads.
class pointer_table {
public:
    static constexpr std::uint8_t no_row = pointer_index::no_row;

    constexpr pointer_table() noexcept = default;
    /// `pointer_of(i)` returns the pointer of row i, or nullptr if the row has none. `is_same(i, j)` returns
    /// whether both rows have the same target: the first of them whose value is present wins.
    template <class PointerOf, class IsSame>
    constexpr pointer_table(std::size_t rows, PointerOf pointer_of, IsSame is_same) noexcept {
        is_complete_ = rows <= max_picks;
        for (std::size_t i = 0; i < rows && i < max_picks; ++i) {
            const std::string_view* const pointer = pointer_of(i);
            if (pointer == nullptr) continue;
            is_complete_ = tree_.add(*pointer, static_cast<std::uint8_t>(i)) && is_complete_;
            for (std::size_t j = 0; j < i; ++j)
                if (pointer_of(j) != nullptr && is_same(i, j)) earlier_[i] |= std::uint64_t{1} << j;
        }
    }

    /// Returns false if some rows were left out: there are more than `max_picks`, or `max_nodes`.
    constexpr bool is_complete() const noexcept { return is_complete_; }
    const pointer_index& tree() const noexcept { return tree_; }
    /// Returns a bit for each earlier row with the same target.
    std::uint64_t earlier(std::size_t row) const noexcept { return earlier_[row]; }
    /// Adds a pointer that no row has.
    pointer_index::node add(std::string_view pointer) noexcept { return tree_.add(pointer); }

private:
    pointer_index tree_;
    std::array<std::uint64_t, max_picks> earlier_{};
    bool is_complete_ = true;
};

/// Where the values of a table's rows go.
struct targets {
    /// The target of a row.
    struct target {
        std::string* text = nullptr;
        std::optional<double>* number = nullptr;
        bool takes_only_element = false;
    };

    const pointer_table* table = nullptr;
    target (*of)(const void* context, std::size_t row) = nullptr;
    const void* context = nullptr;
};

inline targets::target target_of_pick(const void* picks, std::size_t row) noexcept {
    const auto& p = static_cast<const pick*>(picks)[row];
    return {p.text, p.number, p.takes_only_element};
}

inline pointer_table table_of(std::span<const pick> picks) noexcept {
    return {picks.size(), [&](std::size_t i) { return &picks[i].pointer; },
            [&](std::size_t i, std::size_t j) {
                return picks[i].text == picks[j].text && picks[i].number == picks[j].number;
            }};
}

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
