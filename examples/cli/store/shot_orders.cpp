// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/shot_orders.hpp"

#include "cli/store/database.hpp"

#include <wan/printable.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace cli {

namespace {

/// What is set, and in which shots.
struct change {
    std::string_view set, where;
};

constexpr change pauses[] = {
    {"state = 'paused', claims = claims + 1, claimable_at = NULL",
     "owner IS NULL AND state = 'queued' AND claimable_at IS NOT NULL"},
};
constexpr change resumes[] = {
    {"state = 'queued', claims = claims + 1, claimable_at = {now}", "owner IS NULL AND state = 'paused'"},
};
constexpr change cancels[] = {
    {"state = 'canceled', claims = claims + 1, ending = 'canceled', status = NULL, error = NULL, "
     "claimable_at = NULL",
     "owner IS NULL AND state IN ('paused', 'queued')"},
    {"cancel_asked = 1",
     "cancel_asked = 0 AND (owner IS NOT NULL OR claimable_at IS NOT NULL AND state <> 'queued')"},
};
constexpr change retries[] = {
    {"state = 'queued', claimable_at = {now}, deaths = 0, ending = NULL, status = NULL, error = NULL, "
     "cancel_asked = 0",
     "owner IS NULL AND claimable_at IS NULL AND state IN ('failed', 'expired', 'canceled', 'rejected', "
     "'invalid')"},
    {"claimable_at = {continued}, deaths = 0, ending = NULL, status = NULL, error = NULL, cancel_asked = 0",
     "owner IS NULL AND claimable_at IS NULL AND ending = 'stopped'"},
};

std::span<const change> changes_of(shot_order what) {
    switch (what) {
    case shot_order::pause: return pauses;
    case shot_order::resume: return resumes;
    case shot_order::cancel: return cancels;
    case shot_order::retry: break;
    }
    return retries;
}

std::string set_of(const change& each, const sql_words& words) {
    std::string text{each.set};
    constexpr std::string_view mark = "{continued}";
    if (const auto at = text.find(mark); at != std::string::npos)
        text.replace(at, mark.size(), when_continued(words));
    return text;
}

} // namespace

std::string when_continued(const sql_words& words) {
    return "CASE WHEN state IN ('submitting', 'submit_lost', 'listing', 'identifying') THEN " +
           words.plus("{now}", "(SELECT max(submit_seconds) FROM workers)") + " ELSE {now} END";
}

wan::result<ordered> give_order(const std::string& where, shot_order what,
                                const std::vector<std::string>& names) {
    auto opened = open_existing(where);
    if (!opened) return std::move(opened).error();
    const auto& words = (*opened)->words();
    ordered all;
    std::optional<wan::error> refused;
    const auto apply = [&](soci::session& sql, const std::string& name) {
        const int is_for_all = names.empty() ? 1 : 0;
        std::size_t changed = 0;
        for (const auto& each : changes_of(what)) {
            soci::statement update =
                (sql.prepare << words.fill("UPDATE shots SET " + set_of(each, words) +
                                           ", updated_at = {now} WHERE group_id IS NOT NULL AND (" +
                                           std::string{each.where} + ") AND (name = :name OR :all = 1)"),
                 soci::use(name), soci::use(is_for_all));
            update.execute(true);
            changed += static_cast<std::size_t>(update.get_affected_rows());
        }
        return changed;
    };
    auto done = (*opened)->transact([&](soci::session& sql) {
        all = {};
        refused.reset();
        if (names.empty()) all.changed = apply(sql, {});
        for (const auto& name : names) {
            std::string state;
            sql << "SELECT state FROM shots WHERE name = :name", soci::use(name), soci::into(state);
            if (!sql.got_data()) {
                refused = wan::error{.category = wan::error_category::invalid_request,
                                     .message = (*opened)->name() + " has no shot " + wan::quoted(name) +
                                                "; `wan status` lists the shots"};
                throw not_kept{};
            }
            const auto changed = apply(sql, name);
            all.changed += changed;
            if (changed == 0) all.others.push_back(name + " is " + state);
        }
    });
    if (refused) return *std::move(refused);
    if (!done) return std::move(done).error();
    return all;
}

} // namespace cli
