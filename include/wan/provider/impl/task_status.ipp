// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/provider/detail/sent_url.hpp>
#include <wan/provider/task_status.hpp>

namespace wan::inline WAN_ABI {

namespace detail {

/// Words with the same meaning at every provider. Only final statuses are listed: a task with an unknown word
/// is polled again anyway.
inline constexpr status_word common_statuses[] = {
    {"success", task_status::succeeded},   {"succeed", task_status::succeeded},
    {"succeeded", task_status::succeeded}, {"completed", task_status::succeeded},
    {"complete", task_status::succeeded},  {"done", task_status::succeeded},
    {"finished", task_status::succeeded},  {"failed", task_status::failed},
    {"fail", task_status::failed},         {"failure", task_status::failed},
    {"error", task_status::failed},        {"canceled", task_status::canceled},
    {"cancelled", task_status::canceled},
};

} // namespace detail

WAN_DECL std::optional<task_status> find_status(std::span<const status_word> own,
                                                std::string_view word) noexcept {
    word = detail::trimmed(word);
    if (const auto status = detail::find_own_status(own, word)) return status;
    constexpr std::string_view prefix = "TASK_STATUS_";
    if (detail::equal_ignoring_case(word.substr(0, prefix.size()), prefix)) word.remove_prefix(prefix.size());
    return detail::find_own_status(detail::common_statuses, word);
}

WAN_DECL task_status status_or_running(std::span<const status_word> own, std::string_view word) noexcept {
    return find_status(own, word).value_or(task_status::running);
}

} // namespace wan::inline WAN_ABI
