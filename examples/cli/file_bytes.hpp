// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A file as a source of bytes.
#pragma once

#include <wan/bytes.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace cli {

/// A regular file, open as long as this lives. Its size is what it was when it was opened.
class file_bytes final : public wan::byte_source {
public:
    explicit file_bytes(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
        struct stat status{};
        if (file_ < 0 || ::fstat(file_, &status) != 0)
            why_ = std::strerror(errno);
        else if (!S_ISREG(status.st_mode))
            why_ = "no regular file";
        else
            size_ = static_cast<std::uint64_t>(status.st_size);
    }
    ~file_bytes() override {
        if (file_ >= 0) ::close(file_);
    }

    /// Why it cannot be read; empty if it can.
    const std::string& why_not() const noexcept { return why_; }

    std::uint64_t size() const noexcept override { return size_; }

    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        std::size_t done = 0;
        while (done < to.size() && offset + done < size_) {
            const auto n = ::pread(file_, to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) break;
            done += static_cast<std::size_t>(n);
        }
        return done;
    }

private:
    int file_;
    std::uint64_t size_ = 0;
    std::string why_;
};

} // namespace cli
