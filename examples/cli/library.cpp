// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The library, compiled once for all files of this program.
#include <wan/src.hpp>
