// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The provider, the policy and the request of a scenario.
#include "explore/setting.hpp"

#include "support/files.hpp"

#include <string>
#include <utility>
#include <vector>

namespace explore {

namespace {

/// DashScope's API with another query for the video, as relays have it.
const wan::dialect& dialect_with_result() {
    static const wan::dialect d = [] {
        auto made = wan::dashscope::api;
        made.name = "with-result";
        static const std::vector<wan::reply_path> reply = [&] {
            std::vector<wan::reply_path> paths(made.reply.begin(), made.reply.end());
            paths.push_back({&wan::reply::result_url, "/output/result_url"});
            return paths;
        }();
        made.reply = reply;
        made.result = {.path = {}, .is_named_by_reply = true};
        return made;
    }();
    return d;
}

wan::provider provider_of(service_kind kind) {
    if (kind == service_kind::sinancode) return wan::sinancode::provider(std::string{key});
    auto made = wan::dashscope::provider(std::string{key}, wan::region::singapore);
    if (kind == service_kind::with_result) made.dialect = &dialect_with_result();
    return made;
}

wan::policy policy_of(const scenario& s) {
    wan::policy p;
    p.deadline = s.deadline;
    p.poll = wan::backoff{10s, 2, 40s};
    p.submit = {1s, 2, 8s};
    p.max_unreachable_submits = p.max_throttled_submits = p.max_failed_uploads = p.max_failed_queries =
        p.max_cancels = s.budget;
    p.max_lost_submits = 2;
    p.sole_user = s.sole_user;
    p.search_interval = 10s;
    p.max_searches = s.searches;
    p.submit_again_if_not_listed = s.submit_again;
    p.submit_timeout = 10s;
    p.query_timeout = 5s;
    p.max_reply_bytes = 2048;
    p.jitter = 0;
    p.jitter_seed = 1;
    return p;
}

} // namespace

setting setting_of(const scenario& s) {
    setting made{.of = &s,
                 .provider = std::make_shared<const wan::provider>(provider_of(s.service)),
                 .policy = std::make_shared<const wan::policy>(policy_of(s)),
                 .request = {.first_frame_url = "https://frames.example/first.png",
                             .last_frame_url = "https://frames.example/last.png"}};
    if (s.has_prompt) made.request.prompt = prompt;
    if (s.has_clock)
        made.clock = {setting::start + s.clock_ahead, wan::time_point{},
                      s.is_clock_checked ? wan::clock_trust::checked : wan::clock_trust::unchecked};
    if (s.files > 0)
        made.request.first_frame_url = wan::media{support::shared_bytes(support::png({750, 1000}), true),
                                                  "first.png", wan::media_transfer::upload};
    if (s.files > 1)
        made.request.last_frame_url = wan::media{support::shared_bytes(support::png({1000, 750}), true),
                                                 "last.png", wan::media_transfer::upload};
    return made;
}

} // namespace explore
