// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The file of --out.
#pragma once

#include "options.hpp"

#include <wan/error.hpp>
#include <wan/result.hpp>

namespace cli {

/// Whether the file may and could be written, before a video for it is paid.
wan::result<void> check_out(const wait_options& options);

} // namespace cli
