// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Parses the paths and values of extra fields.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/json/extra_field.hpp>
#include <wan/printable.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wan::inline WAN_ABI::json::detail {

inline boost::json::value parsed(std::string_view text, boost::system::error_code& ec) {
    return boost::json::parse({text.data(), text.size()}, ec);
}

inline boost::json::value to_value(const extra_field& field, boost::system::error_code& ec) {
    if (const auto* json = std::get_if<json_text>(&field.value)) return parsed(json->text, ec);
    if (const auto* text = std::get_if<std::string>(&field.value)) return boost::json::string(*text);
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) return *number;
    if (const auto* number = std::get_if<double>(&field.value)) return *number;
    return *std::get_if<bool>(&field.value);
}

/// Returns whether all numbers are finite. JSON has no infinity, but Boost.JSON would write one as a number.
inline bool is_finite(const boost::json::value& value) {
    if (const auto* number = value.if_double()) return std::isfinite(*number);
    if (const auto* array = value.if_array()) return std::all_of(array->begin(), array->end(), is_finite);
    if (const auto* object = value.if_object())
        return std::all_of(object->begin(), object->end(),
                           [](const auto& member) { return is_finite(member.value()); });
    return true;
}

inline bool is_utf8(const extra_field& field) {
    const auto* text = std::get_if<std::string>(&field.value);
    return wan::detail::code_points(field.path) && (text == nullptr || wan::detail::code_points(*text));
}

/// Returns the keys of a JSON pointer; nothing if it is invalid or points to the whole text.
inline std::vector<std::string> keys_of(std::string_view pointer) {
    std::vector<std::string> keys;
    if (!pointer.starts_with('/')) return keys;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        const char c = pointer[i];
        if (c == '/')
            keys.emplace_back();
        else if (c != '~')
            keys.back().push_back(c);
        else if (const auto next = pointer.substr(i + 1, 1); next == "0" || next == "1")
            keys.back().push_back(pointer[++i] == '0' ? '~' : '/');
        else
            return {};
    }
    return keys;
}

inline violation bad_extra(const extra_field& field, std::string_view said, std::string allowed) {
    auto message = "extra " + wan::printable(field.path) + ": ";
    message.append(wan::printable(said, wan::detail::shown_whole)).append("; use ").append(allowed);
    return {.field = "extra",
            .path = wan::printable(field.path, wan::detail::shown_whole),
            .rule = rule::json,
            .value = {},
            .allowed = std::move(allowed),
            .severity = severity::error,
            .message = std::move(message)};
}

/// Returns the field's value. If JSON cannot represent the value, reports a violation and returns nothing.
inline std::optional<boost::json::value> value_of(const extra_field& field, std::vector<violation>& found) {
    boost::system::error_code ec;
    auto value = to_value(field, ec);
    if (ec)
        found.push_back(bad_extra(field, "its value is not JSON (" + ec.message() + ")", "one JSON value"));
    else if (!is_finite(value))
        found.push_back(bad_extra(field, "is not a finite number", "a number that JSON can hold"));
    else if (!is_utf8(field))
        found.push_back(bad_extra(field, "is not UTF-8", "valid UTF-8"));
    else
        return value;
    return std::nullopt;
}

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
