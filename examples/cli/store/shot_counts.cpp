// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/shot_counts.hpp"

#include "cli/store/database.hpp"
#include "cli/store/shot_state.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace cli {

namespace {

constexpr std::size_t most_failures = 100;

bool is_open(const std::string& state) {
    // A person must decide about an unconfirmed submit whose search has ended.
    static constexpr std::string_view ended[] = {state_done, "failed",  "canceled",      "expired",
                                                 "rejected", "invalid", "submit_unknown"};
    return std::find(std::begin(ended), std::end(ended), state) == std::end(ended);
}

void count_states(soci::session& sql, const sql_words& words, shot_counts& all) {
    std::string state, updated_at;
    long long shots = 0, lately = 0, movable = 0;
    soci::statement rows =
        (sql.prepare
             << "SELECT state, count(*), count(CASE WHEN updated_at > " + words.plus(words.now, "-60") +
                    " THEN 1 END), count(CASE WHEN owner IS NOT NULL OR claimable_at IS NOT NULL THEN 1 "
                    "END), " +
                    words.text("max(updated_at)") + " FROM shots GROUP BY state",
         soci::into(state), soci::into(shots), soci::into(lately), soci::into(movable),
         soci::into(updated_at));
    rows.execute();
    while (rows.fetch()) {
        const auto count = static_cast<std::size_t>(shots);
        all.by_state[state] = count;
        all.shots += count;
        all.open += is_open(state) ? count : static_cast<std::size_t>(movable);
        if (state == state_done) all.done_lately = static_cast<std::size_t>(lately);
        all.updated_at = (std::max)(all.updated_at, updated_at);
    }
}

void count_attempts(soci::session& sql, shot_counts& all) {
    long long tasks = 0, uncertain = 0;
    sql << "SELECT count(task_id) FROM attempts", soci::into(tasks);
    sql << "SELECT count(*) FROM (SELECT 1 FROM shots JOIN attempts ON shot_id = id WHERE "
           "cost_is_lower_bound = 1 AND attempts.cost <> 0 LIMIT 1) AS any_attempt",
        soci::into(uncertain);
    all.tasks = static_cast<std::size_t>(tasks);
    all.cost_is_lower_bound = uncertain != 0;
    std::string currency;
    std::int64_t cost = 0;
    soci::statement rows = (sql.prepare << "SELECT currency, cost FROM accounts WHERE currency IS NOT NULL",
                            soci::into(currency), soci::into(cost));
    rows.execute();
    while (rows.fetch()) all.costs[currency] += cost;
}

void find_oldest(soci::session& sql, const sql_words& words, shot_counts& all) {
    shot_counts::waiting oldest;
    sql << "SELECT name, " + words.text("updated_at") +
               " FROM shots WHERE state = 'queued' AND owner IS NULL AND ending IS NULL ORDER BY updated_at, "
               "id LIMIT 1",
        soci::into(oldest.name), soci::into(oldest.since);
    if (sql.got_data()) all.oldest_waiting = std::move(oldest);
}

void find_failures(soci::session& sql, shot_counts& all) {
    long long count = 0;
    sql << "SELECT count(*) FROM shots WHERE error <> ''", soci::into(count);
    shot_counts::failure each;
    soci::statement rows =
        (sql.prepare << "SELECT name, state, error FROM shots WHERE error <> '' ORDER BY id LIMIT " +
                            std::to_string(most_failures),
         soci::into(each.name), soci::into(each.state), soci::into(each.error));
    rows.execute();
    while (rows.fetch()) {
        each.error = member_of(each.error, "message");
        all.failures.push_back(each);
    }
    all.more_failures = static_cast<std::size_t>(count) - all.failures.size();
}

} // namespace

wan::result<shot_counts> count_shots(const std::string& where) {
    auto opened = open_existing(where);
    if (!opened) return std::move(opened).error();
    const auto& words = (*opened)->words();
    shot_counts all;
    auto read = (*opened)->read([&](soci::session& sql) {
        all = {};
        count_states(sql, words, all);
        count_attempts(sql, all);
        find_oldest(sql, words, all);
        find_failures(sql, all);
    });
    if (!read) return std::move(read).error();
    return all;
}

} // namespace cli
