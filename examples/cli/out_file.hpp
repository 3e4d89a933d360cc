// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The file that --out names.
#pragma once

#include "options.hpp"

#include <wan/error.hpp>
#include <wan/result.hpp>

namespace cli {

/// Fails if the file cannot or must not be written; call it before a video is paid for.
wan::result<void> check_out(const wait_options& options);

} // namespace cli
