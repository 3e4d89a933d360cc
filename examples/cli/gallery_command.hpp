// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Writes the gallery of a batch.
#pragma once

#include <wan/error.hpp>

#include <string>

namespace cli {

struct gallery_command_options {
    std::string state;     ///< directory of the state
    std::string out = "."; ///< directory of the page
    bool json = false;
};

int gallery(const gallery_command_options& options);

/// Writes the gallery of the state's shots into the directory. Returns the path of the page.
wan::result<std::string> write_gallery_of(const std::string& state, const std::string& directory);

} // namespace cli
