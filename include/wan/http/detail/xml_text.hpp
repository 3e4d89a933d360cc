// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads the XML errors of object stores.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/printable.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::detail {

/// Returns the text of an element in an object store's XML, shortened and printable.
inline std::string xml_text(std::string_view xml, std::string_view element) {
    const auto open = "<" + std::string{element} + ">", close = "</" + std::string{element} + ">";
    const auto from = xml.find(open);
    if (from == std::string_view::npos) return {};
    auto text = xml.substr(from + open.size());
    const auto to = text.find(close);
    if (to == std::string_view::npos) return {};
    auto plain = printable(text.substr(0, to), 1000);
    constexpr std::pair<std::string_view, char> entities[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}};
    for (const auto& [entity, character] : entities)
        for (std::size_t at = 0; (at = plain.find(entity, at)) != std::string::npos; ++at)
            plain.replace(at, entity.size(), 1, character);
    return plain;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
