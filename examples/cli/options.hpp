// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the command line says, as values.
#pragma once

#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/request/keyframe_to_video.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/token.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Common to all commands that wait for a task.
struct wait_options {
    std::optional<std::string> out;
    std::optional<std::string> token;
    std::optional<double> deadline;   ///< seconds
    std::optional<double> poll_every; ///< seconds
    std::optional<std::string> base_url;
    std::string api_key_env = "DASHSCOPE_API_KEY";
    bool json = false;
    bool quiet = false;
};

struct keyframe_options {
    std::string first_frame;
    std::optional<std::string> last_frame, resolution;
    wan::keyframe_to_video request;
    std::optional<std::string> provider;
    bool strict = false;
    bool dry_run = false;
    wait_options wait;
};

wan::policy to_policy(const wait_options& options);

/// The request; what cannot be said in one is added to `bad`.
wan::keyframe_to_video to_request(const keyframe_options& options, std::vector<wan::violation>& bad);

/// The names that --provider takes.
std::vector<std::string> provider_names();

/// The provider with the key from the environment. Fails if the name needs a base URL and there is none.
wan::result<wan::provider> to_provider(const keyframe_options& options);

/// The provider that a token names, with the key from the environment. The file alone does not decide where the key
/// goes: it must be a host of the service, this machine, or what --base-url says.
wan::result<wan::provider> provider_of(const wan::resume_token& token, const wait_options& options);

/// What is wrong with the provider, in the words of this program.
std::vector<wan::violation> check(const wan::provider& who, const std::string& api_key_env);

} // namespace cli
