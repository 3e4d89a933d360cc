// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The resume token on disk.
#pragma once

#include "cli/options.hpp"

#include <wan/error.hpp>
#include <wan/task/resume_token.hpp>

#include <string>

namespace cli {

struct kept_token {
    wan::resume_token token;
    bool is_fetched = false; ///< its video is on the disk, whole
};

/// Replaces the file in one step: after a crash it holds the old token or the new one, whole.
wan::result<void> write_token(const std::string& file, const kept_token& kept);

wan::result<kept_token> load_token(const std::string& file);

/// Fails if a new task must not write its token over the file of `--token`: because that holds an unfinished
/// task, or one whose video was not fetched as far as is known, or because it is something else.
wan::result<void> may_overwrite(const wait_options& options);

} // namespace cli
