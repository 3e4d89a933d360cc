// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Files that must survive a crash.
#pragma once

#include <wan/error.hpp>
#include <wan/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <system_error>

namespace cli {

/// What a user can do about most storage errors.
inline constexpr std::string_view check_disk = "check the disk and permissions";

/// Returns an error with the failed action, the file, the system's reason, and what to do, if anything.
wan::error storage_error(const std::string& what, const std::string& file, std::string_view what_to_do = {});

bool write_all(int fd, std::string_view text);

/// Syncs the file to the disk. Returns whether that succeeded.
bool sync_file(const std::string& file);

/// Replaces the file with one that has this text, so that a reader or a crash never sees a part of it. Fails
/// with `what` as the failed action; the old file is then unchanged. `mode` is reduced by the umask.
wan::result<void> replace_file(const std::string& what, const std::string& file, std::string_view text,
                               mode_t mode);

/// Syncs the directory, so that a created or renamed file survives a crash.
void sync_directory_of(const std::string& file);

/// Creates the directory and those above it, if necessary, so that they survive a crash. Returns the reason
/// if that fails.
std::error_code make_directories(const std::string& directory);

/// Returns when a regular file was last written, in seconds since 1970; nothing if it does not exist.
std::optional<std::int64_t> written_at(const std::string& file);

/// A temporary file for a video that goes to standard output: it is downloaded completely before its first
/// byte is written. The destructor removes it.
class temporary_video {
public:
    temporary_video();
    ~temporary_video();
    temporary_video(const temporary_video&) = delete;
    temporary_video& operator=(const temporary_video&) = delete;

    /// Returns the file, in its own folder.
    std::string file() const { return folder_ + "/video"; }
    wan::result<void> write_to_stdout() const;

private:
    std::string folder_;
};

/// Locks a file for one process at a time, so that two processes cannot overwrite each other's data.
class file_lock {
public:
    file_lock() = default;
    ~file_lock();
    file_lock(const file_lock&) = delete;
    file_lock& operator=(const file_lock&) = delete;

    /// Fails if another process holds the lock, or if the folder is not writable or has no locks.
    wan::result<void> acquire(const std::string& file);

private:
    std::string path_;
    int fd_ = -1;
};

} // namespace cli
