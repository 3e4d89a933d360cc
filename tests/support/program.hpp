// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Runs a program as a user would: arguments in, output and exit code out.
#pragma once

#include "support/doctest.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

extern char** environ;

namespace support {

/// A sanitizer's own memory is no concern of a test.
#if defined(__SANITIZE_ADDRESS__) // GCC's way to say so
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature) // Clang's
inline constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif

/// A folder of its own, removed at the end.
class temporary_folder {
public:
    temporary_folder() {
        auto name = (std::filesystem::temp_directory_path() / "wan-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

inline std::string contents(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// A running program; killed at the end if it still runs.
class program {
public:
    program(std::string executable, std::vector<std::string> arguments,
            std::vector<std::string> environment = {}) {
        arguments.insert(arguments.begin(), std::move(executable));
        for (char** e = environ; *e != nullptr; ++e) environment.emplace_back(*e);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files, 1, (folder_ / "out").c_str(), O_WRONLY | O_CREAT, 0600);
        posix_spawn_file_actions_addopen(&files, 2, (folder_ / "err").c_str(), O_WRONLY | O_CREAT, 0600);
        const int failed = ::posix_spawn(&pid_, arguments[0].c_str(), &files, nullptr,
                                         pointers(arguments).data(), pointers(environment).data());
        posix_spawn_file_actions_destroy(&files);
        REQUIRE_MESSAGE(failed == 0, arguments[0]);
    }
    ~program() {
        if (pid_ > 0) {
            kill(SIGKILL);
            (void)wait();
        }
    }
    program(const program&) = delete;
    program& operator=(const program&) = delete;

    void kill(int signal) { ::kill(pid_, signal); }

    /// Whether it has not ended yet.
    bool runs() const {
        siginfo_t ended{};
        return ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
               ended.si_pid == 0;
    }

    /// A number of /proc/PID/status, "VmHWM" (the most memory so far, in KiB) or "Threads"; 0 if it has
    /// ended. Linux.
    long status(const std::string& name) const {
        std::ifstream lines{"/proc/" + std::to_string(pid_) + "/status"};
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
        return 0;
    }

    /// The exit code; 128 + N after signal N.
    int wait() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {}
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    std::string out() const { return contents(folder_ / "out"); }
    std::string err() const { return contents(folder_ / "err"); }

private:
    static std::vector<char*> pointers(std::vector<std::string>& texts) {
        std::vector<char*> all;
        for (auto& t : texts) all.push_back(t.data());
        all.push_back(nullptr);
        return all;
    }

    temporary_folder folder_;
    pid_t pid_ = -1;
};

/// Asks until it is so, for at most 20 s.
template <class Condition>
bool eventually(Condition&& is_so) {
    for (int i = 0; i < 1000; ++i) {
        if (is_so()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return false;
}

} // namespace support
