// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The state of a batch's shots on disk. It makes sure that a crash neither loses a task nor submits it twice.
#pragma once

#include "cli/files/storage.hpp"
#include "cli/store/database.hpp"
#include "cli/store/learned_times.hpp"
#include "cli/store/shot_state.hpp"

#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/resume_token.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

/// Returns a name for the account: a hash of the key and the normalized address.
std::string account_of(const wan::provider& who);

/// Returns the number of the account in the database, which is added if necessary; `account_of(who)` if none
/// is given. Fails if the state belongs to another account, for which a submit may have been accepted: an
/// account's list does not show the tasks of another.
wan::result<std::int64_t> find_account(database& in, const wan::provider& who,
                                       const std::optional<std::string>& given);

/// Returns one spelling for all spellings of an address: case, default port, trailing slash, localhost.
std::string normalized_url(std::string_view url);

/// The shots and their submits, in memory and in a database. What was recorded is on the disk after `commit`.
/// Only one process can open it at a time.
class batch_state {
    static constexpr std::size_t no_change = static_cast<std::size_t>(-1);

public:
    struct attempt {
        std::string fingerprint; ///< of the request that was submitted
        wan::resume_token token;
    };
    /// A shot as the file has it.
    struct source {
        std::size_t line = 0; ///< in the file
        std::string folder;   ///< of the file; media of the request are relative to it
        std::string request;  ///< JSON

        friend bool operator==(const source&, const source&) = default;
    };
    struct entry {
        source from;
        std::vector<attempt> attempts;  ///< the last one is the current one
        std::optional<shot_video> made; ///< the downloaded video
        std::optional<shot_end> end;    ///< of the previous run, or of this one

        std::size_t change = no_change; ///< its place among the changes

        const attempt* current() const noexcept { return attempts.empty() ? nullptr : &attempts.back(); }
    };

    /// Opens the state in the directory, which is created if necessary. Fails if the state belongs to another
    /// account: an account's list does not show the tasks of another. `account` is the account's name; if it
    /// is not given, `account_of(who)`.
    wan::result<void> open(const std::string& directory, const wan::provider& who,
                           const std::optional<std::string>& account);

    /// Records a shot of the file, as it is there now.
    void record_shot(const std::string& id, const source& from);
    /// Records the token. Commit it before a submit is sent. Idempotent.
    void record(const std::string& id, const std::string& fingerprint, const wan::resume_token& token);
    /// Records the video after its download.
    void record_video(const std::string& id, const shot_video& made);
    /// Records why there is no video, for the report of the next run.
    void record_end(const std::string& id, const wan::outcome& end);

    /// Writes what was recorded since the last commit, in one transaction. It is on the disk when this
    /// function returns. If that fails, nothing of it is, and the next commit tries it again.
    wan::result<void> commit();

    /// Returns how long the account's tasks took, as earlier runs have learned.
    wan::result<std::vector<wan::generation_time>> learned() { return read_learned(*database_, account_id_); }
    wan::result<void> keep_learned(const std::vector<wan::generation_time>& times) {
        return write_learned(*database_, account_id_, times);
    }

    /// Returns the directory that was opened.
    const std::string& directory() const noexcept { return directory_; }
    const entry* find(const std::string& id) const;
    const std::map<std::string, entry>& entries() const noexcept { return entries_; }
    /// Returns the ids of all recorded tasks, including those of shots that were submitted again.
    const std::set<std::string, std::less<>>& task_ids() const noexcept { return task_ids_; }
    /// Returns the tokens of unconfirmed submits that were abandoned for another submit.
    std::vector<wan::resume_token> given_up() const;

private:
    /// What a shot has that the database lacks.
    struct change {
        std::pair<const std::string, entry>* shot;
        std::size_t first_attempt; ///< the first attempt to write
    };

    wan::result<void> read_shots();
    change& changed(const std::string& id);

    file_lock lock_;
    std::string directory_;
    std::unique_ptr<database> database_;
    std::int64_t account_id_ = 0;
    std::map<std::string, entry> entries_;
    std::vector<change> changes_; ///< in the order in which they were recorded
    std::set<std::string, std::less<>> task_ids_;
};

} // namespace cli
