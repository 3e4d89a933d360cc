// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The database that keeps the state of shots: an SQLite file for one machine, PostgreSQL for many.
#pragma once

#include "cli/store/sql_words.hpp"

#include <wan/error.hpp>

#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cli {

/// Returns whether `--state` names a PostgreSQL database, and not a directory.
bool is_postgresql(std::string_view where);

/// Thrown within `database::transact`: nothing of the transaction is kept.
struct not_kept : std::exception {};

/// A connection with the current schema. Every failure names the database and what to do, without a password.
class database {
public:
    /// Opens the database at a `postgresql://` URL, or the file `state.db` of a directory; both are created
    /// if necessary. Brings an older schema up to date. Fails if the schema is newer than this program.
    /// If it must exist, an empty database is an error.
    static wan::result<std::unique_ptr<database>> open(const std::string& where, bool must_exist = false);

    database(std::string where, std::string name, const sql_words& spoken)
        : where_(std::move(where)), name_(std::move(name)), words_(spoken) {}
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    /// Returns the file, or the URL without user and password.
    const std::string& name() const noexcept { return name_; }
    const sql_words& words() const noexcept { return words_; }

    /// Calls `work` in a transaction that is on the disk when this function returns. Nothing of it is kept if
    /// `work` throws. If this function fails because the connection was lost, it is not known whether the
    /// transaction is kept.
    template <class Work>
    wan::result<void> transact(Work work) {
        try {
            connect_again();
            sql_ << std::string{words_.begin};
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
            connect_again();
            work(sql_);
            return {};
        } catch (const std::exception& e) { return failure("cannot read", e); }
    }

    /// Fails if another program has brought the schema to a version that this program does not know.
    wan::result<void> check_version();

private:
    wan::result<void> connect(bool must_exist);
    void connect_again();
    wan::result<void> migrate(int version);
    wan::result<void> check(int version) const;
    void roll_back() noexcept;
    wan::error failure(std::string_view what, const std::exception& e);

    std::string where_; ///< the file, or the URL
    std::string name_;
    const sql_words& words_;
    bool is_lost_ = false; ///< the connection
    soci::session sql_;
};

/// Opens a state that is there already. Fails with `invalid_request` if it is not.
wan::result<std::unique_ptr<database>> open_existing(const std::string& where);

/// Returns the time as the database has it: UTC, such as "2026-11-29 17:05:00".
std::string utc_now();
std::string utc_text(std::chrono::sys_seconds time);

} // namespace cli
