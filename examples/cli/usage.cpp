// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "usage.hpp"

#include "nearest_word.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace cli {

namespace {

/// Returns the innermost recognized command.
const CLI::App& chosen(const CLI::App& app) {
    const auto parsed = app.get_subcommands();
    return parsed.empty() ? app : chosen(*parsed.front());
}

std::vector<std::string_view> command_names(const CLI::App& app) {
    std::vector<std::string_view> names;
    for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

std::vector<std::string_view> option_names(const CLI::App& app) {
    std::vector<std::string_view> names;
    for (const auto* option : app.get_options())
        for (const auto& name : option->get_lnames()) names.push_back(name);
    return names;
}

bool is_option(const std::string& argument) { return argument.size() > 1 && argument[0] == '-'; }

/// Returns whether a word may be repeated in a message: it is too short for a key, and does not begin like
/// most keys.
bool is_harmless(std::string_view word) {
    // keys contain digits
    const auto fits = [](char c) {
        return c == '-' || c == '_' || std::isalpha(static_cast<unsigned char>(c)) != 0;
    };
    return word.size() <= 24 && !word.starts_with("sk-") && std::all_of(word.begin(), word.end(), fits);
}

std::string joined(const std::vector<std::string_view>& names) {
    std::string all;
    for (const auto name : names) all.append(all.empty() ? "" : ", ").append(name);
    return all;
}

std::string suggestion(std::string_view given, const std::vector<std::string_view>& names,
                       const char* before) {
    const auto meant = nearest_word(given, names);
    return meant.empty() ? std::string{} : std::string{"; did you mean "} + before + std::string{meant} + "?";
}

std::string about_option(const std::string& argument, const CLI::App& command) {
    const bool is_long = argument.starts_with("--");
    const auto name = is_long ? argument.substr(2, argument.find('=') - 2) : argument.substr(1, 1);
    if (!is_harmless(name)) return "unknown option (not shown, because it may contain a key)";
    const auto shown = (is_long ? "--" : "-") + name;
    const auto names = option_names(command);
    // CLI11 treats options before the command's name as options of the program.
    if (is_long && std::find(names.begin(), names.end(), name) != names.end())
        return shown + " must follow the command " + command.get_name();
    return "unknown option " + shown + (is_long ? suggestion(name, names, "--") : "");
}

/// Returns a message about the unknown options; without any, about a value that no option accepts. Empty if
/// all was recognized.
std::string not_understood(const CLI::App& app) {
    const auto left = app.remaining(true);
    std::string said;
    for (const auto& argument : left) {
        if (!is_option(argument)) continue;
        if (!said.empty()) said += said.ends_with('?') ? " " : "; ";
        said += about_option(argument, chosen(app));
    }
    return said.empty() && !left.empty()
               ? "unexpected value (not shown, because it may contain a key): no option accepts it"
               : said;
}

} // namespace

std::string unknown_command(const CLI::App& app) {
    const auto& command = chosen(app);
    const auto names = command_names(command);
    const auto left = command.remaining();
    // after an unknown option it may be its value
    if (names.empty() || left.empty() || is_option(left.front())) return {};
    const auto& given = left.front();
    const auto path = &command == &app ? std::string{} : command.get_name() + " ";
    auto hint = suggestion(given, names, "");
    if (hint.empty()) hint = "; the commands are " + joined(names);
    return "unknown command" + (is_harmless(given) ? " " + path + given : "") + hint;
}

std::string message_of(const CLI::App& app, const CLI::ParseError& e) {
    if (auto unknown = unknown_command(app); !unknown.empty()) return unknown;
    const bool is_missing = dynamic_cast<const CLI::RequiredError*>(&e) != nullptr;
    if (is_missing || dynamic_cast<const CLI::ExtrasError*>(&e) != nullptr)
        if (auto said = not_understood(app); !said.empty()) return said;
    if (const auto names = command_names(chosen(app)); is_missing && !names.empty())
        return "a command is required: " + joined(names);
    return e.what();
}

} // namespace cli
