// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Where each member of a described struct goes in a JSON text, as lists of member pointers: the keys are
/// built by the compiler, and a member that a layout forgets does not compile.
///
///     using body = json::layout<
///         json::place<json::resolved_model<&K::model>>,
///         json::object<"input", json::place<&K::first_frame_url, json::renamed<&K::prompt, "text">>>,
///         json::refused<&K::watermark>>;
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/request_layout.hpp>
#include <wan/json/write.hpp>
#include <wan/media/media.hpp>
#include <wan/reflect.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace wan::inline WAN_ABI::json {

namespace detail {

template <fixed_string... Parts>
inline constexpr auto joined = [] {
    fixed_string<(Parts.view().size() + ... + 0)> text;
    auto at = text.chars;
    ((at = std::copy_n(Parts.chars, Parts.view().size(), at)), ...);
    return text;
}();

template <fixed_string Name>
inline constexpr auto key = joined<",\"", Name, "\":">;

// What is "set".
template <class T>
constexpr bool is_set(const T&) noexcept {
    return true;
}
template <class T>
constexpr bool is_set(const std::optional<T>& value) noexcept {
    return value.has_value();
}
inline bool is_set(const std::string& value) noexcept { return !value.empty(); }
inline bool is_set(const media& value) noexcept { return !value.empty(); }

// What is written for a value: itself, or something simpler.
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

/// A key and its value, or nothing.
template <fixed_string Name, class T>
std::size_t room_of_member(const T& value) noexcept {
    return is_set(value) ? key<Name>.view().size() + room_of(simplified(value)) : 0;
}
template <fixed_string Name, class T>
BOOST_FORCEINLINE cursor write_member(std::string& out, cursor c, const T& value) {
    return is_set(value) ? detail::write(out, write_literal(c, key<Name>), simplified(value)) : c;
}

/// A member in its place, under its own name or another.
template <auto Member, fixed_string Name>
struct entry {
    static constexpr auto pointer = Member;
    static constexpr auto name = Name;

    template <class Request>
    static std::size_t room(const Request& request, std::string_view) noexcept {
        return room_of_member<Name>(request.*Member);
    }
    template <class Request>
    static cursor write(std::string& out, cursor c, const Request& request, std::string_view) {
        return write_member<Name>(out, c, request.*Member);
    }
};

template <auto Member>
inline constexpr fixed_string<member_name<Member>.size()> own_name{member_name<Member>};

/// The value itself, of one that may be unset.
template <class T>
constexpr const T& bare(const T& value) noexcept {
    return value;
}
template <class T>
constexpr const T& bare(const std::optional<T>& value) noexcept {
    return *value;
}

/// A member whose value goes in another form.
template <auto Member, auto Convert, fixed_string Name>
struct converted_entry {
    static constexpr auto pointer = Member;
    static constexpr auto name = Name;

    template <class Request>
    static std::size_t room(const Request& request, std::string_view) noexcept {
        const auto& value = request.*Member;
        return is_set(value) ? room_of_member<Name>(Convert(bare(value))) : 0;
    }
    template <class Request>
    static cursor write(std::string& out, cursor c, const Request& request, std::string_view) {
        const auto& value = request.*Member;
        return is_set(value) ? write_member<Name>(out, c, Convert(bare(value))) : c;
    }
};

template <auto Member>
struct resolved_model_entry {
    static constexpr auto pointer = Member;
    static constexpr auto name = own_name<Member>;

    template <class Request>
    static std::size_t room(const Request&, std::string_view model) noexcept {
        return room_of_member<name>(model);
    }
    template <class Request>
    static cursor write(std::string& out, cursor c, const Request&, std::string_view model) {
        return write_member<name>(out, c, model);
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
                                        std::string_view model) {
    const auto start = c.at - out.data();
    *c.at = Open;
    ((c = Parts::write(out, c, request, model)), ...);
    char* const first = out.data() + start;
    *first = Open;
    c.at = (std::max)(c.at, first + 1);
    *c.at++ = Close;
    return c;
}

template <class Request, class... Parts>
std::size_t room_of_enclosed(const Request& request, std::string_view model) noexcept {
    // The first key's comma is the opening brace.
    return (std::max<std::size_t>)((Parts::room(request, model) + ... + 1), 2);
}

} // namespace detail

/// The member goes under another name.
template <auto Member, fixed_string Name>
inline constexpr detail::entry_value<detail::entry<Member, Name>> renamed{};

/// The member's value goes in another form, which `Convert` gives: a text, a number, a switch or `as_text`.
template <auto Member, auto Convert, fixed_string Name = detail::own_name<Member>>
inline constexpr detail::entry_value<detail::converted_entry<Member, Convert, Name>> converted{};

/// For `converted`: a number as a JSON string, `"5"`.
inline constexpr auto as_text = [](auto number) noexcept {
    return detail::number_text<decltype(number)>{number};
};

/// The member is the model: what is written is the model that was chosen, which may be the provider's
/// default.
template <auto Member>
inline constexpr detail::entry_value<detail::resolved_model_entry<Member>> resolved_model{};

/// Members side by side in the enclosing object.
template <auto... Entries>
struct place {
    /// \cond
    static constexpr std::size_t size = sizeof...(Entries);
    static constexpr void list(std::string_view*& out) noexcept {
        ((*out++ = member_name<detail::entry_of<Entries>::type::pointer>), ...);
    }

    template <class Request>
    static std::size_t room(const Request& request, std::string_view model) noexcept {
        return (detail::entry_of<Entries>::type::room(request, model) + ... + 0);
    }
    template <class Request>
    static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                std::string_view model) {
        ((c = detail::entry_of<Entries>::type::write(out, c, request, model)), ...);
        return c;
    }

    template <fixed_string Prefix>
    static std::string_view path_of(std::string_view field) noexcept {
        std::string_view path;
        ((member_name<detail::entry_of<Entries>::type::pointer> == field
              ? void(path = detail::joined<Prefix, "/", detail::entry_of<Entries>::type::name>.view())
              : void()),
         ...);
        return path;
    }
    template <class Request>
    static bool refuses(const Request&, std::string_view) noexcept {
        return false;
    }
    /// \endcond
};

/// A nested object, written even when empty.
template <fixed_string Name, class... Parts>
struct object {
    /// \cond
    static constexpr std::size_t size = (Parts::size + ... + 0);
    static constexpr void list(std::string_view*& out) noexcept { (Parts::list(out), ...); }

    template <class Request>
    static std::size_t room(const Request& request, std::string_view model) noexcept {
        return detail::key<Name>.view().size() + detail::room_of_enclosed<Request, Parts...>(request, model);
    }
    template <class Request>
    static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                std::string_view model) {
        return detail::write_enclosed<'{', '}', Request, Parts...>(out, write_literal(c, detail::key<Name>),
                                                                   request, model);
    }

    template <fixed_string Prefix>
    static std::string_view path_of(std::string_view field) noexcept {
        std::string_view path;
        ((path.empty() ? void(path = Parts::template path_of<detail::joined<Prefix, "/", Name>>(field))
                       : void()),
         ...);
        return path;
    }
    template <class Request>
    static bool refuses(const Request& request, std::string_view field) noexcept {
        return (Parts::refuses(request, field) || ...);
    }
    /// \endcond
};

/// Members that are not written because the path says them.
template <auto... Members>
struct implied {
    /// \cond
    static constexpr std::size_t size = sizeof...(Members);
    static constexpr void list(std::string_view*& out) noexcept { ((*out++ = member_name<Members>), ...); }

    template <class Request>
    static std::size_t room(const Request&, std::string_view) noexcept {
        return 0;
    }
    template <class Request>
    static detail::cursor write(std::string&, detail::cursor c, const Request&, std::string_view) noexcept {
        return c;
    }

    template <fixed_string>
    static std::string_view path_of(std::string_view) noexcept {
        return {};
    }
    template <class Request>
    static bool refuses(const Request&, std::string_view) noexcept {
        return false;
    }
    /// \endcond
};

/// Members that this wire format has no place for: a request that sets one is refused.
template <auto... Members>
struct refused : implied<Members...> {
    /// \cond
    template <class Request>
    static bool refuses(const Request& request, std::string_view field) noexcept {
        return ((member_name<Members> == field && detail::is_set(request.*Members)) || ...);
    }
    /// \endcond
};

/// A member that is not written because the service always takes this value: a request that sets another is
/// refused.
template <auto Member, auto Value>
struct fixed : implied<Member> {
    /// \cond
    template <class Request>
    static bool refuses(const Request& request, std::string_view field) noexcept {
        const auto& value = request.*Member;
        return member_name<Member> == field && detail::is_set(value) && value != Value;
    }
    /// \endcond
};

/// A medium as an element of an array: `{"type":"first_frame","url":"https://..."}`.
template <auto Member, fixed_string Type>
struct typed_medium {
    /// \cond
    static constexpr auto before = detail::joined<",{\"type\":\"", Type, "\",\"url\":">;

    static constexpr std::size_t size = 1;
    static constexpr void list(std::string_view*& out) noexcept { *out++ = member_name<Member>; }
    static bool has(std::string_view field) noexcept { return member_name<Member> == field; }

    template <class Request>
    static std::size_t room(const Request& request, std::string_view) noexcept {
        const auto& value = request.*Member;
        return detail::is_set(value) ? before.view().size() + detail::room_of(detail::simplified(value)) + 1
                                     : 0;
    }
    template <class Request>
    static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                std::string_view) {
        const auto& value = request.*Member;
        if (!detail::is_set(value)) return c;
        c = detail::write(out, detail::write_literal(c, before), detail::simplified(value));
        *c.at++ = '}';
        return c;
    }
    /// \endcond
};

/// An array, written even when empty.
template <fixed_string Name, class... Elements>
struct array {
    /// \cond
    static constexpr std::size_t size = (Elements::size + ... + 0);
    static constexpr void list(std::string_view*& out) noexcept { (Elements::list(out), ...); }

    template <class Request>
    static std::size_t room(const Request& request, std::string_view model) noexcept {
        return detail::key<Name>.view().size() +
               detail::room_of_enclosed<Request, Elements...>(request, model);
    }
    template <class Request>
    static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                std::string_view model) {
        return detail::write_enclosed<'[', ']', Request, Elements...>(
            out, write_literal(c, detail::key<Name>), request, model);
    }

    /// Which element it is depends on what is set: the path is that of the array.
    template <fixed_string Prefix>
    static std::string_view path_of(std::string_view field) noexcept {
        return (Elements::has(field) || ...) ? detail::joined<Prefix, "/", Name>.view() : std::string_view{};
    }
    template <class Request>
    static bool refuses(const Request&, std::string_view) noexcept {
        return false;
    }
    /// \endcond
};

/// The whole JSON text.
template <class... Parts>
struct layout {
    /// \cond
    static constexpr std::size_t size = (Parts::size + ... + 0);
    static constexpr void list(std::string_view*& out) noexcept { (Parts::list(out), ...); }
    /// \endcond

    /// Replaces what `out` held. Members that are not set are left out. A string that held such a text before
    /// is long enough, so that writing again allocates nothing.
    template <class Request>
    static void write(std::string& out, const Request& request, std::string_view model) {
        const auto room = detail::room_of_enclosed<Request, Parts...>(request, model);
        if (out.size() < room) out.resize(room);
        const detail::cursor begin{out.data(), out.size() - room};
        const auto end = detail::write_enclosed<'{', '}', Request, Parts...>(out, begin, request, model);
        out.resize(static_cast<std::size_t>(end.at - out.data()));
    }

    /// The JSON pointer of a member in the text; empty if it has no place there.
    static std::string_view path_of(std::string_view field) noexcept {
        std::string_view path;
        ((path.empty() ? void(path = Parts::template path_of<fixed_string<0>{}>(field)) : void()), ...);
        return path;
    }

    /// Whether the request sets a member to what the text cannot say.
    template <class Request>
    static bool refuses(const Request& request, std::string_view field) noexcept {
        return (Parts::refuses(request, field) || ...);
    }
};

namespace detail {

template <template <class...> class List, class... Descriptors>
constexpr auto names_in(List<Descriptors...>) noexcept {
    return std::array<std::string_view, sizeof...(Descriptors)>{wire_spelling(Descriptors::name)...};
}

} // namespace detail

/// Whether a layout places, implies or refuses every described member exactly once. By name: within one
/// struct that is the member.
template <class Request, class Layout>
inline constexpr bool covers = [] {
    constexpr auto described = detail::names_in(members_of<Request>{});
    std::array<std::string_view, Layout::size> listed{};
    auto* end = listed.data();
    Layout::list(end);
    for (const auto name : described)
        if (std::count(listed.begin(), listed.end(), name) != 1) return false;
    return Layout::size == described.size();
}();

namespace detail {

/// What a table points to. Members of a class template, so that a program that compiles the library once can
/// say that they are somewhere else (`extern template`).
template <class Request, class Layout>
struct layout_functions {
    static void write(std::string& out, const Request& request, std::string_view model);
    static std::string_view path_of(std::string_view field) noexcept;
    static bool refuses(const Request& request, std::string_view field) noexcept;
};

template <class Request, class Layout>
void layout_functions<Request, Layout>::write(std::string& out, const Request& request,
                                              std::string_view model) {
    static_assert(covers<Request, Layout>, "a member of the request is in no place of the layout, or in two");
    Layout::write(out, request, model);
}
template <class Request, class Layout>
std::string_view layout_functions<Request, Layout>::path_of(std::string_view field) noexcept {
    return Layout::path_of(field);
}
template <class Request, class Layout>
bool layout_functions<Request, Layout>::refuses(const Request& request, std::string_view field) noexcept {
    return Layout::refuses(request, field);
}

} // namespace detail

/// A layout as a value, for tables.
template <class Request, class Layout>
inline constexpr request_layout<Request> layout_of{&detail::layout_functions<Request, Layout>::write,
                                                   &detail::layout_functions<Request, Layout>::path_of,
                                                   &detail::layout_functions<Request, Layout>::refuses};

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
