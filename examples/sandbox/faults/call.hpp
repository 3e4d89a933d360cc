// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace sandbox {

/// The kinds of requests of a client.
enum class call { submit, query, list, cancel, download, policy, upload };

struct call_row {
    call value;
    std::string_view name;
    int times; ///< how often a fault occurs
    std::string_view which;
};

inline constexpr call_row call_table[] = {
    {call::submit, "submit", 2, "first 2 submits"},
    {call::query, "query", 3, "first 3 queries of each task"},
    {call::list, "list", 3, "first 3 lists"},
    {call::cancel, "cancel", 3, "first 3 cancels"},
    {call::download, "download", 2, "first 2 downloads"},
    {call::policy, "policy", 2, "first 2 upload policies"},
    {call::upload, "upload", 2, "first 2 uploads"},
};

inline constexpr std::size_t call_count = std::size(call_table);

constexpr std::size_t index_of(call kind) noexcept { return static_cast<std::size_t>(kind); }
constexpr const call_row& row_of(call kind) noexcept { return call_table[index_of(kind)]; }

class call_set {
public:
    constexpr call_set(std::initializer_list<call> kinds) {
        for (const auto kind : kinds) bits_ |= 1U << index_of(kind);
    }
    constexpr bool has(call kind) const { return (bits_ >> index_of(kind) & 1U) != 0; }
    constexpr bool empty() const { return bits_ == 0; }

private:
    unsigned bits_ = 0;
};

} // namespace sandbox
