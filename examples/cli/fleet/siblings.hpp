// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a worker knows of the other shots of its account.
#pragma once

#include "cli/fleet/fleet_store.hpp"

#include <wan/error.hpp>
#include <wan/scheduler/scheduler.hpp>
#include <wan/task/resume_token.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cli {

/// Reports the submits of other workers to a scheduler, so that it takes no task of theirs, and submits
/// nothing that the provider's list could not tell from them.
class siblings {
public:
    siblings(fleet_store& store, wan::scheduler& tasks) : store_(store), tasks_(tasks) {}

    /// The tasks of all shots, as far as they are known.
    const std::set<std::string, std::less<>>& task_ids() const noexcept { return task_ids_; }
    /// Returns whether the scheduler holds shots because of open submits of other workers.
    bool is_any_open() const noexcept { return !open_.empty(); }

    /// Says which submits are this worker's.
    using is_own = std::function<bool(std::int64_t shot, std::size_t attempt)>;
    /// Reads the submits with this model; for a search, all since that time.
    wan::result<void> learn(const std::string& model, std::optional<std::int64_t> since, const is_own& own);
    /// Reads how the open submits of other workers have ended.
    void learn_open(const is_own& own);

private:
    fleet_store& store_;
    wan::scheduler& tasks_;
    std::set<std::string, std::less<>> task_ids_;
    /// Those that the scheduler knows, by shot and attempt.
    std::map<std::pair<std::int64_t, std::size_t>, wan::resume_token> open_;
};

} // namespace cli
