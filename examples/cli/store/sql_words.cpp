// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/sql_words.hpp"

#include <utility>

namespace cli {

namespace {

void replace(std::string& text, std::string_view name, std::string_view value) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
        text.replace(at, name.size(), value);
}

} // namespace

const sql_words words_of_sqlite{
    .id_type = "INTEGER PRIMARY KEY",
    .number_type = "INTEGER",
    .real_type = "REAL",
    .time_type = "TEXT",
    .now = "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    .for_update = "",
    .for_no_key_update = "",
    .skip_locked = "",
    .add_seconds = "strftime('%Y-%m-%d %H:%M:%f', {T}, ({S}) || ' seconds')",
    .to_seconds = "((julianday({T}) - 2440587.5) * 86400.0)",
    .to_text = "substr({T}, 1, 19)",
    .year_1970 = "'1970-01-01 00:00:00.000'",
    .begin = "BEGIN IMMEDIATE",
    .count_tables =
        "SELECT count(*), count(*) FILTER (WHERE name = 'wan_schema') FROM sqlite_master WHERE type = "
        "'table'",
};

const sql_words words_of_postgresql{
    .id_type = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    .number_type = "BIGINT",
    .real_type = "DOUBLE PRECISION",
    .time_type = "TIMESTAMPTZ",
    .now = "clock_timestamp()",
    .for_update = " FOR UPDATE",
    .for_no_key_update = " FOR NO KEY UPDATE",
    .skip_locked = " FOR UPDATE SKIP LOCKED",
    .add_seconds = "({T} + make_interval(secs => ({S})))",
    .to_seconds = "EXTRACT(EPOCH FROM {T})",
    .to_text = "to_char({T}, 'YYYY-MM-DD HH24:MI:SS')",
    .year_1970 = "TIMESTAMPTZ '1970-01-01 00:00:00+00'",
    .begin = "BEGIN",
    .count_tables = "SELECT count(*), count(*) FILTER (WHERE table_name = 'wan_schema') FROM "
                    "information_schema.tables WHERE table_schema = current_schema()",
};

std::string sql_words::plus(std::string_view time, std::string_view seconds) const {
    std::string all{add_seconds};
    replace(all, "{T}", time);
    replace(all, "{S}", seconds);
    return all;
}

std::string sql_words::seconds(std::string_view time) const {
    std::string all{to_seconds};
    replace(all, "{T}", time);
    return all;
}

std::string sql_words::text(std::string_view time) const {
    std::string all{to_text};
    replace(all, "{T}", time);
    return all;
}

std::string sql_words::fill(std::string_view statement) const {
    std::string all{statement};
    for (const auto& [name, value] :
         {std::pair{"{id}", id_type}, std::pair{"{number}", number_type}, std::pair{"{real}", real_type},
          std::pair{"{time}", time_type}, std::pair{"{now}", now}, std::pair{"{for update}", for_update},
          std::pair{"{for no key update}", for_no_key_update}, std::pair{"{skip locked}", skip_locked}})
        replace(all, name, value);
    return all;
}

} // namespace cli
