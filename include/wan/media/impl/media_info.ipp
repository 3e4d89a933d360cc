// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/media/media_info.hpp>

#include <boost/throw_exception.hpp>

#include <stdexcept>
#include <string>

namespace wan::inline WAN_ABI {

[[noreturn]] WAN_DECL void throw_exception_from_error(const inspect_error& e) {
    boost::throw_exception(std::runtime_error(std::string(e.what)));
}

} // namespace wan::inline WAN_ABI
