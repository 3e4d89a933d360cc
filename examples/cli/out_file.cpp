// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "out_file.hpp"

#include "cli/downloads/download.hpp"

#include <wan/printable.hpp>

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>

namespace cli {

namespace {

bool is_there(const std::string& file) {
    std::error_code ignored;
    return std::filesystem::symlink_status(file, ignored).type() != std::filesystem::file_type::not_found;
}

wan::error refused_option(std::string message) {
    return {.category = wan::error_category::invalid_request, .message = std::move(message)};
}

} // namespace

wan::result<void> check_out(const wait_options& options) {
    if (!options.out) return {};
    if (writes_video_to_stdout(options))
        return options.json ? wan::result<void>{refused_option("--out - writes the video to standard output, "
                                                               "where --json writes its object; give a file")}
                            : wan::result<void>{};
    const auto& out = *options.out;
    if (out.empty()) return refused_option("--out: the name of a file is missing");
    if (options.token && std::filesystem::path{*options.token}.lexically_normal() ==
                             std::filesystem::path{out}.lexically_normal())
        return refused_option("--out and --token name the same file, " + wan::printable(out, 1000) +
                              "; the token would replace the video");
    const auto probe = out + ".part";
    std::error_code ignored;
    const auto there = std::filesystem::status(out, ignored).type();
    const bool replaceable =
        there == std::filesystem::file_type::not_found || there == std::filesystem::file_type::regular;
    if (replaceable && is_there(out) && !options.force)
        return refused_option("--out: " + wan::printable(out, 1000) +
                              " exists already; --force replaces it, and another name keeps it");
    auto* file = replaceable ? std::fopen(probe.c_str(), "ab") : nullptr;
    if (file == nullptr)
        return wan::error{.category = wan::error_category::storage,
                          .message =
                              "--out: cannot write " + out + (replaceable ? "" : ": it is no regular file")};
    std::fclose(file);
    if (std::filesystem::file_size(probe, ignored) == 0) std::filesystem::remove(probe, ignored);
    return {};
}

} // namespace cli
