// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// docs/task-states.md, made from the transition table and the comments of its enumerators.
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

using wan::task_event;
using wan::task_state;

using meanings = std::map<std::string, std::string, std::less<>>;

inline std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Adds a line of a comment to what is known of an enumerator.
inline void add_meaning(std::string& meaning, std::string_view line) {
    if (!meaning.empty()) meaning += ' ';
    // no end of a table's cell
    for (const char c : trimmed(line)) meaning.append(c == '|' ? "\\" : "").push_back(c);
}

/// The `///<` comments of an enum's enumerators, a line each, as the text of a header has them. Lines of
/// nothing but such a comment go on with the one before.
inline meanings meanings_in(std::string_view header, std::string_view enum_name) {
    meanings found;
    auto begin = std::string_view::npos;
    for (const auto* after_name : {" {", " :"}) // with an underlying type or without
        begin = (std::min)(begin, header.find("enum class " + std::string{enum_name} + after_name));
    if (begin == std::string_view::npos) return found;
    auto body = header.substr(begin, header.find("};", begin) - begin);
    std::string name;
    while (!body.empty()) {
        const auto end = (std::min)(body.find('\n'), body.size() - 1);
        const auto line = body.substr(0, end);
        body.remove_prefix(end + 1);
        const auto comment = line.find("///<");
        const auto code = trimmed(line.substr(0, comment));
        if (!code.empty()) name = std::string{code.substr(0, code.find_first_of(", ="))};
        if (comment != std::string_view::npos) add_meaning(found[name], line.substr(comment + 4));
    }
    return found;
}

/// Every enumerator with its meaning. Fails where one has none.
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

inline std::string code(std::string_view name) { return "`" + std::string{name} + "`"; }
template <class E>
std::string code(E value) {
    return code(wan::to_wire(value));
}

/// All ways from one state to another.
struct edge {
    task_state from;
    task_state to;
    std::vector<task_event> on;
};
inline std::vector<edge> edges() {
    std::vector<edge> all;
    for (const auto& t : wan::task_transitions) {
        auto at = std::find_if(all.begin(), all.end(),
                               [&](const edge& e) { return e.from == t.from && e.to == t.to; });
        if (at == all.end()) at = all.insert(all.end(), {t.from, t.to, {}});
        at->on.push_back(t.on);
    }
    return all;
}

inline std::string diagram() {
    std::string text = "```mermaid\nstateDiagram-v2\n    [*] --> ready\n";
    for (const auto& e : edges()) {
        text.append("    ")
            .append(wan::to_wire(e.from))
            .append(" --> ")
            .append(wan::to_wire(e.to))
            .append(" : ");
        for (const auto on : e.on) text.append(on == e.on.front() ? "" : ", ").append(wan::to_wire(on));
        text += '\n';
    }
    for (const auto& row : wan::wire_table<task_state>)
        if (wan::is_terminal(row.value)) text.append("    ").append(row.name).append(" --> [*]\n");
    return text + "```\n";
}

/// Where the caller's wish or the clock leads to.
inline std::string way_out(task_state from, task_event on) {
    if (wan::is_terminal(from)) return {};
    if (const auto to = wan::next_state(from, on)) return code(*to);
    return wan::is_in_flight(from) ? "after the answer" : "nowhere";
}

inline std::string row(std::initializer_list<std::string_view> cells) {
    std::string text = "|";
    for (const auto cell : cells) text.append(cell.empty() ? "" : " ").append(cell).append(" |");
    return text + '\n';
}

inline std::string yes_if(bool is_so) { return is_so ? "yes" : ""; }

inline std::string states(const meanings& of_states) {
    auto text = row({"state", "meaning", "is an end", "a request is out", "`stop` leads to",
                     "`deadline_passed` leads to"}) +
                "|---|---|---|---|---|---|\n";
    for (const auto& [state, name] : wan::wire_table<task_state>)
        text += row({code(name), of_states.find(name)->second, yes_if(wan::is_terminal(state)),
                     yes_if(wan::is_in_flight(state)), way_out(state, task_event::stop),
                     way_out(state, task_event::deadline_passed)});
    return text;
}

inline std::string events(const meanings& of_events) {
    auto text = row({"event", "meaning"}) + "|---|---|\n";
    for (const auto& [event, name] : wan::wire_table<task_event>)
        text += row({code(name), of_events.find(name)->second});
    return text;
}

inline std::string transitions() {
    auto text = row({"in", "on", "to"}) + "|---|---|---|\n";
    for (const auto& [state, name] : wan::wire_table<task_state>) {
        auto shown = code(name);
        for (const auto& t : wan::task_transitions)
            if (t.from == state) text += row({std::exchange(shown, {}), code(t.on), code(t.to)});
    }
    return text;
}

inline std::string late_transitions() {
    auto text = row({"in", "on", "to"}) + "|---|---|---|\n";
    for (const auto& t : wan::late_transitions) text += row({code(t.from), code(t.on), code(t.to)});
    return text;
}

/// The page, from the text of transitions.hpp. Fails if an enumerator has no meaning there.
inline wan::result<std::string> task_states_page(std::string_view header) {
    const auto of_states = meanings_of<task_state>(header, "task_state");
    if (!of_states) return of_states.error();
    const auto of_events = meanings_of<task_event>(header, "task_event");
    if (!of_events) return of_events.error();
    return "<!-- Made from include/wan/task/transitions.hpp. Change that file, then: wan-task-states --write "
           "docs/task-states.md -->\n"
           "# The states of a task\n\n"
           "A task is a state machine, and one table holds all of it: `wan::task_transitions` in "
           "`wan/task/transitions.hpp`. This page\n"
           "is made from that table. An event that the table does not list for a state cannot happen in "
           "it.\n\n"
           "`task::state()` and `progress::state` say where a task is, `outcome::state` where it ended;\n"
           "[outcomes.md](outcomes.md) says what to do then.\n\n" +
           diagram() +
           "\n## States\n\n"
           "While a request is out, its answer is awaited, whatever the caller wants and the clock says: the "
           "answer may name a task\n"
           "that is paid for.\n\n" +
           states(*of_states) + "\n## Events\n\n" + events(*of_events) +
           "\n## Late responses\n\n"
           "A submit whose executor never reports an end is given up, and the task is at its end. What the "
           "response says if it comes after\n"
           "all corrects the outcome: `wan::late_transitions`. One that names the task leaves the state as "
           "it is, and is kept in the token.\n\n" +
           late_transitions() + "\n## Transitions\n\n" + transitions();
}

} // namespace docs
