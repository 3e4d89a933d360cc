// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What is known of the shots of a batch, kept on disk so that nothing is submitted twice or lost when the
// process dies.
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

/// Tells accounts apart: a hash of the key and of the address, however that is written.
std::string account_of(const wan::provider& who);
/// The same as ledgers had it before, by the address as it was written.
std::string account_as_written(const wan::provider& who);

/// The same address for all ways to write it: case, default port, a slash at the end, localhost.
std::string normalized_url(std::string_view url);

/// How a run left a shot that has no video.
struct shot_end {
    wan::task_ending ending = wan::task_ending::stopped;
    std::string status;              ///< the service's last word
    std::optional<wan::error> error; ///< category, code, message and HTTP status
};

/// A file of JSON lines, to which is only ever appended; each line is on the disk before the call that wrote
/// it returns. One process at a time.
class ledger {
public:
    struct entry {
        std::string fingerprint; ///< of the request that was submitted
        std::optional<wan::resume_token> token;
        std::optional<std::uint64_t> bytes; ///< of the video that was downloaded
        std::optional<shot_end> end;        ///< of the run before, or of this one
    };

    ledger() = default;
    ledger(const ledger&) = delete;
    ledger& operator=(const ledger&) = delete;
    ~ledger();

    /// Reads what an earlier process left in the directory, which is made if it is not there. The last line
    /// may be torn: what it would have announced was not done. Fails if the ledger is of another account than
    /// the provider's, unless `is_same_account`: what one account has, another one's list does not show.
    wan::result<void> open(const std::string& directory, const wan::provider& who, bool is_same_account);

    /// Before a submit and after each answer. Does nothing if that is known already.
    wan::result<void> record(const std::string& id, const std::string& fingerprint,
                             const wan::resume_token& token);
    /// After the download.
    wan::result<void> record_video(const std::string& id, std::uint64_t bytes);

    /// Why there is no video: whoever starts again reads it.
    wan::result<void> record_end(const std::string& id, const wan::outcome& end);

    const entry* find(const std::string& id) const;
    const std::map<std::string, entry>& entries() const noexcept { return entries_; }
    /// The ids of all tasks there ever were, also of shots that were submitted again.
    const std::set<std::string, std::less<>>& task_ids() const noexcept { return task_ids_; }
    /// The tokens of submits that may have been accepted and were given up for another one.
    const std::vector<wan::resume_token>& given_up() const noexcept { return given_up_; }

private:
    wan::result<void> read();
    void keep(entry& e, std::string fingerprint, wan::resume_token token);
    wan::result<void> append(const std::string& line);

    file_lock lock_;
    std::string file_;
    int fd_ = -1;
    bool is_broken_ = false;
    std::string account_; ///< as the file says
    std::string account_of_this_run_;
    std::map<std::string, entry> entries_;
    std::set<std::string, std::less<>> task_ids_;
    std::vector<wan::resume_token> given_up_;
};

} // namespace cli
