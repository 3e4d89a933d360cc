// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/model/model_catalog.hpp>

#include <algorithm>
#include <deque>
#include <utility>

namespace wan::inline WAN_ABI {

struct model_catalog::contents {
    std::vector<model_limits> rows;
    std::deque<std::string> texts; // a deque does not move its elements
    std::deque<std::vector<std::string_view>> words;
    std::deque<std::vector<video_shape>> shapes;
};

WAN_DECL model_catalog::model_catalog() noexcept = default;
WAN_DECL model_catalog::model_catalog(model_catalog&&) noexcept = default;
WAN_DECL model_catalog& model_catalog::operator=(model_catalog&&) noexcept = default;
WAN_DECL model_catalog::~model_catalog() = default;

WAN_DECL model_catalog::contents& model_catalog::made() {
    if (contents_ == nullptr) contents_ = std::make_unique<contents>();
    return *contents_;
}

WAN_DECL std::span<const model_limits> model_catalog::rows() const noexcept {
    return contents_ != nullptr ? std::span<const model_limits>{contents_->rows}
                                : std::span<const model_limits>{};
}

WAN_DECL void model_catalog::add(const model_limits& row) { made().rows.push_back(row); }

WAN_DECL void model_catalog::add_missing(std::span<const model_limits> rows) {
    auto& all = made().rows;
    for (const auto& row : rows)
        if (std::none_of(all.begin(), all.end(), [&](const auto& had) { return had.model == row.model; }))
            all.push_back(row);
}

WAN_DECL std::string_view model_catalog::keep(std::string text) {
    return made().texts.emplace_back(std::move(text));
}
WAN_DECL std::span<const std::string_view> model_catalog::keep(std::vector<std::string_view> list) {
    return made().words.emplace_back(std::move(list));
}
WAN_DECL std::span<const video_shape> model_catalog::keep(std::vector<video_shape> list) {
    return made().shapes.emplace_back(std::move(list));
}

} // namespace wan::inline WAN_ABI
