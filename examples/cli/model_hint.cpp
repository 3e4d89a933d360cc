// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "model_hint.hpp"

#include "nearest_word.hpp"

#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/provider/routes.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cli {

void suggest_model(wan::outcome& end, const wan::provider& who, wan::job job) {
    const bool is_rejected = end.ending == wan::task_ending::rejected && end.error &&
                             end.error->category == wan::error_category::not_found;
    if (!is_rejected || wan::find_model(wan::models_of(who), end.model)) return;
    std::vector<std::string_view> known;
    for (const auto& row : wan::models_of(who))
        if (row.jobs.contains(job)) known.push_back(row.model);
    const auto meant = nearest_word(end.model, known);
    end.error->message +=
        " (" + wan::printable(end.model, 200) + " is not a known model; " +
        (meant.empty() ? "`wan models` lists the known ones)" : "did you mean " + std::string{meant} + "?)");
}

} // namespace cli
