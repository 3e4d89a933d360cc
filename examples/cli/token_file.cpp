// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "token_file.hpp"

#include "storage.hpp"

#include <wan/task/transitions.hpp>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cli {

wan::result<void> write_token(const std::string& file, const wan::resume_token& token) {
    const auto temporary = file + ".tmp" + std::to_string(::getpid());
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) return storage_error("cannot write the token file", temporary);
    const bool written = write_all(fd, wan::to_string(token) + "\n") && ::fsync(fd) == 0;
    if ((::close(fd) != 0 || !written) || std::rename(temporary.c_str(), file.c_str()) != 0) {
        auto failed = storage_error("cannot write the token file", file);
        ::unlink(temporary.c_str());
        return failed;
    }
    sync_directory_of(file);
    return {};
}

wan::result<wan::resume_token> load_token(const std::string& file) {
    constexpr std::streamsize most = 1 << 16;
    std::ifstream in{file, std::ios::binary};
    std::string text(static_cast<std::size_t>(most) + 1, '\0');
    if (in) in.read(text.data(), most + 1);
    if (in.bad() || in.gcount() == 0)
        return wan::error{.category = wan::error_category::token,
                          .message = "cannot read the token file " + file + ": " +
                                     (in.is_open() ? "it is empty or no file" : std::strerror(errno))};
    if (in.gcount() > most)
        return wan::error{.category = wan::error_category::token, .message = "the token file " + file + " is no token: it is too large"};
    text.resize(static_cast<std::size_t>(in.gcount()));
    auto token = wan::read_token(text);
    if (token) return token;
    auto why = token.error();
    why.message += " (" + file + ")";
    return why;
}

wan::result<void> may_overwrite(const std::string& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return {};
    if (std::filesystem::is_regular_file(file, ignored) && std::filesystem::file_size(file, ignored) == 0) return {};
    const auto token = load_token(file);
    if (!token) {
        auto e = token.error();
        e.message = "--token " + file + " exists and is not overwritten: " + e.message;
        return e;
    }
    using enum wan::task_state;
    const bool finished = token->state == succeeded || token->state == failed || token->state == canceled ||
                          token->state == expired;
    const bool may_be_lost = token->task_id.empty() ? wan::is_submit_open(token->state) : !finished;
    if (!may_be_lost) return {};
    return wan::error{.category = wan::error_category::token,
                      .message = "--token " + file + " holds a task that is not finished (" +
                                 std::string{to_wire(token->state)} + "); go on with it by `wan resume --token " +
                                 file + "`, or remove the file to give it up",
                      .task_id = token->task_id};
}

} // namespace cli
