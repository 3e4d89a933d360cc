// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a person, or a command on a person's behalf, changes in the state of shots.
#pragma once

#include "cli/store/database.hpp"

#include <wan/error.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// What is set, and in which shots, as SQL. {continued} is when a shot that was set aside may be claimed: an
/// open submit of it has then arrived. {by expiry} is a time in the past; a shot whose URL expires sooner has
/// an earlier one.
/// The condition is false for a shot that was changed.
struct state_change {
    std::string_view set, where;
};

/// Shots that are submitted again: nothing is known of them, and they wait like new ones.
inline constexpr state_change submit_rejected_again{
    "state = 'queued', claims = claims + 1, claimable_at = {now}, deaths = 0, ending = NULL, status = NULL, "
    "error = NULL, "
    "cancel_asked = 0",
    "owner IS NULL AND claimable_at IS NULL AND state IN ('rejected', 'invalid')"};
inline constexpr state_change submit_failed_again{
    submit_rejected_again.set,
    "owner IS NULL AND claimable_at IS NULL AND state IN ('failed', 'expired', 'canceled')"};
/// Shots that a worker set aside after too many deaths.
inline constexpr state_change continue_set_aside{
    "claimable_at = {continued}, deaths = 0, ending = NULL, status = NULL, error = NULL, cancel_asked = 0",
    "owner IS NULL AND claimable_at IS NULL AND ending = 'stopped'"};
/// Shots that a worker put back for later.
inline constexpr state_change continue_put_back{
    "claimable_at = {now}, ending = NULL, status = NULL, error = NULL, cancel_asked = 0",
    "owner IS NULL AND claimable_at IS NOT NULL AND ending IS NOT NULL"};
/// The search for the task of an unconfirmed submit begins again.
inline constexpr state_change search_again{
    continue_put_back.set, "owner IS NULL AND claimable_at IS NULL AND state = 'submit_unknown'"};
/// Videos of which only the URL is known. It stays: by it, a worker knows what it need not record again.
inline constexpr state_change download_now{
    "state = 'succeeded', claimable_at = {by expiry}, cancel_asked = 0",
    "owner IS NULL AND claimable_at IS NULL AND state = 'done' AND video_file IS NULL AND "
    "(video_url_expires_at IS NULL OR video_url_expires_at > {now})"};

/// Downloaded videos whose files are not there: see `recorded_videos`. The file stays recorded until it is
/// there again.
inline constexpr state_change download_again{
    "state = 'succeeded', claimable_at = {now}, cancel_asked = 0",
    "owner IS NULL AND claimable_at IS NULL AND state = 'done' AND video_file IS NOT NULL"};

/// Applies the changes, one after the other, to those shots of which `which`, as SQL, is true. Returns the
/// number of changed shots.
std::size_t apply(soci::session& sql, const sql_words& words, std::span<const state_change> changes,
                  const std::string& which);

/// The same in transactions that are short, however many shots there are.
wan::result<std::size_t> apply_in_parts(database& to, std::span<const state_change> changes,
                                        const std::string& which);
/// The same for the shots with these ids.
wan::result<std::size_t> apply_to(database& to, std::span<const state_change> changes,
                                  const std::vector<std::int64_t>& ids);

/// The recorded video of a shot.
struct recorded_video {
    std::int64_t id = 0;
    std::string name; ///< of the shot
    std::string file;
    std::uint64_t bytes = 0;
};
/// Returns the downloaded videos of shots that are done, of those of which `which`, as SQL, is true.
std::vector<recorded_video> recorded_videos(soci::session& sql, const std::string& which);

} // namespace cli
