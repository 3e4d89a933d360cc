// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/shot_orders.hpp"

#include "cli/store/shot_state.hpp"
#include "cli/store/state_change.hpp"

#include <wan/printable.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

namespace cli {

namespace {

constexpr state_change of_pause[] = {
    {"state = 'paused', claims = claims + 1, claimable_at = NULL",
     "owner IS NULL AND state = 'queued' AND claimable_at IS NOT NULL"},
};
constexpr state_change of_resume[] = {
    {"state = 'queued', claims = claims + 1, claimable_at = {now}", "owner IS NULL AND state = 'paused'"},
};
constexpr state_change of_cancel[] = {
    {"state = 'canceled', claims = claims + 1, ending = 'canceled', status = NULL, error = NULL, "
     "claimable_at = NULL",
     "owner IS NULL AND state IN ('paused', 'queued')"},
    {"cancel_asked = 1",
     "cancel_asked = 0 AND (owner IS NOT NULL OR claimable_at IS NOT NULL AND state <> 'queued')"},
};
constexpr state_change of_download[] = {download_now};
constexpr state_change of_retry[] = {submit_failed_again, submit_rejected_again, continue_set_aside};

std::span<const state_change> changes_of(shot_order what) {
    switch (what) {
    case shot_order::pause: return of_pause;
    case shot_order::resume: return of_resume;
    case shot_order::cancel: return of_cancel;
    case shot_order::download: return of_download;
    case shot_order::retry: break;
    }
    return of_retry;
}

/// Lets videos be downloaded again whose files are not there, on this machine.
wan::result<std::size_t> download_missing(database& in, const std::string& which) {
    std::vector<recorded_video> known;
    auto read = in.read([&](soci::session& sql) { known = recorded_videos(sql, which); });
    if (!read) return std::move(read).error();
    std::vector<std::int64_t> missing;
    for (const auto& each : known) {
        std::error_code ignored;
        if (!std::filesystem::exists(each.file, ignored)) missing.push_back(each.id);
    }
    return apply_to(in, {&download_again, 1}, missing);
}

wan::result<ordered> order_all(database& in, shot_order what) {
    const auto changed = apply_in_parts(in, changes_of(what), "1 = 1");
    if (!changed) return changed.error();
    auto missing = wan::result<std::size_t>{0};
    if (what == shot_order::download) missing = download_missing(in, "1 = 1");
    if (!missing) return std::move(missing).error();
    ordered all{.changed = *changed + *missing, .others = {}};
    if (all.changed != 0) return all;
    auto there = shots_there::none;
    auto found = in.read([&](soci::session& sql) { there = shots_there_are(sql); });
    if (!found) return std::move(found).error();
    if (there == shots_there::only_of_batch)
        all.others.push_back("the shots of `wan batch`, which takes no orders");
    return all;
}

struct named_shot {
    std::int64_t id = 0, group = 0;
    std::string name, state;
};

/// Returns nothing if there is no such shot.
std::optional<named_shot> find_shot(soci::session& sql, const std::string& name) {
    named_shot found;
    found.name = name;
    sql << "SELECT id, state, coalesce(group_id, 0) FROM shots WHERE name = :name", soci::use(name),
        soci::into(found.id), soci::into(found.state), soci::into(found.group);
    return sql.got_data() ? std::optional{std::move(found)} : std::nullopt;
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
        std::map<std::int64_t, named_shot> shots; // locked in this order, as by the workers
        for (const auto& name : names) {
            auto found = find_shot(sql, name);
            if (!found) {
                refused = wan::error{.category = wan::error_category::invalid_request,
                                     .message = in.name() + " has no shot " + wan::quoted(name) +
                                                "; `wan status --json` lists the shots"};
                throw not_kept{};
            }
            const auto id = found->id;
            shots.emplace(id, *std::move(found));
        }
        for (const auto& [id, each] : shots) {
            const auto which = "id = " + std::to_string(id);
            auto changed = apply(sql, in.words(), changes_of(what), which);
            std::error_code ignored;
            if (what == shot_order::download && changed == 0)
                for (const auto& video : recorded_videos(sql, which))
                    if (!std::filesystem::exists(video.file, ignored))
                        changed = apply(sql, in.words(), {&download_again, 1}, which);
            all.changed += changed;
            if (each.group == 0)
                all.others.push_back(each.name +
                                     " is a shot of `wan batch`, which takes no orders; its option "
                                     "--retry-failed submits failed and canceled shots again");
            else if (changed == 0)
                all.others.push_back(each.name + " is " + each.state);
        }
    });
    if (refused) return *std::move(refused);
    if (!done) return std::move(done).error();
    return all;
}

} // namespace cli
