// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/account.hpp"

#include "cli/interrupt.hpp"
#include "cli/nearest_word.hpp"
#include "cli/output/report.hpp"
#include "cli/providers.hpp"
#include "executors/curl.hpp"

#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/cancel.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/list.hpp>
#include <wan/protocol/query.hpp>
#include <wan/protocol/redact_key.hpp>
#include <wan/provider/validate.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace cli {

namespace {

namespace json = boost::json;

constexpr int request_attempts = 5;

int answered_no(wan::error why, const wan::provider& who, const account_options& o, std::string status = {},
                std::string advice = {}) {
    for (auto* text : {&why.message, &why.code, &why.request_id, &status}) wan::redact_key(who.key, *text);
    why.task_id = o.task_id;
    auto r = service_said_no_to(std::move(why));
    r.submits = false;
    r.advice = about_the_key(*r.outcome.error, who, o.wait);
    if (r.advice.empty()) r.advice = std::move(advice);
    r.outcome.status = std::move(status);
    return print(r, o.wait.json, o.wait.quiet);
}

wan::result<wan::provider> provider_for(const account_options& o) {
    auto who = find_provider(o.provider, o.wait);
    if (!who) return who;
    if (auto found = check(*who, o.wait); !found.empty()) return wan::refusal(std::move(found));
    return who;
}

/// Repeats a request until its response is usable, at most `request_attempts` times. These requests cost
/// nothing.
template <class Parse>
auto ask(wan::http_request request, Parse parse) {
    request.timeout = std::chrono::seconds{30};
    wan::executors::curl http{[] { return interrupted(); }};
    for (int attempt = 1;; ++attempt) {
        auto said = parse(http(request));
        if (!said.second || attempt == request_attempts || interrupted()) return std::move(said.first);
        std::this_thread::sleep_for(std::chrono::milliseconds{300 * attempt});
    }
}

wan::query_reply ask_for_task(const wan::provider& who, wan::http_request request, const std::string& task_id,
                              wan::query_reply (*parse)(const wan::dialect&, const wan::http_result&,
                                                        std::string_view, std::string_view)) {
    return ask(std::move(request), [&](const wan::http_result& answer) {
        auto said = parse(*who.dialect, answer, task_id, who.base_url);
        const bool again = said.verdict == wan::query_verdict::retry;
        return std::pair{std::move(said), again};
    });
}

wan::task_ending ending_of(wan::query_verdict verdict) {
    switch (verdict) {
    case wan::query_verdict::succeeded: return wan::task_ending::succeeded;
    case wan::query_verdict::failed: return wan::task_ending::failed;
    case wan::query_verdict::canceled: return wan::task_ending::canceled;
    // the age of the task is not known here: see the advice
    case wan::query_verdict::expired: return wan::task_ending::expired;
    default: return wan::task_ending::unreachable;
    }
}

std::optional<wan::task_state> state_of(wan::query_verdict verdict) {
    switch (verdict) {
    case wan::query_verdict::result_due: return wan::task_state::result_due;
    case wan::query_verdict::working: return wan::task_state::waiting;
    default: return std::nullopt;
    }
}

std::string about_status(const std::optional<std::string>& asked) {
    if (!asked) return {};
    const std::vector<std::string_view> known{"PENDING", "RUNNING",  "SUSPENDED", "SUCCEEDED",
                                              "FAILED",  "CANCELED", "UNKNOWN"};
    const auto meant = nearest_word(*asked, known);
    return " with status " + wan::quoted(*asked) +
           (meant.empty() || meant == *asked ? "" : "; did you mean " + std::string{meant} + "?");
}

void print_row(const wan::listed_task& t) {
    const auto shown = [](const std::string& text) {
        return wan::printable(text.empty() ? std::string{"-"} : text, 4096);
    };
    const auto row = to_json(t);
    const auto created = row.contains("created") ? row.at("created") : json::value{};
    std::printf("%-38s %-10s %-20s %s\n", shown(t.task_id).c_str(), shown(t.status).c_str(),
                shown(t.model).c_str(),
                shown(created.is_string() ? std::string{created.get_string()} : std::string{}).c_str());
}

} // namespace

int query(const account_options& o) {
    const auto who = provider_for(o);
    if (!who) return refuse(who.error(), o.wait);
    auto request = wan::make_query(*who, o.task_id);
    if (!request) return refuse(std::move(request).error(), o.wait);
    auto said = ask_for_task(*who, *std::move(request), o.task_id, &wan::parse_query);
    if (said.verdict == wan::query_verdict::result_due)
        if (auto where = wan::make_result_query(*who, o.task_id, said.reply.result_url))
            said = ask_for_task(*who, *std::move(where), o.task_id, &wan::parse_result);
    report r{.outcome = {.ending = ending_of(said.verdict),
                         .task_id = o.task_id,
                         .request_id = said.reply.request_id,
                         .status = said.reply.status,
                         .error = std::move(said.error),
                         .reply = said.reply},
             .state = state_of(said.verdict),
             .saved = {},
             .violations = {}};
    for (auto* text : {&r.outcome.status, &r.outcome.request_id}) wan::redact_key(who->key, *text);
    wan::redact_key(who->key, r.outcome.reply);
    wan::redact_key(who->key, r.outcome.error);
    const auto& said_prompt = r.outcome.reply.orig_prompt;
    if (said.verdict == wan::query_verdict::expired)
        r.advice = "the provider may not know a task that it has only just accepted; query again before you "
                   "submit again";
    if (r.outcome.succeeded())
        r.outcome.video = wan::video_of(said.reply, wan::general_limits.video_url_lifetime);
    if (said.verdict == wan::query_verdict::retry || said.verdict == wan::query_verdict::lost)
        return answered_no(r.outcome.error.value_or(wan::error{
                               .category = wan::error_category::protocol,
                               .message = "the response does not describe the task; query again later"}),
                           *who, o, r.outcome.status);
    if (!o.wait.json && !o.wait.quiet && !r.outcome.status.empty())
        std::fprintf(stderr, "wan: status reported by the provider: %s\n",
                     wan::printable(r.outcome.status, 4096).c_str());
    if (!o.wait.json && !o.wait.quiet && !said_prompt.empty())
        std::fprintf(stderr, "wan: prompt: %s\n", wan::printable(said_prompt, 4096).c_str());
    return print(r, o.wait.json, o.wait.quiet);
}

int cancel(const account_options& o) {
    const auto who = provider_for(o);
    if (!who) return refuse(who.error(), o.wait);
    auto request = wan::make_cancel(*who, o.task_id);
    if (!request) return refuse(std::move(request).error(), o.wait);
    auto said = ask(*std::move(request), [&](const wan::http_result& answer) {
        auto reply = wan::parse_cancel(*who->dialect, answer);
        const bool again = reply.verdict == wan::cancel_verdict::retry;
        return std::pair{std::move(reply), again};
    });
    if (said.verdict != wan::cancel_verdict::canceled)
        return answered_no(
            said.error.value_or(wan::error{
                .category = wan::error_category::protocol,
                .message =
                    "the response does not say whether the task was canceled; check with `wan query`"}),
            *who, o, {}, "its status: `" + query_command(*who, o.wait, o.task_id) + "`");
    if (o.wait.json)
        print_json(json::object{{"state", "canceled"}, {"task_id", o.task_id}});
    else if (!o.wait.quiet)
        std::fprintf(stderr, "wan: canceled [task_id %s]\n", wan::printable(o.task_id, 4096).c_str());
    return video_made;
}

int list(const account_options& o) {
    const auto who = provider_for(o);
    if (!who) return refuse(who.error(), o.wait);
    wan::list_filter filter{.model = o.model.value_or(""), .status = o.status.value_or("")};
    if (o.hours)
        filter.from = std::chrono::floor<std::chrono::seconds>(
            std::chrono::system_clock::now() - std::chrono::duration<double, std::ratio<3600>>(*o.hours));
    json::array rows;
    bool is_any = false;
    for (unsigned page = 1; page <= o.pages; ++page) {
        filter.page = page;
        auto request = wan::make_list(*who, filter);
        if (!request) return refuse(std::move(request).error(), o.wait);
        auto said = ask(*std::move(request), [&](const wan::http_result& answer) {
            auto got = wan::parse_list(*who->dialect, answer);
            const bool again = !got && wan::is_transient(got.error().category);
            return std::pair{std::move(got), again};
        });
        if (!said) return answered_no(std::move(said).error(), *who, o);
        wan::redact_key(who->key, said->tasks);
        is_any = is_any || !said->tasks.empty();
        for (const auto& t : said->tasks)
            if (o.wait.json)
                rows.push_back(to_json(t));
            else
                print_row(t);
        if (said->tasks.empty() || (said->pages && page >= *said->pages)) break;
    }
    if (o.wait.json)
        print_json(json::object{{"tasks", std::move(rows)}});
    else if (!is_any && !o.wait.quiet)
        std::fprintf(stderr, "wan: the provider lists no such task%s\n", about_status(o.status).c_str());
    return video_made;
}

} // namespace cli
