// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The bytes of a medium, from any place: memory, a file that the host opens, an engine's archive.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// Bytes that can be read at any place, any number of times, always the same. The library opens no file: a
/// host that has its media elsewhere than in memory derives from this. `read` is called when a request is
/// validated and when its body is pulled, on whichever threads the caller does that.
class byte_source {
public:
    constexpr byte_source() = default;
    byte_source(const byte_source&) = delete;
    byte_source& operator=(const byte_source&) = delete;
    virtual constexpr ~byte_source() = default;

    /// In bytes.
    virtual constexpr std::uint64_t size() const noexcept = 0;

    /// Fills `to` with the bytes from `offset` on and returns how many those were: as many as fit, up to the
    /// end. Fewer before the end mean that they cannot be read, and so does a number larger than `to` has
    /// room for.
    virtual constexpr std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept = 0;

    /// All bytes at once where they lie in memory, so that nothing is copied; empty elsewhere.
    virtual constexpr std::span<const std::byte> in_memory() const noexcept { return {}; }
};

/// Bytes in memory that belong to somebody else and stay as long as this.
class borrowed_bytes final : public byte_source {
public:
    /// Refers to the bytes; nothing is copied.
    constexpr explicit borrowed_bytes(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}
    constexpr ~borrowed_bytes() override {} // defaulted, GCC 12 does not have it in a constant expression

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

/// What all readers of a source call: how many bytes it read. None where it says more than it was asked for:
/// what lies in `to` is then not known.
constexpr std::size_t read_from(const byte_source& source, std::uint64_t offset,
                                std::span<std::byte> to) noexcept {
    const auto count = source.read(offset, to);
    return count <= to.size() ? count : 0;
}

} // namespace detail

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
