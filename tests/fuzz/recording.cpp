// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Recordings of exchanges: read from files, and made of what services say.
#include "services.hpp"
#include "targets.hpp"

#include <executors/recording.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace fuzz {

namespace {

using wan::executors::recorded_exchange;

bool are_equal(const wan::http_result& a, const wan::http_result& b) {
    if (a.has_value() != b.has_value()) return false;
    if (!a) return a.error().sent == b.error().sent && a.error().message == b.error().message;
    if (a->status != b->status || a->body != b->body || a->headers.size() != b->headers.size()) return false;
    for (std::size_t i = 0; i < a->headers.size(); ++i)
        if (a->headers[i].name != b->headers[i].name || a->headers[i].value != b->headers[i].value)
            return false;
    return true;
}

/// What is read is written and read again as it was.
void check_lines(std::string_view lines) {
    const auto all = wan::executors::read_recording(lines);
    if (!all) {
        require(all.error().category == wan::error_category::storage,
                "what is no recording is said to be none");
        return;
    }
    for (const auto& exchange : *all) {
        const auto line = to_json(exchange);
        require(line.find('\n') == line.npos, "an exchange is one line", line);
        const auto again = wan::executors::read_recording(line);
        require(again && again->size() == 1, "a written exchange can be read", line);
        const auto& read = again->front();
        require(read.method == exchange.method && read.url == exchange.url && read.body == exchange.body &&
                    are_equal(read.result, exchange.result),
                "a written exchange is read as it was", line);
    }
}

/// A body with a text before or after it is another one, unless a secret is there: the text may belong to it.
void check_other_bodies(const wan::executors::recording& recorded, const wan::http_request& request) {
    constexpr std::string_view more = "\xC3\xA4 other", secret = "***";
    const auto whole = request.body.flatten();
    require(whole.has_value(), "a body without media can be read");
    const auto check = [&](std::string body) {
        auto other = request;
        other.body = std::move(body);
        const auto given = wan::executors::replayer{recorded}(other);
        require(!given, "a request with another body gets nothing", *other.body.flatten());
        require(!has_key(given.error().message), "what is not recorded is named without the key");
    };
    const std::string_view shown = recorded.front().body;
    if (!shown.starts_with(secret)) check(std::string{more}.append(*whole));
    if (!shown.ends_with(secret)) check(std::string{*whole}.append(more));
}

/// An exchange that is recorded has no key, and is replayed to the same request.
void check_recorded(const wan::http_request& request, wan::http_result result) {
    std::string line;
    wan::executors::recorder record{[&](const wan::http_request&) -> wan::http_result { return result; },
                                    [&](const recorded_exchange& e) { line = to_json(e); }};
    require(are_equal(record(request), result), "the caller gets what the executor got");
    require(!has_key(line), "a recording has no key", line);
    const auto recorded = wan::executors::read_recording(line);
    require(recorded && recorded->size() == 1, "a recorded exchange can be read", line);
    const wan::executors::replayer replay{*recorded};
    require(are_equal(replay(request), recorded->front().result), "a recorded exchange is replayed", line);
    require(replay.left().empty(), "a replayed exchange is used");
    const auto second = replay(request);
    require(!second && second.error().sent == wan::delivery::not_sent, "an exchange is replayed once");
    check_other_bodies(*recorded, request);
}

/// A body as services take it: each carriage return ends a line, so that a form fits into a line of the
/// input.
std::string with_line_ends(std::string_view text) {
    std::string body;
    for (const char c : text) body.append(c == '\r' ? "\r\n" : std::string_view{&c, 1});
    return body;
}

} // namespace

void run_recording(input in) {
    if (in.flag()) return check_lines(in.rest());
    wan::http_request request{.method = in.flag() ? wan::http_method::post : wan::http_method::get,
                              .url = "https://a.example/" + std::string{in.line()},
                              .headers = {{"Authorization", "Bearer " + std::string{key}, true}}};
    if (request.method == wan::http_method::post) request.body = with_line_ends(in.line());
    check_recorded(request, response_of(in));
}

} // namespace fuzz
