// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Models that a program learns at run time.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/limits.hpp>

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

/// Rows of models that own what they refer to.
class model_catalog {
public:
    model_catalog() = default;
    model_catalog(model_catalog&&) noexcept = default;            ///< the rows stay where they are
    model_catalog& operator=(model_catalog&&) noexcept = default; ///< the rows stay where they are
    model_catalog(const model_catalog&) = delete;                 ///< its rows refer to it
    model_catalog& operator=(const model_catalog&) = delete;      ///< its rows refer to it

    /// Valid as long as the catalog lives.
    std::span<const model_limits> rows() const noexcept { return rows_; }

    /// Adds a row that refers to what outlives the catalog.
    void add(const model_limits& row) { rows_.push_back(row); }
    /// Adds those of the rows whose model it lacks: a catalog comes before the built-in rows so.
    void add_missing(std::span<const model_limits> rows) {
        for (const auto& row : rows)
            if (find_row(row.model) == nullptr) rows_.push_back(row);
    }
    /// Returns a copy of the text that lives as long as the catalog.
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
    /// The same, of a list.
    template <class T>
    std::span<const T> keep(std::vector<T> list);

private:
    const model_limits* find_row(std::string_view model) const noexcept {
        for (const auto& row : rows_)
            if (row.model == model) return &row;
        return nullptr;
    }

    std::vector<model_limits> rows_;
    std::deque<std::string> texts_;
    std::deque<std::vector<std::string_view>> lists_;
    std::deque<std::vector<video_shape>> shapes_;
};

template <>
inline std::span<const std::string_view> model_catalog::keep(std::vector<std::string_view> list) {
    return lists_.emplace_back(std::move(list));
}
template <>
inline std::span<const video_shape> model_catalog::keep(std::vector<video_shape> list) {
    return shapes_.emplace_back(std::move(list));
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
