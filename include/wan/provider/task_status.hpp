// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The status of a task, and the words that providers use for it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/text.hpp>
#include <wan/wire_name.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The status of a task at the provider.
enum class task_status { pending, running, succeeded, failed, canceled, expired };
BOOST_DESCRIBE_ENUM(task_status, pending, running, succeeded, failed, canceled, expired)

/// A provider's status word, and its meaning.
struct status_word {
    std::string_view word; ///< case-insensitive
    task_status status;    ///< its meaning
};

namespace detail {

/// Returns the meaning of a word according to these rows alone.
constexpr std::optional<task_status> find_own_status(std::span<const status_word> rows,
                                                     std::string_view word) noexcept {
    for (const auto& row : rows)
        if (equal_ignoring_case(row.word, word)) return row.status;
    return std::nullopt;
}

} // namespace detail

/// Returns the meaning of a status word, ignoring case. A row of the dialect's own table,
/// `dialect::statuses`, takes precedence. Otherwise these words have their usual meaning, with or without the
/// prefix `TASK_STATUS_`: success, succeed, succeeded, completed, complete, done and finished; failed, fail,
/// failure and error; canceled and cancelled. Returns nothing for any other word.
WAN_DECL std::optional<task_status> find_status(std::span<const status_word> own,
                                                std::string_view word) noexcept;

/// Same as `find_status`, but an unknown word is treated as `running`: a task with such a status is polled
/// until its deadline.
WAN_DECL task_status status_or_running(std::span<const status_word> own, std::string_view word) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/task_status.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
