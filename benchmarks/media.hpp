// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// A request that carries a large frame within it: built and pulled, its base64 against coreutils, its
/// copying against memcpy.
#pragma once

#include <cstddef>

namespace bench {

/// The largest that wan2.7-i2v takes.
inline constexpr std::size_t frame_bytes = std::size_t{20} << 20;

/// Whether the pulled body holds what coreutils' base64 makes of the frame; says so on stderr if not. Where
/// there is no coreutils, its benchmark is left out. To be called before other benchmarks have used memory,
/// which would hide what this uses.
bool frame_encoders_agree();

} // namespace bench
