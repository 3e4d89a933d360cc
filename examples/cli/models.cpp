// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/commands.hpp"
#include "cli/joined.hpp"
#include "cli/providers.hpp"

#include <wan/model/catalog_json.hpp>
#include <wan/model/limits.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace cli {

namespace {

template <class E>
std::vector<std::string> names_in(wan::set_of<E> set) {
    std::vector<std::string> names;
    for (const auto& row : wan::wire_table<E>)
        if (set.contains(row.value)) names.emplace_back(row.name);
    return names;
}

/// Returns "2..15" or "5/10/15"; "-" if the video is as long as the input.
std::string shown(const wan::duration_limit& limit) {
    if (!limit.offered()) return "-";
    if (limit.step == 1 && limit.max - limit.min > 2)
        return std::to_string(limit.min) + ".." + std::to_string(limit.max);
    std::string text;
    for (int s = limit.min; s <= limit.max; s += limit.step)
        text.append(text.empty() ? "" : "/").append(std::to_string(s));
    return text;
}

using table_row = std::array<std::string, 7>;

table_row row_of(const wan::model_limits& row, const std::string& services) {
    return {std::string{row.model},
            joined(names_in(row.jobs), " "),
            joined(names_in(row.resolution.tiers), " "),
            shown(row.duration),
            std::to_string(row.prompt.max_characters),
            row.makes_sound ? "yes" : "no",
            services};
}

/// Prints columns as wide as their longest cell; the column of the prompt is right-aligned.
void print(const std::vector<table_row>& rows) {
    std::array<std::size_t, 7> widths{};
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = (std::max)(widths[i], row[i].size());
    for (const auto& row : rows) {
        constexpr std::size_t prompt = 4;
        std::string line;
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            const std::string room(widths[i] - row[i].size(), ' ');
            line.append(i == prompt ? room + row[i] : row[i] + room).append(i + 2 < row.size() ? 1 : 2, ' ');
        }
        std::printf("%s%s\n", line.c_str(), row.back().c_str());
    }
}

} // namespace

int models(const std::optional<std::string>& provider, bool json) {
    const auto all = offers(provider);
    if (json && provider) { // a catalog that --catalog can read
        std::vector<wan::model_limits> rows;
        for (const auto& offered : all) rows.insert(rows.end(), offered.models.begin(), offered.models.end());
        std::printf("%s", wan::to_json(rows).c_str());
        return 0;
    }
    if (json) {
        boost::json::array catalogs;
        for (const auto& offered : all) {
            auto catalog = boost::json::parse(wan::to_json(offered.models)).as_object();
            catalog["providers"] = offered.services;
            catalogs.push_back(std::move(catalog));
        }
        std::printf("%s\n", boost::json::serialize(catalogs).c_str());
        return 0;
    }
    std::vector<table_row> rows{{"model", "jobs", "resolutions", "seconds", "prompt", "sound", "providers"}};
    for (const auto& offered : all)
        for (const auto& row : offered.models) rows.push_back(row_of(row, offered.services));
    print(rows);
    return 0;
}

} // namespace cli
