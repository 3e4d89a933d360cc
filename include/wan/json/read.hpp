// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Reads a few values out of a JSON text, by JSON pointer, without building a tree.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>

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

/// Fills the targets of `picks`; what is not in the text stays as it was. Fails with `protocol`, with the
/// position, if `text` is not one JSON value in UTF-8 or is nested more than `max_depth` deep; what stood
/// whole before that position is then in its targets.
WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks);

/// The same, and the rows of an array with it. Values within the rows are no targets of `picks`.
WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks, const rows& each);

} // namespace wan::inline WAN_ABI::json

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/json/impl/read.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
