// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The data that a task needs only until its submit is accepted.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/http/message.hpp>
#include <wan/task/detail/submit_fsm.hpp>
#include <wan/task/detail/upload_fsm.hpp>

#include <memory>

namespace wan::inline WAN_ABI::detail {

/// The data that is needed only until the task has an id.
struct submission {
    submit_fsm attempts = {};
    std::unique_ptr<upload_fsm> uploads = {};  ///< until the submit can be sent
    std::unique_ptr<http_request> unsent = {}; ///< the submit, stored while a search's requests are in flight
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
