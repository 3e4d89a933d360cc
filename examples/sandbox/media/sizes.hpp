// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/store/tasks.hpp"

#include <wan/model/limits.hpp>
#include <wan/video/output_size.hpp>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>

namespace sandbox {

inline bool sides_fit(wan::frame_size size, const wan::range_limit& limit) {
    const auto fits = [&](std::uint32_t side) { return side >= limit.min && side <= limit.max; };
    return fits(size.width) && fits(size.height);
}

/// A ratio of 0 means no limit.
inline bool ratio_fits(wan::frame_size size, double most) {
    const double longer = (std::max)(size.width, size.height);
    const double shorter = (std::min)(size.width, size.height);
    return most == 0 || longer <= most * shorter;
}

inline outcome wrong_ratio(double limit) {
    std::ostringstream shown;
    shown << limit;
    const auto most = shown.str();
    return failure("InvalidFile.AspectRatio", "Invalid file ratio. The file aspect ratio must be between " +
                                                  most + ":1 and 1:" + most + ".");
}

} // namespace sandbox
