// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace sandbox {

/// A few threads that run jobs in order. The destructor stops the running jobs and discards the waiting ones.
class workers {
public:
    using job = std::function<void(const std::stop_token&)>;

    explicit workers(unsigned count) {
        for (unsigned i = 0; i < count; ++i)
            threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }

    ~workers() {
        // All at once: the destructor of a jthread would wait for the first thread before stopping the
        // second.
        for (auto& thread : threads_) thread.request_stop();
    }

    workers(const workers&) = delete;
    workers& operator=(const workers&) = delete;

    void add(job next) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(next));
        }
        wake_.notify_one();
    }

private:
    void work(const std::stop_token& stop) {
        for (;;) {
            job next;
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, stop, [&] { return !waiting_.empty(); });
                if (stop.stop_requested()) return;
                next = std::move(waiting_.front());
                waiting_.pop_front();
            }
            next(stop);
        }
    }

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<job> waiting_;
    std::vector<std::jthread> threads_; // last: the threads use all of the above
};

} // namespace sandbox
