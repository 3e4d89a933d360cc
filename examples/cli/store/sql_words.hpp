// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The words in which SQLite and PostgreSQL differ. Everything else is written once.
#pragma once

#include <string>
#include <string_view>

namespace cli {

/// Times are in UTC, with milliseconds in SQLite and microseconds in PostgreSQL.
struct sql_words {
    std::string_view id_type;     ///< of a column whose values the database makes
    std::string_view number_type; ///< 64 bits
    std::string_view real_type;
    std::string_view time_type;
    std::string_view now;               ///< the time of the statement, not of the transaction
    std::string_view for_update;        ///< locks the rows of a query; SQLite has locked the whole database
    std::string_view for_no_key_update; ///< the same, but lets others refer to the rows
    std::string_view skip_locked;       ///< the same, without the rows that others have locked
    std::string_view add_seconds;       ///< {T} plus {S} seconds
    std::string_view to_seconds;        ///< seconds between 1970 and {T}
    std::string_view to_text;           ///< {T} as "2026-11-29 17:05:00"
    std::string_view year_1970;         ///< its first moment
    std::string_view begin;             ///< begins a transaction that may write
    std::string_view count_tables;      ///< counts all tables, and those with the name wan_schema

    std::string plus(std::string_view time, std::string_view seconds) const;
    std::string seconds(std::string_view time) const;
    std::string text(std::string_view time) const;
    /// Replaces {id}, {number}, {real}, {time}, {now}, {for update}, {for no key update} and {skip locked} in
    /// a statement.
    std::string fill(std::string_view statement) const;
};

extern const sql_words words_of_sqlite;
extern const sql_words words_of_postgresql;

/// Returns numbers for IN (...).
std::string list_of(const auto& ids) {
    std::string text;
    for (const auto id : ids) text.append(text.empty() ? "" : ", ").append(std::to_string(id));
    return text;
}

} // namespace cli
