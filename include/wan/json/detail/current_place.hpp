// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/detail/pointer_index.hpp>
#include <wan/json/pick.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wan::inline WAN_ABI::json::detail {

/// Where the parser is: the node of the current value in a tree of pointers.
class current_place {
public:
    using node = pointer_index::node;

    std::size_t depth() const noexcept { return depth_; }
    /// Returns `none` if no pointer leads here.
    node here() const noexcept { return here_; }

    /// Returns whether the innermost object or array is the array with that node.
    bool is_in_array(node array) const noexcept {
        if (depth_ == 0 || array == pointer_index::none) return false;
        const auto& innermost = levels_[depth_ - 1];
        return innermost.is_array && innermost.at == array;
    }
    /// Returns how many elements of the innermost array have begun.
    std::uint32_t elements() const noexcept { return levels_[depth_ - 1].elements; }

    /// Enters an object or array, whose values are members of `of`.
    void open(bool is_array, node of) noexcept { levels_[depth_++] = {0, of, is_array}; }
    void close() noexcept { --depth_; }

    /// In an array, each value is the next element.
    void begin_value(const pointer_index& tree) noexcept {
        if (depth_ == 0) {
            here_ = pointer_index::root;
        } else if (auto& in = levels_[depth_ - 1]; in.is_array) {
            const auto index = in.elements++;
            here_ = in.at == pointer_index::none ? in.at : tree.element(in.at, index);
        }
    }

    void begin_key() noexcept { key_size_ = 0; }
    /// Only a key with an escape arrives in parts.
    void add_to_key(std::string_view part) noexcept {
        if (levels_[depth_ - 1].at == pointer_index::none) return;
        const bool fits = part.size() <= key_.size() - key_size_; // otherwise it is too long for any pointer
        if (fits) std::copy(part.begin(), part.end(), key_.begin() + static_cast<std::ptrdiff_t>(key_size_));
        key_size_ = fits ? key_size_ + part.size() : key_.size();
    }
    void end_key(std::string_view last_part, bool is_whole, const pointer_index& tree) noexcept {
        const auto of = levels_[depth_ - 1].at;
        if (!is_whole) add_to_key(last_part);
        here_ = of == pointer_index::none             ? of
                : is_whole                            ? tree.member(of, last_part)
                : key_size_ > pointer_index::max_name ? pointer_index::none
                                                      : tree.member(of, {key_.data(), key_size_});
    }

private:
    struct level {
        std::uint32_t elements; ///< for an array: the number of elements that have begun
        node at;
        bool is_array;
    };

    std::size_t depth_ = 0;
    node here_ = pointer_index::root;
    std::size_t key_size_ = 0; ///< of the parts that have arrived
    std::array<char, pointer_index::max_name + 1> key_;
    std::array<level, max_depth + 1> levels_; ///< those above `depth_` have no values yet
};

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
