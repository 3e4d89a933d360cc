// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/pick.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <type_traits>

namespace wan::inline WAN_ABI::json::detail {

/// A tree of JSON pointers (RFC 6901), each with the number of its row. A step from an object to a member is
/// one look into a hash table. The texts of the pointers must outlive it.
class pointer_index {
public:
    using node = std::uint8_t;
    static constexpr node root = 0, none = 255;
    static constexpr std::uint8_t no_row = 255;
    /// The maximum size of a member's name in a pointer.
    static constexpr std::size_t max_name = 128;

    constexpr pointer_index() noexcept = default;

    /// Adds a pointer, and returns its node. Returns `none` if the text is not a JSON pointer, which matches
    /// nothing, or if the tree is full.
    constexpr node add(std::string_view pointer) noexcept {
        if (!pointer.empty() && pointer.front() != '/') return none;
        node at = root;
        while (!pointer.empty()) {
            pointer.remove_prefix(1);
            const auto name = pointer.substr(0, pointer.find('/'));
            at = add_child(at, name);
            if (at == none) return none;
            pointer.remove_prefix(name.size());
        }
        return at;
    }
    /// Adds the pointer of a row. Of two rows with the same pointer, the first one counts. Returns false if
    /// the tree is full.
    constexpr bool add(std::string_view pointer, std::uint8_t row) noexcept {
        const auto at = add(pointer);
        if (at == none) return size_ < nodes_.size();
        if (nodes_[at].row == no_row) nodes_[at].row = row;
        return true;
    }

    /// Returns `none` if no pointer has that member.
    node member(node of, std::string_view name) const noexcept { return find(of, name); }
    node element(node of, std::uint32_t index) const noexcept {
        if (!nodes_[of].has_children) return none;
        std::array<char, 12> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), index).ptr;
        return find(of, {digits.data(), static_cast<std::size_t>(end - digits.data())});
    }
    std::uint8_t row(node at) const noexcept { return nodes_[at].row; }

private:
    struct entry {
        const char* name = nullptr; ///< as in the pointer
        std::uint8_t size = 0;      ///< of the name
        node parent = none;
        std::uint8_t row = no_row;
        bool is_escaped = false; ///< the name contains ~0 or ~1
        bool has_children = false;
    };

    /// Reads a name of a pointer, character by character.
    class unescaped {
    public:
        constexpr explicit unescaped(std::string_view name) noexcept : left_(name) {}
        /// Returns nothing at the end, and '\0' for an escape that RFC 6901 does not have.
        constexpr std::optional<char> next() noexcept {
            if (left_.empty()) return std::nullopt;
            const char c = left_.front();
            left_.remove_prefix(1);
            if (c != '~') return c;
            const char code = left_.empty() ? '\0' : left_.front();
            if (!left_.empty()) left_.remove_prefix(1);
            return code == '0' ? '~' : code == '1' ? '/' : '\0';
        }

    private:
        std::string_view left_;
    };

    static constexpr std::size_t slot_of(node parent, std::string_view name) noexcept {
        const auto code = [](char c) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c)); };
        const auto ends = name.empty() ? 0 : code(name.front()) << 8 | code(name.back());
        return ((static_cast<std::uint32_t>(name.size()) << 16 | ends) + parent * 251u) * 0x9E3779B1u >> 24;
    }

    static constexpr bool is_valid(std::string_view name) noexcept {
        for (std::size_t i = 0; i < name.size(); ++i)
            if (name[i] == '~' && (i + 1 == name.size() || (name[i + 1] != '0' && name[i + 1] != '1')))
                return false;
        return true;
    }

    /// The same as ==, without a call for names of up to 16 characters.
    static constexpr bool is_equal(const char* a, const char* b, std::size_t size) noexcept {
        if (std::is_constant_evaluated() || size > 16)
            return std::string_view{a, size} == std::string_view{b, size};
        const auto differs = [&](auto word, std::size_t at) {
            auto other = word;
            std::memcpy(&word, a + at, sizeof word);
            std::memcpy(&other, b + at, sizeof other);
            return word ^ other;
        };
        if (size >= 8) return (differs(std::uint64_t{}, 0) | differs(std::uint64_t{}, size - 8)) == 0;
        if (size >= 4) return (differs(std::uint32_t{}, 0) | differs(std::uint32_t{}, size - 4)) == 0;
        for (std::size_t i = 0; i < size; ++i)
            if (a[i] != b[i]) return false;
        return true;
    }

    static constexpr bool is(const entry& at, std::string_view name) noexcept {
        if (!at.is_escaped) return at.size == name.size() && is_equal(at.name, name.data(), name.size());
        unescaped text{{at.name, at.size}};
        for (const char c : name)
            if (text.next() != c) return false;
        return !text.next();
    }

    constexpr node find(node of, std::string_view name) const noexcept {
        for (auto slot = slot_of(of, name);; slot = (slot + 1) % slots_.size()) {
            const auto at = slots_[slot];
            if (at == root) return none;
            if (nodes_[at].parent == of && is(nodes_[at], name)) return at;
        }
    }

    constexpr node add_child(node of, std::string_view name) noexcept {
        if (name.size() > max_name || !is_valid(name)) return none;
        std::array<char, max_name> plain{};
        std::size_t size = 0;
        unescaped text{name};
        for (auto c = text.next(); c; c = text.next()) plain[size++] = *c;
        const std::string_view key{plain.data(), size};
        if (const auto known = find(of, key); known != none) return known;
        if (size_ == nodes_.size()) return none;
        const auto made = static_cast<node>(size_++);
        nodes_[made] = {name.data(), static_cast<std::uint8_t>(name.size()), of, no_row, size != name.size(),
                        false};
        nodes_[of].has_children = true;
        auto slot = slot_of(of, key);
        while (slots_[slot] != root) slot = (slot + 1) % slots_.size();
        slots_[slot] = made;
        return made;
    }

    std::array<entry, max_nodes> nodes_{};
    std::size_t size_ = 1;          ///< with the root
    std::array<node, 256> slots_{}; ///< `root`: free
};

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
