// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/provider/detail/base_url.hpp>
#include <wan/provider/detail/dashscope_dialect.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/yutoai.hpp>

#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::yutoai {

WAN_DECL_DATA dialect api = [] {
    auto d = dashscope::detail::table;
    d.name = "yutoai";
    d.base_path = "/qwen/api/v1";
    d.jobs.image_to_video.default_model =
        "wan2.6-i2v"; // the newest models of DashScope may not be available yet
    // The following routes are documented only for DashScope's own hosts. Behind a relay, the list would show
    // the tasks of the relay's account, and so the tasks of all of its customers.
    d.upload = {};
    d.list = {};
    d.cancel = {};
    d.queries_per_second = dialect{}.queries_per_second;
    d.lists_per_second = dialect{}.lists_per_second;
    d.cancels_per_second = dialect{}.cancels_per_second;
    d.upload_policies_per_second = dialect{}.upload_policies_per_second;
    return d;
}();

WAN_DECL provider at(std::string base_url, api_key key) {
    return {.dialect = &api,
            .base_url = wan::detail::with_base_path(api, std::move(base_url)),
            .key = std::move(key)};
}

} // namespace wan::inline WAN_ABI::yutoai
