// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Catalogs at run time: models that a program learns after it was compiled. \ref models.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/model/limits.hpp>

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

/// Rows of models that own what they refer to.
class catalog {
public:
    catalog() = default;
    catalog(catalog&&) noexcept = default;            ///< the rows stay where they are
    catalog& operator=(catalog&&) noexcept = default; ///< the rows stay where they are
    catalog(const catalog&) = delete;                 ///< its rows refer to it
    catalog& operator=(const catalog&) = delete;      ///< its rows refer to it

    /// Valid as long as the catalog lives.
    std::span<const model_limits> rows() const noexcept { return rows_; }

    /// Adds a row that refers to what outlives the catalog.
    void add(const model_limits& row) { rows_.push_back(row); }
    /// Returns a copy of the text that lives as long as the catalog.
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
    /// The same, of a list.
    template <class T>
    std::span<const T> keep(std::vector<T> list);

private:
    std::vector<model_limits> rows_;
    std::deque<std::string> texts_;
    std::deque<std::vector<std::string_view>> lists_;
    std::deque<std::vector<video_shape>> shapes_;
};

template <>
inline std::span<const std::string_view> catalog::keep(std::vector<std::string_view> list) {
    return lists_.emplace_back(std::move(list));
}
template <>
inline std::span<const video_shape> catalog::keep(std::vector<video_shape> list) {
    return shapes_.emplace_back(std::move(list));
}

/// Reads what `to_json` writes: `{"models": [{"model": "wan4.0-video", "jobs": ["text_to_video"], ...}]}`.
/// The members are those of `model_limits`, in any order. A member that is left out: the model does not take
/// it. Fails with a violation for each mistake; its message names the line, the field, the value and what is
/// allowed.
WAN_DECL result<catalog> read_catalog(std::string_view json);

/// Writes rows as JSON, a line for each model; members that the model does not take are left out.
WAN_DECL std::string to_json(std::span<const model_limits> rows);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/model/impl/catalog_json.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
