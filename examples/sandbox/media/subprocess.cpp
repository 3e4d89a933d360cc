// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/media/subprocess.hpp"

#include "sandbox/file_content.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

extern char** environ;

namespace sandbox {

namespace {

class spawn_setup {
public:
    spawn_setup(const std::filesystem::path& out, const std::filesystem::path& err) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions_, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_addopen(&actions_, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        // A child must not inherit connections: a dropped connection would stay open.
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 34)
        posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
#endif
        posix_spawnattr_init(&attributes_);
        // In its own process group: Ctrl-C in a terminal reaches only the sandbox, which then ends the child.
        short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF;
#if defined(POSIX_SPAWN_CLOEXEC_DEFAULT)
        flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
        posix_spawnattr_setflags(&attributes_, flags);
        posix_spawnattr_setpgroup(&attributes_, 0);
        sigset_t ignored_here;
        sigemptyset(&ignored_here);
        sigaddset(&ignored_here, SIGPIPE);
        posix_spawnattr_setsigdefault(&attributes_, &ignored_here);
    }

    ~spawn_setup() {
        posix_spawnattr_destroy(&attributes_);
        posix_spawn_file_actions_destroy(&actions_);
    }

    spawn_setup(const spawn_setup&) = delete;
    spawn_setup& operator=(const spawn_setup&) = delete;

    int spawn(pid_t& child, std::vector<std::string>& arguments) const {
        std::vector<char*> pointers;
        for (auto& argument : arguments) pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        return posix_spawnp(&child, pointers[0], &actions_, &attributes_, pointers.data(), environ);
    }

private:
    posix_spawn_file_actions_t actions_;
    posix_spawnattr_t attributes_;
};

bool exits_well(pid_t child, std::chrono::seconds limit, const std::stop_token& stop) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    int status = 0;
    for (;;) {
        const auto ended = waitpid(child, &status, WNOHANG);
        if (ended == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (ended < 0 && errno != EINTR) return false;
        // Killed here and not by a stop_callback: only this thread knows that the process was not reaped yet.
        if (stop.stop_requested() || std::chrono::steady_clock::now() > deadline) kill(child, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
}

} // namespace

program_result run_program(std::vector<std::string> arguments, const std::filesystem::path& scratch,
                           std::chrono::seconds limit, const std::stop_token& stop) {
    const auto out = scratch / "stdout";
    const auto err = scratch / "stderr";
    const spawn_setup setup(out, err);
    pid_t child = 0;
    if (const int error = setup.spawn(child, arguments); error != 0)
        return {.ok = false, .output = arguments[0] + ": " + std::strerror(error)};
    const bool ok = exits_well(child, limit, stop);
    return {.ok = ok, .output = content_of(ok ? out : err)};
}

} // namespace sandbox
