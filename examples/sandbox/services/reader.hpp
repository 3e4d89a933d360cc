// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/store/tasks.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

/// Returns the allowed values, in the wording of the services.
inline std::string one_of(const std::vector<std::string_view>& names) {
    std::string text = "Input should be ";
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text.append(1, '\'').append(names[i]).append(1, '\'');
    }
    return text;
}

/// Reads members of one object and records the first mistake. A null is treated as absent.
class reader {
public:
    /// Without `members`, all are absent. An existing value of `failed` is kept.
    reader(const boost::json::object* members, std::string prefix, std::optional<outcome>& failed)
        : members_(members), prefix_(std::move(prefix)), failed_(failed) {}

    void fail(std::string message) {
        if (!failed_) failed_ = failure("InvalidParameter", std::move(message));
    }

    void fail_required(std::string_view key) { fail("Field required: " + name(key)); }

    std::string text(std::string_view key) {
        const auto* const value = member(key);
        if (!value) return {};
        if (value->is_string()) return std::string{value->get_string()};
        fail("Input should be a valid string: " + name(key));
        return {};
    }

    std::string required_text(std::string_view key) {
        if (!member(key)) fail_required(key);
        return text(key);
    }

    bool flag(std::string_view key, bool otherwise) {
        const auto* const value = member(key);
        if (!value) return otherwise;
        if (value->is_bool()) return value->get_bool();
        fail("Input should be a valid boolean: " + name(key));
        return otherwise;
    }

    std::optional<std::int64_t> whole_number(std::string_view key) {
        const auto* const value = member(key);
        if (!value) return std::nullopt;
        if (value->is_int64()) return value->get_int64();
        if (value->is_double() && std::trunc(value->get_double()) == value->get_double() &&
            std::abs(value->get_double()) < 1e15)
            return static_cast<std::int64_t>(value->get_double());
        fail(value->is_uint64() ? "Input is too large: " + name(key)
                                : "Input should be a valid integer: " + name(key));
        return std::nullopt;
    }

    /// Returns null if the member is absent or not an array.
    const boost::json::array* list(std::string_view key) {
        const auto* const value = member(key);
        if (!value) return nullptr;
        if (!value->is_array()) fail("Input should be a valid list: " + name(key));
        return value->if_array();
    }

    std::string name(std::string_view key) const { return prefix_ + std::string{key}; }

private:
    const boost::json::value* member(std::string_view key) const {
        const auto* const value = members_ ? members_->if_contains(key) : nullptr;
        return value && value->is_null() ? nullptr : value;
    }

    const boost::json::object* members_;
    std::string prefix_;
    std::optional<outcome>& failed_;
};

} // namespace sandbox
