// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/files/storage.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace cli {

wan::error storage_error(const std::string& what, const std::string& file, std::string_view what_to_do) {
    wan::error failed{.category = wan::error_category::storage,
                      .message = what + " " + file + ": " + std::strerror(errno)};
    if (!what_to_do.empty()) failed.message.append("; ").append(what_to_do);
    return failed;
}

bool write_all(int fd, std::string_view text) {
    for (std::size_t done = 0; done < text.size();) {
        const auto n = ::write(fd, text.data() + done, text.size() - done);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) done += static_cast<std::size_t>(n);
    }
    return true;
}

bool sync_file(const std::string& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool synced = ::fsync(fd) == 0;
    return ::close(fd) == 0 && synced;
}

wan::result<void> replace_file(const std::string& what, const std::string& file, std::string_view text,
                               mode_t mode) {
    const auto temporary = file + ".tmp" + std::to_string(::getpid());
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0) return storage_error(what, file, check_disk);
    bool written = write_all(fd, text) && ::fsync(fd) == 0;
    written = ::close(fd) == 0 && written;
    if (!written || std::rename(temporary.c_str(), file.c_str()) != 0) {
        auto failed = storage_error(what, file, check_disk);
        ::unlink(temporary.c_str());
        return failed;
    }
    sync_directory_of(file);
    return {};
}

void sync_directory_of(const std::string& file) {
    auto directory = std::filesystem::path{file}.parent_path();
    if (directory.empty()) directory = ".";
    if (const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

std::error_code make_directories(const std::string& directory) {
    std::error_code failed, ignored;
    auto path = std::filesystem::absolute(directory, failed);
    if (failed) return failed;
    if (!path.has_filename()) path = path.parent_path(); // "a/" is "a"
    // An earlier process may have created it, and been killed before it synced.
    std::vector<std::filesystem::path> unsynced{path};
    for (auto at = path.parent_path(); at.has_relative_path() && !std::filesystem::exists(at, ignored);
         at = at.parent_path())
        unsynced.push_back(at);
    std::filesystem::create_directories(path, failed);
    if (failed) return failed;
    for (const auto& each : unsynced) sync_directory_of(each.string());
    return {};
}

std::optional<std::int64_t> written_at(const std::string& file) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return static_cast<std::int64_t>(status.st_mtime);
}

temporary_video::temporary_video() {
    std::error_code none;
    auto name = (std::filesystem::temp_directory_path(none) / "wan-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) folder_ = name; // otherwise the download fails to write
}

temporary_video::~temporary_video() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

wan::result<void> temporary_video::write_to_stdout() const {
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is reported as a write error
    std::ifstream in{file(), std::ios::binary};
    std::string piece(std::size_t{1} << 16, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0)
        if (!write_all(STDOUT_FILENO,
                       std::string_view{piece}.substr(0, static_cast<std::size_t>(in.gcount()))))
            return storage_error("cannot write to", "standard output");
    return in.eof() ? wan::result<void>{} : storage_error("cannot read", file());
}

wan::result<void> file_lock::acquire(const std::string& file) {
    path_ = file + ".lock";
    for (;;) {
        fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (fd_ < 0) return storage_error("cannot create", path_, "choose a writable directory");
        if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
            auto failed =
                errno == EWOULDBLOCK
                    ? wan::error{.category = wan::error_category::token,
                                 .message =
                                     file +
                                     " is in use by another wan process; wait until that one has ended"}
                    : storage_error("cannot lock", path_, "choose a directory on a local disk");
            ::close(std::exchange(fd_, -1));
            return failed;
        }
        // Its last holder may have removed the file between open and lock.
        struct stat held{}, named{};
        if (::fstat(fd_, &held) == 0 && ::stat(path_.c_str(), &named) == 0 && held.st_ino == named.st_ino)
            return {};
        ::close(std::exchange(fd_, -1));
    }
}

file_lock::~file_lock() {
    if (fd_ < 0) return;
    ::unlink(path_.c_str());
    ::close(fd_);
}

} // namespace cli
