// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The resume token on disk.
#pragma once

#include <wan/error.hpp>
#include <wan/task/token.hpp>

#include <string>

namespace cli {

/// Replaces the file in one step: after a crash it holds the old token or the new one, whole.
wan::result<void> write_token(const std::string& file, const wan::resume_token& token);

wan::result<wan::resume_token> load_token(const std::string& file);

/// Fails if a new task must not write its token over this file: because it holds an unfinished task, or because it
/// is something else.
wan::result<void> may_overwrite(const std::string& file);

} // namespace cli
