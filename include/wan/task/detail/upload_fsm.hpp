// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The uploads of one submit's files to the service's store, each with its own state.
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

/// One file.
struct file_upload {
    std::size_t medium = 0; ///< of the draft
    upload_state state = upload_state::policy_due;
    unsigned number = 0; ///< of the request in flight
    unsigned failures = 0;
    time_point at = {}; ///< when the next request is due, or the one in flight is considered lost
    std::unique_ptr<http_request> request = {};
    upload_policy policy = {};
    time_point granted_at = {};
    std::string name = {};
};

class upload_fsm {
public:
    explicit upload_fsm(submit_draft draft);

    /// The first file whose next request is due; null if none is.
    file_upload* due(time_point now) noexcept;
    /// The first whose request is lost.
    file_upload* lost(time_point now) noexcept;
    file_upload* with(unsigned number) noexcept;
    /// What the next request asks for: that of the first due file, or the submit when all files are stored.
    request_kind next_request(time_point now) const noexcept;

    /// Whether its upload policy has expired. It needs a new one then.
    bool drop_expired(file_upload& file, time_point now);

    /// Makes its next request, which ends by the deadline. Fails as `make_upload_policy` does.
    result<void> send(file_upload& file, const provider& who, std::string_view model, const policy& limits,
                      std::uint64_t random, std::chrono::sys_seconds today, time_point now,
                      time_point deadline);

    struct answered {
        upload_verdict verdict;
        std::optional<wan::error> error;
        std::optional<std::chrono::seconds> retry_after;
    };
    answered take(file_upload& file, const provider& who, const http_result& answer, time_point now);

    /// Decides after a failure: returns the wait until the file is tried again, or sets `end` if that cannot
    /// help or was done often enough.
    milliseconds fail(file_upload& file, bool may_pass, error_category why, const policy& limits) noexcept;

    unsigned in_flight() const noexcept;
    bool complete() const noexcept;
    /// When something is to be done next, or a request is considered lost.
    time_point wake_at() const noexcept;
    /// When the first request in flight is considered lost; never if none is in flight.
    time_point lost_at() const noexcept;

    /// What ends the task as soon as no request is in flight: an executor may still be reading a file.
    std::optional<task_event> end = {};

    /// The submit, when all are stored.
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
