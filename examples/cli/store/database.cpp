// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/database.hpp"

#include "cli/files/storage.hpp"
#include "cli/output/times.hpp"
#include "cli/store/schema.hpp"

#include <wan/printable.hpp>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cli {

namespace {

constexpr int busy_milliseconds = 5000;
constexpr int not_ours = -1;
constexpr int damaged = -2;
constexpr int migration_lock = 0x77616e; // "wan"

void ignore_notice(void*, const char*) {}

void prepare_postgresql(soci::session& sql) {
    // libpq would print the server's notices.
    PQsetNoticeProcessor(static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_,
                         &ignore_notice, nullptr);
    sql << "SET TIME ZONE 'UTC'";
    sql << "SET client_min_messages = warning";
    // A worker that hangs must not keep the rows of others locked.
    sql << "SET statement_timeout = '10s'";
    sql << "SET idle_in_transaction_session_timeout = '5s'";
}

/// Returns the parameters with which SOCI opens the file.
std::string parameters(const std::string& file) {
    // A name that begins with "file:" would be taken for a URL.
    const auto path = std::filesystem::absolute(file).string();
    // A text without '=' is the name as a whole.
    return path.find('=') == std::string::npos ? path : "dbname=\"" + path + "\"";
}

/// Returns the URL with limits on the time for which a dead server or network is believed.
std::string with_time_limits(std::string url) {
    for (const auto& [name, value] :
         {std::pair{"connect_timeout", "5"}, std::pair{"keepalives_idle", "5"},
          std::pair{"keepalives_interval", "2"}, std::pair{"keepalives_count", "3"},
          std::pair{"tcp_user_timeout", "10000"}, std::pair{"application_name", "wan"}})
        if (url.find(std::string{name} + "=") == std::string::npos)
            url.append(url.find('?') == std::string::npos ? "?" : "&").append(name).append("=").append(value);
    return url;
}

/// The parts of a URL that are not shown.
struct secrets {
    std::string user_and_password; ///< as in the URL, up to the @
    std::string parameters;        ///< after the ?
};

secrets secrets_in(std::string_view url) {
    secrets found;
    const auto begin = url.find("://");
    if (begin == std::string_view::npos) return found;
    const auto host = begin + 3;
    if (const auto at = url.substr(host, url.find_first_of("/?", host) - host).rfind('@');
        at != std::string_view::npos)
        found.user_and_password = url.substr(host, at);
    if (const auto ask = url.find('?'); ask != std::string_view::npos) found.parameters = url.substr(ask + 1);
    return found;
}

std::string without_secrets(std::string_view url) {
    std::string shown{url.substr(0, url.find('?'))};
    const auto hidden = secrets_in(url).user_and_password;
    if (!hidden.empty()) shown.erase(shown.find("://") + 3, hidden.size() + 1);
    return shown;
}

/// Removes what the database repeats of the URL.
void redact(std::string& text, std::string_view url) {
    const auto remove = [&](std::string_view secret) {
        if (secret.empty()) return;
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
            text.replace(at, secret.size(), "***");
    };
    const auto hidden = secrets_in(url);
    if (const auto colon = hidden.user_and_password.find(':'); colon != std::string::npos)
        remove(std::string_view{hidden.user_and_password}.substr(colon + 1));
    remove(hidden.parameters);
    if (const auto at = hidden.parameters.find("password="); at != std::string::npos)
        remove(std::string_view{hidden.parameters}.substr(at + 9, hidden.parameters.find('&', at) - at - 9));
    if (const char* password = std::getenv("PGPASSWORD"); password != nullptr) remove(password);
}

int version_of(soci::session& sql, const sql_words& words) {
    int all = 0, ours = 0, version = 0;
    sql << std::string{words.count_tables}, soci::into(all), soci::into(ours);
    if (ours == 0) return all == 0 ? 0 : not_ours;
    sql << "SELECT version FROM wan_schema", soci::into(version);
    return version > 0 ? version : damaged;
}

/// Returns the database's own words, without the function and the statement that SOCI puts around them.
std::string reason(const std::exception& e) {
    const auto* of_soci = dynamic_cast<const soci::soci_error*>(&e);
    auto why = of_soci != nullptr ? of_soci->get_error_message() : std::string{e.what()};
    if (const auto end = why.find(": "); why.starts_with("sqlite3_") && end != std::string::npos)
        why.erase(0, end + 2);
    for (const std::string_view first :
         {"Cannot establish connection to the database.", "Cannot execute query.",
          "Cannot prepare statement.", "ERROR:  ", "FATAL:  "})
        for (auto at = why.find(first); at != std::string::npos; at = why.find(first))
            why.erase(at, first.size());
    // The first line says what, the next ones where in the statement.
    why.erase(0, why.find_first_not_of(" \n"));
    why.erase((std::min)(why.find('\n'), why.size()));
    while (why.ends_with('.') || why.ends_with(' ')) why.pop_back();
    return why;
}

} // namespace

std::string utc_now() {
    return utc_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

std::string utc_text(std::chrono::sys_seconds time) {
    auto text = iso_8601(time);
    if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
    if (text.ends_with('Z')) text.pop_back();
    return text;
}

bool is_postgresql(std::string_view where) {
    return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

namespace {

/// Fails for what was hardly meant as a folder: a mistyped URL would make a state of its own. The message has
/// no password.
wan::result<void> check_place(const std::string& where) {
    const auto colon = where.find(':');
    const bool has_user = colon != std::string::npos && where.find('@', colon) != std::string::npos;
    const bool is_url = where.find("://") != std::string::npos || has_user ||
                        (where.starts_with("postgres") && where.find_first_of(":@") != std::string::npos);
    if (is_postgresql(where) || !is_url) return {};
    const auto begin = where.substr(0, where.find_first_of(":/@"));
    return wan::error{.category = wan::error_category::invalid_request,
                      .message = "--state: " + wan::printable(begin, 50) +
                                 "... is neither a folder nor a postgresql:// URL; correct it"};
}

} // namespace

wan::result<std::unique_ptr<database>> database::open(const std::string& where, bool must_exist) {
    if (auto good = check_place(where); !good) return std::move(good).error();
    std::unique_ptr<database> made;
    if (is_postgresql(where)) {
        made =
            std::make_unique<database>(with_time_limits(where), without_secrets(where), words_of_postgresql);
        if (auto connected = made->connect(must_exist); !connected) return std::move(connected).error();
        return made;
    }
    if (const auto failed = make_directories(where))
        return wan::error{.category = wan::error_category::storage,
                          .message = "--state: cannot create the directory " + where + ": " +
                                     failed.message() + "; choose a writable directory"};
    const auto file = where + "/state.db";
    made = std::make_unique<database>(file, file, words_of_sqlite);
    // SQLite would make it readable for all. Its further files get the same permissions. A file that exists
    // is not opened here: closing it would release the locks that this process has on it.
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0 && errno != EEXIST) return storage_error("cannot write", file, check_disk);
    if (fd >= 0) ::close(fd);
    if (auto connected = made->connect(must_exist); !connected) return std::move(connected).error();
    sync_directory_of(file);
    return made;
}

wan::result<void> database::connect(bool must_exist) {
    int version = 0;
    auto opened = read([&](soci::session& sql) {
        if (&words_ == &words_of_postgresql) {
            sql.open(soci::postgresql, where_);
            prepare_postgresql(sql);
        } else {
            sql.open(soci::sqlite3, parameters(where_));
            std::string ignored;
            sql << "PRAGMA busy_timeout = " << busy_milliseconds, soci::into(ignored);
            sql << "PRAGMA journal_mode = WAL", soci::into(ignored);
            sql << "PRAGMA synchronous = FULL";
            sql << "PRAGMA foreign_keys = ON";
        }
        version = version_of(sql, words_);
    });
    if (!opened) return opened;
    if (auto known = check(version); !known) return known;
    if (must_exist && version == 0)
        return wan::error{.category = wan::error_category::invalid_request,
                          .message = "--state: " + name_ +
                                     " has no shots; add them with `wan enqueue` or `wan batch`"};
    return migrate(version);
}

/// Connects again if the connection was lost.
void database::connect_again() {
    if (!std::exchange(is_lost_, false)) return;
    is_lost_ = true;
    sql_.reconnect();
    prepare_postgresql(sql_);
    is_lost_ = false;
}

wan::result<void> database::check_version() {
    int version = 0;
    auto found = read([&](soci::session& sql) { version = version_of(sql, words_); });
    return found ? check(version) : found;
}

wan::result<void> database::check(int version) const {
    const auto known = static_cast<int>(migrations().size());
    if (version == not_ours)
        return wan::error{.category = wan::error_category::token,
                          .message = name_ + " is another program's database; choose another --state"};
    if (version == damaged)
        return wan::error{.category = wan::error_category::token,
                          .message = name_ +
                                     " has no known version of the schema; restore it from a copy, or choose "
                                     "another --state"};
    if (version > known)
        return wan::error{.category = wan::error_category::token,
                          .message = name_ + " has version " + std::to_string(version) +
                                     " of the schema, and this program knows version " +
                                     std::to_string(known) +
                                     " at most; use the newer wan, or another --state"};
    return {};
}

wan::result<void> database::migrate(int version) {
    const auto steps = migrations();
    const auto known = static_cast<int>(steps.size());
    if (version == known) return {};
    return transact([&](soci::session& sql) {
        // Two programs may do this at once. PostgreSQL has no lock on a table that is not there yet.
        if (&words_ == &words_of_postgresql) sql << "SELECT pg_advisory_xact_lock(" << migration_lock << ")";
        for (version = version_of(sql, words_); version < known; ++version)
            for (const auto statement : steps[static_cast<std::size_t>(version)])
                sql << words_.fill(statement);
        sql << "CREATE TABLE IF NOT EXISTS wan_schema (version INTEGER NOT NULL)";
        sql << "DELETE FROM wan_schema";
        sql << "INSERT INTO wan_schema (version) VALUES (:version)", soci::use(known);
    });
}

void database::roll_back() noexcept {
    try {
        if (!is_lost_) sql_ << "ROLLBACK";
    } catch (const std::exception&) {
        // There is no transaction to roll back, or none that the database could keep.
    }
}

wan::error database::failure(std::string_view what, const std::exception& e) {
    const bool is_shared = &words_ == &words_of_postgresql;
    auto why = reason(e);
    if (is_shared) {
        redact(why, where_);
        try {
            is_lost_ = is_lost_ || !sql_.is_connected();
        } catch (const std::exception&) { is_lost_ = true; }
    }
    const auto has = [&](std::string_view part) { return why.find(part) != std::string_view::npos; };
    const bool is_other = has("not a database") || has("malformed") || has("no such column") ||
                          has("no such table") || has("does not exist");
    const auto advice =
        is_other && !is_shared ? std::string_view{"; it is damaged, or not a state of wan: restore it from "
                                                  "a copy, or choose another --state"}
        : has("No space left") || has("disk is full")
            ? std::string_view{"; free space on the disk of the database"}
        : has("is locked") ? std::string_view{"; another program uses it: wait until that one has ended"}
        : has("password authentication") || has("no password supplied")
            ? std::string_view{"; set PGPASSWORD, or add the password to ~/.pgpass"}
        : has("permission denied") || has("read-only")
            ? std::string_view{"; give its user the right to write, or use another user"}
        : has("does not exist") ? std::string_view{"; create it, or correct --state"}
        : is_shared             ? std::string_view{"; check the server, the address and the network"}
                                : std::string_view{"; check the disk and permissions"};
    const auto category = is_other && !is_shared ? wan::error_category::token : wan::error_category::storage;
    return {.category = category,
            .message = std::string{what}
                           .append(" ")
                           .append(name_)
                           .append(": ")
                           .append(wan::printable(why, 300))
                           .append(advice)};
}

wan::result<std::unique_ptr<database>> open_existing(const std::string& where) {
    if (auto good = check_place(where); !good) return std::move(good).error();
    std::error_code ignored;
    if (std::filesystem::is_regular_file(where, ignored))
        return wan::error{.category = wan::error_category::invalid_request,
                          .message =
                              "--state: " + where + " is a file; give the folder that contains state.db"};
    if (!is_postgresql(where) && !std::filesystem::exists(where + "/state.db", ignored))
        return wan::error{.category = wan::error_category::invalid_request,
                          .message = "--state: " + where +
                                     " has no state.db; give the folder of `wan enqueue --state` or `wan "
                                     "batch` (by default FILE.jsonl.state)"};
    return database::open(where, true);
}

} // namespace cli
