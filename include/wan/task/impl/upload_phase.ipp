// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/task/detail/submission.hpp>
#include <wan/task/detail/upload_phase.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace wan::inline WAN_ABI::detail {

/// Ends the task, but not while uploads are in flight, because their completions will still be reported.
inline step leave_uploads(task_core& t, task_event event) {
    const auto& files = *t.uploads();
    return files.in_flight() == 0 ? t.finish(event) : step::awaiting(files.lost_at());
}

/// Delays this file only, because other files may be due now.
inline void try_later(task_core& t, file_upload& file, milliseconds wait,
                      std::optional<std::chrono::seconds> retry_after, time_point now) noexcept {
    t.wake_after(now, wait, retry_after);
    file.at = t.pace.wake_at();
    t.pace.wake(now);
}

inline std::optional<step> send_file(task_core& t, file_upload& file, time_point now) {
    auto& files = *t.uploads();
    // An upload policy may expire while its file is queued. A policy that is valid for less than this time
    // would be requested again and again.
    constexpr std::chrono::seconds shortest{10};
    if (files.drop_expired(file, now) && *file.policy.expires_in < shortest) {
        t.learn(error{.category = error_category::protocol,
                      .message = "the upload policy expired (valid for " +
                                 std::to_string(file.policy.expires_in->count()) +
                                 " s) before the upload began; try again later, or pass the file by URL"});
        try_later(t, file, files.fail(file, true, error_category::protocol, *t.policy), {}, now);
        return std::nullopt;
    }
    auto sent = files.send(file, *t.provider, t.known.model(), *t.policy, t.pace.draw(), t.clock.at(now).time,
                           now, t.pace.deadline());
    if (!sent) {
        t.learn(std::move(sent).error());
        files.end = task_event::upload_rejected;
        return std::nullopt;
    }
    t.apply(task_event::upload_sent);
    return step::send(*file.request, file.number, kind_of(file.state));
}

WAN_DECL std::optional<step> next_upload(task_core& t, time_point now) {
    auto& files = *t.uploads();
    // First give up lost requests, which are then no longer in flight.
    bool was_lost = false;
    while (auto* file = files.lost(now)) {
        on_upload(t, *file, transport_error{delivery::maybe_sent, never_reported(file->request.get())}, now);
        was_lost = true;
    }
    // Then end the task if a file failed for good, if the caller wants to end it, or if the deadline has
    // passed.
    if (files.end) return leave_uploads(t, *files.end);
    if (t.is_stopping) return leave_uploads(t, task_event::stop);
    if (t.is_canceling) return leave_uploads(t, task_event::cancel);
    if (now >= t.pace.deadline()) return leave_uploads(t, task_event::deadline_passed);
    // Send no request in the same step: in a scheduler a request waits for its turn.
    if (was_lost) return step::wait(now);
    // Build the submit only when all files are stored. Until then send the next due request, or wait.
    if (files.complete()) {
        t.request = std::make_unique<http_request>(files.finish(*t.provider));
        t.submission->uploads.reset();
        t.pace.wake(now);
        t.apply(task_event::upload_complete);
        return std::nullopt;
    }
    if (auto* const file = files.due(now)) return send_file(t, *file, now);
    t.pace.wake(files.wake_at());
    return files.in_flight() == 0 ? step::wait(t.pace.due_at()) : step::awaiting(t.pace.due_at());
}

/// Handles the response to a request for a file. The submit has not been sent, so a file that may be partly
/// stored is simply uploaded again, under another name.
WAN_DECL void on_upload(task_core& t, file_upload& file, const http_result& response, time_point now) {
    auto& files = *t.uploads();
    auto parsed = files.take(file, *t.provider, response, now);
    t.apply(task_event::upload_responded);
    t.pace.wake(now);
    if (files.end) return; // the first reason is kept
    if (parsed.verdict == upload_verdict::done) return t.known.last.reset();
    const auto category = parsed.error ? parsed.error->category : error_category::protocol;
    t.known.learn(t.provider->key, {}, std::move(parsed.error), {});
    const auto wait = files.fail(file, parsed.verdict == upload_verdict::again, category, *t.policy);
    try_later(t, file, wait, parsed.retry_after, now);
}

} // namespace wan::inline WAN_ABI::detail
