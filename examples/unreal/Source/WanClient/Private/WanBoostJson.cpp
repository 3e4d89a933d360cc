// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Boost.JSON, compiled once. Remove this file if Boost.JSON is linked. Clang compiles it without exceptions;
// GCC does from Boost 1.83 on. Not tested with MSVC.
#include <boost/json/src.hpp>
