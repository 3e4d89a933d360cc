// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <cstdint>

namespace sandbox {

/// The counters of `GET /sandbox/stats`.
struct counters {
    std::uint64_t submits = 0;
    std::uint64_t queries = 0;
    std::uint64_t lists = 0;
    std::uint64_t cancels = 0;
    std::uint64_t throttled = 0; ///< calls rejected by an account's limits
    std::uint64_t downloads = 0;
    std::uint64_t resumed_downloads = 0; ///< downloads that resumed with the rest of the file
    std::uint64_t keys_sent_to_downloads = 0;
    std::uint64_t policies = 0;        ///< upload policies that were granted
    std::uint64_t uploads = 0;         ///< files that were stored
    std::uint64_t uploads_refused = 0; ///< rejected by a rule, not by a fault
    std::uint64_t keys_at_upload_host = 0;
};

} // namespace sandbox
