// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes a video with a task that outlives the program: killed at any moment and started again, the program
// continues the same task and pays once. Usage: resume TOKEN_FILE [BASE_URL]; the key is read from
// DASHSCOPE_API_KEY.
#include "executors/curl.hpp"

#include <wan/wan.hpp>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <system_error>

namespace {

std::string contents(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// Replaces the file in one step: it holds the old token or the new one, whole.
wan::result<void> save(const std::string& file, const wan::resume_token& token) {
    const auto next = file + ".next";
    errno = 0;
    std::ofstream out{next, std::ios::binary | std::ios::trunc};
    out << to_string(token) << '\n';
    out.close();
    std::error_code failed{errno, std::generic_category()};
    if (out) std::filesystem::rename(next, file, failed);
    if (!out || failed)
        return wan::error{.category = wan::error_category::storage,
                          .message = "cannot write " + file + ": " + failed.message() +
                                     "; check the disk and permissions"};
    return {};
}

/// Returns the task of the token in the file, or a new one.
wan::result<wan::task> begin(const wan::provider& who, const wan::keyframe_to_video& shot,
                             const std::string& file) {
    const wan::wall_clock clock{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
    const auto saved = contents(file);
    if (saved.empty()) return wan::make_task(who, shot, clock);
    const auto token = wan::read_token(saved);
    if (!token) return token.error();
    // Nothing was submitted, so the new task need not match the token's address and request.
    if (token->task_id.empty() && !wan::is_submit_open(*token)) return wan::make_task(who, shot, clock);
    return wan::resume_task(who, *token, shot, clock);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: resume TOKEN_FILE [BASE_URL]\n";
        return 2;
    }
    const std::string file = argv[1];
    const char* key = std::getenv("DASHSCOPE_API_KEY");
    const auto who =
        argc > 2 ? wan::dashscope::at(argv[2], key) : wan::dashscope::provider(key, wan::region::singapore);
    const wan::keyframe_to_video shot{
        .first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
        .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
        .prompt =
            "A curious black kitten looks up at the sky; the camera rises and looks down into its eyes.",
        .resolution = wan::resolution::p720,
    };

    auto task = begin(who, shot, file);
    if (!task) {
        std::cerr << to_string(task.error()) << '\n';
        return 1;
    }
    wan::run_options options;
    options.save_token = [&](const wan::resume_token& token) { return save(file, token); };
    const auto end = wan::run(*std::move(task), wan::executors::curl{}, options);

    // download it before you remove the token: with the token you can get the URL again
    if (end) std::cout << end.video->url << '\n';
    if (!end) std::cerr << to_string(end) << '\n';
    std::error_code ignored;
    // if the task can be resumed, keep the token: the next start continues with it
    if (!end.is_resumable()) std::filesystem::remove(file, ignored);
    return end ? 0 : 1;
}
