// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Layout parts for media: arrays and lists.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/detail/element.hpp>
#include <wan/json/detail/entry.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/json/write.hpp>
#include <wan/reflect.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::json {

/// A medium as an element of an array: `{"type":"first_frame","url":"https://..."}`.
template <auto Member, fixed_string Type>
struct typed_medium {
    /// \cond
    static constexpr auto before = detail::joined<",{\"type\":\"", Type, "\",\"url\":">;

    static constexpr std::size_t member_count = 1;
    static constexpr void list(std::string_view*& out) noexcept { *out++ = member_name<Member>; }
    static bool has(std::string_view field) noexcept { return member_name<Member> == field; }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context&) noexcept {
        const auto& value = request.*Member;
        return detail::is_set(value) ? before.view().size() + detail::size_of(detail::simplified(value)) + 1
                                     : 0;
    }
    template <class Request>
    BOOST_FORCEINLINE static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                                  const detail::layout_context& context) {
        const auto& value = request.*Member;
        if (!detail::is_set(value)) return c;
        if (const auto* medium = detail::given_by_bytes(value)) [[unlikely]]
            c = detail::write_slot(out, c, before.view(), context,
                                   {0, std::string{member_name<Member>}, medium});
        else
            c = detail::write(out, detail::write_literal(c, before), detail::simplified(value));
        *c.at++ = '}';
        return c;
    }
    /// \endcond
};

/// Writes the elements of a list into an array. Each element is a described struct with a medium `url` and a
/// `type`; `media_kind_of` returns the kind of medium for the `type`. All members keep their names.
template <auto Member>
struct typed_media {
    /// \cond
    static constexpr std::size_t member_count = 1;
    static constexpr void list(std::string_view*& out) noexcept { *out++ = member_name<Member>; }
    static bool has(std::string_view field) noexcept { return member_name<Member> == field; }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context&) noexcept {
        std::size_t sum = 0;
        for (const auto& each : request.*Member) sum += detail::size_of_element(each);
        return sum;
    }
    template <class Request>
    static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                const detail::layout_context& context) {
        std::size_t index = 0;
        for (const auto& each : request.*Member)
            c = detail::write_element(out, c, each, member_name<Member>, index++, context);
        return c;
    }
    /// \endcond
};

/// Writes the URLs of a list's elements into an array. It does not write the other members of the elements,
/// so the model's row must reject them.
template <auto Member>
struct media_urls {
    /// \cond
    static constexpr std::size_t member_count = 1;
    static constexpr void list(std::string_view*& out) noexcept { *out++ = member_name<Member>; }
    static bool has(std::string_view field) noexcept { return member_name<Member> == field; }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context&) noexcept {
        std::size_t sum = 0;
        for (const auto& each : request.*Member) sum += 1 + detail::size_of(each.url.url());
        return sum;
    }
    template <class Request>
    static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                const detail::layout_context& context) {
        std::size_t index = 0;
        for (const auto& each : request.*Member)
            c = detail::write_list_medium(out, c, ",", each.url, media_kind_of(each.type),
                                          {member_name<Member>, index++, "url"}, context);
        return c;
    }
    /// \endcond
};

/// Writes the same text into an array once for each element of a list. Another part of the layout places the
/// list itself.
template <auto Member, fixed_string Text>
struct text_for_each {
    /// \cond
    static constexpr auto text = detail::joined<",\"", Text, "\"">;

    static constexpr std::size_t member_count = 0;
    static constexpr void list(std::string_view*&) noexcept {}
    static bool has(std::string_view) noexcept { return false; }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context&) noexcept {
        return (request.*Member).size() * text.view().size();
    }
    template <class Request>
    static detail::cursor write(std::string&, detail::cursor c, const Request& request,
                                const detail::layout_context&) noexcept {
        for (auto left = (request.*Member).size(); left > 0; --left) c = detail::write_literal(c, text);
        return c;
    }
    /// \endcond
};

/// Writes the URLs of a list's elements, each under its own name. If there are more elements than names, the
/// request is invalid.
template <auto Member, fixed_string... Names>
struct numbered_urls {
    /// \cond
    static constexpr std::size_t member_count = 1;
    static constexpr void list(std::string_view*& out) noexcept { *out++ = member_name<Member>; }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context&) noexcept {
        std::size_t sum = 0, index = 0;
        for (const auto& each : request.*Member)
            if (index < sizeof...(Names)) sum += keys[index++].size() + detail::size_of(each.url.url());
        return sum;
    }
    template <class Request>
    static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                const detail::layout_context& context) {
        std::size_t index = 0;
        for (const auto& each : request.*Member) {
            if (index == sizeof...(Names)) break;
            c = detail::write_list_medium(out, c, keys[index], each.url, media_kind_of(each.type),
                                          {member_name<Member>, index, "url"}, context);
            ++index;
        }
        return c;
    }

    template <fixed_string Prefix>
    static std::string_view path_of(std::string_view field) noexcept {
        constexpr std::string_view first[] = {detail::joined<Prefix, "/", Names>.view()...};
        return field == member_name<Member> ? first[0] : std::string_view{};
    }
    template <class Request>
    static bool refuses(const Request& request, std::string_view field) noexcept {
        return field == member_name<Member> && (request.*Member).size() > sizeof...(Names);
    }

private:
    static constexpr std::string_view keys[] = {detail::key<Names>.view()...};
    /// \endcond
};

/// An array, which is written even if it is empty.
template <fixed_string Name, class... Elements>
struct array {
    /// \cond
    static constexpr std::size_t member_count = (Elements::member_count + ... + 0);
    static constexpr void list(std::string_view*& out) noexcept { (Elements::list(out), ...); }

    template <class Request>
    static std::size_t size(const Request& request, const detail::layout_context& context) noexcept {
        return detail::key<Name>.view().size() +
               detail::size_of_enclosed<Request, Elements...>(request, context);
    }
    template <class Request>
    BOOST_FORCEINLINE static detail::cursor write(std::string& out, detail::cursor c, const Request& request,
                                                  const detail::layout_context& context) {
        return detail::write_enclosed<'[', ']', Request, Elements...>(
            out, write_literal(c, detail::key<Name>), request, context);
    }

    /// The element's index depends on which members are set, so the path is the path of the array.
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

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
