// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The state of a batch's shots on disk. It makes sure that a crash neither loses a task nor submits it twice.
#pragma once

#include "cli/files/storage.hpp"

#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/resume_token.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Returns a hash of the key and the normalized address, which identifies the account.
std::string account_of(const wan::provider& who);
/// Returns the same hash with the address as written, as older ledgers have it.
std::string account_as_written(const wan::provider& who);

/// Returns one spelling for all spellings of an address: case, default port, trailing slash, localhost.
std::string normalized_url(std::string_view url);

/// The outcome of a shot without a video.
struct shot_end {
    wan::task_ending ending = wan::task_ending::stopped;
    std::string status;              ///< last status reported by the provider
    std::optional<wan::error> error; ///< category, code, message and HTTP status
};

/// An append-only file of JSON lines. Each line is on the disk before the call that wrote it returns. Only
/// one process can open it at a time.
class ledger {
public:
    struct entry {
        std::string fingerprint; ///< of the request that was submitted
        std::optional<wan::resume_token> token;
        std::optional<std::uint64_t> bytes; ///< size of the downloaded video
        std::optional<shot_end> end;        ///< of the previous run, or of this one
    };

    ledger() = default;
    ledger(const ledger&) = delete;
    ledger& operator=(const ledger&) = delete;
    ~ledger();

    /// Reads the ledger in the directory, which is created if necessary. The last line may be incomplete; the
    /// action that it would have announced was not carried out. Fails if the ledger belongs to another
    /// account than the provider's, unless `is_same_account`: an account's list does not show the tasks of
    /// another.
    wan::result<void> open(const std::string& directory, const wan::provider& who, bool is_same_account);

    /// Records the token; call it before a submit and after each response. Idempotent.
    wan::result<void> record(const std::string& id, const std::string& fingerprint,
                             const wan::resume_token& token);
    /// Records the video after its download.
    wan::result<void> record_video(const std::string& id, std::uint64_t bytes);

    /// Records why there is no video, for the report of the next run.
    wan::result<void> record_end(const std::string& id, const wan::outcome& end);

    const entry* find(const std::string& id) const;
    const std::map<std::string, entry>& entries() const noexcept { return entries_; }
    /// Returns the ids of all recorded tasks, including those of shots that were submitted again.
    const std::set<std::string, std::less<>>& task_ids() const noexcept { return task_ids_; }
    /// Returns the tokens of unconfirmed submits that were abandoned for another submit.
    const std::vector<wan::resume_token>& given_up() const noexcept { return given_up_; }

private:
    wan::result<void> read();
    void keep(entry& e, std::string fingerprint, wan::resume_token token);
    wan::result<void> append(const std::string& line);

    file_lock lock_;
    std::string file_;
    int fd_ = -1;
    bool is_broken_ = false;
    std::string account_; ///< as recorded in the file
    std::string account_of_this_run_;
    std::map<std::string, entry> entries_;
    std::set<std::string, std::less<>> task_ids_;
    std::vector<wan::resume_token> given_up_;
};

} // namespace cli
