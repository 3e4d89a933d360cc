// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How long this worker owns its shots, by a clock that also runs while the machine sleeps.
#pragma once

#include <wan/byte_source.hpp>
#include <wan/http/executor.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace cli {

/// A lease as this worker sees it. It ends earlier than the database says.
class lease {
public:
    using milliseconds = std::chrono::milliseconds;

    /// Returns the time since the machine was started, including the time for which it slept.
    static milliseconds now() noexcept;

    /// The database has prolonged the lease, in a transaction that began after `asked_at`.
    void prolong(milliseconds asked_at, milliseconds length) noexcept {
        until_ = (asked_at + length - length / 5).count();
    }
    void end() noexcept { until_ = 0; }
    bool holds() const noexcept { return now().count() < until_; }

private:
    std::atomic<std::int64_t> until_ = 0; ///< in milliseconds; read by several threads
};

/// Appends a space, which JSON allows, to the body of the submit. The executor reads it last. If the lease
/// has ended by then, it cannot be read, and the request is aborted before it is complete.
void guard(wan::http_request& submit, std::shared_ptr<const lease> held);

} // namespace cli
