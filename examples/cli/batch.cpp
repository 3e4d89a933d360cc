// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "batch.hpp"

#include "batch_plan.hpp"
#include "batch_run.hpp"
#include "cli/files/storage.hpp"
#include "cli/fleet/fleet_commands.hpp"
#include "cli/output/report.hpp"
#include "cli/store/database.hpp"

#include <wan/error.hpp>

#include <unistd.h>
#include <utility>

namespace cli {

int batch(const batch_options& options) {
    if (options.state && is_postgresql(*options.state)) return shared_batch(options);
    if (options.max_cost && !options.prices)
        return refuse(bad_option("--max-cost: needs the prices; give --prices as well"), options.wait);
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
