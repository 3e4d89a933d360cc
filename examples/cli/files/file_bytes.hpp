// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A file as a source of bytes.
#pragma once

#include <wan/byte_source.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cli {

/// A regular file. It is open only while it is read, because a batch has many files. Reading fails if the
/// file was changed or replaced since it was opened first.
class file_bytes final : public wan::byte_source {
public:
    explicit file_bytes(std::string path) : path_(std::move(path)) {
        const open_file file{path_};
        if (!file || ::fstat(file.number, &status_) != 0)
            why_ = std::strerror(errno);
        else if (!S_ISREG(status_.st_mode))
            why_ = "not a regular file";
    }

    /// Returns why the file cannot be read; empty if it can.
    const std::string& why_not() const noexcept { return why_; }

    std::uint64_t size() const noexcept override {
        return why_.empty() ? static_cast<std::uint64_t>(status_.st_size) : 0;
    }

    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        const open_file file{path_};
        if (!file || !is_same(file.number)) return 0;
        std::size_t done = 0;
        while (done < to.size() && offset + done < size()) {
            const auto n =
                ::pread(file.number, to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) break;
            done += static_cast<std::size_t>(n);
        }
        return done;
    }

private:
    struct open_file {
        explicit open_file(const std::string& path) noexcept
            : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
        open_file(const open_file&) = delete;
        open_file& operator=(const open_file&) = delete;
        ~open_file() {
            if (number >= 0) ::close(number);
        }
        explicit operator bool() const noexcept { return number >= 0; }

        int number;
    };

    bool is_same(int file) const noexcept {
        struct stat now{};
        return ::fstat(file, &now) == 0 && now.st_dev == status_.st_dev && now.st_ino == status_.st_ino &&
               now.st_size == status_.st_size && now.st_mtim.tv_sec == status_.st_mtim.tv_sec &&
               now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
    }

    std::string path_;
    struct stat status_ = {};
    std::string why_;
};

} // namespace cli
