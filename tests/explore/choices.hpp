// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// All that the environment of a task may do, as a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

namespace explore {

/// What a request asks for. `result` is the query for a video's URL.
enum class asked : std::uint8_t { submit, query, result, list, cancel, policy, file };

/// What happens at the service when it gets the request, whatever it answers.
enum class effect : std::uint8_t {
    none,
    accept,     ///< it makes a task, which will be paid for
    start,      ///< the task begins to run
    succeed,    ///< there is a video
    fail,       ///< there will be none
    cancel,     ///< the task is canceled
    add_older,  ///< the account has an older task with the same prompt, from just before
    add_old,    ///< the same from hours before, and the list ignores from when on it was asked for
    add_second, ///< a second program submitted the same prompt
    add_untold, ///< a second program submitted, and the service does not tell its prompt
    add_other,  ///< a second program submitted another prompt
    split,      ///< the list has two pages from now on
};

/// When a row is possible, beside the kind of the request.
enum class only_if : std::uint8_t {
    always,
    unfinished,  ///< the task has not ended
    pending,     ///< it has not begun to run
    not_failed,  ///< it may still succeed, or did
    not_done,    ///< it may still fail, or did
    is_canceled, ///< it was canceled
    is_old,      ///< it is older than the service keeps tasks
    is_young,
    running,    ///< it cannot be canceled any more
    accepted,   ///< the service made a task
    shared,     ///< a second program may use the account
    names_urls, ///< the service names the URL to ask for the video
};

/// The forms of the bodies; the service writes them in its dialect.
enum class body : std::uint8_t {
    raw,      ///< as the table has it
    accepted, ///< the new task
    state,    ///< the task, with the status word of the table
    error,    ///< the error code of the table
    echo,     ///< an error whose message repeats the key
    list,     ///< a page of the task list
    policy,   ///< an upload policy; the table has its lifetime in seconds
};

/// How much of the body arrives.
enum class damage : std::uint8_t {
    none,
    cut_early, ///< not the id, nor the status
    cut_late,  ///< without its last character
    padded,    ///< more than is read
    no_id,     ///< of a list: one row has no id
    hides_own, ///< of a list: it lags behind, and does not show the newest task of ours
    no_date,   ///< without a Date header
    bad_date,  ///< a Date header that is ten minutes fast
};

constexpr unsigned not_sent = 1;   ///< instead of a status: no byte left
constexpr unsigned maybe_sent = 0; ///< instead of a status: no response
constexpr unsigned silent = 2;     ///< instead of a status: no completion is ever reported

/// One way in which a request may end.
struct response_row {
    std::string_view name;
    asked to;
    unsigned faults; ///< what it takes from the budget of a path
    unsigned status;
    body form = body::raw;
    std::string_view text = {};
    effect does = effect::none;
    only_if when = only_if::always;
    damage part = damage::none;
};

// Each response that the library tells apart is there, and some that it must not tell apart.
inline constexpr response_row responses[] = {
    {"accepted", asked::submit, 0, 200, body::accepted, "", effect::accept},
    {"refused", asked::submit, 1, 400, body::error, "InvalidParameter"},
    {"unpaid", asked::submit, 1, 400, body::error, "Arrearage"},
    {"quota-spent", asked::submit, 1, 429, body::error, "Throttling.AllocationQuota"},
    {"throttled", asked::submit, 1, 429, body::error, "Throttling.RateQuota"},
    {"unavailable", asked::submit, 1, 503, body::error, "ModelUnavailable"},
    {"key-refused", asked::submit, 1, 401, body::error, "InvalidApiKey"},
    {"echo", asked::submit, 1, 400, body::echo, "InvalidParameter"},
    {"not-found", asked::submit, 1, 404, body::raw, "<html>Not Found</html>"},
    {"broken", asked::submit, 1, 500, body::error, "InternalError"},
    {"broken-accepted", asked::submit, 1, 500, body::error, "InternalError", effect::accept},
    {"bad-gateway", asked::submit, 1, 502, body::raw, "<html>Bad Gateway</html>"},
    {"bad-gateway-accepted", asked::submit, 1, 502, body::raw, "<html>Bad Gateway</html>", effect::accept},
    {"garbage", asked::submit, 1, 200, body::raw, "<html>"},
    {"garbage-accepted", asked::submit, 1, 200, body::raw, "<html>", effect::accept},
    {"empty", asked::submit, 1, 200, body::raw, ""},
    {"cut-accepted", asked::submit, 1, 200, body::accepted, "", effect::accept, only_if::always,
     damage::cut_early},
    {"cut-with-id", asked::submit, 1, 200, body::accepted, "", effect::accept, only_if::always,
     damage::cut_late},
    {"too-large-with-id", asked::submit, 1, 200, body::accepted, "", effect::accept, only_if::always,
     damage::padded},
    {"odd-id", asked::submit, 1, 200, body::raw, R"({"output":{"task_id":".."},"task_id":".."})",
     effect::accept},
    {"other-word", asked::submit, 1, 200, body::raw, R"({"code":"queued","task_no":"17"})", effect::accept},
    {"not-sent", asked::submit, 1, not_sent},
    {"maybe-sent", asked::submit, 1, maybe_sent},
    {"maybe-sent-accepted", asked::submit, 1, maybe_sent, body::raw, "", effect::accept},
    {"silent", asked::submit, 1, silent},
    {"silent-accepted", asked::submit, 1, silent, body::raw, "", effect::accept},

    {"pending", asked::query, 0, 200, body::state, "PENDING", effect::none, only_if::pending},
    {"running", asked::query, 0, 200, body::state, "RUNNING", effect::start, only_if::unfinished},
    {"succeeded", asked::query, 0, 200, body::state, "SUCCEEDED", effect::succeed, only_if::not_failed},
    {"failed", asked::query, 0, 200, body::state, "FAILED", effect::fail, only_if::not_done},
    {"canceled", asked::query, 0, 200, body::state, "CANCELED", effect::none, only_if::is_canceled},
    {"canceled-elsewhere", asked::query, 1, 200, body::state, "CANCELED", effect::cancel,
     only_if::unfinished},
    {"forgotten", asked::query, 0, 200, body::state, "UNKNOWN", effect::none, only_if::is_old},
    {"unknown", asked::query, 1, 200, body::state, "UNKNOWN", effect::none, only_if::is_young},
    {"other-status", asked::query, 1, 200, body::state, "DREAMING", effect::none, only_if::unfinished},
    {"no-url", asked::query, 1, 200, body::state, "SUCCEEDED-no-url", effect::succeed, only_if::not_failed},
    {"bad-url", asked::query, 1, 200, body::state, "SUCCEEDED-bad-url", effect::succeed, only_if::not_failed},
    {"result-elsewhere", asked::query, 1, 200, body::state, "SUCCEEDED-elsewhere", effect::succeed,
     only_if::names_urls},
    {"another-task", asked::query, 1, 200, body::state, "another"},
    {"cut", asked::query, 1, 200, body::state, "RUNNING", effect::none, only_if::unfinished,
     damage::cut_early},
    {"cut-with-url", asked::query, 1, 200, body::state, "SUCCEEDED", effect::succeed, only_if::not_failed,
     damage::cut_late},
    {"too-large", asked::query, 1, 200, body::state, "SUCCEEDED", effect::succeed, only_if::not_failed,
     damage::padded},
    {"garbage", asked::query, 1, 200, body::raw, "<html>"},
    {"not-found", asked::query, 1, 404, body::raw, "<html>Not Found</html>"},
    {"key-refused", asked::query, 1, 401, body::error, "InvalidApiKey"},
    {"echo", asked::query, 1, 400, body::echo, "InvalidParameter"},
    {"throttled", asked::query, 1, 429, body::error, "Throttling.RateQuota"},
    {"broken", asked::query, 1, 500, body::error, "InternalError"},
    {"not-sent", asked::query, 1, not_sent},
    {"maybe-sent", asked::query, 1, maybe_sent},
    {"silent", asked::query, 1, silent},

    {"video", asked::result, 0, 200, body::state, "SUCCEEDED"},
    {"no-video", asked::result, 1, 422, body::error, "InvalidParameter", effect::fail},
    {"no-url", asked::result, 1, 200, body::state, "SUCCEEDED-no-url"},
    {"garbage", asked::result, 1, 200, body::raw, "<html>"},
    {"key-refused", asked::result, 1, 401, body::error, "InvalidApiKey"},
    {"broken", asked::result, 1, 500, body::error, "InternalError"},
    {"maybe-sent", asked::result, 1, maybe_sent},
    {"silent", asked::result, 1, silent},

    {"list", asked::list, 0, 200, body::list},
    {"list-lags", asked::list, 1, 200, body::list, "", effect::none, only_if::accepted, damage::hides_own},
    {"list-older", asked::list, 1, 200, body::list, "", effect::add_older},
    {"list-old", asked::list, 1, 200, body::list, "", effect::add_old},
    {"list-second", asked::list, 1, 200, body::list, "", effect::add_second, only_if::shared},
    {"list-untold", asked::list, 1, 200, body::list, "", effect::add_untold, only_if::shared},
    {"list-other", asked::list, 1, 200, body::list, "", effect::add_other, only_if::shared},
    {"list-split", asked::list, 1, 200, body::list, "", effect::split},
    {"list-odd", asked::list, 1, 200, body::list, "", effect::none, only_if::always, damage::no_id},
    {"list-no-date", asked::list, 1, 200, body::list, "", effect::none, only_if::always, damage::no_date},
    {"list-bad-date", asked::list, 1, 200, body::list, "", effect::none, only_if::always, damage::bad_date},
    {"list-ends-early", asked::list, 1, 200, body::raw, R"({"data":[],"total_page":9})"},
    {"list-cut", asked::list, 1, 200, body::list, "", effect::none, only_if::always, damage::cut_early},
    {"garbage", asked::list, 1, 200, body::raw, "<html>"},
    {"forbidden", asked::list, 1, 403, body::error, "AccessDenied"},
    {"throttled", asked::list, 1, 429, body::error, "Throttling.RateQuota"},
    {"broken", asked::list, 1, 500, body::error, "InternalError"},
    {"maybe-sent", asked::list, 1, maybe_sent},
    {"silent", asked::list, 1, silent},

    {"cancels", asked::cancel, 0, 200, body::raw, R"({"request_id":"r"})", effect::cancel, only_if::pending},
    {"too-late", asked::cancel, 0, 400, body::error, "UnsupportedOperation", effect::none, only_if::running},
    {"broken", asked::cancel, 1, 500, body::error, "InternalError"},
    {"broken-canceled", asked::cancel, 1, 500, body::error, "InternalError", effect::cancel,
     only_if::pending},
    {"garbage", asked::cancel, 1, 200, body::raw, "<html>"},
    {"key-refused", asked::cancel, 1, 401, body::error, "InvalidApiKey"},
    {"maybe-sent", asked::cancel, 1, maybe_sent},
    {"maybe-sent-canceled", asked::cancel, 1, maybe_sent, body::raw, "", effect::cancel, only_if::pending},
    {"silent", asked::cancel, 1, silent},

    {"granted", asked::policy, 0, 200, body::policy, "300"},
    {"granted-briefly", asked::policy, 1, 200, body::policy, "0"},
    {"granted-elsewhere", asked::policy, 1, 200, body::policy, "http"},
    {"forbidden", asked::policy, 1, 403, body::error, "AccessDenied"},
    {"throttled", asked::policy, 1, 429, body::error, "Throttling.RateQuota"},
    {"broken", asked::policy, 1, 500, body::error, "InternalError"},
    {"garbage", asked::policy, 1, 200, body::raw, "<html>"},
    {"not-sent", asked::policy, 1, not_sent},
    {"silent", asked::policy, 1, silent},

    {"stored", asked::file, 0, 200},
    {"policy-expired", asked::file, 1, 403, body::raw,
     "<Error><Code>AccessDenied</Code><Message>Policy expired</Message></Error>"},
    {"name-taken", asked::file, 1, 409, body::raw, "<Error><Code>FileAlreadyExists</Code></Error>"},
    {"refused", asked::file, 1, 403, body::raw, "<Error><Code>AccessDenied</Code></Error>"},
    {"broken", asked::file, 1, 500, body::raw, "<Error><Code>InternalError</Code></Error>"},
    {"maybe-sent", asked::file, 1, maybe_sent},
    {"silent", asked::file, 1, silent},
};
inline constexpr std::size_t response_count = sizeof responses / sizeof *responses;

/// What else happens to a task.
enum class happening : std::uint8_t {
    time,         ///< until the task wants to be asked
    oversleep,    ///< the host sleeps past the deadline
    slow,         ///< the time-out of a request passes, and its response still comes
    late,         ///< a response comes after its submit was given up
    cancel,       ///< the caller wants no video
    stop,         ///< the caller stops the task
    die,          ///< the process ends; all is saved, and what was to be sent is not sent
    die_accepted, ///< the same, after the submit was sent and accepted
    die_unsaved,  ///< before the token of the request is saved, and so before the request is sent
    die_earlier,  ///< before the token is saved that follows the latest response
    resume,       ///< another process continues, with the request
    resume_bare,  ///< the same without the request
    resume_later, ///< with the request, and a day later
};

struct happening_row {
    std::string_view name;
    happening what;
    unsigned faults;
};

inline constexpr happening_row happenings[] = {
    {"time", happening::time, 0},
    {"oversleep", happening::oversleep, 1},
    {"slow", happening::slow, 1},
    {"late", happening::late, 0}, // its silence was the fault; the row of its response is what it says
    {"cancel", happening::cancel, 0},
    {"stop", happening::stop, 0},
    {"die", happening::die, 1},
    {"die-accepted", happening::die_accepted, 1},
    {"die-unsaved", happening::die_unsaved, 1},
    {"die-earlier", happening::die_earlier, 1},
    {"resume", happening::resume, 0},
    {"resume-bare", happening::resume_bare, 0},
    {"resume-later", happening::resume_later, 1},
};

/// One choice of the environment: a row of one of the two tables, for one of the requests in flight, or for
/// one of the tasks.
struct choice {
    std::uint8_t number = 0;  ///< of the request in flight, or of the task
    std::uint8_t row = 0;     ///< of `responses`, or of `happenings`
    bool is_response = false; ///< of which
    bool is_late = false;     ///< a response to a submit that was given up

    friend bool operator==(const choice&, const choice&) = default;
};

inline choice choice_of(happening what) {
    for (std::uint8_t i = 0; i < std::size(happenings); ++i)
        if (happenings[i].what == what) return {.row = i};
    std::abort();
}

/// Whether a response says for certain that no task was made.
inline bool says_not_accepted(const response_row& row) noexcept {
    return row.status == not_sent || row.status == 503 || (row.status >= 400 && row.status < 500);
}
/// Whether it names the task that was made.
inline bool names_the_task(const response_row& row) noexcept {
    return row.form == body::accepted && row.part != damage::cut_early;
}

} // namespace explore
