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

/// Keeps the file to one process at a time: two of them would overwrite each other's tasks.
class token_lock {
public:
    token_lock() = default;
    ~token_lock();
    token_lock(const token_lock&) = delete;
    token_lock& operator=(const token_lock&) = delete;

    /// Fails if another process holds it, or if the folder cannot be written.
    wan::result<void> acquire(const std::string& file);

private:
    std::string path_;
    int fd_ = -1;
};

} // namespace cli
