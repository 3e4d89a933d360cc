// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/shot_rows.hpp"

#include "cli/store/database.hpp"

#include <boost/json.hpp>

#include <filesystem>
#include <string_view>
#include <utility>

namespace cli {

namespace {

/// Returns a member of a JSON object, if it is a string.
std::string member_of(const std::string& text, std::string_view name) {
    boost::system::error_code ec;
    const auto parsed = boost::json::parse(text, ec);
    const auto* value = !ec && parsed.is_object() ? parsed.get_object().if_contains(name) : nullptr;
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

} // namespace

wan::result<std::vector<shot_row>> read_shot_rows(const std::string& directory) {
    std::error_code ignored;
    if (!std::filesystem::exists(directory + "/state.db", ignored))
        return wan::error{.category = wan::error_category::invalid_request,
                          .message =
                              "--state: " + directory +
                              " has no state.db; give the folder that `wan batch` uses, FILE.jsonl.state "
                              "if you did not choose another"};
    auto opened = database::open(directory);
    if (!opened) return std::move(opened).error();
    std::vector<shot_row> rows;
    auto read = (*opened)->read([&](soci::session& sql) {
        shot_row row;
        std::string error, token;
        long long attempts = 0;
        soci::statement all =
            (sql.prepare
                 << "SELECT name, folder, request, state, coalesce(status, ''), coalesce(error, ''), "
                    "coalesce(video_file, ''), shots.updated_at, coalesce(number, 0), coalesce(task_id, ''), "
                    "coalesce(token, '') FROM shots LEFT JOIN attempts ON shot_id = id AND number = (SELECT "
                    "max(number) FROM attempts WHERE shot_id = id) ORDER BY id",
             soci::into(row.name), soci::into(row.folder), soci::into(row.request), soci::into(row.state),
             soci::into(row.status), soci::into(error), soci::into(row.video), soci::into(row.updated_at),
             soci::into(attempts), soci::into(row.task_id), soci::into(token));
        all.execute();
        while (all.fetch()) {
            row.attempts = static_cast<unsigned>(attempts);
            row.error = member_of(error, "message");
            row.model = member_of(token.empty() ? row.request : token, "model");
            rows.push_back(row);
        }
    });
    if (!read) return std::move(read).error();
    return rows;
}

} // namespace cli
