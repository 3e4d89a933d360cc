// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "usage.hpp"

#include "cli/joined.hpp"
#include "nearest_word.hpp"

#include <wan/request/job.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <cctype>
#include <sstream>
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

/// Returns whether the command makes or checks the videos of a job.
bool is_of_a_job(const CLI::App& command) {
    auto name = command.get_name();
    std::replace(name.begin(), name.end(), '-', '_');
    return wan::from_wire<wan::job>(name).has_value();
}

const CLI::Option* find_long_option(const CLI::App& command, std::string_view name) {
    for (const auto* option : command.get_options())
        for (const auto& each : option->get_lnames())
            if (each == name) return option;
    return nullptr;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Returns whether the text contains the word, surrounded by no other letters.
bool contains_word(const std::string& text, std::string_view word) {
    const auto is_letter = [&](std::size_t at) {
        return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
    };
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size())) return true;
    return false;
}

/// Returns the options whose name contains the word, such as --first-clip for "clip", or otherwise those
/// whose help does.
std::vector<std::string> options_about(const std::string& word, const CLI::App& command) {
    std::vector<std::string> by_name, by_help;
    for (const auto* option : command.get_options()) {
        if (option->get_lnames().empty()) continue;
        const auto& name = option->get_lnames().front();
        if (contains_word(name, word))
            by_name.push_back("--" + name);
        else if (contains_word(lower(option->get_description()), word))
            by_help.push_back("--" + name);
    }
    return by_name.empty() ? by_help : by_name;
}

/// Returns which jobs have the option, and which option this job has instead: the one with the same help.
/// Empty if no job has it.
std::string about_other_jobs(const std::string& name, const CLI::App& command) {
    std::vector<std::string> others;
    std::string instead;
    for (const auto* other : command.get_parent()->get_subcommands({})) {
        const auto* theirs = is_of_a_job(*other) ? find_long_option(*other, name) : nullptr;
        if (theirs == nullptr) continue;
        others.push_back(other->get_name());
        for (const auto* ours : command.get_options())
            if (instead.empty() && ours->get_description() == theirs->get_description())
                instead = ": " + command.get_name() + " takes " + ours->get_name() + "; ";
    }
    if (others.empty()) return {};
    const auto last = others.back();
    others.pop_back();
    const auto who = others.empty() ? last + " takes " : joined(others, ", ") + " and " + last + " take ";
    return (instead.empty() ? "; " : instead) + who + "--" + name;
}

std::string suggestion(std::string_view given, const std::vector<std::string_view>& names,
                       const char* before) {
    const auto meant = nearest_word(given, names);
    return meant.empty() ? std::string{} : std::string{"; did you mean "} + before + std::string{meant} + "?";
}

/// Returns what was probably meant by an unknown option, as the end of a message.
std::string hint_for_option(const std::string& name, const CLI::App& command) {
    if (is_of_a_job(command))
        if (auto others = about_other_jobs(name, command); !others.empty()) return others;
    if (auto similar = suggestion(name, option_names(command), "--"); !similar.empty()) return similar;
    constexpr std::size_t most = 2; // more options say nothing about which one was meant
    std::istringstream words{lower(name)};
    for (std::string word; std::getline(words, word, '-');) {
        const auto about = options_about(word, command);
        if (word.empty() || about.empty() || about.size() > most) continue;
        return "; did you mean " + about.front() + (about.size() == most ? " or " + about.back() : "") + "?";
    }
    return {};
}

std::string about_option(const std::string& argument, const CLI::App& command) {
    const bool is_long = argument.starts_with("--");
    const auto name = is_long ? argument.substr(2, argument.find('=') - 2) : argument.substr(1, 1);
    if (!is_harmless(name)) return "unknown option (not shown, because it may contain a key)";
    const auto shown = (is_long ? "--" : "-") + name;
    const auto names = option_names(command);
    if (const auto word = argument.substr(1, argument.find('=') - 1);
        !is_long && std::find(names.begin(), names.end(), word) != names.end())
        return "unknown option -" + word + "; did you mean --" + word + "?";
    // CLI11 treats options before the command's name as options of the program.
    if (is_long && std::find(names.begin(), names.end(), name) != names.end())
        return shown + " must follow the command " + command.get_name();
    return "unknown option " + shown + (is_long ? hint_for_option(name, command) : "");
}

/// Returns the options that are required, but were not given.
std::vector<std::string> missing_options(const CLI::App& command) {
    std::vector<std::string> missing;
    for (const auto* option : command.get_options())
        if (option->get_required() && option->count() == 0) missing.push_back(option->get_name());
    return missing;
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
    if (!said.empty() || left.empty()) return said;
    said = "unexpected value (not shown, because it may contain a key): no option accepts it";
    if (const auto missing = missing_options(chosen(app)); !missing.empty())
        return said + "; required: " + joined(missing, ", ");
    return said + "; put a text of several words in quotes";
}

/// Returns a message about a command that was not followed by another one, such as `check` without a job.
/// Empty if none is missing.
std::string missing_command(const CLI::App& app) {
    const auto& command = chosen(app);
    const auto commands = command.get_subcommands({});
    if (commands.empty()) return {};
    const auto what = is_of_a_job(*commands.front()) ? "a job" : "a command";
    const auto after = &command == &app ? std::string{} : " after " + command.get_name();
    return what + after + " is required: " + joined(command_names(command), ", ");
}

/// Returns a message about an option that has no value, or too many, or contradicts another; empty if the
/// error is another one.
std::string about_values(const CLI::App& app, const CLI::ParseError& e) {
    if (dynamic_cast<const CLI::ExcludesError*>(&e) != nullptr) {
        std::string said = e.what();
        constexpr std::string_view word = " excludes ";
        if (const auto at = said.find(word); at != std::string::npos)
            return said.replace(at, word.size(), " and ") + " contradict each other; give one of them";
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&e) == nullptr) return {};
    const std::string_view said = e.what();
    const auto name = said.substr(0, said.find(':'));
    for (const auto* option : chosen(app).get_options())
        if (option->get_name() == name)
            return std::string{name} +
                   (option->count() > 1 ? " is given more than once; give one value" : " needs a value");
    return {};
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
    if (hint.empty()) hint = "; the commands are " + joined(names, ", ");
    if (command.get_name() == "check") hint += "; `wan batch FILE --dry-run` checks a file of shots";
    return "unknown command" + (is_harmless(given) ? " " + path + given : "") + hint;
}

std::string message_of(const CLI::App& app, const CLI::ParseError& e) {
    if (auto unknown = unknown_command(app); !unknown.empty()) return unknown;
    const bool is_missing = dynamic_cast<const CLI::RequiredError*>(&e) != nullptr;
    const bool is_check_alone = &chosen(app) != &app && !command_names(chosen(app)).empty();
    if (is_missing && is_check_alone) return missing_command(app);
    if (is_missing || dynamic_cast<const CLI::ExtrasError*>(&e) != nullptr)
        if (auto said = not_understood(app); !said.empty()) return said;
    if (auto said = is_missing ? missing_command(app) : std::string{}; !said.empty()) return said;
    if (auto said = about_values(app, e); !said.empty()) return said;
    return e.what();
}

} // namespace cli
