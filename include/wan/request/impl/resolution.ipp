// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/printable.hpp>
#include <wan/request/resolution.hpp>

#include <string>

namespace wan::inline WAN_ABI {

WAN_DECL result<resolution> parse_resolution(std::string_view name) {
    if (const auto tier = from_wire<resolution>(name)) return *tier;
    std::string tiers, advice;
    auto left = wire_table<resolution>.size();
    for (const auto& tier : wire_table<resolution>) {
        tiers.append(tier.name).append(left-- > 2 ? ", " : left == 1 ? " or " : "");
        if (detail::equal_ignoring_case(name, tier.name)) advice = tier.name;
    }
    if (advice.empty()) advice = tiers;
    const auto shown = printable(name);
    return refusal({{.field = "resolution",
                     .rule = rule::one_of,
                     .value = shown,
                     .allowed = tiers,
                     .message = "resolution: " + (shown.empty() ? "empty" : shown) + "; use " + advice}});
}

} // namespace wan::inline WAN_ABI
