// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Writes a member of a request, for layouts: a key and a value.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/medium_slot.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/json/write.hpp>
#include <wan/media/media.hpp>
#include <wan/reflect.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::json::detail {

template <fixed_string... Parts>
inline constexpr auto joined = [] {
    fixed_string<(Parts.view().size() + ... + 0)> text;
    auto at = text.chars;
    ((at = std::copy_n(Parts.chars, Parts.view().size(), at)), ...);
    return text;
}();

template <fixed_string Name>
inline constexpr auto key = joined<",\"", Name, "\":">;

// Decides whether a value is set.
template <class T>
constexpr bool is_set(const T&) noexcept {
    return true;
}
template <class T>
constexpr bool is_set(const std::optional<T>& value) noexcept {
    return value.has_value();
}
inline bool is_set(const std::string& value) noexcept { return !value.empty(); }
template <class T>
bool is_set(const std::vector<T>& value) noexcept {
    return !value.empty();
}
inline bool is_set(const media& value) noexcept { return !value.empty(); }

// Returns the value to write: the value itself, or a simpler one.
template <class T>
constexpr const T& simplified(const T& value) noexcept {
    return value;
}
template <class T>
    requires std::is_enum_v<T>
constexpr std::string_view simplified(const T& value) noexcept {
    return to_wire(value);
}
inline std::string_view simplified(const std::string& value) noexcept { return value; }
inline std::string_view simplified(const media& value) noexcept { return value.url(); }
template <class T>
constexpr decltype(auto) simplified(const std::optional<T>& value) noexcept {
    return simplified(*value);
}

template <class T>
inline constexpr bool is_medium = std::is_same_v<T, media> || std::is_same_v<T, std::optional<media>>;

/// Returns null if there is no medium, or if the medium is given as a URL.
inline const media* given_by_bytes(const media& value) noexcept { return value.bytes() ? &value : nullptr; }
inline const media* given_by_bytes(const std::optional<media>& value) noexcept {
    return value ? given_by_bytes(*value) : nullptr;
}

/// The arguments of layout parts besides the request.
struct layout_context {
    std::string_view model; ///< the chosen model
    std::vector<medium_slot>* media_slots;
};

/// Writes `before` and an empty string for a medium without a URL, and records its position. This function is
/// not inlined, so that it does not slow down the writing of other values.
BOOST_NOINLINE inline cursor write_slot(const std::string& out, cursor c, std::string_view before,
                                        const layout_context& context, medium_slot slot) {
    c.at = std::copy(before.begin(), before.end(), c.at);
    *c.at++ = '"';
    slot.position = static_cast<std::size_t>(c.at - out.data());
    *c.at++ = '"';
    if (context.media_slots != nullptr) context.media_slots->push_back(std::move(slot));
    return c;
}

/// Size and text of a key with its value; nothing if the value is not set.
template <fixed_string Name, class T>
std::size_t size_of_member(const T& value) noexcept {
    return is_set(value) ? key<Name>.view().size() + size_of(simplified(value)) : 0;
}
template <fixed_string Name, class T>
BOOST_FORCEINLINE cursor write_member(std::string& out, cursor c, const T& value) {
    return is_set(value) ? detail::write(out, write_literal(c, key<Name>), simplified(value)) : c;
}

/// A member under its own name or another name.
template <auto Member, fixed_string Name>
struct entry {
    static constexpr auto pointer = Member;
    static constexpr auto name = Name;

    template <class Request>
    static std::size_t size(const Request& request, const layout_context&) noexcept {
        return size_of_member<Name>(request.*Member);
    }
    template <class Request>
    BOOST_FORCEINLINE static cursor write(std::string& out, cursor c, const Request& request,
                                          [[maybe_unused]] const layout_context& context) {
        const auto& value = request.*Member;
        if constexpr (is_medium<std::remove_cvref_t<decltype(value)>>)
            if (const auto* medium = given_by_bytes(value)) [[unlikely]]
                return write_slot(out, c, key<Name>.view(), context,
                                  {0, std::string{member_name<Member>}, medium});
        return write_member<Name>(out, c, value);
    }
};

template <auto Member>
inline constexpr fixed_string<member_name<Member>.size()> own_name{member_name<Member>};

/// Returns the value of a member that may be optional.
template <class T>
constexpr const T& bare(const T& value) noexcept {
    return value;
}
template <class T>
constexpr const T& bare(const std::optional<T>& value) noexcept {
    return *value;
}

/// A member whose value is written in another form.
template <auto Member, auto Convert, fixed_string Name>
struct converted_entry {
    static constexpr auto pointer = Member;
    static constexpr auto name = Name;

    template <class Request>
    static std::size_t size(const Request& request, const layout_context&) noexcept {
        const auto& value = request.*Member;
        if constexpr (is_medium<std::remove_cvref_t<decltype(value)>>)
            if (given_by_bytes(value) != nullptr) return size_of_member<Name>(value);
        return is_set(value) ? size_of_member<Name>(Convert(bare(value))) : 0;
    }
    template <class Request>
    BOOST_FORCEINLINE static cursor write(std::string& out, cursor c, const Request& request,
                                          [[maybe_unused]] const layout_context& context) {
        const auto& value = request.*Member;
        if constexpr (is_medium<std::remove_cvref_t<decltype(value)>>)
            if (given_by_bytes(value) != nullptr) return entry<Member, Name>::write(out, c, request, context);
        return is_set(value) ? write_member<Name>(out, c, Convert(bare(value))) : c;
    }
};

template <auto Member, fixed_string Name>
struct resolved_model_entry {
    static constexpr auto pointer = Member;
    static constexpr auto name = Name;

    template <class Request>
    static std::size_t size(const Request&, const layout_context& context) noexcept {
        return size_of_member<name>(context.model);
    }
    template <class Request>
    BOOST_FORCEINLINE static cursor write(std::string& out, cursor c, const Request&,
                                          const layout_context& context) {
        return write_member<name>(out, c, context.model);
    }
};

template <auto Entry>
struct entry_of {
    using type = entry<Entry, own_name<Entry>>;
};
template <auto Entry>
    requires requires { typename decltype(Entry)::is_entry; }
struct entry_of<Entry> {
    using type = typename decltype(Entry)::is_entry;
};

template <class Entry>
struct entry_value {
    using is_entry = Entry;
};

/// The first element's comma becomes the opening bracket or brace.
template <char Open, char Close, class Request, class... Parts>
BOOST_FORCEINLINE cursor write_enclosed(std::string& out, cursor c, const Request& request,
                                        const layout_context& context) {
    const auto start = c.at - out.data();
    *c.at = Open;
    ((c = Parts::write(out, c, request, context)), ...);
    char* const first = out.data() + start;
    *first = Open;
    c.at = (std::max)(c.at, first + 1);
    *c.at++ = Close;
    return c;
}

template <class Request, class... Parts>
std::size_t size_of_enclosed(const Request& request, const layout_context& context) noexcept {
    // The first key's comma is replaced by the opening brace.
    return (std::max<std::size_t>)((Parts::size(request, context) + ... + 1), 2);
}

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
