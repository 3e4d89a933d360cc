// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Models that a program learns at run time.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/model/limits.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI {

/// Rows of models that own what they refer to. A move leaves the rows where they are; a catalog that was
/// moved from is empty. Like a standard container: const functions may be called from several threads at
/// once.
class model_catalog {
public:
    model_catalog() noexcept;                           ///< without rows
    model_catalog(model_catalog&&) noexcept;            ///< takes the rows over
    model_catalog& operator=(model_catalog&&) noexcept; ///< takes the rows over
    ~model_catalog();

    /// Valid until a row is added.
    std::span<const model_limits> rows() const noexcept;

    /// Adds a row that refers to what outlives the catalog, or to what it keeps.
    void add(const model_limits& row);
    /// Adds those of the rows whose model it lacks: a catalog comes before the built-in rows so.
    void add_missing(std::span<const model_limits> rows);

    /// Returns a copy of the text that lives as long as the catalog.
    std::string_view keep(std::string text);
    /// The same, of a list of words.
    std::span<const std::string_view> keep(std::vector<std::string_view> list);
    /// The same, of a list of sizes.
    std::span<const video_shape> keep(std::vector<video_shape> list);

private:
    struct contents;

    contents& made();

    std::unique_ptr<contents> contents_;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/model/impl/model_catalog.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
