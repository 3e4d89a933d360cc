// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/executor.hpp>

#include <boost/throw_exception.hpp>

#include <stdexcept>

namespace wan::inline WAN_ABI {

[[noreturn]] WAN_DECL void throw_exception_from_error(const transport_error& e) {
    boost::throw_exception(std::runtime_error(e.message));
}

} // namespace wan::inline WAN_ABI
