// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The orders of a person for single shots.
#pragma once

#include <wan/error.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cli {

enum class shot_order {
    pause,    ///< a waiting shot is not submitted until it is resumed
    resume,   ///< a paused shot waits again
    cancel,   ///< a waiting or paused shot is not submitted; a task that has not started is canceled
    download, ///< a video of which only the URL is known is downloaded
    retry,    ///< a shot that failed, expired, was canceled, rejected or set aside is submitted again
};

struct ordered {
    std::size_t changed = 0; ///< shots
    /// Of the named shots, those that the order cannot change, with their state: "dusk is done".
    std::vector<std::string> others;
};

/// Changes the shots with these names, or without names all shots to which the order applies. Fails with
/// `invalid_request` if there is no state, or no shot of a name; then nothing is changed.
wan::result<ordered> give_order(const std::string& where, shot_order what,
                                const std::vector<std::string>& names);

} // namespace cli
