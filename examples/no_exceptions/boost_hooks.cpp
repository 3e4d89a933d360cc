// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A program built with -fno-exceptions must define these functions once: Boost calls them instead of
// throwing.
#include <boost/assert/source_location.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace boost {

void throw_exception(const std::exception& e) {
    std::fprintf(stderr, "fatal: %s\n", e.what());
    std::abort();
}

void throw_exception(const std::exception& e, const boost::source_location&) { throw_exception(e); }

} // namespace boost
