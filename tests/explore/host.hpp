// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the host of a task knows and keeps: requests in flight, saved tokens, and what it was told.
#pragma once

#include "explore/choices.hpp"
#include "explore/fingerprint.hpp"

#include <wan/wan.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace explore {

struct request_in_flight {
    unsigned number; ///< `step::number`
    asked kind;
    wan::time_point sent;
    std::chrono::milliseconds timeout;
    std::string subject; ///< the task that it is about
    unsigned page = 0;   ///< of the list
    bool is_slow = false;
    bool is_silent = false; ///< its completion is never reported
};

/// What the caller of a task asked for.
struct wishes_of_caller {
    bool cancel = false;
    bool stop = false;
};

/// What is on disk, by how far the process came with it.
struct saved_tokens {
    std::string earlier = {}; ///< before the latest response
    std::string unsaved = {}; ///< after it, before the latest request
    std::string latest = {};  ///< before that request is sent
};

/// A submit that no response settled.
struct open_submit {
    bool is_open = false;
    std::int64_t lost_after_ms = 0; ///< when its timeout has passed
    bool is_of_this_process = true;
    unsigned absences = 0; ///< whole lists since then that show no task that could be its own
};

/// A read of the list, page by page, as the service served it.
struct list_read {
    unsigned odd_pages = 0;     ///< bits of the pages with a row that may be any task
    unsigned undated_pages = 0; ///< bits of the pages without a right Date header
    unsigned early_pages = 0;   ///< bits of the pages from before the submit's timeout
    bool shows_one = false;     ///< a row may be the task of the submit
};

/// The second of the submit is seen from now.
inline void hash_token(hasher& h, std::string_view token, std::int64_t wall_now) {
    constexpr std::string_view member = "\"started_at\":";
    constexpr std::size_t digits = 10;
    const auto found = token.find(member);
    h.add(token.substr(0, found));
    if (found == std::string_view::npos) return;
    const auto number = token.substr(found + member.size(), digits);
    h.add(wall_now - std::stoll(std::string{number}));
    h.add(token.substr(found + member.size() + digits));
}

inline std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
    const auto at = text.find(before);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + before.size());
    return text.substr(0, text.find(after));
}

/// What a request is about: the id of a task, or a page of the list.
inline request_in_flight describe(const wan::step& step, const wan::task& task, wan::time_point now) {
    using wan::request_kind;
    const auto& r = step.request();
    request_in_flight made{step.number(), asked::query, now, r.timeout, {}};
    switch (step.request_kind()) {
    case request_kind::submit: made.kind = asked::submit; return made;
    case request_kind::upload_policy: made.kind = asked::policy; return made;
    case request_kind::upload: made.kind = asked::file; return made;
    case request_kind::list:
        made.kind = asked::list;
        made.page = static_cast<unsigned>(std::stoul("0" + std::string{between(r.url, "page_no=", "&")}));
        return made;
    case request_kind::cancel: made.kind = asked::cancel; break;
    case request_kind::query:
        if (task.state() == wan::task_state::fetching_result) made.kind = asked::result;
        break;
    }
    made.subject = between(r.url, made.kind == asked::result ? "/results/" : "/tasks/", "/");
    return made;
}

} // namespace explore
