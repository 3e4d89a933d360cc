// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How a worker takes shots.
#include "cli/fleet/fleet_store.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cli {

namespace {

/// A worker claims a waiting shot at most this long before its submit may leave.
constexpr double soon_seconds = 1.0;
/// So many waiting shots are looked at for one whose kind is not open.
constexpr int looked_at = 200;

struct lane {
    std::string model;
    std::int64_t running_tasks = 0;
    double submits_per_second = 0;
    double wait = 0; ///< seconds until the next permit

    /// Returns how many permits will be given soon.
    /// `asking`: claimed shots that have not taken theirs yet.
    std::size_t permits(std::size_t at_most, std::int64_t asking) const {
        if (submits_per_second <= 0) return at_most;
        const auto then = (std::max)(wait, 0.0) + static_cast<double>(asking) / submits_per_second;
        if (then >= soon_seconds) return 0;
        const auto soon = static_cast<std::size_t>((soon_seconds - then) * submits_per_second);
        return (std::min)(at_most, soon + 1);
    }
};

struct waiting_shot {
    std::int64_t id = 0;
    std::string kind;
};

std::vector<lane> lanes_of(soci::session& sql, const sql_words& words, std::int64_t account) {
    std::vector<lane> all;
    lane each;
    soci::statement rows =
        (sql.prepare << words.fill("SELECT model, running_tasks, submits_per_second, " +
                                   words.seconds("next_submit_at") + " - " + words.seconds("{now}") +
                                   " FROM lanes WHERE account_id = :id ORDER BY model{for update}"),
         soci::use(account), soci::into(each.model), soci::into(each.running_tasks),
         soci::into(each.submits_per_second), soci::into(each.wait));
    rows.execute();
    while (rows.fetch()) all.push_back(each);
    return all;
}

std::set<std::string> open_kinds(soci::session& sql, const sql_words& words, std::int64_t account) {
    std::set<std::string> all;
    std::string kind;
    soci::statement rows =
        (sql.prepare << words.fill("SELECT open_kind FROM shots WHERE account_id = :id AND open_kind IS NOT "
                                   "NULL AND (open_until IS NULL OR open_until > {now})"),
         soci::use(account), soci::into(kind));
    rows.execute();
    while (rows.fetch()) all.insert(kind);
    return all;
}

/// Returns the waiting shots of each group, in their order.
std::vector<std::vector<waiting_shot>> waiting_by_group(soci::session& sql, const sql_words& words,
                                                        std::int64_t account, const std::string& model,
                                                        const std::vector<std::int64_t>& groups,
                                                        std::string_view which) {
    std::vector<std::vector<waiting_shot>> all;
    for (const auto group : groups) {
        auto& of_group = all.emplace_back();
        waiting_shot each;
        soci::statement rows =
            (sql.prepare << words.fill(
                 "SELECT id, kind FROM shots WHERE account_id = :account AND model = :model AND "
                 "group_id = :group_id AND owner IS NULL AND state = 'queued' AND claimable_at <= {now}" +
                 std::string{which} + " ORDER BY priority DESC, id LIMIT " + std::to_string(looked_at) +
                 "{skip locked}"),
             soci::use(account), soci::use(model), soci::use(group), soci::into(each.id),
             soci::into(each.kind));
        rows.execute();
        while (rows.fetch()) of_group.push_back(each);
    }
    return all;
}

/// Chooses one shot of each group in turn, none of an open kind.
std::vector<std::int64_t> choose(const std::vector<std::vector<waiting_shot>>& groups,
                                 std::set<std::string>& open, std::size_t at_most) {
    std::vector<std::int64_t> chosen;
    std::vector<std::size_t> next(groups.size(), 0);
    for (bool is_any_left = true; is_any_left && chosen.size() < at_most;) {
        is_any_left = false;
        for (std::size_t g = 0; g < groups.size() && chosen.size() < at_most; ++g) {
            auto& i = next[g];
            while (i < groups[g].size() && !open.insert(groups[g][i].kind).second) ++i;
            if (i == groups[g].size()) continue;
            chosen.push_back(groups[g][i++].id);
            is_any_left = true;
        }
    }
    return chosen;
}

} // namespace

wan::result<std::optional<std::vector<claimed_shot>>>
fleet_store::claim(std::size_t at_most, const std::set<std::int64_t>& driven, bool takes_videos) {
    const auto most = std::to_string(most_deaths);
    const auto deadly = " AND deaths >= " + most, others = " AND deaths < " + most;
    const auto of_state = of_my_videos() + (takes_videos ? "" : " AND state <> 'succeeded'");
    std::optional<std::vector<claimed_shot>> all;
    auto done = database_->transact([&](soci::session& sql) {
        all.reset();
        if (!begin_turn(sql)) return;
        all.emplace();
        if (is_claim_unknown_) claim_own(sql, driven, *all);
        if (all->empty() && is_any_deadly(sql)) {
            if (driven.empty()) {
                claim_left(sql, 1, deadly + of_state, *all);
                if (all->empty()) claim_waiting(sql, 1, deadly, *all);
            } else if (is_oldest(sql)) {
                return; // it is soon alone, and no other worker has to be
            }
        }
        const bool is_alone = !all->empty() && all->front().deaths >= most_deaths;
        if (!is_alone && all->size() < at_most)
            claim_left(sql, at_most - all->size(), others + of_state, *all);
        if (!is_alone && all->size() < at_most) claim_waiting(sql, at_most - all->size(), others, *all);
        read_tokens(sql, *all);
    });
    is_claim_unknown_ = !done;
    if (!done) return std::move(done).error();
    return all;
}

/// Claims the shots that this worker owns, but does not know of.
void fleet_store::claim_own(soci::session& sql, const std::set<std::int64_t>& driven,
                            std::vector<claimed_shot>& all) {
    std::map<bool, std::vector<std::int64_t>> ids; // by whether the shot is new
    std::int64_t id = 0;
    std::string state;
    soci::statement rows = (sql.prepare << "SELECT id, state FROM shots WHERE owner = :me ORDER BY id",
                            soci::use(worker_), soci::into(id), soci::into(state));
    rows.execute();
    while (rows.fetch())
        if (!driven.contains(id)) ids[state == state_queued].push_back(id);
    for (const auto& [is_new, of_kind] : ids) take(sql, of_kind, is_new, all);
}

bool fleet_store::is_any_deadly(soci::session& sql) {
    std::int64_t id = 0;
    sql << database_->words().fill("SELECT id FROM shots WHERE account_id = :account AND owner IS NULL AND "
                                   "deaths > 0 AND deaths >= :most AND claimable_at <= {now}" +
                                   of_affordable(sql) + of_my_videos() + of_my_groups() + " LIMIT 1"),
        soci::use(account_id_), soci::use(most_deaths), soci::into(id);
    return sql.got_data();
}

/// Returns whether no worker of the account has lived longer than this one.
bool fleet_store::is_oldest(soci::session& sql) {
    std::int64_t oldest = 0;
    sql << database_->words().fill("SELECT coalesce(min(id), 0) FROM workers WHERE account_id = :account AND "
                                   "ended_at IS NULL AND lease_until > {now}"),
        soci::use(account_id_), soci::into(oldest);
    return oldest == worker_;
}

/// Claims shots that other workers left: they have a place, or need none.
void fleet_store::claim_left(soci::session& sql, std::size_t at_most, std::string_view which,
                             std::vector<claimed_shot>& all) {
    std::vector<std::int64_t> ids;
    std::int64_t id = 0;
    soci::statement rows =
        (sql.prepare << database_->words().fill(
             "SELECT id FROM shots WHERE account_id = :account AND owner IS NULL AND state <> 'queued' AND "
             "claimable_at <= "
             "{now}" +
             std::string{which} + of_my_groups() + " ORDER BY claimable_at, id LIMIT " +
             std::to_string(at_most) + "{skip locked}"),
         soci::use(account_id_), soci::into(id));
    rows.execute();
    while (rows.fetch()) ids.push_back(id);
    take(sql, ids, false, all);
}

void fleet_store::claim_waiting(soci::session& sql, std::size_t at_most, std::string_view which,
                                std::vector<claimed_shot>& all) {
    const auto& words = database_->words();
    if (!is_any_affordable(sql)) return;
    const auto lanes = lanes_of(sql, words, account_id_);
    if (lanes.empty()) return;
    auto open = open_kinds(sql, words, account_id_);
    const auto affordable = std::string{which} + of_known_cost(sql);
    std::vector<std::int64_t> groups;
    if (!terms_.groups.empty()) {
        groups.assign(terms_.groups.begin(), terms_.groups.end());
    } else {
        std::int64_t id = 0;
        soci::statement rows = (sql.prepare << "SELECT id FROM groups ORDER BY id", soci::into(id));
        rows.execute();
        while (rows.fetch()) groups.push_back(id);
        std::rotate(groups.begin(), std::upper_bound(groups.begin(), groups.end(), last_group_),
                    groups.end());
        if (!groups.empty()) last_group_ = groups.front();
    }
    for (const auto& each : lanes) {
        std::int64_t taken = 0, asking = 0;
        sql << "SELECT count(*), count(CASE WHEN owner IS NOT NULL AND state IN ('queued', 'uploading', "
               "'ready', "
               "'backing_off') THEN 1 END) FROM shots WHERE account_id = :account AND place = :model",
            soci::use(account_id_), soci::use(each.model), soci::into(taken), soci::into(asking);
        auto count = each.permits(at_most, asking);
        if (each.running_tasks != 0 && count != 0) {
            count = taken >= each.running_tasks
                        ? 0
                        : (std::min)(count, static_cast<std::size_t>(each.running_tasks - taken));
        }
        if (count == 0) continue;
        const auto chosen =
            choose(waiting_by_group(sql, words, account_id_, each.model, groups, affordable), open, count);
        take(sql, chosen, true, all);
        at_most -= chosen.size();
    }
}

/// Becomes the owner of the shots. A new one gets a running place, and its kind is open from now on.
void fleet_store::take(soci::session& sql, const std::vector<std::int64_t>& ids, bool is_new,
                       std::vector<claimed_shot>& all) {
    if (ids.empty()) return;
    const auto list = list_of(ids);
    if (is_new) close_kinds(sql, "(SELECT kind FROM shots WHERE id IN (" + list + "))");
    sql << "UPDATE shots SET owner = :me, claims = claims + 1" +
               std::string{is_new ? ", place = model, open_kind = kind, open_until = NULL" : ""} +
               " WHERE id IN (" + list + ")",
        soci::use(worker_);
    claimed_shot each;
    long long line = 0, attempts = 0;
    column ending, status, error, hash, model;
    std::int64_t cost = 0;
    auto has_cost = soci::i_null;
    soci::statement rows =
        (sql.prepare << "SELECT id, claims, name, line, folder, request, request_hash, model, ending, "
                        "status, error, deaths, cost, (SELECT "
                        "count(*) FROM attempts WHERE shot_id = shots.id) FROM shots WHERE id IN (" +
                            list + ") ORDER BY priority DESC, id",
         soci::into(each.id), soci::into(each.fence), soci::into(each.name), soci::into(line),
         soci::into(each.folder), soci::into(each.request), soci::into(hash.text, hash.is_there),
         soci::into(model.text, model.is_there), soci::into(ending.text, ending.is_there),
         soci::into(status.text, status.is_there), soci::into(error.text, error.is_there),
         soci::into(each.deaths), soci::into(cost, has_cost), soci::into(attempts));
    rows.execute();
    while (rows.fetch()) {
        each.line = static_cast<std::size_t>(line);
        each.request_hash = hash.get();
        each.model = model.get();
        each.attempts = static_cast<std::size_t>(attempts);
        each.is_new = is_new;
        each.cost = has_cost == soci::i_ok ? std::optional{cost} : std::nullopt;
        each.end.reset();
        if (ending.is_there == soci::i_ok) each.end = read_end(ending.text, status.get(), error.get());
        all.push_back(each);
    }
}

/// Reads the tokens of the last attempts.
void fleet_store::read_tokens(soci::session& sql, std::vector<claimed_shot>& all) {
    for (auto& shot : all) {
        if (shot.attempts == 0) continue;
        std::string token;
        sql << "SELECT token FROM attempts WHERE shot_id = :id ORDER BY number DESC LIMIT 1",
            soci::use(shot.id), soci::into(token);
        auto read = wan::read_token(token);
        if (read)
            shot.token = *std::move(read);
        else
            shot.damage = name() + ", attempt " + std::to_string(shot.attempts) + " of shot " + shot.name +
                          ": " + read.error().message;
    }
}

wan::result<std::vector<std::int64_t>> fleet_store::to_cancel() {
    std::vector<std::int64_t> ids;
    auto done = database_->read([&](soci::session& sql) {
        ids.clear();
        std::int64_t id = 0;
        soci::statement rows = (sql.prepare << "SELECT id FROM shots WHERE owner = :me AND cancel_asked = 1",
                                soci::use(worker_), soci::into(id));
        rows.execute();
        while (rows.fetch()) ids.push_back(id);
    });
    if (!done) return std::move(done).error();
    return ids;
}

wan::result<sibling_rows>
fleet_store::siblings(const std::string& model, std::int64_t since,
                      const std::function<bool(std::int64_t shot, std::size_t attempt)>& is_own) {
    sibling_rows all;
    std::string damaged;
    auto done = database_->read([&](soci::session& sql) {
        const auto& words = database_->words();
        all = {};
        std::int64_t shot = 0, number = 0;
        column task_id, token;
        soci::statement rows =
            (sql.prepare << words.fill(
                 "SELECT shot_id, number, task_id, CASE WHEN task_id IS NULL THEN token END FROM attempts "
                 "WHERE account_id = :account AND model = :model AND updated_at >= " +
                 words.plus(words.year_1970, ":since")),
             soci::use(account_id_), soci::use(model), soci::use(since), soci::into(shot), soci::into(number),
             soci::into(task_id.text, task_id.is_there), soci::into(token.text, token.is_there));
        rows.execute();
        while (rows.fetch()) {
            if (task_id.is_there == soci::i_ok) {
                all.task_ids.push_back(task_id.text);
                continue;
            }
            if (is_own(shot, static_cast<std::size_t>(number))) continue;
            auto read = wan::read_token(token.get());
            if (!read) damaged = read.error().message;
            if (read && (wan::is_submit_open(*read) || read->ending == wan::task_ending::submit_unknown))
                all.open.push_back({shot, static_cast<std::size_t>(number), *std::move(read)});
        }
    });
    if (!done) return std::move(done).error();
    if (!damaged.empty())
        return wan::error{.category = wan::error_category::token, .message = name() + ": " + damaged};
    return all;
}

} // namespace cli
