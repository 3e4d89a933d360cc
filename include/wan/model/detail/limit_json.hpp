// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Converts the limits of a model to JSON and back, using the descriptions of their types.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/field_report.hpp>
#include <wan/error.hpp>
#include <wan/json/layout.hpp>
#include <wan/model/limits.hpp>
#include <wan/model/model_catalog.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/request/detail/read_member.hpp>
#include <wan/set_of.hpp>

#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

template <class T>
concept described_struct = boost::describe::has_describe_members<T>::value;

/// Returns whether the member is omitted, because the model does not accept it or because it is empty.
template <class T>
bool is_left_out(const T& value) noexcept {
    constexpr bool may_lack = requires { value.offered(); };
    constexpr bool is_list = requires { value.empty(); };
    constexpr bool is_set = requires { value.bits; };
    constexpr bool is_time = requires { value.count(); };
    if constexpr (may_lack)
        return !value.offered();
    else if constexpr (is_list)
        return value.empty();
    else if constexpr (is_set)
        return value.bits == 0;
    else if constexpr (std::is_enum_v<T>)
        return false;
    else if constexpr (std::is_arithmetic_v<T>)
        return value == T{};
    else if constexpr (is_time)
        return value.count() == 0;
    else
        return false;
}

inline boost::json::value json_of_limit(std::string_view text) { return boost::json::string(text); }
inline boost::json::value json_of_limit(bool flag) { return flag; }
inline boost::json::value json_of_limit(double number) { return number; }
template <std::integral Int>
boost::json::value json_of_limit(Int number) {
    return number;
}
inline boost::json::value json_of_limit(std::chrono::hours time) { return time.count(); }
template <class E>
    requires std::is_enum_v<E>
boost::json::value json_of_limit(E value) {
    return json_of_limit(to_wire(value));
}
template <class E>
boost::json::value json_of_limit(set_of<E> set) {
    boost::json::array names;
    for (const auto& row : wire_table<E>)
        if (set.contains(row.value)) names.push_back(json_of_limit(row.name));
    return names;
}
template <described_struct T>
boost::json::value json_of_limit(const T& value);
template <class T>
boost::json::value json_of_limit(std::span<const T> list) {
    boost::json::array values;
    for (const auto& each : list) values.push_back(json_of_limit(each));
    return values;
}
template <described_struct T>
boost::json::value json_of_limit(const T& value) {
    boost::json::object fields;
    boost::mp11::mp_for_each<members_of<T>>([&](auto member) {
        const auto& each = value.*member.pointer;
        if (!is_left_out(each)) fields[wire_spelling(member.name)] = json_of_limit(each);
    });
    return fields;
}

/// Collects the violations of a catalog, and stores its data.
class limit_reader {
public:
    using line_map = std::map<std::string, unsigned, std::less<>>;

    limit_reader(std::vector<violation>& found, const line_map& lines, model_catalog& into) noexcept
        : found_(found), lines_(lines), into_(into) {}

    model_catalog& into() const noexcept { return into_; }
    std::size_t count() const noexcept { return found_.size(); }

    void add(const std::string& place, rule broken, std::string value, std::string allowed,
             std::string_view said) const {
        constexpr std::size_t most = 100;
        if (found_.size() >= most) return;
        field_report{&found_, place, {}, {}}.add(broken, std::move(value), std::move(allowed),
                                                 "line " + std::to_string(line_of(place)) + ": " +
                                                     std::string{said});
    }
    void add_unknown(const std::string& place, std::string allowed) const {
        add(place, rule::unknown, {}, std::move(allowed), "unknown member");
    }
    void add_wrong_type(const std::string& place, const boost::json::value& given,
                        std::string_view expected) const {
        add(place, rule::type, {}, std::string{expected}, shown(given).sentence);
    }

private:
    /// Returns the line of a place. For a place that is not in the text, returns the line of its nearest
    /// parent.
    unsigned line_of(std::string_view place) const {
        while (true) {
            if (const auto at = lines_.find(place); at != lines_.end()) return at->second;
            const auto cut = place.find_last_of(".[");
            if (cut == std::string_view::npos) return 1;
            place = place.substr(0, cut);
        }
    }

    std::vector<violation>& found_;
    const line_map& lines_;
    model_catalog& into_;
};

inline void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from,
                       std::string_view& into) {
    if (const auto* text = from.if_string())
        into = reader.into().keep(std::string{text->data(), text->size()});
    else
        reader.add_wrong_type(place, from, "a string");
}

inline void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from,
                       bool& into) {
    if (const auto* flag = from.if_bool())
        into = *flag;
    else
        reader.add_wrong_type(place, from, "true or false");
}

inline void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from,
                       double& into) {
    boost::system::error_code ec;
    const auto number = from.to_number<double>(ec);
    if (ec || !(number >= 0))
        reader.add(place, rule::type, {}, "a number of 0 or more",
                   from.is_number() ? shown(from).text : shown(from).sentence);
    else
        into = number;
}

template <std::integral Int>
void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from, Int& into) {
    boost::system::error_code ec;
    const auto number = from.to_number<Int>(ec);
    const bool is_integer = from.is_int64() || from.is_uint64();
    using range = std::numeric_limits<Int>;
    if (ec && is_integer)
        reader.add(place, rule::type, {},
                   "an integer from " + std::to_string((range::min)()) + " to " +
                       std::to_string((range::max)()),
                   shown(from).text + " is out of range");
    else if (ec)
        reader.add_wrong_type(place, from, std::is_signed_v<Int> ? "an integer" : "an integer of 0 or more");
    else
        into = number;
}

inline void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from,
                       std::chrono::hours& into) {
    int hours = 0;
    read_limit(reader, place, from, hours);
    into = std::chrono::hours{hours};
}

template <class E>
    requires std::is_enum_v<E>
void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from, E& into) {
    const auto* const word = from.if_string();
    const auto known = word != nullptr ? from_wire<E>(std::string_view{*word}) : std::nullopt;
    if (known)
        into = *known;
    else
        reader.add(place, rule::one_of, word != nullptr ? printable(*word) : std::string{},
                   listed(wire_table<E>, [](const auto& row) { return row.name; }),
                   word != nullptr ? quoted(*word) : shown(from).sentence);
}

template <class Read>
void read_elements(limit_reader& reader, const std::string& place, const boost::json::value& from,
                   Read read) {
    const auto* const list = from.if_array();
    if (list == nullptr) return reader.add_wrong_type(place, from, "an array");
    for (std::size_t i = 0; i < list->size(); ++i) read(place + "[" + std::to_string(i) + "]", (*list)[i]);
}

template <class E>
void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from,
                set_of<E>& into) {
    read_elements(reader, place, from, [&](const std::string& at, const boost::json::value& each) {
        E value{};
        const auto before = reader.count();
        read_limit(reader, at, each, value);
        if (reader.count() == before) into.bits |= set_of<E>{value}.bits;
    });
}

template <described_struct T>
void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from, T& into);

template <class T>
void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from,
                std::span<const T>& into) {
    std::vector<T> values;
    read_elements(reader, place, from, [&](const std::string& at, const boost::json::value& each) {
        read_limit(reader, at, each, values.emplace_back());
    });
    into = reader.into().keep(std::move(values));
}

template <described_struct T>
void read_limit(limit_reader& reader, const std::string& place, const boost::json::value& from, T& into) {
    const auto* const fields = from.if_object();
    if (fields == nullptr) return reader.add_wrong_type(place, from, "an object");
    for (const auto& field : *fields) {
        const auto at = place + "." + std::string{std::string_view{field.key()}};
        bool known = false;
        boost::mp11::mp_for_each<members_of<T>>([&](auto member) {
            if (wire_spelling(member.name) != std::string_view{field.key()}) return;
            known = true;
            read_limit(reader, at, field.value(), into.*member.pointer);
        });
        if (!known) reader.add_unknown(at, listed(json::detail::names_in(members_of<T>{})));
    }
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
