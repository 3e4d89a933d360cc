// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/database.hpp"

#include "cli/files/storage.hpp"
#include "cli/output/times.hpp"
#include "cli/store/schema.hpp"

#include <wan/printable.hpp>

#include <soci/sqlite3/soci-sqlite3.h>

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace cli {

namespace {

constexpr int busy_milliseconds = 5000;
constexpr int not_ours = -1;

/// Returns the parameters with which SOCI opens the file.
std::string parameters(const std::string& file) {
    // A name that begins with "file:" would be taken for a URL.
    const auto path = std::filesystem::absolute(file).string();
    // A text without '=' is the name as a whole.
    return path.find('=') == std::string::npos ? path : "dbname=\"" + path + "\"";
}

int version_of(soci::session& sql) {
    int all = 0, ours = 0, version = 0;
    sql << "SELECT count(*), count(*) FILTER (WHERE name = 'wan_schema') FROM sqlite_master WHERE type = "
           "'table'",
        soci::into(all), soci::into(ours);
    if (ours == 0) return all == 0 ? 0 : not_ours;
    sql << "SELECT version FROM wan_schema", soci::into(version);
    return version;
}

/// Returns SQLite's own words, without the function and the statement that SOCI puts around them.
std::string reason(const std::exception& e) {
    const auto* of_soci = dynamic_cast<const soci::soci_error*>(&e);
    auto why = of_soci != nullptr ? of_soci->get_error_message() : std::string{e.what()};
    if (const auto end = why.find(": "); why.starts_with("sqlite3_") && end != std::string::npos)
        why.erase(0, end + 2);
    while (why.ends_with('.')) why.pop_back();
    return why;
}

} // namespace

std::string utc_now() {
    auto text = iso_8601(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
    if (text.ends_with('Z')) text.pop_back();
    return text;
}

wan::result<std::unique_ptr<database>> database::open(const std::string& directory) {
    if (const auto failed = make_directories(directory))
        return wan::error{.category = wan::error_category::storage,
                          .message = "--state: cannot create the directory " + directory + ": " +
                                     failed.message() + "; choose a writable directory"};
    auto made = std::make_unique<database>(directory + "/state.db");
    // SQLite would make it readable for all. Its further files get the same permissions. A file that exists
    // is not opened here: closing it would release the locks that this process has on it.
    const int fd = ::open(made->file_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0 && errno != EEXIST) return storage_error("cannot write", made->file_, check_disk);
    if (fd >= 0) ::close(fd);
    if (auto connected = made->connect(); !connected) return std::move(connected).error();
    sync_directory_of(made->file_);
    return made;
}

wan::result<void> database::connect() {
    int version = 0;
    auto opened = read([&](soci::session& sql) {
        sql.open(soci::sqlite3, parameters(file_));
        std::string ignored;
        sql << "PRAGMA busy_timeout = " << busy_milliseconds, soci::into(ignored);
        sql << "PRAGMA journal_mode = WAL", soci::into(ignored);
        sql << "PRAGMA synchronous = FULL";
        sql << "PRAGMA foreign_keys = ON";
        version = version_of(sql);
    });
    if (!opened) return opened;
    const auto steps = migrations();
    const auto known = static_cast<int>(steps.size());
    if (version == not_ours)
        return wan::error{.category = wan::error_category::token,
                          .message = file_ + " is another program's database; choose another --state"};
    if (version > known)
        return wan::error{.category = wan::error_category::token,
                          .message = file_ + " has version " + std::to_string(version) +
                                     " of the schema, and this program knows version " +
                                     std::to_string(known) +
                                     " at most; use the newer wan, or another --state"};
    if (version == known) return {};
    return transact([&](soci::session& sql) {
        // Another process may have been faster.
        for (version = version_of(sql); version < known; ++version)
            for (const auto statement : steps[static_cast<std::size_t>(version)])
                sql << std::string{statement};
        sql << "CREATE TABLE IF NOT EXISTS wan_schema (version INTEGER NOT NULL)";
        sql << "DELETE FROM wan_schema";
        sql << "INSERT INTO wan_schema (version) VALUES (:version)", soci::use(known);
    });
}

void database::roll_back() noexcept {
    try {
        sql_ << "ROLLBACK";
    } catch (const std::exception&) {
        // There is no transaction to roll back, or none that the database could keep.
    }
}

wan::error database::failure(std::string_view what, const std::exception& e) const {
    const auto why = reason(e);
    const auto has = [&](std::string_view part) { return why.find(part) != std::string_view::npos; };
    const bool is_other =
        has("not a database") || has("malformed") || has("no such column") || has("no such table");
    const auto advice = is_other ? std::string_view{"; it is damaged, or not a state of wan: restore it from "
                                                    "a copy, or choose another --state"}
                        : has("is locked")
                            ? std::string_view{"; another program uses it: wait until that one has ended"}
                            : std::string_view{"; check the disk and permissions"};
    const auto category = is_other ? wan::error_category::token : wan::error_category::storage;
    return {.category = category,
            .message = std::string{what}
                           .append(" ")
                           .append(file_)
                           .append(": ")
                           .append(wan::printable(why, 300))
                           .append(advice)};
}

} // namespace cli
