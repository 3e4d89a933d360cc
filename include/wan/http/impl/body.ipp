// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/byte_source.hpp>
#include <wan/http/body.hpp>

#include <algorithm>
#include <array>
#include <boost/throw_exception.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>

namespace wan::inline WAN_ABI {

WAN_DECL std::string to_string(const unreadable_body& e) {
    return "a media file of the request cannot be read at byte " + std::to_string(e.position) +
           " of the body: check that it was not changed or removed, and start again";
}

[[noreturn]] WAN_DECL void throw_exception_from_error(const unreadable_body& e) {
    boost::throw_exception(std::runtime_error(to_string(e)));
}

WAN_DECL std::uint64_t http_body::medium::size() const noexcept {
    return encoding == body_encoding::base64 ? base64_size(bytes->size()) : bytes->size();
}

WAN_DECL std::uint64_t http_body::size() const noexcept {
    std::uint64_t size = text_.size();
    for (const auto& m : media_) size += m.size() + m.text_after.size();
    return size;
}

WAN_DECL result<std::size_t, unreadable_body> http_body_reader::read(std::span<char> buffer) noexcept {
    std::size_t filled = 0;
    while (filled < buffer.size() && part_ <= 2 * body_->media_.size()) {
        const auto size = part_size();
        if (position_ == 0) part_began_with_ = size;
        if (size != part_began_with_) return unreadable_body{before_}; // the source has changed
        const auto wanted =
            static_cast<std::size_t>((std::min<std::uint64_t>)(buffer.size() - filled, size - position_));
        const auto got = copy(buffer.subspan(filled, wanted));
        filled += got;
        position_ += got;
        before_ += got;
        if (got < wanted) return unreadable_body{before_};
        if (position_ == size) ++part_, position_ = 0;
    }
    return filled;
}

WAN_DECL std::size_t http_body_reader::copy(std::span<char> to) const noexcept {
    if (to.empty()) return 0;
    if (is_text()) {
        std::memcpy(to.data(), text().data() + position_, to.size());
        return to.size();
    }
    const auto& bytes = *medium().bytes;
    if (medium().encoding == body_encoding::base64) return copy_base64(bytes, to);
    return detail::read_from(bytes, position_, std::as_writable_bytes(to));
}

/// Writes base64; may start and end in the middle of a group of four digits.
WAN_DECL std::size_t http_body_reader::copy_base64(const byte_source& bytes,
                                                   std::span<char> to) const noexcept {
    std::size_t filled = 0;
    while (filled < to.size()) {
        const auto at = position_ + filled;
        const auto skipped = static_cast<std::size_t>(at % 4);
        const auto left = to.size() - filled;
        if (skipped != 0 || left < 4) {
            std::array<char, 4> digits;
            if (!encode_groups(bytes, at / 4 * 3, digits)) return filled;
            const auto n = (std::min)(left, 4 - skipped);
            std::memcpy(to.data() + filled, digits.data() + skipped, n);
            filled += n;
        } else {
            const auto n = (std::min)(left / 4 * 4, std::size_t{16} * 1024);
            if (!encode_groups(bytes, at / 4 * 3, to.subspan(filled, n))) return filled;
            filled += n;
        }
    }
    return filled;
}

/// Encodes whole groups of four digits; the last group may be padded.
WAN_DECL bool http_body_reader::encode_groups(const byte_source& bytes, std::uint64_t offset,
                                              std::span<char> to) const noexcept {
    if (offset > bytes.size()) return false;
    const auto size =
        static_cast<std::size_t>((std::min<std::uint64_t>)(to.size() / 4 * 3, bytes.size() - offset));
    if (base64_size(size) != to.size()) return false; // the source has become shorter
    if (const auto all = bytes.in_memory(); !all.empty() && all.size() == bytes.size()) {
        encode_(all.subspan(static_cast<std::size_t>(offset), size), to.data());
        return true;
    }
    std::array<std::byte, 12 * 1024> read;
    if (detail::read_from(bytes, offset, std::span{read}.first(size)) != size) return false;
    encode_(std::span{read}.first(size), to.data());
    return true;
}

WAN_DECL result<std::string, unreadable_body> http_body::flatten(base64_encoder encode) const {
    std::string whole;
    constexpr std::uint64_t most = (std::numeric_limits<std::ptrdiff_t>::max)();
    if (size() > (std::min)(most, std::uint64_t{whole.max_size()})) return unreadable_body{most};
    whole.resize(static_cast<std::size_t>(size()));
    if (const auto done = http_body_reader{*this, encode}.read(whole); !done) return done.error();
    return whole;
}

} // namespace wan::inline WAN_ABI
