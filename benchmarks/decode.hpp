// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// A task's last reply, read.
#pragma once

#include <cstddef>

namespace bench {

/// Whether all decoders read the same; says on stderr which does not.
bool decoders_agree();

/// The strings of the result that need memory of their own.
std::size_t strings_on_the_heap();

} // namespace bench
