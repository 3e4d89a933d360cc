// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Builds a tree of a JSON text and records the line of each value.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/detail/duplicate_keys.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::json::detail {

/// Records the line on which each value ends, under the value's path: `models[2].prompt.max_characters`.
class located_tree_builder {
public:
    static constexpr std::size_t max_object_size = tree_builder::max_object_size;
    static constexpr std::size_t max_array_size = tree_builder::max_array_size;
    static constexpr std::size_t max_key_size = tree_builder::max_key_size;
    static constexpr std::size_t max_string_size = tree_builder::max_string_size;

    using error_code = tree_builder::error_code;
    using view = tree_builder::view;

    unsigned line = 1; ///< the line that is being parsed

    tree_builder& tree() noexcept { return tree_; }
    std::map<std::string, unsigned, std::less<>> lines() && noexcept { return std::move(lines_); }

    bool on_document_begin(error_code& ec) { return tree_.on_document_begin(ec); }
    bool on_document_end(error_code& ec) { return tree_.on_document_end(ec); }
    bool on_object_begin(error_code& ec) { return open(false), tree_.on_object_begin(ec); }
    bool on_object_end(std::size_t n, error_code& ec) { return close(), tree_.on_object_end(n, ec); }
    bool on_array_begin(error_code& ec) { return open(true), tree_.on_array_begin(ec); }
    bool on_array_end(std::size_t n, error_code& ec) { return close(), tree_.on_array_end(n, ec); }
    bool on_key_part(view part, std::size_t n, error_code& ec) {
        key_.append(part.data(), part.size());
        return tree_.on_key_part(part, n, ec);
    }
    bool on_key(view part, std::size_t n, error_code& ec) {
        key_.append(part.data(), part.size());
        place_.resize(levels_.back().size);
        place_.append(place_.empty() ? "" : ".").append(std::exchange(key_, {}));
        lines_.emplace(place_, line);
        return tree_.on_key(part, n, ec);
    }
    bool on_string_part(view part, std::size_t n, error_code& ec) {
        return tree_.on_string_part(part, n, ec);
    }
    bool on_string(view part, std::size_t n, error_code& ec) {
        return element(), tree_.on_string(part, n, ec);
    }
    bool on_number_part(view part, error_code& ec) { return tree_.on_number_part(part, ec); }
    bool on_int64(std::int64_t v, view text, error_code& ec) {
        return element(), tree_.on_int64(v, text, ec);
    }
    bool on_uint64(std::uint64_t v, view text, error_code& ec) {
        return element(), tree_.on_uint64(v, text, ec);
    }
    bool on_double(double v, view text, error_code& ec) { return element(), tree_.on_double(v, text, ec); }
    bool on_bool(bool v, error_code& ec) { return element(), tree_.on_bool(v, ec); }
    bool on_null(error_code& ec) { return element(), tree_.on_null(ec); }
    bool on_comment_part(view part, error_code& ec) { return tree_.on_comment_part(part, ec); }
    bool on_comment(view part, error_code& ec) { return tree_.on_comment(part, ec); }

private:
    struct level {
        std::size_t size; ///< length of the path of this object or array
        bool is_array;
        std::size_t elements = 0;
    };

    void element() {
        if (levels_.empty() || !levels_.back().is_array) return;
        place_.resize(levels_.back().size);
        place_.append("[").append(std::to_string(levels_.back().elements++)).append("]");
        lines_.emplace(place_, line);
    }
    void open(bool is_array) {
        element();
        levels_.push_back({place_.size(), is_array});
    }
    void close() {
        place_.resize(levels_.back().size);
        levels_.pop_back();
    }

    tree_builder tree_;
    std::string place_, key_;
    std::vector<level> levels_;
    std::map<std::string, unsigned, std::less<>> lines_;
};

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
