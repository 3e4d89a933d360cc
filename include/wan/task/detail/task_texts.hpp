// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The texts that every waiting task has, in one block of memory.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// The texts of a task in one allocation, because a million tasks may wait: as strings, they would take an
/// allocation each, and 32 bytes more.
class task_texts {
public:
    enum kind : std::uint8_t { model, task_id, request_id, status };

    task_texts() noexcept = default;
    task_texts(task_texts&&) noexcept = default;
    task_texts& operator=(task_texts&&) noexcept = default;
    task_texts(const task_texts& other) : block_(copy(other.block_.get())) {}
    task_texts& operator=(const task_texts& other) { return *this = task_texts{other}; }
    ~task_texts() = default;

    /// Returns a text, as a view that is valid until one of the texts is set.
    std::string_view operator[](kind which) const noexcept {
        if (block_ == nullptr) return {};
        const auto begin = begin_of(block_.get(), which);
        return {block_.get() + begin, begin_of(block_.get(), which + 1u) - begin};
    }
    /// Sets a text, which may be a view of one of these texts. Allocates only if the text is longer than the
    /// one before; if that throws, nothing has changed.
    void set(kind which, std::string_view text);

private:
    using position = std::uint32_t;
    static constexpr unsigned count = status + 1;
    static constexpr position header = count * sizeof(position); ///< where each text ends
    static constexpr std::size_t max_text = std::size_t{1} << 29;

    static position begin_of(const char* block, unsigned text) noexcept {
        position begin = header;
        if (block != nullptr && text != 0)
            std::memcpy(&begin, block + (text - 1) * sizeof begin, sizeof begin);
        return begin;
    }
    static void set_end(char* block, unsigned text, position end) noexcept {
        std::memcpy(block + text * sizeof end, &end, sizeof end);
    }
    static std::unique_ptr<char[]> copy(const char* block);

    std::unique_ptr<char[]> block_; ///< the ends, then the texts; null: all are empty
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/task_texts.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
