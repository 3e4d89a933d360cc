// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/counters.hpp"
#include "sandbox/http/message.hpp"
#include "sandbox/http/server.hpp"
#include "sandbox/services/service.hpp"
#include "sandbox/store/tasks.hpp"
#include "sandbox/store/upload_store.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace sandbox {

/// The path of uploads, as if it were a separate host.
inline constexpr std::string_view upload_path = "/oss";

/// Passes every request to its handler.
class router : public request_handler {
public:
    struct setup {
        task_store& tasks;
        counters& counts;
        fault_plan& faults;
        std::vector<service*> services;
        upload_store& files;
        std::filesystem::path videos;
        std::filesystem::path video;  ///< of every task, if set
        std::filesystem::path assets; ///< may be empty
    };

    explicit router(setup parts) : parts_(std::move(parts)) {}

    std::optional<fault> plan(const request& head) override;
    reply answer(const request& asked) override;
    reply too_large(const request& head) override;

private:
    reply video(const request& asked, std::string_view name);
    reply broken_video(const std::string& id, reply whole);
    reply upload(const request& asked);
    reply stats() const;

    setup parts_;
    fault_counts shown_at_downloads_, shown_at_uploads_;
};

} // namespace sandbox
