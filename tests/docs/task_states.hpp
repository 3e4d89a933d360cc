// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Generates docs/task-states.md from the transition table and the comments of its enumerators.
#pragma once

#include <wan/error.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docs {

using wan::task_ending;
using wan::task_event;
using wan::task_state;

using meanings = std::map<std::string, std::string, std::less<>>;

inline std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Appends a line of a comment to the meaning of an enumerator.
inline void add_meaning(std::string& meaning, std::string_view line) {
    if (!meaning.empty()) meaning += ' ';
    // an unescaped | would end the cell of the table
    for (const char c : trimmed(line)) meaning.append(c == '|' ? "\\" : "").push_back(c);
}

/// Returns a sentence in the form of a table cell: without the capital letter and the period.
inline std::string as_cell(std::string sentence) {
    if (sentence.size() > 1 && sentence[1] >= 'a' && sentence[1] <= 'z' && sentence[0] >= 'A' &&
        sentence[0] <= 'Z')
        sentence[0] = static_cast<char>(sentence[0] - 'A' + 'a');
    if (sentence.ends_with('.')) sentence.pop_back();
    return sentence;
}

/// Returns the comments of an enum's enumerators in the text of a header. A comment is either `///<` behind
/// the enumerator, which lines of such comments alone continue, or `///` lines before it.
inline meanings meanings_in(std::string_view header, std::string_view enum_name) {
    meanings found;
    auto begin = std::string_view::npos;
    for (const auto* after_name : {" {", " :"}) // with an underlying type or without
        begin = (std::min)(begin, header.find("enum class " + std::string{enum_name} + after_name));
    if (begin == std::string_view::npos) return found;
    auto body = header.substr(begin, header.find("};", begin) - begin);
    std::string name, before;
    while (!body.empty()) {
        const auto end = (std::min)(body.find('\n'), body.size() - 1);
        const auto line = body.substr(0, end);
        body.remove_prefix(end + 1);
        if (const auto text = trimmed(line); text.starts_with("///") && !text.starts_with("///<")) {
            add_meaning(before, text.substr(3));
            continue;
        }
        const auto comment = line.find("///<");
        const auto code = trimmed(line.substr(0, comment));
        if (!code.empty()) name = std::string{code.substr(0, code.find_first_of(", ="))};
        if (!code.empty() && !before.empty()) found[name] = as_cell(std::exchange(before, {}));
        if (comment != std::string_view::npos) add_meaning(found[name], line.substr(comment + 4));
    }
    return found;
}

/// Returns every enumerator with its meaning. Fails if an enumerator has no comment.
template <class E>
wan::result<meanings> meanings_of(std::string_view header, std::string_view enum_name) {
    auto found = meanings_in(header, enum_name);
    for (const auto& row : wan::wire_table<E>)
        if (const auto at = found.find(row.name); at == found.end() || at->second.empty())
            return wan::error{.category = wan::error_category::protocol,
                              .message = std::string{enum_name}.append("::").append(row.name).append(
                                  " has no ///< comment that says what it means")};
    return found;
}

inline std::string code(std::string_view name) { return std::string{"`"}.append(name).append("`"); }
template <class E>
std::string code(E value) {
    return code(wan::to_wire(value));
}

/// Returns the name of the state or ending that a transition leads to.
inline std::string_view name_of_target(const wan::task_transition& t) {
    return t.ending ? wan::to_wire(*t.ending) : wan::to_wire(t.to);
}

/// All events that lead from one state to another, or to an ending.
struct edge {
    task_state from;
    std::string_view to;
    std::vector<task_event> on;
};
inline std::vector<edge> edges() {
    std::vector<edge> all;
    for (const auto& t : wan::task_transitions) {
        auto at = std::find_if(all.begin(), all.end(),
                               [&](const edge& e) { return e.from == t.from && e.to == name_of_target(t); });
        if (at == all.end()) at = all.insert(all.end(), {t.from, name_of_target(t), {}});
        at->on.push_back(t.on);
    }
    return all;
}

inline std::string diagram() {
    std::string text = "```mermaid\nstateDiagram-v2\n    [*] --> ready\n";
    for (const auto& e : edges()) {
        text.append("    ").append(wan::to_wire(e.from)).append(" --> ").append(e.to).append(" : ");
        for (const auto on : e.on) text.append(on == e.on.front() ? "" : ", ").append(wan::to_wire(on));
        text += '\n';
    }
    for (const auto& row : wan::wire_table<task_ending>)
        if (row.value != task_ending::invalid) text.append("    ").append(row.name).append(" --> [*]\n");
    return text + "```\n";
}

/// Returns where `stop` or the deadline leads from a state.
inline std::string way_out(task_state from, task_event on) {
    if (wan::is_terminal(from)) return {};
    if (const auto* const t = wan::find_transition(from, on)) return code(name_of_target(*t));
    return wan::is_in_flight(from) ? "after the response" : "nowhere";
}

inline std::string row(std::initializer_list<std::string_view> cells) {
    std::string text = "|";
    for (const auto cell : cells) text.append(cell.empty() ? "" : " ").append(cell).append(" |");
    return text + '\n';
}

inline std::string yes_if(bool is_so) { return is_so ? "yes" : ""; }

inline std::string states(const meanings& of_states) {
    auto text =
        row({"state", "meaning", "a request is in flight", "`stop` leads to", "`deadline_passed` leads to"}) +
        "|---|---|---|---|---|\n";
    for (const auto& [state, name] : wan::wire_table<task_state>)
        text += row({code(name), of_states.find(name)->second, yes_if(wan::is_in_flight(state)),
                     way_out(state, task_event::stop), way_out(state, task_event::deadline_passed)});
    return text;
}

inline std::string endings(const meanings& of_endings) {
    auto text = row({"ending", "meaning"}) + "|---|---|\n";
    for (const auto& [ending, name] : wan::wire_table<task_ending>)
        text += row({code(name), of_endings.find(name)->second});
    return text;
}

inline std::string events(const meanings& of_events) {
    auto text = row({"event", "meaning"}) + "|---|---|\n";
    for (const auto& [event, name] : wan::wire_table<task_event>)
        text += row({code(name), of_events.find(name)->second});
    return text;
}

inline std::string transitions() {
    auto text = row({"state", "event", "next state"}) + "|---|---|---|\n";
    for (const auto& [state, name] : wan::wire_table<task_state>) {
        auto shown = code(name);
        for (const auto& t : wan::task_transitions)
            if (t.from == state) text += row({std::exchange(shown, {}), code(t.on), code(name_of_target(t))});
    }
    return text;
}

inline std::string late_transitions() {
    auto text = row({"ending", "event", "corrected ending"}) + "|---|---|---|\n";
    for (const auto& t : wan::late_transitions) text += row({code(t.from), code(t.on), code(t.to)});
    return text;
}

/// Returns the page, from the text of state.hpp and transitions.hpp. Fails if an enumerator has no comment.
inline wan::result<std::string> task_states_page(std::string_view header) {
    const auto of_states = meanings_of<task_state>(header, "task_state");
    if (!of_states) return of_states.error();
    const auto of_endings = meanings_of<task_ending>(header, "task_ending");
    if (!of_endings) return of_endings.error();
    const auto of_events = meanings_of<task_event>(header, "task_event");
    if (!of_events) return of_events.error();
    return "<!-- Generated from include/wan/task/transitions.hpp. To update: wan-task-states --write "
           "docs/task-states.md -->\n"
           "# The states of a task\n\n"
           "A task is a state machine. The table `wan::task_transitions` in `wan/task/transitions.hpp` lists "
           "all of its\n"
           "transitions, and this page is generated from it. An event that the table does not list for a "
           "state "
           "cannot\n"
           "occur in that state.\n\n"
           "`task::state()` and `progress::state` show the current state, `outcome::ending` shows the "
           "ending. "
           "The page\n"
           "[outcomes.md](outcomes.md) says what to do after each ending.\n\n"
           "If no files are uploaded and all requests succeed, the task takes this path:\n\n"
           "    ready -> submitting -> waiting -> querying -> waiting -> ... -> querying -> succeeded\n\n"
           "All possible paths:\n\n" +
           diagram() +
           "\n## States\n\n"
           "While a request is in flight, the task waits for the response, which may name a task that is "
           "paid "
           "for. `stop`,\n"
           "`cancel` and the deadline take effect after the response.\n\n" +
           states(*of_states) +
           "\n## Endings\n\n"
           "The transition table has every ending except `invalid`. A driver returns `invalid` if the "
           "request is invalid:\n"
           "no task was created.\n\n" +
           endings(*of_endings) + "\n## Events\n\n" + events(*of_events) +
           "\n## Late responses\n\n"
           "If the executor never reports the completion of a submit, the submit is given up and the task "
           "ends. A response\n"
           "that comes later may correct the ending: the table `wan::late_transitions` says how. A response "
           "that names the\n"
           "task does not change the ending, but the token then has the task's id.\n\n" +
           late_transitions() + "\n## Transitions\n\n" + transitions();
}

} // namespace docs
