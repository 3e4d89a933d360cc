// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a file and a person do to the shots of a state that workers share.
#include "cli/fleet/fleet_store.hpp"

#include "cli/fleet/shot_kind.hpp"
#include "cli/out_file.hpp"
#include "cli/store/state_change.hpp"

#include <wan/wan.hpp>

#include <filesystem>
#include <set>
#include <utility>
#include <vector>

namespace cli {

wan::result<enqueued> fleet_store::enqueue(const std::vector<shot>& shots, const std::string& folder,
                                           const std::string& group, int priority,
                                           const std::string& currency) {
    enqueued all;
    if (auto known = set_currency(currency); !known) return std::move(known).error();
    std::optional<wan::error> refused;
    auto done = database_->transact([&](soci::session& sql) {
        const auto& words = database_->words();
        all = {};
        std::int64_t group_id = 0;
        sql << "INSERT INTO groups (name) VALUES (:name) ON CONFLICT (name) DO NOTHING", soci::use(group);
        sql << "SELECT id FROM groups WHERE name = :name", soci::use(group), soci::into(group_id);
        std::string name, request, hash, model, kind;
        long long line = 0;
        std::int64_t cost = 0;
        int is_lower_bound = 0;
        auto has_cost = soci::i_null;
        soci::statement add =
            (sql.prepare << words.fill(
                 "INSERT INTO shots (name, account_id, group_id, priority, line, "
                 "folder, request, request_hash, "
                 "model, kind, cost, cost_is_lower_bound, state, claimable_at, updated_at) "
                 "VALUES (:name, "
                 ":account, :group_id, :priority, :line, "
                 ":folder, :request, :hash, :model, :kind, :cost, :lower, 'queued', {now}, {now}) ON "
                 "CONFLICT (name) DO NOTHING"),
             soci::use(name), soci::use(account_id_), soci::use(group_id), soci::use(priority),
             soci::use(line), soci::use(folder), soci::use(request), soci::use(hash), soci::use(model),
             soci::use(kind), soci::use(cost, has_cost), soci::use(is_lower_bound));
        std::set<std::string> models;
        for (const auto& s : shots) {
            name = s.id;
            line = static_cast<long long>(s.line);
            request = s.json;
            hash = s.fingerprint;
            model = wan::model_of(*who_, s.request);
            kind = kind_of(model, s.request);
            cost = s.cost ? s.cost->amount : 0;
            has_cost = s.cost ? soci::i_ok : soci::i_null;
            is_lower_bound = s.cost && s.cost->is_lower_bound ? 1 : 0;
            models.insert(model);
            add.execute(true);
            if (add.get_affected_rows() == 1) {
                ++all.added;
                all.groups.insert(group_id);
                continue;
            }
            column before;
            std::int64_t owner = 0, its_group = 0;
            long long attempts = 0;
            sql << "SELECT request_hash, coalesce(owner, 0), coalesce(group_id, 0), (SELECT count(*) FROM "
                   "attempts WHERE "
                   "shot_id = shots.id) FROM shots WHERE name = :name",
                soci::use(name), soci::into(before.text, before.is_there), soci::into(owner),
                soci::into(its_group), soci::into(attempts);
            if (its_group == 0) {
                refused = wan::error{.category = wan::error_category::invalid_request,
                                     .message = "line " + std::to_string(s.line) + ": " + s.id +
                                                " is a shot of `wan batch`, which made it without workers; "
                                                "give `wan enqueue` another --state"};
                throw not_kept{};
            }
            if (before.get() == hash) {
                all.groups.insert(its_group);
                if (s.cost)
                    sql << "UPDATE shots SET cost = :cost, cost_is_lower_bound = :lower WHERE name = :name "
                           "AND owner IS NULL AND (cost IS NULL OR NOT EXISTS (SELECT 1 FROM attempts WHERE "
                           "shot_id = shots.id))",
                        soci::use(cost), soci::use(is_lower_bound), soci::use(name);
                continue;
            }
            const bool is_taken = its_group != group_id;
            if (attempts != 0 || owner != 0 || is_taken) {
                refused = wan::error{
                    .category = wan::error_category::invalid_request,
                    .message =
                        "line " + std::to_string(s.line) + ": " + s.id +
                        (attempts != 0 || owner != 0
                             ? " was submitted with a different request; give the changed shot a new id"
                             : " is in this state with a different request, from another file or "
                               "group; give this shot a new id")};
                throw not_kept{};
            }
            all.groups.insert(group_id);
            ++all.replaced;
            sql << words.fill(
                "UPDATE shots SET line = :line, folder = :folder, request = :request, request_hash = :hash, "
                "model = :model, kind = :kind, cost = :cost, cost_is_lower_bound = :lower, group_id = "
                ":group_id, priority = :priority, state = CASE WHEN state = 'paused' THEN state ELSE "
                "'queued' END, claimable_at = CASE WHEN state = 'paused' THEN NULL ELSE {now} END, ending = "
                "NULL, "
                "status = NULL, error = NULL, cancel_asked = 0, deaths = 0, updated_at = {now} WHERE name = "
                ":name"),
                soci::use(line), soci::use(folder), soci::use(request), soci::use(hash), soci::use(model),
                soci::use(kind), soci::use(cost, has_cost), soci::use(is_lower_bound), soci::use(group_id),
                soci::use(priority), soci::use(name);
        }
        for (const auto& each : models) {
            const auto limits = wan::limits_of(*who_, each);
            const auto running = static_cast<long long>(limits.running_tasks);
            sql << words.fill(
                "INSERT INTO lanes (account_id, model, running_tasks, submits_per_second, next_submit_at) "
                "VALUES (:account, :model, :running, :rate, {now}) ON CONFLICT (account_id, model) DO "
                "NOTHING"),
                soci::use(account_id_), soci::use(each), soci::use(running),
                soci::use(limits.submits_per_second);
        }
    });
    if (refused) return *std::move(refused);
    if (!done) return std::move(done).error();
    return all;
}

wan::result<void> fleet_store::wake(const std::set<std::int64_t>& groups, bool also_failed,
                                    bool not_downloaded) {
    std::vector<state_change> changes{continue_put_back, submit_rejected_again, search_again,
                                      continue_set_aside};
    if (not_downloaded) changes.push_back(download_now);
    if (also_failed) changes.push_back(submit_failed_again);
    const auto of_groups = "group_id IN (" + list_of(groups) + ")";
    if (auto done = apply_in_parts(*database_, changes, of_groups); !done) return std::move(done).error();
    return {};
}

wan::result<void> fleet_store::download_missing(const std::set<std::int64_t>& groups,
                                                const std::string& folder, bool replaces) {
    std::vector<recorded_video> known;
    auto read = database_->read(
        [&](soci::session& sql) { known = recorded_videos(sql, "group_id IN (" + list_of(groups) + ")"); });
    if (!read) return read;
    std::vector<std::int64_t> missing;
    for (const auto& each : known) {
        const auto file = (std::filesystem::path{folder} / (each.name + ".mp4")).string();
        const auto there = check_recorded_file(file, each.bytes, replaces);
        if (!there) return there.error();
        if (!*there) missing.push_back(each.id);
    }
    if (auto done = apply_to(*database_, {&download_again, 1}, missing); !done)
        return std::move(done).error();
    return {};
}

wan::result<void> fleet_store::decide(const std::string& name, const std::optional<std::string>& task_id) {
    std::optional<wan::error> refused;
    auto done = database_->transact([&](soci::session& sql) {
        const auto& words = database_->words();
        std::int64_t id = 0, number = 0;
        std::string text;
        sql << words.fill(
            "SELECT shots.id, number, token FROM shots JOIN attempts ON shot_id = shots.id WHERE name = "
            ":name AND "
            "state = 'submit_unknown' AND owner IS NULL ORDER BY number DESC LIMIT 1{for update}"),
            soci::use(name), soci::into(id), soci::into(number), soci::into(text);
        const std::string option = task_id ? "--adopt: " : "--submit-again: ";
        if (!sql.got_data()) {
            refused = wan::error{.category = wan::error_category::invalid_request,
                                 .message = option + name + " has no unconfirmed submit; remove the option"};
            return;
        }
        if (!task_id) {
            sql << words.fill("UPDATE shots SET state = 'queued', claims = claims + 1, claimable_at = {now}, "
                              "cancel_asked = 0, "
                              "ending = NULL, status = NULL, error = NULL WHERE id = :id"),
                soci::use(id);
            return;
        }
        auto token = wan::read_token(text);
        if (token) token = wan::adopt(*std::move(token), *task_id);
        if (!token) {
            refused = std::move(token).error();
            return;
        }
        text = wan::to_string(*token);
        const std::string state{to_wire(token->state)};
        sql << words.fill("UPDATE attempts SET task_id = :task, token = :token, updated_at = {now} WHERE "
                          "shot_id = :id AND number = "
                          ":number"),
            soci::use(*task_id), soci::use(text), soci::use(id), soci::use(number);
        sql << words.fill("UPDATE shots SET state = :state, claims = claims + 1, claimable_at = {now}, "
                          "cancel_asked = 0, ending = NULL, status = "
                          "NULL, error = NULL "
                          "WHERE id = :id"),
            soci::use(state), soci::use(id);
    });
    if (!done) return done;
    if (refused) return *std::move(refused);
    return {};
}

std::optional<wan::resume_token> fleet_store::unconfirmed(const std::string& name) {
    std::string text;
    const auto read = database_->read([&](soci::session& sql) {
        sql << "SELECT token FROM shots JOIN attempts ON shot_id = shots.id WHERE name = :name AND state = "
               "'submit_unknown' ORDER BY number DESC LIMIT 1",
            soci::use(name), soci::into(text);
    });
    auto token = wan::read_token(text);
    return read && token ? std::optional{*std::move(token)} : std::nullopt;
}

wan::result<bool> fleet_store::has_task(const std::string& task_id) {
    long long count = 0;
    auto done = database_->read([&](soci::session& sql) {
        sql << "SELECT count(*) FROM attempts WHERE task_id = :id", soci::use(task_id), soci::into(count);
    });
    if (!done) return std::move(done).error();
    return count != 0;
}

wan::result<shots_there> fleet_store::shots_there_are() {
    auto found = shots_there::none;
    auto done = database_->read([&](soci::session& sql) { found = cli::shots_there_are(sql); });
    if (!done) return std::move(done).error();
    return found;
}

} // namespace cli
