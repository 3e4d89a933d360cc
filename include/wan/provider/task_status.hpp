// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The status of a task, and the words by which services report it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/text.hpp>
#include <wan/wire_name.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

/// What the status words of services mean.
enum class task_status { pending, running, succeeded, failed, canceled, expired };
BOOST_DESCRIBE_ENUM(task_status, pending, running, succeeded, failed, canceled, expired)

/// A status word of a service, and its meaning.
struct status_word {
    std::string_view word; ///< in any case
    task_status status;    ///< its meaning
};

namespace detail {

/// The meaning of a word by these rows alone.
constexpr std::optional<task_status> find_own_status(std::span<const status_word> rows,
                                                     std::string_view word) noexcept {
    for (const auto& row : rows)
        if (equal_ignoring_case(row.word, word)) return row.status;
    return std::nullopt;
}

} // namespace detail

/// The meaning of a status word, in any case. A row of the dialect's own table, `dialect::statuses`, comes
/// first. Without one, success, succeeded, completed, complete, done and finished, failed, failure and error,
/// canceled and cancelled mean what they say, also after `TASK_STATUS_`. Nothing for any other word.
WAN_DECL std::optional<task_status> find_status(std::span<const status_word> own,
                                                std::string_view word) noexcept;

/// The same, but an unknown word is treated as `running`: a task whose status no one knows is polled until
/// its deadline.
WAN_DECL task_status status_or_running(std::span<const status_word> own, std::string_view word) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/task_status.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
