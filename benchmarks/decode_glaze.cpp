// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "decode_peers.hpp"

#ifdef WAN_BENCHMARK_GLAZE
#include "decode_structs.hpp"

#include <glaze/json.hpp>

namespace bench {

decoder glaze_decoder() noexcept {
    return [](std::string_view text) {
        reply_parts parts;
        constexpr glz::opts how{.error_on_unknown_keys = false};
        if (glz::read<how>(parts, text)) parts = {};
        return reply_of(std::move(parts));
    };
}

} // namespace bench
#else
bench::decoder bench::glaze_decoder() noexcept { return nullptr; }
#endif
