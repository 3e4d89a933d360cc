// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the failures of an upload lead to.
#include "support/doctest.hpp"

#include <wan/task/detail/upload_fsm.hpp>

#include <chrono>
#include <optional>
#include <set>
#include <utility>

TEST_SUITE_BEGIN("upload machine");

using namespace std::chrono_literals;
using wan::error_category;
using wan::task_event;
using wan::upload_event;
using wan::upload_state;
using wan::detail::file_upload;
using wan::detail::upload_fsm;

TEST_CASE("no state of a file reacts to one event in two ways, and none leads out of stored") {
    std::set<std::pair<upload_state, upload_event>> seen;
    for (const auto& t : wan::upload_transitions) {
        CHECK(seen.insert({t.from, t.on}).second);
        CHECK(t.from != upload_state::stored);
    }
}

TEST_CASE("a file is tried again until the policy's limit, and its last failure names the end") {
    struct row {
        error_category why;
        bool may_pass;
        unsigned tries; ///< in all
        task_event end;
    };
    wan::policy limits;
    limits.submit = {1s, 2.0, 30s};
    limits.max_failed_uploads = 2;
    limits.max_throttled_submits = 4;
    for (const auto& r : {row{error_category::server, true, 2, task_event::upload_rejected},
                          row{error_category::throttled, true, 4, task_event::upload_rejected},
                          row{error_category::transport, true, 2, task_event::upload_unreachable},
                          row{error_category::server, false, 1, task_event::upload_rejected},
                          row{error_category::transport, false, 1, task_event::upload_unreachable}}) {
        upload_fsm files{{}};
        file_upload file;
        for (unsigned n = 1; n < r.tries; ++n) {
            CHECK(files.fail(file, r.may_pass, r.why, limits) == limits.submit.after(n - 1));
            CHECK_FALSE(files.end);
        }
        files.fail(file, r.may_pass, r.why, limits);
        CHECK(files.end == r.end);
    }
}
