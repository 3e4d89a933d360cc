// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Models that a program adds at run time.
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

/// Rows of models, and the data that they refer to. Moving a catalog does not relocate its rows; a moved-from
/// catalog is empty.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// auto catalog = wan::read_catalog(text);
/// if (!catalog) return catalog.error();
/// catalog->add_missing(wan::models_of(provider)); // the built-in rows of the other models
/// provider.catalog = std::make_shared<const wan::model_catalog>(*std::move(catalog));
/// \endcode
class model_catalog {
public:
    model_catalog() noexcept;                           ///< creates a catalog without rows
    model_catalog(model_catalog&&) noexcept;            ///< takes the rows of the other catalog
    model_catalog& operator=(model_catalog&&) noexcept; ///< takes the rows of the other catalog
    ~model_catalog();

    /// Returns the rows; the span is valid until another row is added.
    std::span<const model_limits> rows() const noexcept;

    /// Adds a row. The row may refer only to data that outlives the catalog or that `keep` returned.
    void add(const model_limits& row);
    /// Adds the rows of those models that the catalog lacks. The catalog's rows thus take precedence over the
    /// given rows.
    void add_missing(std::span<const model_limits> rows);

    /// Stores a text and returns a view of it. The view is valid while the catalog exists.
    std::string_view keep(std::string text);
    /// Overload for a list of words.
    std::span<const std::string_view> keep(std::vector<std::string_view> list);
    /// Overload for a list of sizes.
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
