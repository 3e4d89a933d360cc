// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What to look for in a JSON text.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::json {

/// One value to look for: a string or a number at a JSON pointer (RFC 6901). Numbers are read from JSON
/// numbers and from strings that hold one; strings from JSON strings and integers. Of several picks with the
/// same target the first one in the list that is there wins, wherever it stands in the text. Null and ""
/// count as not there.
struct pick {
    std::string_view pointer;                ///< RFC 6901, "/output/task_id"
    std::string* text = nullptr;             ///< the target, if it is a text
    std::optional<double>* number = nullptr; ///< the target, if it is a number
    bool takes_only_element = false;         ///< of a text: an array of one string is treated as it
};

/// The objects of one array of the text, each read like a text of its own. After each object `on_row` is
/// called; it takes what is in the targets and leaves them empty for the next.
struct rows {
    std::string_view array;        ///< JSON pointer of the array
    std::span<const pick> picks;   ///< pointers from the object on
    void (*on_row)(void* context); ///< called in the order of the text
    void* context;                 ///< handed to `on_row`
    bool* is_there;                ///< set when the array is met
    std::size_t* others = nullptr; ///< set to how many of its elements are no objects
};

/// How many picks one `read` takes.
inline constexpr std::size_t max_picks = 64;
/// How deeply a text may be nested.
inline constexpr std::size_t max_depth = 32;

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
