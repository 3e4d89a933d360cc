// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/shot_orders.hpp"

#include "cli/store/state_change.hpp"

#include <wan/printable.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace cli {

namespace {

constexpr state_change pauses[] = {
    {"state = 'paused', claims = claims + 1, claimable_at = NULL",
     "owner IS NULL AND state = 'queued' AND claimable_at IS NOT NULL"},
};
constexpr state_change resumes[] = {
    {"state = 'queued', claims = claims + 1, claimable_at = {now}", "owner IS NULL AND state = 'paused'"},
};
constexpr state_change cancels[] = {
    {"state = 'canceled', claims = claims + 1, ending = 'canceled', status = NULL, error = NULL, "
     "claimable_at = NULL",
     "owner IS NULL AND state IN ('paused', 'queued')"},
    {"cancel_asked = 1",
     "cancel_asked = 0 AND (owner IS NOT NULL OR claimable_at IS NOT NULL AND state <> 'queued')"},
};
constexpr state_change downloads[] = {download_now};
constexpr state_change retries[] = {submit_failed_again, submit_rejected_again, continue_set_aside};

std::span<const state_change> changes_of(shot_order what) {
    switch (what) {
    case shot_order::pause: return pauses;
    case shot_order::resume: return resumes;
    case shot_order::cancel: return cancels;
    case shot_order::download: return downloads;
    case shot_order::retry: break;
    }
    return retries;
}

wan::result<ordered> order_all(database& in, shot_order what) {
    ordered all;
    for (const auto& each : changes_of(what)) {
        auto changed = apply_in_parts(in, each, "1 = 1");
        if (!changed) return std::move(changed).error();
        all.changed += *changed;
    }
    return all;
}

} // namespace

wan::result<ordered> give_order(const std::string& where, shot_order what,
                                const std::vector<std::string>& names) {
    auto opened = open_existing(where);
    if (!opened) return std::move(opened).error();
    auto& in = **opened;
    if (names.empty()) return order_all(in, what);
    ordered all;
    std::optional<wan::error> refused;
    auto done = in.transact([&](soci::session& sql) {
        all = {};
        refused.reset();
        for (const auto& name : names) {
            std::int64_t id = 0, group = 0;
            std::string state;
            sql << "SELECT id, state, coalesce(group_id, 0) FROM shots WHERE name = :name", soci::use(name),
                soci::into(id), soci::into(state), soci::into(group);
            if (!sql.got_data()) {
                refused = wan::error{.category = wan::error_category::invalid_request,
                                     .message = in.name() + " has no shot " + wan::quoted(name) +
                                                "; `wan status --json` lists the shots"};
                throw not_kept{};
            }
            std::size_t changed = 0;
            for (const auto& each : changes_of(what))
                changed += apply(sql, in.words(), each, "id = " + std::to_string(id));
            all.changed += changed;
            if (group == 0)
                all.others.push_back(name + " is a shot of `wan batch`, which takes no orders; its option "
                                            "--retry-failed submits failed and canceled shots again");
            else if (changed == 0)
                all.others.push_back(name + " is " + state);
        }
    });
    if (refused) return *std::move(refused);
    if (!done) return std::move(done).error();
    return all;
}

} // namespace cli
