// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/byte_source.hpp>
#include <wan/media/media.hpp>

namespace wan::inline WAN_ABI {

namespace detail {

class owned_bytes final : public byte_source {
public:
    explicit owned_bytes(std::vector<std::byte> bytes) noexcept : bytes_(std::move(bytes)) {}

    std::uint64_t size() const noexcept override { return bytes_.size(); }
    std::span<const std::byte> in_memory() const noexcept override { return bytes_; }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        return borrowed_bytes{bytes_}.read(offset, to);
    }

private:
    std::vector<std::byte> bytes_;
};

} // namespace detail

WAN_DECL media::media(std::shared_ptr<const byte_source> bytes, std::string name, media_transfer transfer)
    : url_(std::move(name)), bytes_(std::move(bytes)), transfer_(transfer) {
    if (bytes_ == nullptr) bytes_ = std::make_shared<borrowed_bytes>(std::span<const std::byte>{});
}

WAN_DECL media media::borrowed(std::span<const std::byte> bytes, std::string name, media_transfer transfer) {
    return media{std::make_shared<borrowed_bytes>(bytes), std::move(name), transfer};
}

WAN_DECL media media::owned(std::vector<std::byte> bytes, std::string name, media_transfer transfer) {
    return media{std::make_shared<detail::owned_bytes>(std::move(bytes)), std::move(name), transfer};
}

} // namespace wan::inline WAN_ABI
