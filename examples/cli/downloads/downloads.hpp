// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Downloads videos in the background, those whose URLs expire soonest first.
#pragma once

#include "cli/downloads/download.hpp"
#include "executors/curl.hpp"

#include <wan/error.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace cli {

class downloads {
public:
    struct job {
        std::size_t which; ///< the caller's number
        std::string url;
        std::string file;
        std::optional<std::chrono::sys_seconds> expires_at = {}; ///< of the URL
    };
    struct retry {
        std::size_t which;
        std::string what; ///< message for the user
    };
    struct end {
        std::size_t which;
        wan::result<downloaded> video;
    };

    /// `aborted` is called from other threads.
    downloads(std::function<bool()> aborted, std::chrono::seconds longest_stall);
    /// Aborts the running downloads.
    ~downloads();

    void add(job what);
    /// Returns the next retry to report, if any.
    std::optional<retry> next_retry();
    /// Returns the next finished download, if any.
    std::optional<end> next();
    /// Returns the number of downloads that `next` has not returned.
    std::size_t size() const;

private:
    void work();
    wan::result<downloaded> fetch(wan::executors::curl& http, const job& what);
    bool is_over() const;

    std::function<bool()> aborted_;
    std::chrono::seconds longest_stall_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<std::chrono::sys_seconds, job> waiting_; ///< by the time at which the URL expires
    std::deque<retry> retries_;
    std::deque<end> ended_;
    std::size_t size_ = 0;
    bool over_ = false;
    std::vector<std::thread> workers_;
};

} // namespace cli
