// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads members: one overload of `read_value` for each type.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/field_report.hpp>
#include <wan/error.hpp>
#include <wan/json/detail/tree.hpp>
#include <wan/json/extra_field.hpp>
#include <wan/json/layout.hpp>
#include <wan/media/media.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/request/detail/nearest_name.hpp>
#include <wan/wire_name.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// A value as messages show it. For arrays and objects, only the kind is shown.
struct shown_value {
    std::string text;
    std::string sentence; ///< such as "5 is a number"
};
inline shown_value shown(const boost::json::value& value) {
    const auto is_a = [](std::string text, std::string_view kind) {
        auto sentence = text + (text.empty() ? "is " : " is ");
        return shown_value{std::move(text), sentence.append(kind)};
    };
    if (const auto* text = value.if_string()) return {printable(*text), quoted(*text).append(" is a string")};
    if (const auto* number = value.if_int64()) return is_a(std::to_string(*number), "a number");
    if (const auto* number = value.if_uint64()) return is_a(std::to_string(*number), "a number");
    if (const auto* number = value.if_double()) return is_a(shown_number(*number), "a number");
    if (const auto* flag = value.if_bool()) return is_a(*flag ? "true" : "false", "a boolean");
    return is_a({}, value.is_object() ? "an object" : value.is_array() ? "an array" : "null");
}

inline void add_wrong_type(const field_report& report, const boost::json::value& value,
                           std::string_view expected) {
    auto [text, sentence] = shown(value);
    report.add(rule::type, std::move(text), std::string{expected}, sentence);
}

inline void read_value(const field_report& report, const boost::json::value& value, std::string& member) {
    if (const auto* text = value.if_string())
        member.assign(text->data(), text->size());
    else
        add_wrong_type(report, value, "a string");
}

inline void read_value(const field_report& report, const boost::json::value& value, media& member) {
    if (const auto* url = value.if_string())
        member = std::string{url->data(), url->size()};
    else
        add_wrong_type(report, value, "a URL as a string");
}

inline void read_value(const field_report& report, const boost::json::value& value, bool& member) {
    if (const auto* flag = value.if_bool())
        member = *flag;
    else
        add_wrong_type(report, value, "true or false");
}

template <std::integral Int>
void read_value(const field_report& report, const boost::json::value& value, Int& member) {
    constexpr Int least = (std::numeric_limits<Int>::min)(), most = (std::numeric_limits<Int>::max)();
    const auto* const number = value.if_int64();
    const auto* const real = value.if_double();
    // In JSON, 5.0 is the integer 5.
    const bool is_whole = value.is_number() && (real == nullptr || std::trunc(*real) == *real);
    if (!is_whole) return add_wrong_type(report, value, "an integer");
    std::optional<std::int64_t> integer;
    if (number != nullptr) integer = *number;
    // Above 2^53 a double represents several integers.
    if (real != nullptr && std::fabs(*real) <= 0x1p53) integer = static_cast<std::int64_t>(*real);
    if (integer && std::in_range<Int>(*integer))
        member = static_cast<Int>(*integer);
    else
        report.add(rule::range, shown(value).text,
                   "integers from " + std::to_string(least) + " to " + std::to_string(most));
}

template <class E>
    requires std::is_enum_v<E>
void read_value(const field_report& report, const boost::json::value& value, E& member) {
    const auto* word = value.if_string();
    if (const auto known = word != nullptr ? from_wire<E>(*word) : std::nullopt) {
        member = *known;
        return;
    }
    const auto allowed = listed(wire_table<E>, [](const wire_name<E>& row) { return row.name; });
    if (word == nullptr) return add_wrong_type(report, value, allowed);
    std::vector<std::string_view> names;
    for (const auto& row : wire_table<E>) names.push_back(row.name);
    auto said = quoted(*word);
    if (const auto meant = nearest_name(*word, names); !meant.empty())
        said.append(" (did you mean ").append(meant).append("?)");
    report.add(rule::one_of, printable(*word), allowed, said);
}

template <class T>
void read_value(const field_report& report, const boost::json::value& value, std::optional<T>& member) {
    read_value(report, value, member.emplace());
}

/// Reads a list of described structs.
template <class Element>
    requires boost::describe::has_describe_members<Element>::value
void read_value(const field_report& report, const boost::json::value& value, std::vector<Element>& member) {
    const auto* list = value.if_array();
    if (list == nullptr) return add_wrong_type(report, value, "an array of objects");
    for (const auto& item : *list) {
        const auto place = std::string{report.field} + "[" + std::to_string(member.size()) + "]";
        auto& element = member.emplace_back();
        auto at = report;
        at.field = place;
        const auto* fields = item.if_object();
        if (fields == nullptr) {
            add_wrong_type(at, item, "an object");
            continue;
        }
        for (const auto& field : *fields) {
            const auto name = place + "." + std::string{std::string_view{field.key()}};
            at.field = name;
            bool known = false;
            boost::mp11::mp_for_each<members_of<Element>>([&](auto m) {
                if (wire_spelling(m.name) != std::string_view{field.key()}) return;
                known = true;
                if (!field.value().is_null()) read_value(at, field.value(), element.*m.pointer);
            });
            if (!known)
                at.add(rule::unknown, {}, listed(json::detail::names_in(members_of<Element>{})),
                       "unknown member");
        }
    }
}

inline void read_value(const field_report& report, const boost::json::value& value,
                       std::vector<extra_field>& member) {
    const auto* fields = value.if_object();
    if (fields == nullptr) return add_wrong_type(report, value, "an object of JSON pointers and values");
    for (const auto& field : *fields) {
        auto& added = member.emplace_back(extra_field{std::string{field.key()}, {}});
        const auto& held = field.value();
        if (!json::detail::is_finite(held))
            report.add(rule::json, {}, "numbers that a double can hold",
                       quoted(added.path) + " contains a number that is too large");
        if (const auto* text = held.if_string())
            added.value = std::string{text->data(), text->size()};
        else if (const auto* number = held.if_int64())
            added.value = *number;
        else if (const auto* real = held.if_double())
            added.value = *real;
        else if (const auto* flag = held.if_bool())
            added.value = *flag;
        else
            added.value = json_text{boost::json::serialize(held)};
    }
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
