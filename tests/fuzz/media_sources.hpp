// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Bytes that do not lie in memory, as a host has them that reads files.
#pragma once

#include <wan/byte_source.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace fuzz {

/// A file that breaks off after `readable` bytes, although it says that it has all.
class file_bytes final : public wan::byte_source {
public:
    file_bytes(std::string_view bytes, std::size_t readable) noexcept : bytes_(bytes), readable_(readable) {}

    std::uint64_t size() const noexcept override { return bytes_.size(); }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        largest_ = (std::max)(largest_, to.size());
        const wan::borrowed_bytes there{std::as_bytes(std::span{bytes_.substr(0, readable_)})};
        return there.read(offset, to);
    }

    /// The most bytes that were asked for at once.
    std::size_t largest() const noexcept { return largest_; }

private:
    std::string_view bytes_;
    std::size_t readable_;
    mutable std::size_t largest_ = 0;
};

} // namespace fuzz
