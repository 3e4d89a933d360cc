// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Maps each member of a described struct to its place in a JSON text. A layout consists of lists of member
/// pointers. Its keys are built at compile time, and a layout that omits a member does not compile.
///
///     using body = json::layout<
///         json::place<json::resolved_model<&K::model>>,
///         json::object<"input", json::place<&K::first_frame_url, json::renamed<&K::prompt, "text">>>,
///         json::refused<&K::watermark>>;
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/layout_media.hpp>
#include <wan/json/layout_parts.hpp>
#include <wan/json/medium_slot.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/json/write.hpp>
#include <wan/reflect.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::json {

/// A layout of a whole JSON text.
template <class... Parts>
struct layout {
    /// \cond
    static constexpr std::size_t member_count = (Parts::member_count + ... + 0);
    static constexpr void list(std::string_view*& out) noexcept { (Parts::list(out), ...); }
    /// \endcond

    /// Writes the request as JSON and replaces the contents of `out`. Unset members are omitted. If `out`
    /// held such a text before, its capacity is sufficient and nothing is allocated. Adds a slot for each
    /// medium that is given as bytes, in text order; `media_slots` may be null.
    template <class Request>
    static void write(std::string& out, const Request& request, std::string_view model,
                      std::vector<medium_slot>* media_slots = nullptr) {
        const detail::layout_context context{model, media_slots};
        const auto size = detail::size_of_enclosed<Request, Parts...>(request, context);
        if (out.size() < size) out.resize(size);
        const detail::cursor begin{out.data(), out.size() - size};
        const auto end = detail::write_enclosed<'{', '}', Request, Parts...>(out, begin, request, context);
        out.resize(static_cast<std::size_t>(end.at - out.data()));
    }

    /// Returns the JSON pointer of a member in the text; empty if the text does not contain the member.
    static std::string_view path_of(std::string_view field) noexcept {
        std::string_view path;
        ((path.empty() ? void(path = Parts::template path_of<fixed_string<0>{}>(field)) : void()), ...);
        return path;
    }

    /// Returns whether the request sets a member to a value that the text cannot represent.
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

/// True if a layout places, implies or rejects every described member exactly once. Members are compared by
/// name, which is unique within a struct.
template <class Request, class Layout>
inline constexpr bool covers = [] {
    constexpr auto described = detail::names_in(members_of<Request>{});
    std::array<std::string_view, Layout::member_count> listed{};
    auto* end = listed.data();
    Layout::list(end);
    for (const auto name : described)
        if (std::count(listed.begin(), listed.end(), name) != 1) return false;
    return Layout::member_count == described.size();
}();

namespace detail {

/// The functions that a table points to. They are members of a class template so that a program that compiles
/// the library once can declare them `extern template`.
template <class Request, class Layout>
struct layout_functions {
    static void write(std::string& out, const Request& request, std::string_view model,
                      std::vector<medium_slot>* media_slots);
    static std::string_view path_of(std::string_view field) noexcept;
    static bool refuses(const Request& request, std::string_view field) noexcept;
};

/// Its name in the compiler's error shows the member, and how often the layout contains it.
template <auto Member, std::ptrdiff_t Places>
struct member_in_layout {
    static_assert(Places == 1, "this member is missing from the layout, or appears twice");
};

/// Does not compile if the layout lacks a member or repeats it.
template <class Layout, template <class...> class List, class... Descriptors>
constexpr void name_misplaced(List<Descriptors...>) noexcept {
    constexpr auto places = [](std::string_view name) {
        std::array<std::string_view, Layout::member_count> listed{};
        auto* end = listed.data();
        Layout::list(end);
        return std::count(listed.begin(), listed.end(), name);
    };
    (void(member_in_layout<Descriptors::pointer, places(wire_spelling(Descriptors::name))>{}), ...);
}

template <class Request, class Layout>
void layout_functions<Request, Layout>::write(std::string& out, const Request& request,
                                              std::string_view model, std::vector<medium_slot>* media_slots) {
    if constexpr (!covers<Request, Layout>) name_misplaced<Layout>(members_of<Request>{});
    static_assert(covers<Request, Layout>,
                  "a member of the request is missing from the layout, or appears twice");
    Layout::write(out, request, model, media_slots);
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
