// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/media/media_info.hpp>

#include <boost/throw_exception.hpp>

#include <stdexcept>
#include <string>

namespace wan::inline WAN_ABI {

WAN_DECL std::string to_string(const inspect_error& e) {
    std::string text{e.what};
    // Another copy of the file helps only if its bytes are wrong; otherwise `what` says what to do.
    if (e.problem != inspect_problem::unknown_format && e.what.find(';') == std::string_view::npos)
        text.append("; the file may be damaged or incomplete: export or download it again");
    return text;
}

[[noreturn]] WAN_DECL void throw_exception_from_error(const inspect_error& e) {
    boost::throw_exception(std::runtime_error(std::string(e.what)));
}

} // namespace wan::inline WAN_ABI
