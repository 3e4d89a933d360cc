// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <string_view>

namespace sandbox {

/// What can go wrong on purpose.
enum class fault {
    submit_500,
    submit_503,
    submit_429,
    submit_drop,
    submit_no_id,
    query_503,
    query_429,
    query_garbage,
    query_drop,
    query_html,
    query_huge,
    query_deep,
    no_video_url,
    failed_without_reason,
    canceled,
    new_status,
    forget,
};

struct fault_row {
    fault value;
    std::string_view name;
    int times; ///< of all submits, or of the queries of each task; 0: always
    std::string_view help;
};

inline constexpr fault_row fault_table[] = {
    {fault::submit_500, "submit-500", 0, "every submit: 500 InternalError, nothing created"},
    {fault::submit_503, "submit-503", 2, "first 2 submits: 503 ModelUnavailable, nothing created"},
    {fault::submit_429, "submit-429", 2, "first 2 submits: 429 Throttling.RateQuota, nothing created"},
    {fault::submit_drop, "submit-drop", 0, "every submit: task created, connection closed without a reply"},
    {fault::submit_no_id, "submit-no-id", 0, "every submit: 200 without task id and code, nothing created"},
    {fault::query_503, "query-503", 3, "first 3 queries of each task: 503 ModelUnavailable"},
    {fault::query_429, "query-429", 3, "first 3 queries of each task: 429 Throttling.RateQuota"},
    {fault::query_garbage, "query-garbage", 3, "first 3 queries of each task: 200 with what is no JSON"},
    {fault::query_drop, "query-drop", 3, "first 3 queries of each task: closed without a reply"},
    {fault::query_html, "query-html", 3, "first 3 queries of each task: 502 with an HTML page"},
    {fault::query_huge, "query-huge", 0, "every query: 200 with 100 MB of JSON"},
    {fault::query_deep, "query-deep", 0, "every query: 200 with JSON nested 10,000 deep"},
    {fault::no_video_url, "no-video-url", 0, "tasks succeed without a video_url"},
    {fault::failed_without_reason, "failed-without-reason", 0, "tasks fail with neither code nor message"},
    {fault::canceled, "canceled", 0, "tasks turn CANCELED"},
    {fault::new_status, "new-status", 3, "first 3 queries of each task: a status nobody knows"},
    {fault::forget, "forget", 0, "all task ids are UNKNOWN"},
};

inline constexpr std::size_t fault_count = std::size(fault_table);

constexpr bool fault_table_is_in_order() {
    for (std::size_t i = 0; i < fault_count; ++i)
        if (fault_table[i].value != static_cast<fault>(i)) return false;
    return true;
}
static_assert(fault_table_is_in_order());

constexpr const fault_row& row_of(fault f) noexcept { return fault_table[static_cast<std::size_t>(f)]; }

/// Null if no fault has that name.
constexpr const fault_row* find_fault(std::string_view name) noexcept {
    for (const auto& row : fault_table)
        if (row.name == name) return &row;
    return nullptr;
}

/// The faults that were asked for.
class fault_set {
public:
    void add(fault f) { bits_.set(static_cast<std::size_t>(f)); }
    bool has(fault f) const { return bits_.test(static_cast<std::size_t>(f)); }

private:
    std::bitset<fault_count> bits_;
};

/// How often each fault was shown already.
class fault_counts {
public:
    /// True, and counted, if the fault still has to be shown.
    bool take(fault f) {
        auto& shown = shown_[static_cast<std::size_t>(f)];
        const int times = row_of(f).times;
        if (times != 0 && shown >= times) return false;
        ++shown;
        return true;
    }

private:
    std::array<int, fault_count> shown_{};
};

} // namespace sandbox
