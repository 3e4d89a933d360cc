// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/faults/call.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

/// The faults that can be injected.
enum class fault {
    internal_error,
    unavailable,
    throttled,
    html,
    reset,
    hang,
    no_id,
    huge,
    deep,
    forget,
    new_status,
    garbage,
    drop,
    cut,
    trickle,
    long_length,
    short_length,
    repeated_keys,
    clock_jump,
    no_video_url,
    failed_without_reason,
    canceled,
    policy_expired,
    forbidden,
    broken_off,
    sent_twice,
    reply_lost,
    unknown_first,
    not_found_first,
    gzip,
    short_chunks,
    short_close,
    long_id,
};

struct fault_row {
    fault value;
    std::string_view name; ///< the part after the call's name, or the whole name if `alone`
    bool alone;
    call_set calls;
    call_set always; ///< calls with the fault every time, not only the first few times
    bool drawn;      ///< by --fault-rate alone: a patient client still gets its video soon
    std::string_view help;
};

inline constexpr call_set requests{call::submit, call::query, call::list, call::cancel, call::policy};
inline constexpr call_set contents{call::submit,   call::query, call::list, call::cancel,
                                   call::download, call::policy}; ///< calls whose response has a body
inline constexpr call_set exchanges{call::submit,   call::query,  call::list,  call::cancel,
                                    call::download, call::policy, call::upload};
inline constexpr call_set submits{call::submit}, queries{call::query}, downloads{call::download}, never{};

inline constexpr fault_row fault_table[] = {
    // The request is not carried out.
    {fault::internal_error,
     "500",
     false,
     {call::submit, call::policy, call::upload},
     submits,
     true,
     "500 InternalError, nothing done"},
    {fault::unavailable, "503", false, exchanges, never, true, "503 ModelUnavailable, nothing done"},
    {fault::throttled, "429", false, requests, never, true, "429 Throttling.RateQuota, nothing done"},
    {fault::html, "html", false, exchanges, submits, true, "502 with an HTML page, nothing done"},
    {fault::reset, "reset", false, exchanges, submits, true, "connection reset, nothing done"},
    {fault::hang, "hang", false, exchanges, submits, true, "no response, nothing done"},
    {fault::no_id, "no-id", false, submits, submits, true, "200 with neither task ID nor code, nothing done"},
    {fault::huge, "huge", false, queries, queries, false, "200 with 100 MB of JSON"},
    {fault::deep, "deep", false, queries, queries, true, "200 with JSON nested 10,000 deep"},
    {fault::forget, "forget", true, queries, queries, false, "all task IDs are UNKNOWN"},
    {fault::new_status, "new-status", true, queries, never, true, "a status that is not documented"},
    // The request is carried out, but its response is damaged.
    {fault::garbage, "garbage", false, requests, submits, true,
     "done, then 200 with a body that is not JSON"},
    {fault::drop, "drop", false, contents, submits, true, "done, then closed without a response"},
    {fault::cut, "cut", false, contents, submits, true, "done, then reset in the middle of the response"},
    {fault::trickle, "trickle", false, exchanges, submits, true, "done, the response takes a second"},
    {fault::long_length, "long-length", false, exchanges, submits, true,
     "done, Content-Length is larger than the body"},
    {fault::short_length, "short-length", false, requests, submits, true,
     "done, Content-Length is smaller than the body"},
    {fault::repeated_keys, "repeated-keys", false, requests, submits, true,
     "done, each JSON key occurs twice, first with a wrong text"},
    {fault::clock_jump,
     "clock-jump",
     false,
     {call::query, call::list},
     never,
     true,
     "DashScope's times are 8 hours early"},
    {fault::no_video_url, "no-video-url", true, queries, queries, false, "tasks succeed without a video_url"},
    {fault::failed_without_reason, "failed-without-reason", true, submits, submits, false,
     "tasks fail with neither code nor message"},
    {fault::canceled, "canceled", true, submits, submits, false, "tasks turn CANCELED"},
    // Faults of uploads.
    {fault::policy_expired,
     "expired",
     false,
     {call::upload},
     never,
     true,
     "403 Policy expired, nothing done"},
    {fault::forbidden, "forbidden", false, {call::upload}, never, false, "403 AccessDenied, nothing done"},
    {fault::broken_off,
     "drop",
     false,
     {call::upload},
     never,
     true,
     "reset in the middle of the request, nothing done"},
    {fault::sent_twice,
     "duplicate",
     false,
     {call::upload},
     never,
     true,
     "done, then 409 FileAlreadyExists, as for a second upload"},
    {fault::reply_lost, "lost", false, {call::upload}, never, true, "done, then closed without a response"},
    // Undocumented behavior of providers.
    {fault::unknown_first, "unknown", false, queries, never, true, "the task ID is UNKNOWN at first"},
    {fault::not_found_first, "404", false, queries, never, true, "404 at first, as for an unknown task"},
    {fault::gzip, "gzip", false, requests, submits, true,
     "done, the response is gzipped although identity was requested"},
    {fault::short_chunks, "short-chunks", false, downloads, never, true,
     "half of the video, chunked, with a valid last chunk"},
    {fault::short_close, "short-close", false, downloads, never, true,
     "half of the video, without a length, then closed properly"},
    {fault::long_id, "long-id", true, submits, submits, true, "task IDs of 700 bytes"},
};

inline constexpr std::size_t fault_count = std::size(fault_table);

constexpr std::size_t index_of(fault f) noexcept { return static_cast<std::size_t>(f); }

constexpr bool fault_table_is_in_order() {
    for (std::size_t i = 0; i < fault_count; ++i)
        if (fault_table[i].value != static_cast<fault>(i)) return false;
    return true;
}
static_assert(fault_table_is_in_order());

constexpr const fault_row& row_of(fault f) noexcept { return fault_table[index_of(f)]; }

/// A fault of one kind of call.
struct call_fault {
    call kind;
    fault what;
};

std::string name_of(const call_fault& f);

/// Returns the fault of that name, if there is one.
std::optional<call_fault> find_fault(std::string_view name);

/// Calls a function for each fault, in the order of the table.
void for_each_fault(const std::function<void(const call_fault&)>& visit);

/// A set of faults of calls.
class fault_set {
public:
    void add(const call_fault& f) { bits_.set(place(f)); }
    bool has(const call_fault& f) const { return bits_.test(place(f)); }
    bool empty() const { return bits_.none(); }

private:
    static std::size_t place(const call_fault& f) {
        return index_of(f.kind) * fault_count + index_of(f.what);
    }

    std::bitset<call_count * fault_count> bits_;
};

/// Counts how often each fault occurred.
class fault_counts {
public:
    /// Returns whether the fault must still occur, and counts it.
    bool take(const call_fault& f) {
        auto& shown = shown_[index_of(f.what)];
        if (!row_of(f.what).always.has(f.kind) && shown >= row_of(f.kind).times) return false;
        ++shown;
        return true;
    }

private:
    std::array<int, fault_count> shown_{};
};

/// Decides which calls get which faults: the first calls get the chosen ones. With a rate, any call gets at
/// random one of the chosen faults, or of the default ones if none was chosen. Only the seed and the number
/// of the call decide.
class fault_plan {
public:
    fault_plan(const fault_set& chosen, double rate, std::uint64_t seed)
        : chosen_(chosen), rate_(rate), seed_(seed) {}

    /// Returns the fault of the next call, if any. `shown` counts the faults of its kind; null for an unknown
    /// task.
    std::optional<fault> next(call kind, fault_counts* shown);

    std::uint64_t injected(const call_fault& f) const {
        return injected_[index_of(f.kind)][index_of(f.what)];
    }

private:
    std::optional<fault> draw(call kind);
    std::optional<fault> first_of_chosen(call kind, fault_counts* shown) const;
    std::vector<fault> candidates(call kind) const;

    fault_set chosen_;
    double rate_;
    std::uint64_t seed_;
    std::uint64_t calls_ = 0;
    std::array<std::array<std::uint64_t, fault_count>, call_count> injected_{};
};

} // namespace sandbox
