// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/json/detail/picker.hpp>
#include <wan/json/read.hpp>

#include <span>
#include <string_view>

namespace wan::inline WAN_ABI::json {

WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks) {
    return detail::read(text, picks, nullptr);
}

WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks, const rows& each) {
    return detail::read(text, picks, &each);
}

} // namespace wan::inline WAN_ABI::json
