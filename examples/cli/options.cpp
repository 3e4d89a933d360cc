// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "options.hpp"

#include <wan/provider/dashscope.hpp>
#include <wan/provider/validate.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <random>

namespace cli {

namespace {

struct provider_row {
    const char* name;
    const char* base_url; ///< null: --base-url is required
    wan::region region;
};

constexpr provider_row providers[] = {
    {"dashscope-singapore", "https://dashscope-intl.aliyuncs.com/api/v1", wan::region::singapore},
    {"dashscope-beijing", "https://dashscope.aliyuncs.com/api/v1", wan::region::beijing},
    {"dashscope", nullptr, wan::region::unknown},
};

wan::api_key key_from(const std::string& variable) { return std::getenv(variable.c_str()); }

wan::milliseconds seconds(double value) {
    constexpr double year = 365.0 * 24 * 3600;
    return wan::milliseconds{static_cast<std::int64_t>(1000 * std::min(value, year))};
}

wan::error usage(std::string message) {
    return {.category = wan::error_category::invalid_request, .message = std::move(message)};
}

} // namespace

wan::policy to_policy(const wait_options& options) {
    wan::policy how;
    how.jitter_seed = std::random_device{}();
    if (options.deadline) how.deadline = seconds(*options.deadline);
    if (options.poll_every) {
        const auto every = seconds(*options.poll_every);
        how.poll = {every, 1.0, every};
    }
    return how;
}

wan::keyframe_to_video to_request(const keyframe_options& options, std::vector<wan::violation>& bad) {
    auto request = options.request;
    request.first_frame_url = options.first_frame;
    if (options.last_frame) request.last_frame_url = *options.last_frame;
    if (!options.resolution) return request;
    if (const auto tier = wan::parse_resolution(*options.resolution)) {
        request.resolution = *tier;
    } else {
        const auto why = tier.error(); // a copy: `error()` returns by value
        bad.insert(bad.end(), why.violations.begin(), why.violations.end());
    }
    return request;
}

std::vector<std::string> provider_names() {
    std::vector<std::string> names;
    for (const auto& row : providers) names.emplace_back(row.name);
    return names;
}

wan::result<wan::provider> to_provider(const keyframe_options& options) {
    const auto* row = &providers[0];
    for (const auto& candidate : providers)
        if (options.provider == candidate.name) row = &candidate;
    if (!options.wait.base_url && row->base_url == nullptr)
        return usage("--provider " + std::string{row->name} + " needs --base-url");
    auto who = wan::dashscope::at(options.wait.base_url.value_or(row->base_url ? row->base_url : ""),
                                  key_from(options.wait.api_key_env));
    // A name that says the region counts more than a host that nobody knows.
    if (options.provider && row->region != wan::region::unknown) who.region = row->region;
    return who;
}

wan::result<wan::provider> provider_of(const wan::resume_token& token, const wait_options& options) {
    const auto bad = [](std::string message) {
        return wan::error{.category = wan::error_category::token, .message = "resume token: " + std::move(message)};
    };
    if (token.dialect != wan::dashscope::api.name)
        return bad("dialect \"" + wan::detail::printable(token.dialect) + "\" is none that this program speaks");
    const auto url = wan::parse_url(token.base_url);
    const bool trusted = wan::dashscope::region_at(token.base_url) != wan::region::unknown ||
                         (url && wan::is_loopback(url->host)) || options.base_url == token.base_url;
    if (!trusted)
        return bad("the task is at " + wan::detail::printable(token.base_url, 200) +
                   ", which is no known host of the service; to send the API key there, say --base-url with that address");
    return wan::dashscope::at(token.base_url, key_from(options.api_key_env));
}

std::vector<wan::violation> check(const wan::provider& who, const std::string& api_key_env) {
    auto found = wan::validate(who);
    for (auto& v : found)
        if (v.field == "api_key") v.message += "; it comes from the environment variable " + api_key_env;
    return found;
}

} // namespace cli
