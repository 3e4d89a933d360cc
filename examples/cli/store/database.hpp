// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The database that keeps the state of a batch: an SQLite file.
#pragma once

#include <wan/error.hpp>

#include <soci/soci.h>

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cli {

/// A connection with the current schema. Every failure names the database and what to do.
class database {
public:
    /// Opens the file `state.db` of the directory; both are created if necessary. Brings an older schema up
    /// to date. Fails if the schema is newer than this program.
    static wan::result<std::unique_ptr<database>> open(const std::string& directory);

    explicit database(std::string file) : file_(std::move(file)) {}
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    const std::string& file() const noexcept { return file_; }

    /// Calls `work` in a transaction that is on the disk when this function returns. Nothing of it is kept if
    /// `work` throws.
    template <class Work>
    wan::result<void> transact(Work work) {
        try {
            sql_ << "BEGIN IMMEDIATE";
            work(sql_);
            sql_ << "COMMIT";
            return {};
        } catch (const std::exception& e) {
            auto failed = failure("cannot write", e);
            roll_back();
            return failed;
        }
    }

    /// Calls `work`, which only reads.
    template <class Work>
    wan::result<void> read(Work work) {
        try {
            work(sql_);
            return {};
        } catch (const std::exception& e) { return failure("cannot read", e); }
    }

private:
    wan::result<void> connect();
    void roll_back() noexcept;
    wan::error failure(std::string_view what, const std::exception& e) const;

    std::string file_;
    soci::session sql_;
};

/// Returns the time as the database has it: UTC, such as "2026-11-29 17:05:00".
std::string utc_now();

} // namespace cli
