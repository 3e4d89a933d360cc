// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the headers of a medium in small windows, and gives up after a maximum number of reads.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/media/detail/byte_window.hpp>
#include <wan/media/media_info.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

class header_reader {
public:
    // A one-minute clip with one frame per fragment needs half of these reads; no other kind of file comes
    // close.
    static constexpr std::uint32_t max_reads = 131072; // the message in `truncated` names it

    constexpr header_reader(const byte_source& source, media_format format) noexcept
        : source_(source), size_(source.size()), format_(format) {}

    constexpr std::uint64_t size() const noexcept { return size_; }
    constexpr media_format format() const noexcept { return format_; }

    constexpr byte_window read(std::uint64_t offset, std::size_t wanted) noexcept {
        if (reads_ == max_reads) return {};
        ++reads_;
        const byte_window read(source_, offset, wanted);
        const std::uint64_t there = offset < size_ ? size_ - offset : 0;
        unreadable_ = unreadable_ || (!read && read.count() < there);
        return read;
    }

    /// Returns the error for missing bytes.
    constexpr inspect_error truncated(std::string_view what) const noexcept {
        if (reads_ == max_reads)
            return {inspect_problem::malformed, format_,
                    "the header was not found within 131072 reads, the library's limit"};
        if (unreadable_) return {inspect_problem::truncated, format_, cannot_read_bytes};
        return {inspect_problem::truncated, format_, what};
    }

    constexpr inspect_error malformed(std::string_view what) const noexcept {
        // Bytes that could not be read do not prove that the file is malformed.
        return reads_ == max_reads || unreadable_ ? truncated(what)
                                                  : inspect_error{inspect_problem::malformed, format_, what};
    }

    /// Returns whether reading stopped early, because bytes could not be read or there were too many reads.
    /// The results are then incomplete.
    constexpr bool gave_up() const noexcept { return unreadable_ || reads_ == max_reads; }

private:
    const byte_source& source_;
    std::uint64_t size_;
    media_format format_;
    std::uint32_t reads_ = 0;
    bool unreadable_ = false;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
