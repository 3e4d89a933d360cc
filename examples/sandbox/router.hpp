// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "counters.hpp"
#include "message.hpp"
#include "service.hpp"
#include "tasks.hpp"

#include <filesystem>
#include <vector>

namespace sandbox {

/// Gives every request to what answers it.
class router {
public:
    struct setup {
        task_store& tasks;
        counters& counts;
        fault_plan& faults;
        std::vector<service*> services;
        std::filesystem::path videos;
        std::filesystem::path video;  ///< of every task, if there is one
        std::filesystem::path assets; ///< may be empty
    };

    explicit router(setup parts) : parts_(std::move(parts)) {}

    reply answer(const request& asked);

private:
    reply video(const request& asked, std::string_view name);
    reply broken_video(const std::string& id, reply whole);
    reply stats() const;

    setup parts_;
    fault_counts shown_;
};

} // namespace sandbox
