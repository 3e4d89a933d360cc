// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "batch.hpp"

#include "batch_plan.hpp"
#include "batch_run.hpp"
#include "cli/files/storage.hpp"
#include "cli/fleet/fleet_commands.hpp"
#include "cli/output/print_json.hpp"
#include "cli/output/report.hpp"
#include "cli/prices.hpp"
#include "cli/store/database.hpp"

#include <wan/error.hpp>

#include <boost/json.hpp>

#include <cstdio>
#include <optional>
#include <unistd.h>
#include <utility>

namespace cli {

namespace {

/// Checks the file as before its first run, and says what its shots cost.
int dry_run(const batch_options& options) {
    batch_plan planned{options};
    auto good = planned.read();
    if (good && planned.is_first_run()) good = planned.check_first_run();
    if (!good) return refuse(std::move(good).error(), options.wait);
    std::optional<known_cost> cost;
    if (!planned.currency.empty()) {
        cost.emplace().currency = planned.currency;
        for (const auto& s : planned.shots) {
            cost->amount += s.cost ? s.cost->amount : 0;
            cost->is_lower_bound = cost->is_lower_bound || !s.cost || s.cost->is_lower_bound;
        }
    }
    if (options.wait.json) {
        boost::json::object o{{"valid", true}, {"shots", planned.shots.size()}};
        if (cost) o["cost"] = to_json(*cost);
        boost::json::array warnings;
        for (const auto& w : planned.warnings) warnings.emplace_back(w.message);
        if (!warnings.empty()) o["warnings"] = std::move(warnings);
        print_json(o);
        return video_made;
    }
    if (!options.wait.quiet)
        for (const auto& w : planned.warnings) std::fprintf(stderr, "wan: warning: %s\n", w.message.c_str());
    std::printf("%zu %s valid; nothing was sent\n", planned.shots.size(),
                planned.shots.size() == 1 ? "shot is" : "shots are");
    if (cost) std::printf("one submit of each costs %s, by the given prices\n", to_string(*cost).c_str());
    if (cost && options.max_cost && cost->amount > *options.max_cost)
        std::printf("with --max-cost %s, not all of them would be submitted\n",
                    amount_text(*options.max_cost).c_str());
    return video_made;
}

} // namespace

int batch(const batch_options& options) {
    if (options.max_cost && !options.prices)
        return refuse(bad_option("--max-cost: needs the prices; give --prices as well"), options.wait);
    if (options.dry_run) return dry_run(options);
    if (options.state && is_postgresql(*options.state)) return shared_batch(options);
    batch_plan planned{options};
    if (auto made = planned.make(); !made) return refuse(std::move(made).error(), options.wait);
    const auto failed = make_directories(options.out_dir);
    if (failed || ::access(options.out_dir.c_str(), W_OK | X_OK) != 0)
        return refuse(
            {.category = wan::error_category::storage,
             .message = "--out-dir: cannot write to " + options.out_dir + "; choose a writable directory"},
            options.wait);
    return batch_run{options, planned}.run();
}

} // namespace cli
