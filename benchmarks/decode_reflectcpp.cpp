// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "decode_peers.hpp"

#ifdef WAN_BENCHMARK_REFLECTCPP
#include "decode_structs.hpp"

#include <rfl/json.hpp>

namespace bench {

decoder reflectcpp_decoder() noexcept {
    return [](std::string_view text) {
        auto parts = rfl::json::read<reply_parts>(text);
        return parts ? reply_of(std::move(*parts)) : wan::reply{};
    };
}

} // namespace bench
#else
bench::decoder bench::reflectcpp_decoder() noexcept { return nullptr; }
#endif
