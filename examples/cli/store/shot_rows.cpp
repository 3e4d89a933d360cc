// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/shot_rows.hpp"

#include "cli/store/database.hpp"

#include <memory>
#include <string_view>
#include <utility>

namespace cli {

wan::result<std::vector<shot_row>> read_shot_rows(const std::string& where,
                                                  const std::set<std::int64_t>& groups) {
    auto opened = open_existing(where);
    if (!opened) return std::move(opened).error();
    std::vector<shot_row> rows;
    const auto& words = (*opened)->words();
    const auto of_groups = groups.empty() ? "" : "WHERE group_id IN (" + list_of(groups) + ") ";
    auto read = (*opened)->read([&](soci::session& sql) {
        shot_row row;
        column ending, status, error;
        std::string token;
        long long attempts = 0, bytes = 0;
        int is_lower_bound = 0;
        std::int64_t cost = 0, owner = 0;
        auto has_cost = soci::i_null;
        double expires_at = 0;
        soci::statement all =
            (sql.prepare
                 << "SELECT name, folder, request, state, ending, status, error, coalesce(video_file, ''), "
                    "coalesce(video_bytes, 0), coalesce(video_url, ''), coalesce(" +
                        words.seconds("video_url_expires_at") + ", 0), deaths, " +
                        words.text("shots.updated_at") +
                        ", coalesce(number, 0), coalesce(task_id, ''), coalesce(token, ''), (SELECT "
                        "coalesce(sum(cost), 0) "
                        "FROM attempts WHERE shot_id = shots.id), cost_is_lower_bound, shots.cost, "
                        "coalesce(owner, 0), coalesce((SELECT "
                        "currency FROM accounts WHERE id = shots.account_id), '') FROM shots LEFT "
                        "JOIN "
                        "attempts ON shot_id = id AND number = (SELECT max(number) FROM attempts WHERE "
                        "shot_id = id) " +
                        of_groups + "ORDER BY id",
             soci::into(row.name), soci::into(row.folder), soci::into(row.request), soci::into(row.state),
             soci::into(ending.text, ending.is_there), soci::into(status.text, status.is_there),
             soci::into(error.text, error.is_there), soci::into(row.video), soci::into(bytes),
             soci::into(row.video_url), soci::into(expires_at), soci::into(row.deaths),
             soci::into(row.updated_at), soci::into(attempts), soci::into(row.task_id), soci::into(token),
             soci::into(row.cost), soci::into(is_lower_bound), soci::into(cost, has_cost), soci::into(owner),
             soci::into(row.currency));
        all.execute();
        while (all.fetch()) {
            row.attempts = static_cast<unsigned>(attempts);
            row.status = status.get();
            row.error = member_of(error.get(), "message");
            row.end.reset();
            if (ending.is_there == soci::i_ok) row.end = read_end(ending.text, status.get(), error.get());
            row.video_bytes = static_cast<std::uint64_t>(bytes);
            row.video_url_expires_at = read_time(expires_at);
            row.cost_is_lower_bound = is_lower_bound != 0;
            row.cost_of_submit = has_cost == soci::i_ok ? std::optional{cost} : std::nullopt;
            row.is_owned = owner != 0;
            row.model = member_of(token.empty() ? row.request : token, "model");
            rows.push_back(row);
        }
    });
    if (!read) return std::move(read).error();
    return rows;
}

wan::result<std::vector<worker_row>> read_worker_rows(const std::string& where) {
    auto opened = open_existing(where);
    if (!opened) return std::move(opened).error();
    std::vector<worker_row> rows;
    const auto& words = (*opened)->words();
    auto read = (*opened)->read([&](soci::session& sql) {
        worker_row row;
        long long shots = 0;
        int alive = 0;
        soci::statement all =
            (sql.prepare << words.fill(
                 "SELECT id, name, " + words.text("started_at") + ", " + words.text("seen_at") + ", " +
                 words.text("lease_until") +
                 ", CASE WHEN ended_at IS NULL AND lease_until > {now} THEN 1 ELSE 0 END, (SELECT count(*) "
                 "FROM shots WHERE owner = workers.id) FROM workers WHERE ended_at IS NULL OR ended_at > " +
                 words.plus("{now}", "-3600") + " ORDER BY id"),
             soci::into(row.id), soci::into(row.name), soci::into(row.started_at), soci::into(row.seen_at),
             soci::into(row.lease_until), soci::into(alive), soci::into(shots));
        all.execute();
        while (all.fetch()) {
            row.is_alive = alive != 0;
            row.shots = static_cast<std::size_t>(shots);
            rows.push_back(row);
        }
    });
    if (!read) return std::move(read).error();
    return rows;
}

} // namespace cli
