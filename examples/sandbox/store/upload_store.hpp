// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/counters.hpp"
#include "sandbox/http/message.hpp"
#include "sandbox/store/uploaded_file.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sandbox {

struct form_field;

/// An error in OSS's format.
struct storage_error {
    unsigned status;
    std::string_view code;
    std::string_view message;
};

reply storage_reply(const storage_error& why);

inline constexpr storage_error policy_is_over{403, "AccessDenied",
                                              "Invalid according to Policy: Policy expired."};
inline constexpr storage_error exists_already{
    409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten."};
inline constexpr storage_error file_too_large{400, "EntityTooLarge",
                                              "Your proposed upload exceeds the maximum allowed size."};

/// DashScope's storage for files that a submit may name: upload policies, uploaded files, and their owners.
class upload_store {
public:
    struct setup {
        std::filesystem::path directory;
        std::string host; ///< the URL to which files are sent
        std::chrono::seconds policy_lifetime;
        std::chrono::seconds file_lifetime;
        counters& counts;
    };

    explicit upload_store(setup parts);

    /// Grants a policy, and returns it as the members of `data`.
    boost::json::object policy_for(std::string_view account, std::string_view model);

    /// Stores the file of a form, or returns why it cannot.
    reply take(const request& asked);

    /// Returns null unless the URL names a file of that account for that model.
    std::shared_ptr<const uploaded_file> find(std::string_view url, std::string_view account,
                                              std::string_view model);

private:
    using clock = std::chrono::steady_clock;

    struct grant {
        std::string account, model, signature, directory;
        clock::time_point end;
    };
    struct stored {
        std::shared_ptr<const uploaded_file> file;
        std::string account, model;
        clock::time_point end;
    };

    reply store(const std::vector<form_field>& form);
    reply refuse(const storage_error& why);
    const std::string& directory_of(const std::string& account);

    setup parts_;
    std::unordered_map<std::string, std::string> accounts_; // directory name by account
    std::unordered_map<std::string, grant> grants_;         // by the policy's text
    std::unordered_map<std::string, stored> files_;         // by URL
};

} // namespace sandbox
