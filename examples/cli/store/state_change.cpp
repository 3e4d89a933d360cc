// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/state_change.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>
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

std::size_t apply(soci::session& sql, const sql_words& words, std::span<const state_change> changes,
                  const std::string& which) {
    std::size_t changed = 0;
    for (const auto& each : changes) {
        std::string set{each.set};
        replace(set, "{continued}", continued(words));
        replace(set, "{by expiry}", by_expiry(words));
        soci::statement update =
            (sql.prepare << words.fill("UPDATE shots SET " + set +
                                       ", updated_at = {now} WHERE group_id IS NOT NULL AND (" +
                                       std::string{each.where} + ") AND " + which));
        update.execute(true);
        changed += static_cast<std::size_t>(update.get_affected_rows());
    }
    return changed;
}

wan::result<std::size_t> apply_in_parts(database& to, std::span<const state_change> changes,
                                        const std::string& which) {
    std::string any;
    for (const auto& each : changes) any.append(any.empty() ? "(" : ") OR (").append(each.where);
    std::size_t all = 0;
    // Each shot is met once, also if a worker or a person changes it again meanwhile.
    for (std::int64_t last = 0;;) {
        std::size_t changed = 0;
        std::vector<std::int64_t> ids;
        auto done = to.transact([&](soci::session& sql) {
            ids.clear();
            std::int64_t id = 0;
            soci::statement some =
                (sql.prepare << to.words().fill(
                     "SELECT id FROM shots WHERE group_id IS NOT NULL AND (" + any + ")) AND " + which +
                     " AND id > :last ORDER BY id LIMIT " + std::to_string(part) + "{for no key update}"),
                 soci::use(last), soci::into(id));
            some.execute();
            while (some.fetch()) ids.push_back(id);
            changed = ids.empty() ? 0 : apply(sql, to.words(), changes, "id IN (" + list_of(ids) + ")");
        });
        if (!done) return std::move(done).error();
        if (ids.empty()) return all;
        all += changed;
        last = ids.back();
        // Lets others write.
        if (ids.size() == part) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

wan::result<std::size_t> apply_to(database& to, std::span<const state_change> changes,
                                  const std::vector<std::int64_t>& ids) {
    std::size_t all = 0;
    for (std::size_t begin = 0; begin < ids.size(); begin += part) {
        const auto some = std::span{ids}.subspan(begin).first((std::min)(part, ids.size() - begin));
        const auto changed = apply_in_parts(to, changes, "id IN (" + list_of(some) + ")");
        if (!changed) return changed.error();
        all += *changed;
    }
    return all;
}

std::vector<recorded_video> recorded_videos(soci::session& sql, const std::string& which) {
    std::vector<recorded_video> all;
    recorded_video each;
    long long bytes = 0;
    soci::statement rows =
        (sql.prepare
             << "SELECT id, name, video_file, coalesce(video_bytes, 0) FROM shots WHERE group_id IS NOT "
                "NULL AND owner IS NULL AND state = 'done' AND video_file IS NOT NULL AND " +
                    which + " ORDER BY id",
         soci::into(each.id), soci::into(each.name), soci::into(each.file), soci::into(bytes));
    rows.execute();
    while (rows.fetch()) {
        each.bytes = static_cast<std::uint64_t>(bytes);
        all.push_back(each);
    }
    return all;
}

} // namespace cli
