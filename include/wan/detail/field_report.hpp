// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/printable.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// Returns the values as a person lists them, "480P, 720P or 1080P", each as `show` makes it.
template <class Range, class Show>
std::string listed(const Range& values, Show show) {
    std::string text;
    std::size_t left = values.size();
    for (const auto& v : values) text.append(show(v)).append(left-- > 2 ? ", " : left == 1 ? " or " : "");
    return text;
}

/// The same, of names.
template <class Range>
std::string listed(const Range& names) {
    return listed(names, [](std::string_view name) { return name; });
}

/// The shortest digits that mean the number.
inline std::string shown_number(double value) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

/// Returns whether the rule belongs to a model, so that a model without a row may keep another one.
constexpr bool is_limit_of_a_model(rule broken) noexcept {
    switch (broken) {
    case rule::max_length:
    case rule::range:
    case rule::one_of:
    case rule::max_bytes:
    case rule::region:
    case rule::not_offered:
    case rule::alpha: return true;
    default: return false;
    }
}

/// Collects the violations of one field.
struct field_report {
    std::vector<violation>* violations;
    std::string_view field;
    std::string_view path;      ///< its JSON pointer in the body
    std::string_view who;       ///< whose limit it is: the model
    std::string_view file = {}; ///< its name, where bytes have one: messages show it
    bool is_known_model = true; ///< false: its limits are guessed from those of others, and only warn

    void add(rule broken, std::string value, std::string allowed, std::string_view said,
             severity how_bad = severity::error) const {
        if (!is_known_model && is_limit_of_a_model(broken)) how_bad = severity::warning;
        std::string message{field};
        message.append(": ");
        if (!file.empty()) message.append(printable(file, 200)).append(": ");
        message.append(said);
        if (!allowed.empty())
            message.append("; ")
                .append(is_known_model ? printable(who) : "known models")
                .append(is_known_model ? " takes " : " take ")
                .append(allowed);
        // Names from outside may hold control characters.
        violations->push_back({printable(field, shown_whole), std::string{path}, broken,
                               printable(value, shown_whole), printable(allowed, shown_whole), how_bad,
                               printable(message, 4 * shown_whole)});
    }

    /// Reports a value that itself says enough.
    void add(rule broken, std::string value, std::string allowed) const {
        const std::string said = value;
        add(broken, std::move(value), std::move(allowed), said);
    }

    /// The same report, for what is wrong with any model.
    field_report of_any_model() const {
        auto own = *this;
        own.is_known_model = true;
        return own;
    }
};

/// Returns the number of code points. Reports a text that is not UTF-8, and returns nothing.
inline std::optional<std::size_t> counted(const field_report& report, std::string_view text) {
    const auto count = code_points(text);
    if (!count) report.add(rule::encoding, printable(text), "valid UTF-8", quoted(text) + " is not UTF-8");
    return count;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
