// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A PostgreSQL server of the test's own, from Debian's binaries. Linux.
#pragma once

#include "support/doctest.hpp"
#include "support/program.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace support {

namespace postgres {

/// Returns the folder of the server's programs: by default, of the newest one that Debian's packages have
/// installed; empty if there is none.
inline std::string binaries() {
    if (const auto* const chosen = std::getenv("WAN_TEST_POSTGRESQL"); chosen != nullptr) return chosen;
    int newest = -1;
    std::string found;
    std::error_code none;
    for (std::filesystem::directory_iterator at{"/usr/lib/postgresql", none}, end; !none && at != end; ++at) {
        const auto folder = at->path() / "bin";
        const auto version = std::atoi(at->path().filename().c_str());
        if (version <= newest || !std::filesystem::exists(folder / "postgres", none) ||
            !std::filesystem::exists(folder / "initdb", none))
            continue;
        newest = version;
        found = folder.string();
    }
    return found;
}

/// A command that runs as the user "postgres" if this process is root, for whom the server does not run. It
/// ends when the test ends, even if that is killed.
inline std::vector<std::string> unprivileged(std::vector<std::string> command) {
    std::vector<std::string> all{"setpriv", "--pdeathsig=QUIT"};
    if (::geteuid() == 0) all.insert(all.end(), {"--reuid=postgres", "--regid=postgres", "--clear-groups"});
    all.insert(all.end(), command.begin(), command.end());
    return all;
}

inline void give_to_postgres(const std::string& path) {
    if (::geteuid() == 0) REQUIRE(std::system(("chown postgres: '" + path + "'").c_str()) == 0);
}

/// Returns a port that no program listens on.
inline std::uint16_t free_port() {
    const int s = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    const bool good = ::bind(s, reinterpret_cast<sockaddr*>(&at), size) == 0 &&
                      ::getsockname(s, reinterpret_cast<sockaddr*>(&at), &size) == 0;
    ::close(s);
    REQUIRE(good);
    return ::ntohs(at.sin_port);
}

/// The files of a server that has not run yet. Making them takes seconds, so every cluster copies these.
class files {
public:
    explicit files(const std::string& password) {
        const auto programs = binaries();
        REQUIRE_MESSAGE(!programs.empty(),
                        "no PostgreSQL server is in /usr/lib/postgresql; install the package postgresql");
        give_to_postgres(folder_ / "");
        const auto secret = folder_ / "password";
        std::ofstream{secret} << password << "\n";
        give_to_postgres(secret);
        program made{"/usr/bin/env", unprivileged({programs + "/initdb", "--pgdata", path(), "--no-sync",
                                                   "--encoding=UTF8", "--locale=C", "--username=postgres",
                                                   "--auth=scram-sha-256", "--pwfile", secret})};
        const int code = made.wait();
        REQUIRE_MESSAGE(code == 0, made.err());
    }

    std::string path() const { return folder_ / "data"; }

private:
    temporary_folder folder_;
};

} // namespace postgres

/// A server on a loopback port, with a database "wan" that belongs to the role "wan". Ends with its files.
class postgres_cluster {
public:
    postgres_cluster() {
        static const postgres::files original{password()};
        postgres::give_to_postgres(folder_ / "");
        REQUIRE(std::system(("cp -a '" + original.path() + "' '" + data() + "'").c_str()) == 0);
        for (int attempt = 0; attempt < 5 && !server_; ++attempt) {
            port_ = std::to_string(postgres::free_port());
            try_to_start();
        }
        REQUIRE_MESSAGE(server_, why_);
        run("postgres", "postgres", "CREATE ROLE wan LOGIN PASSWORD '" + password() + "'");
        run("postgres", "postgres", "CREATE DATABASE wan OWNER wan");
    }
    ~postgres_cluster() { stop(); }
    postgres_cluster(const postgres_cluster&) = delete;
    postgres_cluster& operator=(const postgres_cluster&) = delete;

    /// The address, without the password.
    std::string url() const { return "postgresql://wan@127.0.0.1:" + port_ + "/wan"; }
    std::string url_with_password() const {
        return "postgresql://wan:pg%20e2e%2Fsecret%40100%25@127.0.0.1:" + port_ + "/wan";
    }
    const std::string& port() const { return port_; }
    static const std::string& password() {
        // Some of its characters would have to be escaped in a URL.
        static const std::string text = "pg e2e/secret@100%";
        return text;
    }
    /// What a program needs in its environment to connect.
    static std::string environment() { return "PGPASSWORD=" + password(); }

    /// Stops at once, as `pg_ctl stop -m immediate` does: nothing is written, and the next start recovers.
    void stop() {
        if (!server_) return;
        server_->kill(SIGQUIT);
        (void)server_->wait();
        server_.reset();
    }
    void start() {
        try_to_start();
        REQUIRE_MESSAGE(server_, why_);
    }
    void restart_immediately() {
        stop();
        start();
    }

    /// Cuts all connections, also those in the middle of a transaction.
    void cut_connections() const {
        query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
              "WHERE usename = current_user AND pid <> pg_backend_pid()");
    }

    /// Runs statements as the role "wan". Returns the rows of the last one, with '|' between columns.
    std::vector<std::string> query(const std::string& statements) const {
        return run("wan", "wan", statements);
    }

private:
    using connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
    using results = std::unique_ptr<PGresult, decltype(&PQclear)>;

    std::string data() const { return folder_ / "data"; }

    connection connect(const std::string& role, const std::string& database) const {
        const char* names[] = {"host", "port", "user", "dbname", "password", "connect_timeout", nullptr};
        const char* values[] = {"127.0.0.1",        port_.c_str(), role.c_str(), database.c_str(),
                                password().c_str(), "10",          nullptr};
        return {PQconnectdbParams(names, values, 0), &PQfinish};
    }

    std::vector<std::string> run(const std::string& role, const std::string& database,
                                 const std::string& statements) const {
        const auto to = connect(role, database);
        REQUIRE_MESSAGE(PQstatus(to.get()) == CONNECTION_OK, std::string{PQerrorMessage(to.get())});
        const results got{PQexec(to.get(), statements.c_str()), &PQclear};
        const auto status = PQresultStatus(got.get());
        REQUIRE_MESSAGE((status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK),
                        statements << ": " << std::string{PQerrorMessage(to.get())});
        std::vector<std::string> rows;
        for (int row = 0; row < PQntuples(got.get()); ++row) {
            std::string text;
            for (int column = 0; column < PQnfields(got.get()); ++column)
                text.append(column != 0 ? "|" : "").append(PQgetvalue(got.get(), row, column));
            rows.push_back(text);
        }
        return rows;
    }

    /// Leaves no server, and the reason, if it does not accept connections within a minute.
    void try_to_start() {
        // The machine does not lose power during a test, so nothing must reach the disk.
        server_.emplace("/usr/bin/env",
                        postgres::unprivileged({postgres::binaries() + "/postgres", "-D", data(), "-p", port_,
                                                "-c", "listen_addresses=127.0.0.1", "-c",
                                                "unix_socket_directories=" + folder_ / "", "-c", "fsync=off",
                                                "-c", "shared_buffers=16MB", "-c", "timezone=UTC"}));
        const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
        while (server_->runs() && std::chrono::steady_clock::now() < until) {
            if (PQstatus(connect("postgres", "postgres").get()) == CONNECTION_OK) return;
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
        why_ = "the server does not accept connections: " + server_->err();
        stop();
    }

    temporary_folder folder_; // the server ends before it is removed
    std::string port_;
    std::string why_; ///< why there is no server
    std::optional<program> server_;
};

} // namespace support
