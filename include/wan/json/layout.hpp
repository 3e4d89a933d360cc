// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Where each member of a described struct goes in a JSON text, as lists of member pointers: the keys are built by
/// the compiler, and a member that a layout forgets does not compile.
///
///     using body = json::layout<
///         json::place<json::resolved_model<&K::model>>,
///         json::object<"input", json::place<&K::first_frame_url, json::renamed<&K::prompt, "text">>>,
///         json::refused<&K::watermark>>;
#pragma once

#include <wan/json/buffer.hpp>
#include <wan/media.hpp>
#include <wan/reflect.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace wan::json {

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

// What is "set", and how a value is written, by its type.
template <class T>
constexpr bool is_set(const T&) noexcept { return true; }
template <class T>
constexpr bool is_set(const std::optional<T>& value) noexcept { return value.has_value(); }
inline bool is_set(const std::string& value) noexcept { return !value.empty(); }
inline bool is_set(const media& value) noexcept { return !value.empty(); }

inline void write_value(buffer& out, bool value) {
    if (value)
        out.raw<"true">();
    else
        out.raw<"false">();
}
inline void write_value(buffer& out, std::string_view value) { out.string(value); }
inline void write_value(buffer& out, const std::string& value) { out.string(value); }
inline void write_value(buffer& out, const media& value) { out.string(value.url()); }
template <std::integral Int>
void write_value(buffer& out, Int value) { out.number(value); }
template <class E>
    requires std::is_enum_v<E>
void write_value(buffer& out, E value) { out.string(to_wire(value)); }
template <class T>
void write_value(buffer& out, const std::optional<T>& value) { write_value(out, *value); }

/// A member in its place, under its own name or another.
template <auto Member>
struct entry {
    static constexpr auto pointer = Member;
    static constexpr fixed_string<member_name<Member>.size()> name{member_name<Member>};

    template <class Request>
    static void write(buffer& out, const Request& request, std::string_view) {
        const auto& value = request.*Member;
        if (!is_set(value)) return;
        out.raw<key<name>>();
        write_value(out, value);
    }
};

template <auto Member, fixed_string Name>
struct renamed_entry : entry<Member> {
    static constexpr auto name = Name;

    template <class Request>
    static void write(buffer& out, const Request& request, std::string_view) {
        const auto& value = request.*Member;
        if (!is_set(value)) return;
        out.raw<key<Name>>();
        write_value(out, value);
    }
};

template <auto Member>
struct resolved_model_entry : entry<Member> {
    template <class Request>
    static void write(buffer& out, const Request&, std::string_view model) {
        out.raw<key<entry<Member>::name>>();
        out.string(model);
    }
};

template <auto Entry>
struct entry_of {
    using type = entry<Entry>;
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

/// An object's members are all written with a comma before them; the first comma then becomes the brace.
template <class Request, class... Parts>
void write_object(buffer& out, const Request& request, std::string_view model) {
    const auto start = out.size();
    (Parts::write(out, request, model), ...);
    if (out.size() == start)
        out.raw<"{}">();
    else {
        out.replace(start, '{');
        out.raw<"}">();
    }
}

template <auto Member>
struct member_constant {
    template <auto Other>
    static constexpr bool is() {
        if constexpr (std::is_same_v<decltype(Member), decltype(Other)>)
            return Member == Other;
        else
            return false;
    }
};

} // namespace detail

/// The member goes under another name.
template <auto Member, fixed_string Name>
inline constexpr detail::entry_value<detail::renamed_entry<Member, Name>> renamed{};

/// The member is the model: what is written is the model that was chosen, which may be the provider's default.
template <auto Member>
inline constexpr detail::entry_value<detail::resolved_model_entry<Member>> resolved_model{};

/// Members side by side in the enclosing object.
template <auto... Entries>
struct place {
    template <auto Member>
    static constexpr int count = (detail::member_constant<detail::entry_of<Entries>::type::pointer>::template is<Member>() + ... + 0);

    template <class Request>
    static void write(buffer& out, const Request& request, std::string_view model) {
        (detail::entry_of<Entries>::type::write(out, request, model), ...);
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
};

/// A nested object, written even when empty.
template <fixed_string Name, class... Parts>
struct object {
    template <auto Member>
    static constexpr int count = (Parts::template count<Member> + ... + 0);

    template <class Request>
    static void write(buffer& out, const Request& request, std::string_view model) {
        out.raw<detail::key<Name>>();
        detail::write_object<Request, Parts...>(out, request, model);
    }

    template <fixed_string Prefix>
    static std::string_view path_of(std::string_view field) noexcept {
        std::string_view path;
        ((path.empty() ? void(path = Parts::template path_of<detail::joined<Prefix, "/", Name>>(field)) : void()), ...);
        return path;
    }
};

/// Members that this wire format has no place for.
template <auto... Members>
struct refused {
    template <auto Member>
    static constexpr int count = (detail::member_constant<Members>::template is<Member>() + ... + 0);

    template <class Request>
    static void write(buffer&, const Request&, std::string_view) noexcept {}

    template <fixed_string>
    static std::string_view path_of(std::string_view) noexcept { return {}; }
};

/// The whole JSON text.
template <class... Parts>
struct layout {
    template <auto Member>
    static constexpr int count = (Parts::template count<Member> + ... + 0);

    /// Replaces what `out` held. Members that are not set are left out.
    template <class Request>
    static void write(std::string& out, const Request& request, std::string_view model) {
        buffer text{out};
        detail::write_object<Request, Parts...>(text, request, model);
    }

    /// The JSON pointer of a member in the text; empty if it has no place there.
    static std::string_view path_of(std::string_view field) noexcept {
        std::string_view path;
        ((path.empty() ? void(path = Parts::template path_of<fixed_string<0>{}>(field)) : void()), ...);
        return path;
    }
};

/// Whether a layout places or refuses every described member exactly once.
template <class Request, class Layout>
inline constexpr bool covers = [] {
    bool once = true;
    boost::mp11::mp_for_each<members_of<Request>>(
        [&](auto member) { once = once && Layout::template count<decltype(member)::pointer> == 1; });
    return once;
}();

/// A layout as a value, for tables.
template <class Request>
struct request_layout {
    void (*write)(std::string& out, const Request& request, std::string_view model) = nullptr;
    std::string_view (*path_of)(std::string_view field) noexcept = nullptr;
};

template <class Request, class Layout>
    requires covers<Request, Layout>
inline constexpr request_layout<Request> layout_of{&Layout::template write<Request>, &Layout::path_of};

} // namespace wan::json
