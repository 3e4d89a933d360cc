// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/downloads/downloads.hpp"

#include <utility>

namespace cli {

namespace {

constexpr std::size_t at_once = 4;

template <class T>
std::optional<T> take_first(std::deque<T>& from) {
    if (from.empty()) return std::nullopt;
    auto first = std::move(from.front());
    from.pop_front();
    return first;
}

} // namespace

downloads::downloads(std::function<bool()> aborted, std::chrono::seconds longest_stall)
    : aborted_(std::move(aborted)), longest_stall_(longest_stall) {}

downloads::~downloads() {
    {
        const std::lock_guard lock{mutex_};
        over_ = true;
    }
    changed_.notify_all();
    for (auto& w : workers_) w.join();
}

void downloads::add(job what) {
    const std::lock_guard lock{mutex_};
    // Of what is not known, nothing says that it is urgent.
    const auto by = what.expires_at.value_or((std::chrono::sys_seconds::max)());
    waiting_.emplace(by, std::move(what));
    ++size_;
    if (workers_.size() < at_once) workers_.emplace_back([this] { work(); });
    changed_.notify_one();
}

std::optional<downloads::retry> downloads::next_retry() {
    const std::lock_guard lock{mutex_};
    return take_first(retries_);
}

std::optional<downloads::end> downloads::next() {
    const std::lock_guard lock{mutex_};
    auto first = take_first(ended_);
    if (first) --size_;
    return first;
}

std::size_t downloads::size() const {
    const std::lock_guard lock{mutex_};
    return size_;
}

bool downloads::is_over() const {
    if (aborted_()) return true;
    const std::lock_guard lock{mutex_};
    return over_;
}

wan::result<downloaded> downloads::fetch(wan::executors::curl& http, const job& what) {
    return download(http, what.url, what.file,
                    {.longest_stall = longest_stall_,
                     .expires_at = what.expires_at,
                     .stopped = [this] { return is_over(); },
                     .on_retry =
                         [&](std::string_view text) {
                             const std::lock_guard lock{mutex_};
                             retries_.push_back({what.which, std::string{text}});
                         }});
}

void downloads::work() {
    wan::executors::curl http{[this] { return is_over(); }};
    std::unique_lock lock{mutex_};
    for (;;) {
        changed_.wait(lock, [this] { return over_ || !waiting_.empty(); });
        if (over_) return;
        const auto what = std::move(waiting_.extract(waiting_.begin()).mapped());
        lock.unlock();
        auto video = fetch(http, what);
        lock.lock();
        ended_.push_back({what.which, std::move(video)});
    }
}

} // namespace cli
