// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/state_change.hpp"

#include <utility>
#include <vector>

namespace cli {

namespace {

/// A statement that changes more shots could be longer than the connection allows.
constexpr std::size_t part = 10'000;

std::string by_expiry(const sql_words& words) {
    const auto week_before = words.plus("video_url_expires_at", "-604800");
    return "CASE WHEN video_url_expires_at IS NOT NULL AND " + week_before + " < {now} THEN " + week_before +
           " ELSE {now} END";
}

std::string continued(const sql_words& words) {
    return "CASE WHEN state IN ('submitting', 'submit_lost', 'listing', 'identifying') THEN " +
           words.plus("{now}", "(SELECT max(submit_seconds) FROM workers)") + " ELSE {now} END";
}

void replace(std::string& text, std::string_view mark, const std::string& value) {
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
}

} // namespace

std::size_t apply(soci::session& sql, const sql_words& words, const state_change& what,
                  const std::string& which, std::size_t at_most) {
    std::string set{what.set},
        where = "group_id IS NOT NULL AND (" + std::string{what.where} + ") AND " + which;
    replace(set, "{continued}", continued(words));
    replace(set, "{by expiry}", by_expiry(words));
    if (at_most != 0) {
        std::vector<std::int64_t> ids;
        std::int64_t id = 0;
        soci::statement some = (sql.prepare << words.fill("SELECT id FROM shots WHERE " + where + " LIMIT " +
                                                          std::to_string(at_most)),
                                soci::into(id));
        some.execute();
        while (some.fetch()) ids.push_back(id);
        if (ids.empty()) return 0;
        // The condition holds once more: another transaction may have changed some since.
        where += " AND id IN (" + list_of(ids) + ")";
    }
    soci::statement update =
        (sql.prepare << words.fill("UPDATE shots SET " + set + ", updated_at = {now} WHERE " + where));
    update.execute(true);
    return static_cast<std::size_t>(update.get_affected_rows());
}

wan::result<std::size_t> apply_in_parts(database& to, const state_change& what, const std::string& which) {
    std::size_t all = 0;
    for (;;) {
        std::size_t changed = 0;
        auto done =
            to.transact([&](soci::session& sql) { changed = apply(sql, to.words(), what, which, part); });
        if (!done) return std::move(done).error();
        if (changed == 0) return all;
        all += changed;
    }
}

} // namespace cli
