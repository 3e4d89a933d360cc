// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/pending_submits.hpp"

#include <algorithm>
#include <utility>

namespace cli {

namespace {

using namespace std::chrono_literals;
using submit_clock = std::chrono::steady_clock;

/// A submit that would leave later than this after its permit takes another one.
constexpr auto latest = 50ms;
/// After so many permits that were not used in time, the machine is too busy to be on time.
constexpr unsigned most_late = 3;
constexpr std::chrono::milliseconds shortest_submit = 1s;
/// So long before a submit may leave, the worker starts no transaction, which could make it late ...
constexpr auto quiet_before_submit = 60ms;
/// ... unless the last one ended longer ago.
constexpr auto most_quiet = 200ms;

} // namespace

std::vector<due_request> pending_submits::take(const committed& written,
                                               std::chrono::milliseconds until_next_try) {
    std::vector<due_request> too_dear;
    for (auto& each : std::exchange(asking_, {})) {
        if (written.too_dear.contains(each.shot)) {
            too_dear.push_back(std::move(each));
            continue;
        }
        const auto permit = written.permits.find(each.shot);
        each.has_permit = permit != written.permits.end();
        each.leaves_at = each.has_permit ? permit->second : submit_clock::now() + until_next_try;
        waiting_.push_back(std::move(each));
    }
    return too_dear;
}

bool pending_submits::is_any_near(time_point transactions_ended) const {
    const auto now = submit_clock::now();
    if (now - transactions_ended >= most_quiet) return false;
    const auto leaves_soon = [now](const due_request& each) {
        return each.has_permit && each.leaves_at - quiet_before_submit < now && now <= each.leaves_at;
    };
    return std::any_of(waiting_.begin(), waiting_.end(), leaves_soon);
}

pending_submits::time_point pending_submits::wake_at() const {
    auto first = (time_point::max)();
    for (const auto& each : waiting_) first = (std::min)(first, each.leaves_at);
    return first;
}

void pending_submits::act(
    bool is_stopping, const std::function<void(due_request&&, what, std::chrono::milliseconds left)>& act) {
    if (is_stopping)
        for (auto& each : std::exchange(asking_, {})) act(std::move(each), what::refuse_stopped, 0ms);
    for (auto& each : std::exchange(waiting_, {})) {
        const auto now = submit_clock::now();
        const auto left =
            each.request.timeout - std::chrono::ceil<std::chrono::milliseconds>(now - each.acted_at);
        if (is_stopping) {
            act(std::move(each), what::refuse_stopped, left);
        } else if (left < (std::min)(each.request.timeout, shortest_submit) / 2) {
            act(std::move(each), what::refuse_late, left);
        } else if (now < each.leaves_at) {
            waiting_.push_back(std::move(each));
        } else if (!each.has_permit) {
            act(std::move(each), what::ask_again, left);
        } else if (now > each.leaves_at + latest && each.late < most_late) {
            ++each.late;
            act(std::move(each), what::ask_again, left);
        } else {
            act(std::move(each), what::send, left);
        }
    }
}

} // namespace cli
