// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How a worker writes what became of its shots.
#include "cli/fleet/fleet_store.hpp"

#include <wan/task/arrival_span.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace cli {

namespace {

using clock = std::chrono::steady_clock;

/// Permits are this much further apart than the limit requires, so that submits that leave a little late or
/// early stay within it.
constexpr double permit_margin = 1.07;
/// After the end of a submit's timeout, a new task may be mistaken for that submit's for this long: see
/// `wan::arrival_span::ends_at`; and the token's seconds are rounded.
constexpr auto mistakable = 2 * wan::clock_tolerance + std::chrono::seconds{2};

std::string state_in(const shot_change& change) {
    // Nothing was submitted, and no worker drives it: it waits like a new one.
    const bool is_put_back =
        change.put_back && !change.has_place && change.made == nullptr && !change.is_kind_open &&
        (change.token == nullptr || (change.token->task_id.empty() && !wan::is_submit_open(*change.token)));
    if (is_put_back) return std::string{state_queued};
    return state_of(change.made, change.token, change.end);
}

} // namespace

wan::result<committed> fleet_store::commit(const std::vector<shot_change>& changes) {
    committed all;
    auto done = database_->transact([&](soci::session& sql) {
        all = {};
        if (!begin_turn(sql)) {
            all.is_lease_lost = true;
            return;
        }
        lock_costs(sql, changes);
        std::multimap<std::string_view, const shot_change*> submits; // locks the lanes in one order
        for (const auto& change : changes)
            if (change.submit_timeout && !is_within_max_cost(sql, change))
                all.too_dear.insert(change.shot->id);
            else if (!write(sql, change))
                all.lost.push_back(change.shot->id);
            else if (change.submit_timeout)
                submits.emplace(change.shot->model, &change);
        for (const auto& [model, change] : submits)
            if (open_kind(sql, *change)) all.permits[change->shot->id] = take_permit(sql, *change);
    });
    if (!done) return std::move(done).error();
    if (all.is_lease_lost) lease_->end();
    return all;
}

wan::result<void> fleet_store::commit_late(const std::vector<shot_change>& changes,
                                           const std::set<std::int64_t>& driven) {
    return database_->transact([&](soci::session& sql) {
        lock_costs(sql, changes);
        for (const auto& change : changes) write(sql, change, true);
        // Others took this process for dead.
        soci::statement back = (sql.prepare << "UPDATE workers SET has_left = 1 WHERE id = :id AND ended_at "
                                               "IS NOT NULL AND has_left = 0",
                                soci::use(worker_));
        back.execute(true);
        if (back.get_affected_rows() == 0 || driven.empty()) return;
        const auto those = " id IN (" + list_of(driven) + ")";
        sql << "UPDATE shots SET deaths = deaths - 1 WHERE deaths > 0 AND state <> 'submit_lost' AND" + those;
        sql << database_->words().fill(
            "UPDATE shots SET claimable_at = {now}, ending = NULL, error = NULL WHERE owner "
            "IS NULL AND claimable_at IS NULL AND ending = 'stopped' AND deaths <= :most AND" +
            those),
            soci::use(most_deaths);
    });
}

/// Returns whether this worker still owns the shot, or, if it is late, whether no worker has claimed it
/// since; otherwise nothing is written.
bool fleet_store::write(soci::session& sql, const shot_change& change, bool is_late) {
    const auto& words = database_->words();
    const auto& shot = *change.shot;
    const auto state = state_in(change);
    column ending, status, error, file, url;
    if (change.end != nullptr) {
        ending.set(std::string{to_wire(change.end->ending)});
        status.set(change.end->status);
        error.set(error_text(*change.end));
    }
    long long bytes = 0;
    auto has_bytes = soci::i_null;
    if (change.made != nullptr) {
        file.set(change.made->file);
        url.set(change.made->url);
        bytes = static_cast<long long>(change.made->bytes);
        has_bytes = change.made->file.empty() ? soci::i_null : soci::i_ok;
    }
    const bool is_left = change.put_back || change.is_over;
    // Nothing was submitted: what a person wants to be canceled is not put back.
    const auto unless_canceled = [&](const std::string& text, std::string_view otherwise) {
        return !change.put_back || state != state_queued
                   ? text
                   : "CASE WHEN cancel_asked = 1 THEN " + std::string{otherwise} + " ELSE " + text + " END";
    };
    const double wait = change.put_back ? change.put_back->count() : 0;
    soci::statement update =
        (sql.prepare << words.fill(
             "UPDATE shots SET state = " + unless_canceled(":state", "'canceled'") +
             ", ending = " + unless_canceled(":ending", "'canceled'") +
             ", status = :status, "
             "error = :error, video_file = :file, "
             "video_bytes = :bytes, video_url = :url, video_url_expires_at = " +
             sql_of(words, change.made != nullptr ? change.made->url_expires_at : std::nullopt) +
             ", updated_at = {now}, deaths = " + std::string{change.got_further ? "0" : "deaths"} +
             ", place = " + std::string{change.has_place ? "place" : "NULL"} +
             ", open_kind = " + (change.is_kind_open ? "open_kind" : "NULL") +
             ", owner = " + (is_left ? "NULL" : "owner") + ", claimable_at = " +
             (change.put_back  ? unless_canceled(words.plus("{now}", std::to_string(wait)), "NULL")
              : change.is_over ? "NULL"
                               : "claimable_at") +
             (is_late ? " WHERE id = :id AND (owner = :me OR owner IS NULL) AND claims = :fence"
                      : " WHERE id = :id AND owner = :me AND claims = :fence")),
         soci::use(state), soci::use(ending.text, ending.is_there), soci::use(status.text, status.is_there),
         soci::use(error.text, error.is_there), soci::use(file.text, file.is_there),
         soci::use(bytes, has_bytes), soci::use(url.text, url.is_there), soci::use(shot.id),
         soci::use(worker_), soci::use(shot.fence));
    update.execute(true);
    if (update.get_affected_rows() != 1) return false;
    if (change.attempt == 0) return true;
    const auto number = static_cast<long long>(change.attempt);
    column task_id;
    task_id.set(change.token->task_id);
    const auto token = wan::to_string(*change.token);
    const auto cost = charge(sql, change);
    sql << words.fill(
        "INSERT INTO attempts (shot_id, number, account_id, model, request_hash, task_id, token, cost, "
        "updated_at) "
        "VALUES (:id, :number, :account, :model, :hash, :task, :token, :cost, {now}) ON CONFLICT (shot_id, "
        "number) DO UPDATE SET task_id = excluded.task_id, token = excluded.token, cost = excluded.cost, "
        "updated_at = excluded.updated_at"),
        soci::use(shot.id), soci::use(number), soci::use(account_id_), soci::use(shot.model),
        soci::use(shot.request_hash), soci::use(task_id.text, task_id.is_there), soci::use(token),
        soci::use(cost);
    return true;
}

/// Declares the submit as open. Returns false if another one of its kind is.
bool fleet_store::open_kind(soci::session& sql, const shot_change& change) {
    const auto& words = database_->words();
    std::int64_t other = 0;
    sql << words.fill(
        "SELECT o.id FROM shots o, shots mine WHERE mine.id = :id AND o.account_id = mine.account_id AND "
        "o.open_kind = mine.kind AND o.id <> mine.id AND (o.open_until IS NULL OR o.open_until > {now})"),
        soci::use(change.shot->id), soci::into(other);
    if (sql.got_data()) return false;
    close_kinds(sql, "(SELECT kind FROM shots WHERE id = " + std::to_string(change.shot->id) + ")");
    sql << "UPDATE shots SET open_kind = kind WHERE id = :id", soci::use(change.shot->id);
    return true;
}

/// Lets others submit requests of these kinds whose submits cannot reach the provider any more.
void fleet_store::close_kinds(soci::session& sql, const std::string& kinds) {
    sql << database_->words().fill(
        "UPDATE shots SET open_kind = NULL WHERE account_id = :account AND open_kind IN " + kinds +
        " AND open_until <= {now}"),
        soci::use(account_id_);
}

/// Returns when the submit may leave.
clock::time_point fleet_store::take_permit(soci::session& sql, const shot_change& change) {
    const auto& words = database_->words();
    const auto& model = change.shot->model;
    double rate = 0, wait = 0;
    sql << words.fill("SELECT submits_per_second, " + words.seconds("next_submit_at") + " - " +
                      words.seconds("{now}") +
                      " FROM lanes WHERE account_id = :account AND model = :model{for update}"),
        soci::use(account_id_), soci::use(model), soci::into(rate), soci::into(wait);
    const auto now = clock::now();
    const bool is_limited = sql.got_data() && rate > 0;
    wait = is_limited ? (std::max)(wait, 0.0) : 0;
    if (terms_.has_checked_clock) {
        const double open_for = std::chrono::duration<double>(*change.submit_timeout + mistakable).count();
        sql << words.fill("UPDATE shots SET open_until = " + words.plus("{now}", ":seconds") +
                          " WHERE id = :id"),
            soci::use(open_for), soci::use(change.shot->id);
    } else { // the time of creation proves nothing
        sql << "UPDATE shots SET open_until = NULL WHERE id = :id", soci::use(change.shot->id);
    }
    if (!is_limited) return now;
    // As in the scheduler: no second has a part of a submit.
    const double spacing = permit_margin / (rate > 1 ? std::floor(rate) : rate);
    sql << words.fill(
        "UPDATE lanes SET next_submit_at = " +
        words.plus("CASE WHEN next_submit_at > {now} THEN next_submit_at ELSE {now} END", ":spacing") +
        " WHERE account_id = :account AND model = :model"),
        soci::use(spacing), soci::use(account_id_), soci::use(model);
    return now + std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(wait));
}

} // namespace cli
