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
    bool is_fetched = false;  ///< its video is completely on the disk
    std::string fetched_file; ///< an absolute path
};

/// Replaces the file atomically: after a crash it contains either the old or the new token.
wan::result<void> write_token(const std::string& file, const kept_token& kept);

wan::result<kept_token> load_token(const std::string& file);

/// Fails if a new task must not overwrite the file that `--token` names: the file contains an unfinished task
/// or one whose video may not have been downloaded, or it is not a token.
wan::result<void> may_overwrite(const wait_options& options);

} // namespace cli
