// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "batch_file.hpp"

#include "cli/files/hash.hpp"
#include "cli/files/media_files.hpp"

#include <wan/printable.hpp>
#include <wan/request/json.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include <variant>

namespace cli {

namespace {

constexpr std::size_t longest_id = 100;
/// More would scroll away.
constexpr std::size_t most_mistakes = 100;

wan::violation about_id(std::string message) {
    return {.field = "id",
            .rule = wan::rule::type,
            .severity = wan::severity::error,
            .message = "id: " + std::move(message)};
}

/// Checks an id. It becomes a file name, also on file systems that ignore case.
std::vector<wan::violation> check_id(const std::string& id, std::map<std::string, std::size_t>& lines,
                                     std::size_t line) {
    const auto fits = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
    };
    if (id.empty()) return {about_id("missing; each shot needs an id, which names its video: ID.mp4")};
    if (id.size() > longest_id || id[0] == '.' || id[0] == '-' || !std::all_of(id.begin(), id.end(), fits))
        return {about_id(wan::quoted(id) + " cannot be used as a file name; use 1 to " +
                         std::to_string(longest_id) +
                         " letters, digits, '-', '_' or '.', and begin with a letter, a digit or '_'")};
    std::string name;
    std::transform(id.begin(), id.end(), std::back_inserter(name),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto [first, is_new] = lines.try_emplace(name, line);
    if (is_new) return {};
    return {about_id(wan::quoted(id) + " is already used in line " + std::to_string(first->second) +
                     "; give each shot its own id")};
}

/// Returns whether the line is not one JSON object, so that nothing more can be said about it.
bool is_not_an_object(const std::vector<wan::violation>& mistakes) {
    return mistakes.size() == 1 && mistakes.front().field == "request";
}

/// Returns which files of an invalid request cannot be read: those that its valid members name.
std::vector<wan::violation> unreadable_files(const std::string& text,
                                             const std::vector<wan::violation>& mistakes,
                                             wan::media_transfer how, const std::filesystem::path& folder) {
    boost::system::error_code failed;
    auto parsed = boost::json::parse(text, failed);
    auto* const members = failed ? nullptr : parsed.if_object();
    if (members == nullptr) return {};
    for (const auto& m : mistakes) members->erase(std::string_view{m.field}.substr(0, m.field.find('[')));
    auto rest = wan::read_request(boost::json::serialize(*members), {{"id", nullptr}});
    if (!rest) return {};
    return std::visit([&](auto& request) { return open_media(request, how, folder); }, *rest);
}

} // namespace

std::vector<wan::violation> of_line(std::size_t line, const std::string& id,
                                    std::vector<wan::violation> mistakes) {
    auto where = "line " + std::to_string(line);
    if (!id.empty()) where += " (" + wan::printable(id) + ")";
    for (auto& m : mistakes) m.message = where + ": " + m.message;
    return mistakes;
}

wan::result<std::vector<shot>> read_batch(const std::string& file, wan::media_transfer how) {
    errno = 0;
    std::ifstream in{file, std::ios::binary};
    const auto unreadable = [&] {
        return wan::error{.category = wan::error_category::invalid_request,
                          .message = "cannot read " + file + ": " +
                                     (errno != 0 ? std::strerror(errno) : "not a file") +
                                     "; give a readable file"};
    };
    if (!in) return unreadable();
    std::vector<shot> shots;
    std::vector<wan::violation> found;
    std::map<std::string, std::size_t> lines;
    std::string text;
    const auto read_line = [&] {
        errno = 0; // opening the media of the line before may have set it
        return static_cast<bool>(std::getline(in, text));
    };
    for (std::size_t line = 1; read_line(); ++line) {
        if (text.find('\0') != std::string::npos)
            return wan::error{.category = wan::error_category::invalid_request,
                              .message = file + " is not a text: line " + std::to_string(line) +
                                         " has a zero byte; give a file with one JSON object per line"};
        if (text.ends_with('\r')) text.pop_back();
        if (line == 1 && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        const auto begin = text.find_first_not_of(" \t");
        if (begin == std::string::npos) continue;
        if (text[begin] == '[' && shots.empty() && found.empty())
            return wan::error{.category = wan::error_category::invalid_request,
                              .message = file +
                                         " begins with [, as a JSON array does; give a file with one JSON "
                                         "object per line, without brackets and commas around them"};
        std::string id;
        auto request = wan::read_request(text, {{"id", &id}});
        auto mistakes = request ? std::vector<wan::violation>{} : request.error().violations;
        const auto folder = std::filesystem::path{file}.parent_path();
        if (is_not_an_object(mistakes)) {
            mistakes.front().message += "; write one whole object per line";
        } else {
            if (!request)
                for (auto& v : unreadable_files(text, mistakes, how, folder))
                    mistakes.push_back(std::move(v));
            const bool is_id_told = std::any_of(mistakes.begin(), mistakes.end(),
                                                [](const wan::violation& m) { return m.field == "id"; });
            const auto bad_id = is_id_told ? std::vector<wan::violation>{} : check_id(id, lines, line);
            mistakes.insert(mistakes.begin(), bad_id.begin(), bad_id.end());
        }
        const bool is_good = mistakes.empty() && request.has_value();
        mistakes = of_line(line, id, std::move(mistakes));
        std::move(mistakes.begin(), mistakes.end(), std::back_inserter(found));
        if (!is_good) continue;
        auto written = wan::to_json(*request);
        auto canonical = written ? *std::move(written) : text;
        auto fingerprint = hexadecimal(hash_of(canonical));
        auto& added = shots.emplace_back(
            shot{id, line, *std::move(request), std::move(canonical), std::move(fingerprint)});
        added.unreadable =
            of_line(line, id, std::visit([&](auto& r) { return open_media(r, how, folder); }, added.request));
    }
    if (in.bad()) return unreadable();
    if (found.size() > most_mistakes) {
        const auto more = found.size() - most_mistakes;
        found.resize(most_mistakes);
        found.back().message += "; and " + std::to_string(more) + " more mistakes; correct these first";
    }
    if (!found.empty()) return wan::refusal(std::move(found));
    if (shots.empty())
        return wan::error{.category = wan::error_category::invalid_request,
                          .message = file + " contains no shots; write one JSON object per line"};
    return shots;
}

} // namespace cli
