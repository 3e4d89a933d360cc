// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What is known of the shots of a batch, kept on disk so that nothing is submitted twice or lost when the process dies.
#pragma once

#include "storage.hpp"

#include <wan/error.hpp>
#include <wan/task/token.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// A file of JSON lines, to which is only ever appended; each line is on the disk before the call that wrote it returns.
/// One process at a time.
class ledger {
public:
    struct entry {
        std::string fingerprint; ///< of the request that was submitted
        std::optional<wan::resume_token> token;
        std::optional<std::uint64_t> bytes; ///< of the video that was downloaded
    };

    ledger() = default;
    ledger(const ledger&) = delete;
    ledger& operator=(const ledger&) = delete;
    ~ledger();

    /// Reads what an earlier process left in the directory, which is made if it is not there. The last line may be torn: what
    /// it would have announced was not done.
    wan::result<void> open(const std::string& directory);

    /// Before a submit and after each answer. Does nothing if that is known already.
    wan::result<void> record(const std::string& id, const std::string& fingerprint, const wan::resume_token& token);
    /// After the download.
    wan::result<void> record_video(const std::string& id, std::uint64_t bytes);

    const entry* find(const std::string& id) const;
    const std::map<std::string, entry>& entries() const noexcept { return entries_; }

private:
    wan::result<void> read();
    wan::result<void> append(const std::string& line);

    file_lock lock_;
    std::string file_;
    int fd_ = -1;
    std::map<std::string, entry> entries_;
};

} // namespace cli
