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

/// Returns the values as a list for messages, such as "480P, 720P or 1080P"; `show` formats each value.
template <class Range, class Show>
std::string listed(const Range& values, Show show) {
    std::string text;
    std::size_t left = values.size();
    for (const auto& v : values) text.append(show(v)).append(left-- > 2 ? ", " : left == 1 ? " or " : "");
    return text;
}

/// Overload for names.
template <class Range>
std::string listed(const Range& names) {
    return listed(names, [](std::string_view name) { return name; });
}

/// Returns the shortest decimal text that reads back as the same number.
inline std::string shown_number(double value) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

/// Returns whether the rule depends on the model. A model without a row may have another limit.
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
    std::string_view path;      ///< the field's JSON pointer in the body
    std::string_view who;       ///< the model or provider with the limit; empty if a format has it
    std::string_view file = {}; ///< the file's name, if the bytes have one; messages show it
    /// If false, the limits are guessed from other models, so violations are only warnings.
    bool is_known_model = true;

    void add(rule broken, std::string value, std::string allowed, std::string_view said,
             severity how_bad = severity::error) const {
        if (!is_known_model && is_limit_of_a_model(broken)) how_bad = severity::warning;
        std::string message{field};
        message.append(": ");
        if (!file.empty()) message.append(printable(file, 200)).append(": ");
        message.append(said);
        // The accepted types do not explain why a file cannot be read.
        if (!allowed.empty() && broken != rule::unreadable)
            message.append("; ").append(who_accepts(broken)).append(allowed);
        // Names from external sources may contain control characters.
        violations->push_back({printable(field, shown_whole), std::string{path}, broken,
                               printable(value, shown_whole), printable(allowed, shown_whole), how_bad,
                               printable(message, 4 * shown_whole)});
    }

    /// Reports a value that needs no further explanation.
    void add(rule broken, std::string value, std::string allowed) const {
        const std::string said = value.empty() ? "empty" : value;
        add(broken, std::move(value), std::move(allowed), said);
    }

    /// Returns the same report for a violation that does not depend on the model.
    field_report of_any_model() const {
        auto own = *this;
        own.is_known_model = true;
        return own;
    }

private:
    /// Returns the words before the accepted values: who has the limit, and a verb.
    std::string who_accepts(rule broken) const {
        if (who.empty() || broken == rule::encoding) return "expected ";
        const bool is_missing = broken == rule::required;
        if (!is_known_model) return is_missing ? "known models need " : "known models accept ";
        return printable(who) + (is_missing ? " needs " : " accepts ");
    }
};

/// Returns the number of code points. If the text is not UTF-8, reports a violation and returns nothing.
inline std::optional<std::size_t> counted(const field_report& report, std::string_view text) {
    const auto count = code_points(text);
    if (!count) report.add(rule::encoding, printable(text), "valid UTF-8", quoted(text) + " is not UTF-8");
    return count;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
