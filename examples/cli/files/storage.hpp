// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What files that must survive a crash need.
#pragma once

#include <wan/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// What could not be done, with the file and the system's reason.
wan::error storage_error(const std::string& what, const std::string& file);

bool write_all(int fd, std::string_view text);

/// Whether all of it is on the disk.
bool sync_file(const std::string& file);

/// So that a file that was made or renamed there is there after a crash.
void sync_directory_of(const std::string& file);

/// When a regular file was last written, in seconds since 1970; nothing if there is none.
std::optional<std::int64_t> written_at(const std::string& file);

/// A video on its way to standard output: it is fetched whole before its first byte goes there. Removed at
/// the end.
class temporary_video {
public:
    temporary_video();
    ~temporary_video();
    temporary_video(const temporary_video&) = delete;
    temporary_video& operator=(const temporary_video&) = delete;

    /// In a folder of its own.
    std::string file() const { return folder_ + "/video"; }
    wan::result<void> write_to_stdout() const;

private:
    std::string folder_;
};

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
