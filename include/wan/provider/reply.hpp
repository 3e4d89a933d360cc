// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What can be read out of a service's reply, and where it stands, as data.
#pragma once

#include <wan/error.hpp>
#include <wan/json/read.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wan {

/// The parts of a reply that this library knows. Empty: the reply does not say.
struct reply {
    std::string task_id = {};
    std::string status = {}; ///< the service's own word, "RUNNING"
    std::string video_url = {};
    std::string query_url = {};  ///< where the service wants to be asked for the task
    std::string result_url = {}; ///< where it gives the video's URL, once the task succeeded
    std::string code = {};       ///< of an error
    std::string message = {};
    std::string request_id = {};
    std::string submit_time = {};
    std::string scheduled_time = {};
    std::string end_time = {};
    std::string orig_prompt = {};
    std::string actual_prompt = {}; ///< as rewritten by the service
    std::string video_ratio = {};
    std::optional<double> video_duration = {}; ///< seconds that are billed
    std::optional<double> video_count = {};
    std::optional<double> resolution = {}; ///< 480, 720 or 1080
    std::optional<double> progress = {};      ///< percent; may be 0 of a task that is done
    std::optional<double> eta = {};           ///< seconds to go
    std::optional<double> video_url_ttl = {}; ///< seconds that the URL is valid from now on; 0: not said
};

/// Where one member of `reply` may stand. Of several rows with the same member the first that has a value counts; rows
/// that lead into a string count after all others.
struct reply_path {
    std::string_view pointer;
    std::string_view within; ///< if the pointer leads to a string that holds JSON: a pointer into that
    std::string reply::*text = nullptr;
    std::optional<double> reply::*number = nullptr;

    constexpr reply_path(std::string reply::*member, std::string_view where, std::string_view inside = {})
        : pointer(where), within(inside), text(member) {}
    constexpr reply_path(std::optional<double> reply::*member, std::string_view where, std::string_view inside = {})
        : pointer(where), within(inside), number(member) {}
};

/// What was read of a reply's text. A damaged text may still name a task that is paid for, so what stood whole before
/// the damage is kept.
struct reading {
    wan::reply reply = {};
    std::optional<error> damage = {};
};

namespace detail {

inline json::pick pick_of(reply& r, const reply_path& row, std::string_view pointer) noexcept {
    return {pointer, row.text ? &(r.*row.text) : nullptr, row.number ? &(r.*row.number) : nullptr};
}

/// A value in a JSON text that a string of the reply's text holds. What is not readable there is not there.
inline void read_within(reply& r, std::string_view text, const reply_path& row) {
    if (row.text ? !(r.*row.text).empty() : (r.*row.number).has_value()) return;
    std::string inner;
    const json::pick outer[] = {{row.pointer, &inner}};
    const json::pick wanted[] = {pick_of(r, row, row.within)};
    if (json::read(text, outer) && !inner.empty()) (void)json::read(inner, wanted);
}

} // namespace detail

/// Reads a reply; a member that is missing stays empty.
inline reading read_reply(std::string_view text, std::span<const reply_path> shape) {
    reading read;
    std::array<json::pick, json::max_picks> picks;
    std::size_t n = 0;
    for (const auto& row : shape)
        if (row.within.empty() && n < picks.size()) picks[n++] = detail::pick_of(read.reply, row, row.pointer);
    if (auto done = json::read(text, {picks.data(), n}); !done) read.damage = std::move(done).error();
    for (const auto& row : shape)
        if (!row.within.empty()) detail::read_within(read.reply, text, row);
    return read;
}

} // namespace wan
