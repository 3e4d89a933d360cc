// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/commands.hpp"
#include "cli/providers.hpp"

#include <wan/model/catalog_json.hpp>
#include <wan/model/limits.hpp>

#include <boost/json.hpp>

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

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& w : words) text.append(text.empty() ? "" : " ").append(w);
    return text;
}

std::vector<int> seconds_of(const wan::duration_limit& limit) {
    std::vector<int> all;
    for (int s = limit.min; s <= limit.max; s += limit.step) all.push_back(s);
    return all;
}

std::string shown(const std::vector<int>& seconds) {
    if (seconds.size() > 3) return std::to_string(seconds.front()) + ".." + std::to_string(seconds.back());
    std::string text;
    for (const int s : seconds) text.append(text.empty() ? "" : "/").append(std::to_string(s));
    return text;
}

void print_row(const std::string& model, const std::string& jobs, const std::string& tiers,
               const std::string& seconds, const std::string& prompt, const std::string& sound,
               const std::string& services) {
    std::printf("%-19s %-55s %-15s %-7s %6s  %-5s  %s\n", model.c_str(), jobs.c_str(), tiers.c_str(),
                seconds.c_str(), prompt.c_str(), sound.c_str(), services.c_str());
}

} // namespace

int models(const std::optional<std::string>& provider, bool json) {
    const auto all = offers(provider);
    if (json && provider) { // a catalog, which --catalog reads
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
    print_row("model", "jobs", "resolutions", "seconds", "prompt", "sound", "providers");
    for (const auto& offered : all)
        for (const auto& row : offered.models)
            print_row(std::string{row.model}, joined(names_in(row.jobs)),
                      joined(names_in(row.resolution.tiers)), shown(seconds_of(row.duration)),
                      std::to_string(row.prompt.max_characters), row.makes_sound ? "yes" : "no",
                      offered.services);
    return 0;
}

} // namespace cli
