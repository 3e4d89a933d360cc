// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The sizes of videos made from a text, by tier and ratio. Sources: DashScope's error texts and API
/// references.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/limits.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

// Generations 2.1 to 2.6: the values that `size` accepts. No other sizes are listed for 480P.
inline constexpr video_shape shapes_to_26[] = {
    {resolution::p480, "16:9", "832*480"},    {resolution::p480, "9:16", "480*832"},
    {resolution::p480, "1:1", "624*624"},     {resolution::p720, "16:9", "1280*720"},
    {resolution::p720, "9:16", "720*1280"},   {resolution::p720, "1:1", "960*960"},
    {resolution::p720, "4:3", "1088*832"},    {resolution::p720, "3:4", "832*1088"},
    {resolution::p1080, "16:9", "1920*1080"}, {resolution::p1080, "9:16", "1080*1920"},
    {resolution::p1080, "1:1", "1440*1440"},  {resolution::p1080, "4:3", "1632*1248"},
    {resolution::p1080, "3:4", "1248*1632"},
};

// Generation 2.7 accepts the ratio itself. Its sizes for 4:3 are different.
inline constexpr video_shape shapes_27[] = {
    {resolution::p720, "16:9", "1280*720"},   {resolution::p720, "9:16", "720*1280"},
    {resolution::p720, "1:1", "960*960"},     {resolution::p720, "4:3", "1104*832"},
    {resolution::p720, "3:4", "832*1104"},    {resolution::p1080, "16:9", "1920*1080"},
    {resolution::p1080, "9:16", "1080*1920"}, {resolution::p1080, "1:1", "1440*1440"},
    {resolution::p1080, "4:3", "1648*1248"},  {resolution::p1080, "3:4", "1248*1648"},
};

/// Returns the size for a tier and a ratio; empty if no shape has both.
constexpr std::string_view size_of(std::span<const video_shape> shapes, resolution tier,
                                   std::string_view ratio) noexcept {
    for (const auto& shape : shapes)
        if (shape.tier == tier && shape.ratio == ratio) return shape.size;
    return {};
}

/// Returns the size of a request's tier and ratio, for `json::combined`. Empty if neither is set, or if no
/// shape has both.
template <const auto& Shapes, resolution Default>
inline constexpr auto size_text =
    [](const std::optional<resolution>& tier, const std::optional<std::string>& ratio) noexcept {
        if (!tier && !ratio) return std::string_view{};
        return size_of(Shapes, tier.value_or(Default), ratio ? std::string_view{*ratio} : "16:9");
    };

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
