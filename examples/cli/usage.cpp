// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "usage.hpp"

#include "nearest_word.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace cli {

namespace {

/// The command as far as it was understood.
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

/// What may be repeated: a word that is too short for a key, and does not begin as most keys do.
bool is_harmless(std::string_view word) {
    // keys have digits
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
    if (!is_harmless(name)) return "an option is not understood";
    const auto shown = (is_long ? "--" : "-") + name;
    const auto names = option_names(command);
    // CLI11 asks the program itself for what stands before the command's name.
    if (is_long && std::find(names.begin(), names.end(), name) != names.end())
        return shown + " is understood only after " + command.get_name();
    return shown + " is not understood" + (is_long ? suggestion(name, names, "--") : "");
}

/// Of the options that are not understood; a value that no option takes is told if there are none. Empty if
/// all is understood.
std::string not_understood(const CLI::App& app) {
    const auto left = app.remaining(true);
    std::string said;
    for (const auto& argument : left) {
        if (!is_option(argument)) continue;
        if (!said.empty()) said += said.ends_with('?') ? " " : "; ";
        said += about_option(argument, chosen(app));
    }
    return said.empty() && !left.empty() ? "a value is not understood: no option takes it" : said;
}

} // namespace

std::string unknown_command(const CLI::App& app) {
    const auto& command = chosen(app);
    const auto names = command_names(command);
    const auto left = command.remaining();
    // after an option it may be its value
    if (names.empty() || left.empty() || is_option(left.front())) return {};
    const auto& given = left.front();
    const auto path = &command == &app ? std::string{} : command.get_name() + " ";
    auto hint = suggestion(given, names, "");
    if (hint.empty()) hint = "; there are " + joined(names);
    return "there is no " + (is_harmless(given) ? "command " + path + given : "such command") + hint;
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
