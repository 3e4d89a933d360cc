// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The bytes of a medium, from any storage: memory, a file that the host opens, or an engine's archive.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// Random access to the bytes of a medium. The bytes must not change: they may be read any number of times.
/// The library opens no files. If your media are not in memory, derive a class from this one. `read` is
/// called when a request is validated and while its body is sent, on the thread that does this work. A source
/// that several threads share must support concurrent calls.
/// \code
/// struct file_source final : wan::byte_source {
///     std::uint64_t size() const noexcept override;
///     std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override;
/// };
/// const wan::media frame{std::make_shared<file_source>(...), "frame.png"};
/// \endcode
class byte_source {
public:
    constexpr byte_source() = default;
    byte_source(const byte_source&) = delete;
    byte_source& operator=(const byte_source&) = delete;
    virtual constexpr ~byte_source() = default;

    /// Returns the size in bytes.
    virtual constexpr std::uint64_t size() const noexcept = 0;

    /// Fills `to` with the bytes at `offset` and returns their number: `to.size()`, or fewer at the end of
    /// the source. To report that the bytes cannot be read, return a smaller number before the end of the
    /// source. A number larger than `to.size()` has the same meaning.
    virtual constexpr std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept = 0;

    /// Returns all bytes if they are in memory, so that they need not be copied; otherwise returns an empty
    /// span.
    virtual constexpr std::span<const std::byte> in_memory() const noexcept { return {}; }
};

/// Bytes in memory that the caller owns; they must outlive this object.
/// Thread safety: a value; const access from several threads is safe.
class borrowed_bytes final : public byte_source {
public:
    /// Refers to the bytes without copying them.
    constexpr explicit borrowed_bytes(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}
    // GCC 12 rejects a defaulted destructor in a constant expression.
    constexpr ~borrowed_bytes() override {}

    constexpr std::uint64_t size() const noexcept override { return bytes_.size(); }
    constexpr std::span<const std::byte> in_memory() const noexcept override { return bytes_; }
    constexpr std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        if (offset >= bytes_.size()) return 0;
        const auto from = bytes_.subspan(static_cast<std::size_t>(offset));
        const auto n = from.size() < to.size() ? from.size() : to.size();
        if (std::is_constant_evaluated())
            for (std::size_t i = 0; i < n; ++i) to[i] = from[i];
        else if (n != 0)
            std::memcpy(to.data(), from.data(), n);
        return n;
    }

private:
    std::span<const std::byte> bytes_;
};

namespace detail {

/// Reads from a source; every reader in the library calls this function. Returns the number of bytes read, or
/// 0 if the source reports more bytes than were requested. The contents of `to` are then unknown.
constexpr std::size_t read_from(const byte_source& source, std::uint64_t offset,
                                std::span<std::byte> to) noexcept {
    const auto count = source.read(offset, to);
    return count <= to.size() ? count : 0;
}

} // namespace detail

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
