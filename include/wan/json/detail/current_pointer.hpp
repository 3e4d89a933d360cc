// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/pick.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wan::inline WAN_ABI::json::detail {

/// The JSON pointer of the parser's current value. A pointer that is longer than all requested pointers is
/// not kept, because it cannot match.
class current_pointer {
public:
    std::size_t depth() const noexcept { return depth_; }
    bool is_kept() const noexcept { return kept_; }
    /// Valid only while the pointer is kept.
    std::string_view text() const noexcept { return {pointer_.data(), size_}; }

    /// Returns whether the innermost object or array is the array at that pointer.
    bool is_in_array(std::string_view array) const noexcept {
        if (depth_ == 0) return false;
        const auto& innermost = levels_[depth_ - 1];
        return innermost.is_array && innermost.is_kept &&
               std::string_view{pointer_.data(), innermost.size} == array;
    }
    /// Returns how many elements of the innermost array have begun.
    std::uint32_t elements() const noexcept { return levels_[depth_ - 1].elements; }

    void open(bool is_array) noexcept {
        levels_[depth_++] = {0, static_cast<std::uint16_t>(size_), is_array, kept_};
    }
    void close() noexcept {
        --depth_;
        size_ = levels_[depth_].size;
        kept_ = levels_[depth_].is_kept;
    }

    void begin_key() noexcept {
        back_to_level();
        append("/");
    }

    /// In an array, each value advances the pointer to the next element.
    void begin_value() noexcept {
        if (depth_ == 0 || !levels_[depth_ - 1].is_array) return;
        back_to_level();
        char digits[12] = {'/'};
        const auto end =
            std::to_chars(digits + 1, digits + sizeof digits, levels_[depth_ - 1].elements++).ptr;
        append({digits, static_cast<std::size_t>(end - digits)});
    }

    /// This function searches with a loop, because `find_first_of` would take longer than the rest of the
    /// parse.
    void append_escaped(std::string_view key) noexcept {
        while (kept_) {
            std::size_t clean = 0;
            while (clean < key.size() && key[clean] != '~' && key[clean] != '/') ++clean;
            append(key.substr(0, clean));
            if (clean == key.size()) return;
            append(key[clean] == '~' ? "~0" : "~1");
            key.remove_prefix(clean + 1);
        }
    }

private:
    struct level {
        std::uint32_t elements = 0; ///< for an array: the number of elements that have begun
        std::uint16_t size = 0;     ///< size of the pointer to this object or array
        bool is_array = false;
        bool is_kept = true; ///< whether the whole pointer to this object or array fitted
    };

    void back_to_level() noexcept {
        size_ = levels_[depth_ - 1].size;
        kept_ = levels_[depth_ - 1].is_kept;
    }

    void append(std::string_view text) noexcept {
        kept_ = kept_ && text.size() <= pointer_.size() - size_;
        if (!kept_) return;
        std::memcpy(pointer_.data() + size_, text.data(), text.size());
        size_ += text.size();
    }

    std::array<char, 128> pointer_;
    std::size_t size_ = 0;
    bool kept_ = true;
    std::array<level, max_depth + 1> levels_;
    std::size_t depth_ = 0;
};

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
