// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "downloads.hpp"

#include "storage.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <utility>

namespace cli {

namespace {

constexpr std::size_t at_once = 4;
constexpr int attempts = 6;
constexpr std::uint64_t most_bytes = std::uint64_t{4} << 30;

/// An MP4 begins with a box of the type "ftyp". An error page that came with a 200 is no video, and takes no other's place.
bool is_mp4(const std::string& file) {
    char head[8] = {};
    std::ifstream{file, std::ios::binary}.read(head, sizeof head);
    return std::string_view{head + 4, 4} == "ftyp";
}

wan::executors::curl::download_result put_in_place(const std::string& fetched, const std::string& file, std::uint64_t bytes) {
    std::error_code failed;
    if (!is_mp4(fetched)) {
        std::filesystem::remove(fetched, failed);
        return wan::executors::curl::download_error{"what came is no MP4"};
    }
    if (!sync_file(fetched)) return wan::executors::curl::download_error{"cannot write " + fetched};
    std::filesystem::rename(fetched, file, failed);
    if (failed) return wan::executors::curl::download_error{"cannot write " + file + ": " + failed.message()};
    sync_directory_of(file);
    return bytes;
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
    waiting_.push_back(std::move(what));
    ++size_;
    if (workers_.size() < at_once) workers_.emplace_back([this] { work(); });
    changed_.notify_one();
}

std::optional<downloads::end> downloads::next() {
    const std::lock_guard lock{mutex_};
    if (ended_.empty()) return std::nullopt;
    auto first = std::move(ended_.front());
    ended_.pop_front();
    --size_;
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

void downloads::pause(std::chrono::seconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!is_over() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

wan::executors::curl::download_result downloads::fetch(wan::executors::curl& http, const job& what) {
    for (int attempt = 1;; ++attempt) {
        const auto fetched = what.file + ".new";
        wan::executors::curl::download_result bytes = wan::executors::curl::download_error{"stopped"};
        if (!is_over()) bytes = http.download(what.url, fetched, {}, most_bytes, longest_stall_);
        if (bytes) bytes = put_in_place(fetched, what.file, *bytes);
        // The service has answered, and will answer the same again.
        const bool is_final = bytes || bytes.error().http_status == 403 || bytes.error().http_status == 404;
        if (is_final || attempt == attempts || is_over()) return bytes;
        pause(std::chrono::seconds{attempt});
    }
}

void downloads::work() {
    wan::executors::curl http{[this] { return is_over(); }};
    std::unique_lock lock{mutex_};
    for (;;) {
        changed_.wait(lock, [this] { return over_ || !waiting_.empty(); });
        if (over_) return;
        const auto what = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        auto bytes = fetch(http, what);
        lock.lock();
        ended_.push_back({what.which, std::move(bytes)});
    }
}

} // namespace cli
