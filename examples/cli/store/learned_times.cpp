// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/learned_times.hpp"

#include <wan/request/resolution.hpp>
#include <wan/wire_name.hpp>

#include <string>
#include <utility>

namespace cli {

wan::result<std::vector<wan::generation_time>> read_learned(database& from, std::int64_t account) {
    std::vector<wan::generation_time> all;
    auto done = from.read([&](soci::session& sql) {
        all.clear();
        wan::generation_time row;
        std::string tier;
        int duration = 0;
        soci::statement rows =
            (sql.prepare << "SELECT model, tier, duration, median, spread, tasks FROM "
                            "generation_times WHERE account_id = :account "
                            "ORDER BY model, tier, duration",
             soci::use(account), soci::into(row.model), soci::into(tier), soci::into(duration),
             soci::into(row.median), soci::into(row.spread), soci::into(row.tasks));
        rows.execute();
        while (rows.fetch()) {
            row.resolution = wan::from_wire<wan::resolution>(tier);
            row.duration = duration != 0 ? std::optional{duration} : std::nullopt;
            all.push_back(row);
        }
    });
    if (!done) return std::move(done).error();
    return all;
}

wan::result<void> write_learned(database& to, std::int64_t account,
                                const std::vector<wan::generation_time>& times) {
    return to.transact([&](soci::session& sql) {
        wan::generation_time row;
        std::string tier;
        int duration = 0;
        soci::statement put =
            (sql.prepare << to.words().fill(
                 "INSERT INTO generation_times (account_id, model, tier, duration, median, spread, tasks, "
                 "updated_at) VALUES (:account, :model, :tier, :duration, :median, :spread, :tasks, {now}) "
                 "ON "
                 "CONFLICT (account_id, model, tier, duration) DO UPDATE SET median = excluded.median, "
                 "spread = excluded.spread, tasks = excluded.tasks, updated_at = excluded.updated_at"),
             soci::use(account), soci::use(row.model), soci::use(tier), soci::use(duration),
             soci::use(row.median), soci::use(row.spread), soci::use(row.tasks));
        for (const auto& each : times) {
            row = each;
            tier = each.resolution ? std::string{to_wire(*each.resolution)} : std::string{};
            duration = each.duration.value_or(0);
            put.execute(true);
        }
    });
}

} // namespace cli
