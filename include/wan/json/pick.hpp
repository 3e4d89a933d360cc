// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Values to extract from a JSON text.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::json {

/// One value to extract: a string or a number at a JSON pointer (RFC 6901). A number is read from a JSON
/// number or from a string that contains a number. A string is read from a JSON string or an integer. If
/// several picks have the same target, the first pick in the list whose value is present wins, regardless of
/// the order in the text. Null and "" are treated as absent.
/// \code
/// std::string id;
/// const wan::json::pick wanted[] = {{.pointer = "/output/task_id", .text = &id}};
/// if (const auto done = wan::json::read(body, wanted); !done) return fail(done.error().message);
/// \endcode
struct pick {
    std::string_view pointer;                ///< RFC 6901, such as "/output/task_id"
    std::string* text = nullptr;             ///< the target if a string is wanted
    std::optional<double>* number = nullptr; ///< the target if a number is wanted
    bool takes_only_element = false; ///< for a string: whether an array of one string is also accepted
};

/// The objects of one array in the text; the picks are applied to each object. `on_row` is called after each
/// object. This function moves the values out of the targets and leaves them empty for the next object.
struct rows {
    std::string_view array;        ///< JSON pointer of the array
    std::span<const pick> picks;   ///< with pointers relative to the object
    void (*on_row)(void* context); ///< called in text order
    void* context;                 ///< passed to `on_row`
    bool* is_there;                ///< set to true if the array is present
    std::size_t* others = nullptr; ///< set to the number of elements that are not objects
};

/// The maximum number of picks in one call to `read`.
inline constexpr std::size_t max_picks = 64;
/// The maximum number of different objects, arrays and values that the pointers of one call name, with the
/// root:
/// "/output/task_id" names three. Further pointers match nothing.
inline constexpr std::size_t max_nodes = 160;
/// The maximum nesting depth of a text.
inline constexpr std::size_t max_depth = 32;

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
