// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <boost/json/string_view.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::json::detail {

/// A key that occurs twice in an object.
struct duplicate_key {
    /// A member of the outermost object: the duplicate itself, or the member whose value contains the
    /// duplicate.
    std::string member;
    std::optional<std::string> key = {}; ///< the duplicate, if it is within the member's value
};

/// Builds the tree of a JSON text and reports duplicate keys. Boost.JSON's own reader would silently keep
/// only the last member with that key.
class tree_builder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    using error_code = boost::system::error_code;
    using view = boost::json::string_view;

    tree_builder() { tree_.reset(); }

    boost::json::value release() noexcept { return tree_.release(); }
    std::vector<duplicate_key> duplicates() && noexcept { return std::move(duplicates_); }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }

    bool on_object_begin(error_code&) {
        objects_.push_back(keys_.size());
        return true;
    }
    bool on_object_end(std::size_t size, error_code&) {
        note_duplicates();
        tree_.push_object(size);
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t size, error_code&) {
        tree_.push_array(size);
        return true;
    }

    bool on_key_part(view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        tree_.push_chars(part);
        return true;
    }
    bool on_key(view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        keys_.push_back(std::exchange(key_, {}));
        tree_.push_key(part);
        return true;
    }
    bool on_string_part(view part, std::size_t, error_code&) {
        tree_.push_chars(part);
        return true;
    }
    bool on_string(view part, std::size_t, error_code&) {
        tree_.push_string(part);
        return true;
    }

    bool on_number_part(view, error_code&) { return true; }
    bool on_int64(std::int64_t value, view, error_code&) {
        tree_.push_int64(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, view, error_code&) {
        tree_.push_uint64(value);
        return true;
    }
    bool on_double(double value, view, error_code&) {
        tree_.push_double(value);
        return true;
    }
    bool on_bool(bool value, error_code&) {
        tree_.push_bool(value);
        return true;
    }
    bool on_null(error_code&) {
        tree_.push_null();
        return true;
    }
    bool on_comment_part(view, error_code&) { return true; }
    bool on_comment(view, error_code&) { return true; }

private:
    void note_duplicates() {
        const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(objects_.back());
        const bool is_outermost = objects_.size() == 1;
        std::sort(begin, keys_.end());
        for (auto at = begin; (at = std::adjacent_find(at, keys_.end())) != keys_.end();) {
            duplicates_.push_back(is_outermost ? duplicate_key{*at}
                                               : duplicate_key{keys_[objects_[1] - 1], *at});
            at = std::find_if(at, keys_.end(), [&](const std::string& other) { return other != *at; });
        }
        keys_.erase(begin, keys_.end());
        objects_.pop_back();
    }

    boost::json::value_stack tree_;
    std::string key_;                  ///< the part read so far of a key that arrives in parts
    std::vector<std::string> keys_;    ///< the keys of all open objects, in order
    std::vector<std::size_t> objects_; ///< the index in `keys_` at which each open object begins
    std::vector<duplicate_key> duplicates_;
};

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
