// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/output/batch_progress.hpp"

#include <cstdint>
#include <cstdio>

namespace cli {

namespace {

constexpr std::size_t bar_width = 14;

std::string bar(const batch_progress& p) {
    const auto full = p.shots != 0 ? bar_width * p.ended / p.shots : bar_width;
    std::string text = "[";
    return text.append(full, '#').append(bar_width - full, '.').append("] ");
}

} // namespace

std::string in_words(std::chrono::seconds time) {
    const auto seconds = time.count();
    if (seconds < 60) return std::to_string(seconds) + " s";
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 60) return std::to_string(minutes) + " min";
    const auto rest = minutes % 60;
    auto text = std::to_string(minutes / 60).append(" h");
    return rest != 0 ? text.append(" ").append(std::to_string(rest)).append(" min") : text;
}

std::string to_line(const batch_progress& p, bool has_bar) {
    std::string line = has_bar ? bar(p) : "";
    line += std::to_string(p.ended) + " of " + std::to_string(p.shots) + " ended, ";
    const auto made = p.ended - p.ended_before;
    if (made != 0 && p.elapsed.count() > 0) {
        char rate[32];
        std::snprintf(rate, sizeof rate, "%.1f", 60 * static_cast<double>(made) / p.elapsed.count());
        line.append(rate).append("/min, ");
        const auto left =
            p.elapsed.count() / static_cast<double>(made) * static_cast<double>(p.shots - p.ended);
        if (p.ended < p.shots)
            line += in_words(std::chrono::seconds{static_cast<std::int64_t>(left + 0.5)}) + " left, ";
    }
    line += std::to_string(p.running) + " running, " + std::to_string(p.waiting) + " queued, " +
            std::to_string(p.downloading) + " downloading";
    return p.tasks.empty() ? line : line + ": " + p.tasks;
}

} // namespace cli
