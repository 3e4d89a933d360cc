// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The uploads of one submit's files to the provider's store, each with its own state.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/protocol/detail/submit_draft.hpp>
#include <wan/protocol/upload.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/request_kind.hpp>
#include <wan/task/transitions.hpp>
#include <wan/task/upload_state.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// The upload of one file.
struct file_upload {
    std::size_t medium = 0; ///< the file's index in the draft
    upload_state state = upload_state::policy_due;
    unsigned number = 0; ///< number of the request in flight
    unsigned failures = 0;
    time_point at = {}; ///< when the next request is due, or when the one in flight is considered lost
    std::unique_ptr<http_request> request = {};
    upload_policy policy = {};
    time_point granted_at = {};
    std::string name = {};
};

/// Uploads the files of one submit.
///
/// Theory of operation. Each file passes through the states of `upload_state`: first an upload policy is
/// requested, then the file is sent. Each file may have one request in flight, so several files are uploaded
/// at once. A failed or lost upload starts again, with a new policy and another file name. A repeated upload
/// costs nothing: the submit has not been sent yet, so nothing can be paid for twice. The submit is built
/// only when all files are stored. If a file fails too often, `end` is set. Because an executor may still be
/// reading a file, the task ends only when no request is in flight.
class upload_fsm {
public:
    explicit upload_fsm(submit_draft draft);

    /// Returns the first file whose next request is due; null if no file has a due request.
    file_upload* due(time_point now) noexcept;
    /// Returns the first file whose request is lost; null if no request is lost.
    file_upload* lost(time_point now) noexcept;
    file_upload* with(unsigned number) noexcept;
    /// Returns the kind of the next request: the request of the first due file, or `submit` when all files
    /// are stored.
    request_kind next_request(time_point now) const noexcept;

    /// Returns whether the file's upload policy has expired, so that the file needs a new policy.
    bool drop_expired(file_upload& file, time_point now);

    /// Makes the file's next request, which times out no later than the deadline. Fails like
    /// `make_upload_policy`.
    result<void> send(file_upload& file, const provider& who, std::string_view model, const policy& limits,
                      std::uint64_t random, std::chrono::sys_seconds today, time_point now,
                      time_point deadline);

    struct answered {
        upload_verdict verdict;
        std::optional<wan::error> error;
        std::optional<std::chrono::seconds> retry_after;
    };
    answered take(file_upload& file, const provider& who, const http_result& answer, time_point now);

    /// Decides after a failure. Returns the wait until the file is tried again, or sets `end` if another
    /// attempt cannot help or there were too many attempts.
    milliseconds fail(file_upload& file, bool may_pass, error_category why, const policy& limits) noexcept;

    unsigned in_flight() const noexcept;
    bool complete() const noexcept;
    /// Returns when the next action is due, or a request is considered lost.
    time_point wake_at() const noexcept;
    /// Returns when the first request in flight is considered lost; `time_point::max()` if no request is in
    /// flight.
    time_point lost_at() const noexcept;

    /// The event that ends the task as soon as no request is in flight; until then an executor may still be
    /// reading a file.
    std::optional<task_event> end = {};

    /// Returns the submit, when all files are stored.
    http_request finish(const provider& who);

private:
    friend struct task_probe;

    static bool is_expired(const file_upload& file, time_point now) noexcept;

    submit_draft draft_;
    std::vector<file_upload> files_;
    unsigned numbers_ = 0;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/upload_fsm.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
