// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// YutoAI: DashScope's API, passed through under a prefix.
#pragma once

#include <wan/provider/dashscope.hpp>

#include <string>
#include <utility>

namespace wan::yutoai {

inline constexpr dialect api = [] {
    auto d = dashscope::api;
    d.name = "yutoai";
    d.upload = {}; // documented for DashScope's own hosts alone
    return d;
}();

/// Its host is not published: the base URL is what your account says, up to and with `/qwen/api/v1`.
inline provider at(std::string base_url, api_key key) {
    return {.dialect = &api, .base_url = std::move(base_url), .key = std::move(key)};
}

} // namespace wan::yutoai
