// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What files that must survive a crash need.
#pragma once

#include <wan/error.hpp>

#include <string>

namespace cli {

/// What could not be done, with the file and the system's reason.
wan::error storage_error(const std::string& what, const std::string& file);

bool write_all(int fd, const std::string& text);

/// Whether all of it is on the disk.
bool sync_file(const std::string& file);

/// So that a file that was made or renamed there is there after a crash.
void sync_directory_of(const std::string& file);

/// Keeps the file to one process at a time: two of them would overwrite each other's work.
class file_lock {
public:
    file_lock() = default;
    ~file_lock();
    file_lock(const file_lock&) = delete;
    file_lock& operator=(const file_lock&) = delete;

    /// Fails if another process holds it, or if the folder cannot be written.
    wan::result<void> acquire(const std::string& file);

private:
    std::string path_;
    int fd_ = -1;
};

} // namespace cli
