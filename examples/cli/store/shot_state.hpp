// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The state of a shot, as the database and the reports have it.
#pragma once

#include "cli/store/sql_words.hpp"

#include <wan/error.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/resume_token.hpp>

#include <soci/soci.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cli {

/// The outcome of a shot without a video.
struct shot_end {
    wan::task_ending ending = wan::task_ending::stopped;
    std::string status;              ///< last status reported by the provider
    std::optional<wan::error> error; ///< category, code, message and HTTP status
};

/// A video: downloaded, or, with --no-download, only its URL.
struct shot_video {
    std::string file = {}; ///< an absolute path; empty: not downloaded
    std::uint64_t bytes = 0;
    std::string url = {}; ///< if it was not downloaded
    std::optional<std::chrono::sys_seconds> url_expires_at = {};
};

/// The state of a shot that has neither an ending nor a task yet.
inline constexpr std::string_view state_queued = "queued";
inline constexpr std::string_view state_paused = "paused";
/// The state of a shot whose video is on the disk, or whose URL is known and was all that was asked for.
inline constexpr std::string_view state_done = "done";

/// Whose shots a state has.
enum class shots_there { none, only_of_batch, of_workers };
shots_there shots_there_are(soci::session& sql);

/// Returns the word for the database. Null: there is none.
std::string state_of(const shot_video* made, const wan::resume_token* token, const shot_end* end);

/// Returns a member of a JSON object; empty if it is not a string.
std::string member_of(const std::string& text, std::string_view name);

/// Returns the error of an end as JSON; empty if there is none.
std::string error_text(const shot_end& end);
/// Reads how a shot ended, from its columns.
shot_end read_end(std::string_view ending, std::string status, const std::string& error);

/// Returns the time as SQL, or NULL.
std::string sql_of(const sql_words& words, std::optional<std::chrono::sys_seconds> time);
/// Reads seconds since 1970; 0: NULL.
std::optional<std::chrono::sys_seconds> read_time(double seconds);

/// A text for a column, and whether there is one.
struct column {
    std::string text;
    soci::indicator is_there = soci::i_null;

    void set(std::string value) {
        is_there = value.empty() ? soci::i_null : soci::i_ok;
        text = std::move(value);
    }
    /// Returns the text; empty if there is none.
    std::string get() const { return is_there == soci::i_ok ? text : std::string{}; }
};

} // namespace cli
