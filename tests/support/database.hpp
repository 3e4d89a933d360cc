// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads and changes the state of a batch as a person would, with SQLite itself.
#pragma once

#include "support/doctest.hpp"

#include <sqlite3.h>

#include <string>
#include <vector>

namespace support {

/// Runs statements on the file. Returns the rows of the last one, the columns separated by '|' as the program
/// sqlite3 prints them.
inline std::vector<std::string> query(const std::string& file, const std::string& statements) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    std::vector<std::string> rows;
    char* why = nullptr;
    const auto add = [](void* to, int columns, char** values, char**) {
        std::string row;
        for (int i = 0; i < columns; ++i)
            row.append(i != 0 ? "|" : "").append(values[i] != nullptr ? values[i] : "");
        static_cast<std::vector<std::string>*>(to)->push_back(row);
        return 0;
    };
    const auto code = sqlite3_exec(db, statements.c_str(), add, &rows, &why);
    CHECK_MESSAGE(code == SQLITE_OK, statements << ": " << (why != nullptr ? why : ""));
    sqlite3_free(why);
    sqlite3_close(db);
    return rows;
}

} // namespace support
