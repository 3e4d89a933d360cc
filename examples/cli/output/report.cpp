// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/output/report.hpp"

#include <wan/printable.hpp>
#include <wan/wire_name.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace cli {

namespace {

namespace json = boost::json;

json::string text(std::string_view view) { return json::string(view.data(), view.size()); }

void put(json::object& to, std::string_view key, const std::string& value) {
    if (!value.empty()) to[{key.data(), key.size()}] = text(value);
}

json::object to_json(const wan::video& video, const std::optional<saved_video>& saved) {
    json::object o;
    put(o, "url", video.url);
    if (saved) {
        o["file"] = text(saved->file);
        o["bytes"] = saved->bytes;
        put(o, "warning", saved->warning);
    }
    if (video.expires_at) o["expires_at"] = text(iso_8601(*video.expires_at));
    if (video.valid_for) o["valid_for"] = video.valid_for->count();
    return o;
}

/// Escapes control characters in text from the provider.
std::string shown(const std::string& text) { return wan::printable(text, 4096); }

std::string time_of(std::optional<double> ms) {
    constexpr double last = 253402300799e3; // of the year 9999
    if (!ms || !(*ms >= 0) || *ms > last) return {};
    return iso_8601(std::chrono::sys_seconds{std::chrono::seconds{static_cast<std::int64_t>(*ms / 1000)}});
}

std::string_view in_words(wan::prompt_match prompt) {
    return prompt == wan::prompt_match::equal ? "same prompt" : "prompt not reported";
}

std::string_view in_words(wan::creation created) {
    switch (created) {
    case wan::creation::before_submit: return "created before the submit";
    case wan::creation::after_submit: return "created after the submit";
    default: return "creation time not reported";
    }
}

void print_end_for_a_person(const report& r) {
    const auto& end = r.outcome;
    std::fprintf(stderr, "wan: %s", std::string{state_name(r)}.c_str());
    if (!end.task_id.empty()) std::fprintf(stderr, " [task_id %s]", shown(end.task_id).c_str());
    const bool may_be_there = !end.task_id.empty() || end.ending == wan::task_ending::submit_unknown;
    const bool was_not_submitted =
        !may_be_there && r.submits && (r.stopped_by_user || end.ending == wan::task_ending::unreachable);
    if (was_not_submitted) std::fprintf(stderr, "; nothing was submitted");
    if (!end.status.empty())
        std::fprintf(stderr, "; last status reported by the provider: %s", shown(end.status).c_str());
    std::fprintf(stderr, "\n");
}

/// Prints how the task ID was inferred, also of a finished video: it may be another program's.
void print_whose_it_is(const wan::outcome& end) {
    if (!end.task_id.empty() && end.id == wan::id_trust::inferred)
        std::fprintf(stderr,
                     "wan: the task ID is inferred from the provider's list%s, not confirmed; check that the "
                     "video is yours\n",
                     end.inferred_from ? (" (" + std::string{in_words(*end.inferred_from)} + ")").c_str()
                                       : "");
    for (const auto& c : end.candidates) std::fprintf(stderr, "wan: %s\n", to_line(c).c_str());
}

void print_for_a_person(const report& r, bool quiet) {
    const auto& end = r.outcome;
    if (end.video && !quiet && !r.saved && end.video->expires_at)
        std::fprintf(stderr, "the URL expires at %s\n", iso_8601(*end.video->expires_at).c_str());
    if (end.video && !quiet && !r.saved && end.video->valid_for)
        std::fprintf(stderr, "the URL is valid for %lld s\n",
                     static_cast<long long>(end.video->valid_for->count()));
    if (r.saved && !r.saved->warning.empty())
        std::fprintf(stderr, "wan: warning: %s\n", shown(r.saved->warning).c_str());
    if (end.video && !quiet && r.saved && r.saved->url_expires_at)
        std::fprintf(stderr, "%s\n", expiry_text(*r.saved->url_expires_at).c_str());
    // This program's own refusal needs no more than its reason.
    const bool is_own = !r.was_sent && end.error && end.error->violations.empty();
    if (!end.succeeded() && r.state != wan::task_state::ready && !is_own) print_end_for_a_person(r);
    print_whose_it_is(end);
    if (end.error && end.error->violations.empty())
        std::fprintf(stderr, "wan: %s\n",
                     is_own ? shown(end.error->message).c_str() : to_string(*end.error).c_str());
    if (!r.advice.empty())
        std::fprintf(stderr, "wan: %s\n", r.advice.c_str());
    else if (end.ending == wan::task_ending::unreachable && end.error &&
             end.error->category == wan::error_category::transport)
        std::fprintf(stderr, "wan: check the network and the address (--base-url), then try again\n");
    const bool is_strict = !r.violations.empty() && end.ending == wan::task_ending::invalid &&
                           std::none_of(r.violations.begin(), r.violations.end(), wan::is_error);
    for (const auto& v : r.violations)
        if (!quiet || is_error(v) || is_strict)
            std::fprintf(stderr, "wan: %s: %s\n", std::string{to_wire(v.severity)}.c_str(),
                         v.message.c_str());
    if (is_strict)
        std::fprintf(stderr,
                     "wan: with --strict, warnings are errors; correct them, or leave the option out\n");
    // The result is the last line, on a terminal as well as in a file that gets both outputs. If the video
    // goes to standard output, everything else goes to standard error.
    if (end.video && !(r.saved && r.video_on_stdout)) {
        auto* const to = r.video_on_stdout ? stderr : stdout;
        std::fprintf(to, "%s\n", shown(r.saved ? r.saved->file : end.video->url).c_str());
        std::fflush(to);
    }
}

/// Returns the exit code of an outcome without a task.
exit_code code_without_task(const report& r) {
    const auto& error = r.outcome.error;
    if (r.stopped_by_user || !error) return stopped_waiting;
    return error->category == wan::error_category::transport ? other_trouble : service_said_no;
}

} // namespace

json::object to_json(const wan::error& e) {
    json::object o;
    o["category"] = text(to_wire(e.category));
    put(o, "code", e.code);
    put(o, "message", e.message);
    if (e.http_status != 0) o["http_status"] = e.http_status;
    return o;
}

json::object to_json(const wan::listed_task& t) {
    json::object o{{"task_id", text(t.task_id)},
                   {"status", text(t.status)},
                   {"model", text(t.model)},
                   {"request_id", text(t.request_id)}};
    for (const auto& [name, ms] : {std::pair{"created", t.created_ms}, std::pair{"started", t.started_ms},
                                   std::pair{"ended", t.ended_ms}})
        put(o, name, time_of(ms));
    return o;
}

std::string to_line(const wan::candidate& c) {
    const auto or_nothing = [](const char* before, const std::string& what) {
        return what.empty() ? std::string{} : before + what;
    };
    return "candidate " + shown(c.task_id) + or_nothing("  ", shown(c.status)) + "  " +
           std::string{in_words(c.prompt)} + ", " + std::string{in_words(c.created)} +
           or_nothing(", at ", time_of(c.created_ms));
}

json::object to_json(const report& r) {
    json::object o;
    o["state"] = text(state_name(r));
    put(o, "task_id",
        r.outcome.task_id.empty() && r.outcome.error ? r.outcome.error->task_id : r.outcome.task_id);
    if (!r.outcome.task_id.empty()) o["id"] = text(to_wire(r.outcome.id));
    if (r.outcome.inferred_from && !r.outcome.task_id.empty())
        o["inferred_from"] = text(to_wire(*r.outcome.inferred_from));
    put(o, "status", r.outcome.status);
    put(o, "request_id", r.outcome.request_id);
    put(o, "prompt", r.outcome.reply.orig_prompt);
    if (r.outcome.video) o["video"] = to_json(*r.outcome.video, r.saved);
    if (r.outcome.error) o["error"] = to_json(*r.outcome.error);
    if (!r.violations.empty()) {
        json::array all;
        for (const auto& v : r.violations)
            all.push_back({{"field", text(v.field)},
                           {"rule", text(to_wire(v.rule))},
                           {"message", text(v.message)},
                           {"severity", text(to_wire(v.severity))}});
        o["violations"] = std::move(all);
    }
    if (!r.outcome.candidates.empty()) {
        auto& all = o["candidates"].emplace_array();
        for (const auto& c : r.outcome.candidates) {
            auto row = to_json(static_cast<const wan::listed_task&>(c));
            if (row.contains("created")) row["created_at"] = row["created"];
            row["created"] = text(to_wire(c.created)); // relative to the submit
            row["prompt"] = text(to_wire(c.prompt));
            all.push_back(std::move(row));
        }
    }
    put(o, "resume", r.resume_command);
    return o;
}

report refusal(wan::error why) {
    const bool is_request_good = why.category == wan::error_category::storage;
    report r{.outcome = {.ending = is_request_good ? wan::task_ending::stopped : wan::task_ending::invalid},
             .saved = {},
             .was_sent = false,
             .violations = why.violations};
    r.outcome.task_id = why.task_id;
    r.outcome.error = std::move(why);
    return r;
}

bool is_path_unknown(const wan::error& why) noexcept {
    // A missing model or workspace has a code of its own.
    return why.http_status == 404 && (why.code.empty() || why.code == "NotFound");
}

report service_said_no_to(wan::error why) {
    const bool never_reached = why.category == wan::error_category::transport;
    report r{
        .outcome = {.ending = never_reached ? wan::task_ending::unreachable : wan::task_ending::rejected},
        .saved = {},
        .violations = {}};
    r.outcome.error = std::move(why);
    return r;
}

wan::error not_downloaded(const wan::error& why) {
    return {.category = wan::error_category::storage,
            .message = "the video was made, but not downloaded: " + why.message,
            .code = why.code,
            .http_status = why.http_status};
}

wan::outcome in_option_words(wan::outcome end) {
    constexpr std::string_view function = "wan::adopt", option = "--adopt";
    if (!end.error) return end;
    auto& message = end.error->message;
    if (const auto at = message.find(function); at != std::string::npos)
        message.replace(at, function.size(), option);
    return end;
}

std::string_view state_name(const report& r) {
    return r.state ? to_wire(*r.state) : to_wire(r.outcome.ending);
}

exit_code code_of(const report& r) {
    using enum wan::task_ending;
    const auto& end = r.outcome;
    if (r.state == wan::task_state::ready) return video_made; // the `check` command: nothing was to be sent
    if (end.succeeded() && r.stopped_by_user && end.error) return stopped_waiting; // while downloading
    if (end.error && end.error->category == wan::error_category::storage) return other_trouble;
    if (r.state) return end.task_id.empty() ? code_without_task(r) : stopped_waiting;
    switch (end.ending) {
    case succeeded: return video_made;
    case invalid: return refused_here;
    case rejected: return r.was_sent ? service_said_no : refused_here;
    case failed: return service_said_no;
    case submit_unknown: return submit_outcome_unknown;
    case canceled:
    case expired: return gone;
    case unreachable: return end.task_id.empty() ? code_without_task(r) : lost_contact;
    default: return end.task_id.empty() ? code_without_task(r) : stopped_waiting;
    }
}

int print(const report& r, bool as_json, bool quiet) {
    if (as_json)
        print_json(to_json(r));
    else
        print_for_a_person(r, quiet);
    return code_of(r);
}

int refuse(wan::error why, const wait_options& options) {
    return print(refusal(std::move(why)), options.json, options.quiet);
}

} // namespace cli
