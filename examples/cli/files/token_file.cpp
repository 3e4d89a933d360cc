// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/files/token_file.hpp"

#include "cli/files/storage.hpp"

#include <wan/task/transitions.hpp>

#include <boost/json.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace cli {

namespace {

// Additional members, which the library ignores.
std::string to_text(const kept_token& kept) {
    auto text = wan::to_string(kept.token);
    if (kept.is_fetched)
        text.replace(text.size() - 1, 1,
                     R"(,"fetched":true,"fetched_file":)" + boost::json::serialize(kept.fetched_file) + "}");
    return text;
}

void read_fetched(std::string_view text, kept_token& kept) {
    boost::system::error_code failed;
    const auto parsed = boost::json::parse({text.data(), text.size()}, failed);
    if (failed || !parsed.is_object()) return;
    const auto& members = parsed.get_object();
    const auto* said = members.if_contains("fetched");
    kept.is_fetched = said != nullptr && *said == true;
    const auto* file = members.if_contains("fetched_file");
    if (file != nullptr && file->is_string()) kept.fetched_file = std::string{file->get_string()};
}

/// The error has only the reason.
wan::result<std::string> text_of(const std::string& file) {
    constexpr std::streamsize most = 1 << 16;
    std::ifstream in{file, std::ios::binary};
    std::string text(static_cast<std::size_t>(most) + 1, '\0');
    if (in) in.read(text.data(), most + 1);
    if (in.bad() || in.gcount() == 0)
        return wan::error{.category = wan::error_category::token,
                          .message = in.is_open() ? "it is empty or not a file" : std::strerror(errno)};
    if (in.gcount() > most)
        return wan::error{.category = wan::error_category::token,
                          .message = "it is larger than 64 KiB, so it is not a resume token"};
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

wan::result<kept_token> kept_in(std::string_view text) {
    auto token = wan::read_token(text);
    if (!token) return std::move(token).error();
    kept_token kept{.token = *std::move(token), .is_fetched = false, .fetched_file = {}};
    read_fetched(text, kept);
    return kept;
}

} // namespace

wan::result<void> write_token(const std::string& file, const kept_token& kept) {
    return replace_file("cannot write the token file", file, to_text(kept) + "\n", S_IRUSR | S_IWUSR);
}

wan::result<kept_token> load_token(const std::string& file) {
    const auto text = text_of(file);
    auto kept = text ? kept_in(*text) : wan::result<kept_token>{text.error()};
    if (kept) return kept;
    auto why = kept.error();
    why.message = text ? file + ": " + why.message
                       : "cannot read the token file " + file + ": " + why.message +
                             "; give the file that --token wrote";
    return why;
}

wan::result<void> may_overwrite(const wait_options& options) {
    const auto& file = *options.token;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return {};
    if (std::filesystem::is_regular_file(file, ignored) && std::filesystem::file_size(file, ignored) == 0)
        return {};
    const auto text = text_of(file);
    const auto kept = text ? kept_in(*text) : wan::result<kept_token>{text.error()};
    if (!kept) {
        auto e = kept.error();
        e.message = text ? "--token " + file +
                               " exists, and is not a resume token that wan can read; choose another --token "
                               "file"
                         : "--token " + file + " exists and will not be overwritten: " + e.message +
                               "; choose another --token file";
        return e;
    }
    using enum wan::task_ending;
    const auto& token = kept->token;
    const bool finished =
        kept->is_fetched || token.ending == failed || token.ending == canceled || token.ending == expired;
    const bool may_be_lost = token.task_id.empty() ? wan::is_submit_open(token) : !finished;
    if (!may_be_lost) return {};
    const auto go_on = resume_command(options);
    const auto why =
        token.ending == succeeded
            ? "a task whose video is made but may not have been downloaded; download it with `" + go_on +
                  (options.out ? "" : " --out FILE")
            : "an unfinished task (" + std::string{token.state_name()} + "); continue it with `" + go_on;
    return wan::error{.category = wan::error_category::token,
                      .message =
                          "--token " + file + " holds " + why + "`, or remove the file to abandon the task",
                      .task_id = token.task_id};
}

} // namespace cli
