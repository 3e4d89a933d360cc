// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The parts of a layout: members, and the objects and arrays around them.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/detail/entry.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/json/write.hpp>
#include <wan/reflect.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::json {

/// Writes the member under another name.
template <auto Member, fixed_string Name>
inline constexpr detail::entry_value<detail::entry<Member, Name>> renamed{};

/// Writes the member's value in another form: `Convert` returns a string, a number, a boolean or a result of
/// `as_text`.
template <auto Member, auto Convert, fixed_string Name = detail::own_name<Member>>
inline constexpr detail::entry_value<detail::converted_entry<Member, Convert, Name>> converted{};

/// For `converted`: writes a number as a JSON string, such as `"5"`.
inline constexpr auto as_text = [](auto number) noexcept {
    return detail::number_text<decltype(number)>{number};
};

/// Writes the chosen model, which may be the provider's default, instead of the member's value.
template <auto Member, fixed_string Name = detail::own_name<Member>>
inline constexpr detail::entry_value<detail::resolved_model_entry<Member, Name>> resolved_model{};

/// Members in the enclosing object, side by side.
template <auto... Entries>
struct place {
    /// \cond
    static constexpr std::size_t member_count = sizeof...(Entries);
    static constexpr void list(std::string_view*& out) noexcept {
        ((*out++ = member_name<detail::entry_of<Entries>::type::pointer>), ...);
    }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context& context) noexcept {
        return (detail::entry_of<Entries>::type::size(request, context) + ... + 0);
    }
    template <class Request>
    BOOST_FORCEINLINE static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                                  const detail::layout_context& context) {
        ((c = detail::entry_of<Entries>::type::write(out, c, request, context)), ...);
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

/// The members of a `member_list`, side by side under their own names.
template <class List>
struct place_all;
/// \cond
template <auto... Members>
struct place_all<member_list<Members...>> : place<Members...> {};
/// \endcond

/// A nested object, which is written even if it is empty.
template <fixed_string Name, class... Parts>
struct object {
    /// \cond
    static constexpr std::size_t member_count = (Parts::member_count + ... + 0);
    static constexpr void list(std::string_view*& out) noexcept { (Parts::list(out), ...); }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context& context) noexcept {
        return detail::key<Name>.view().size() +
               detail::size_of_enclosed<Request, Parts...>(request, context);
    }
    template <class Request>
    BOOST_FORCEINLINE static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                                  const detail::layout_context& context) {
        return detail::write_enclosed<'{', '}', Request, Parts...>(out, write_literal(c, detail::key<Name>),
                                                                   request, context);
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

namespace detail {

/// Base of parts that have no paths and reject nothing.
struct pathless_part {
    template <fixed_string>
    static std::string_view path_of(std::string_view) noexcept {
        return {};
    }
    template <class Request>
    static bool refuses(const Request&, std::string_view) noexcept {
        return false;
    }
};

} // namespace detail

/// A constant text of the wire format that no member provides.
template <fixed_string Name, fixed_string Text>
struct constant : detail::pathless_part {
    /// \cond
    static constexpr auto text = detail::joined<",\"", Name, "\":\"", Text, "\"">;

    static constexpr std::size_t member_count = 0;
    static constexpr void list(std::string_view*&) noexcept {}

    template <class Request>
    static std::size_t size(const Request&, const detail::layout_context&) noexcept {
        return text.view().size();
    }
    template <class Request>
    BOOST_FORCEINLINE static detail::cursor write(std::string&, detail::cursor c, const Request&,
                                                  const detail::layout_context&) noexcept {
        return detail::write_literal(c, text);
    }
    /// \endcond
};

/// Members that are not written because the URL path implies them.
template <auto... Members>
struct implied : detail::pathless_part {
    /// \cond
    static constexpr std::size_t member_count = sizeof...(Members);
    static constexpr void list(std::string_view*& out) noexcept { ((*out++ = member_name<Members>), ...); }

    template <class Request>
    static std::size_t size(const Request&, const detail::layout_context&) noexcept {
        return 0;
    }
    template <class Request>
    BOOST_FORCEINLINE static detail::cursor write(std::string&, detail::cursor c, const Request&,
                                                  const detail::layout_context&) noexcept {
        return c;
    }
    /// \endcond
};

/// Members that this wire format does not support. A request that sets one is invalid.
template <auto... Members>
struct refused : implied<Members...> {
    /// \cond
    template <class Request>
    static bool refuses(const Request& request, std::string_view field) noexcept {
        return ((member_name<Members> == field && detail::is_set(request.*Members)) || ...);
    }
    /// \endcond
};

/// A member that is not written because the provider always uses `Value` for it. A request with another value
/// is invalid.
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

/// One text made from several members: `Make` is called with their values. If `Make` returns an empty text,
/// nothing is written. If one of the members is set in this case, the request is invalid, and the violation
/// names the last member.
template <fixed_string Name, auto Make, auto... Members>
struct combined {
    /// \cond
    static constexpr std::size_t member_count = sizeof...(Members);
    static constexpr void list(std::string_view*& out) noexcept { ((*out++ = member_name<Members>), ...); }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context&) noexcept {
        const std::string_view text = Make(request.*Members...);
        return text.empty() ? 0 : detail::key<Name>.view().size() + detail::size_of(text);
    }
    template <class Request>
    BOOST_FORCEINLINE static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                                  const detail::layout_context&) {
        const std::string_view text = Make(request.*Members...);
        return text.empty() ? c : detail::write(out, detail::write_literal(c, detail::key<Name>), text);
    }

    template <fixed_string Prefix>
    static std::string_view path_of(std::string_view field) noexcept {
        return ((member_name<Members> == field) || ...) ? detail::joined<Prefix, "/", Name>.view()
                                                        : std::string_view{};
    }
    template <class Request>
    static bool refuses(const Request& request, std::string_view field) noexcept {
        constexpr std::string_view names[] = {member_name<Members>...};
        return field == names[member_count - 1] && (detail::is_set(request.*Members) || ...) &&
               std::string_view{Make(request.*Members...)}.empty();
    }
    /// \endcond
};

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
