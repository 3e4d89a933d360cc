// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/http/url.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/detail/dashscope_dialect.hpp>
#include <wan/provider/dialect.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::dashscope {

namespace detail {

/// A host or, with a leading dot, all hosts of a domain.
struct region_host {
    std::string_view host;
    wan::region region;
};

inline constexpr region_host region_hosts[] = {
    {"dashscope.aliyuncs.com", region::beijing},
    {"dashscope-intl.aliyuncs.com", region::singapore},
    {"dashscope-us.aliyuncs.com", region::virginia},
    {".cn-beijing.maas.aliyuncs.com", region::beijing},
    {".ap-southeast-1.maas.aliyuncs.com", region::singapore},
    {".eu-central-1.maas.aliyuncs.com", region::frankfurt},
    {".us-east-1.maas.aliyuncs.com", region::virginia},
    {".cn-hongkong.maas.aliyuncs.com", region::hong_kong},
    {"cn-hongkong.dashscope.aliyuncs.com", region::hong_kong},
    {".ap-northeast-1.maas.aliyuncs.com", region::tokyo},
};

struct region_address {
    wan::region region;
    std::string_view base_url;
};

inline constexpr region_address region_addresses[] = {
    {region::singapore, "https://dashscope-intl.aliyuncs.com/api/v1"},
    {region::virginia, "https://dashscope-us.aliyuncs.com/api/v1"},
    {region::beijing, "https://dashscope.aliyuncs.com/api/v1"},
};

} // namespace detail

WAN_DECL_DATA dialect api = detail::table;

WAN_DECL region region_at(std::string_view base_url) noexcept {
    if (const auto url = parse_url(base_url))
        for (const auto& row : detail::region_hosts)
            if (wan::detail::equal_ignoring_case(row.host.starts_with('.') &&
                                                         url->host.size() > row.host.size()
                                                     ? url->host.substr(url->host.size() - row.host.size())
                                                     : url->host,
                                                 row.host))
                return row.region;
    return region::unknown;
}

WAN_DECL wan::provider at(std::string base_url, api_key key) {
    const auto where = region_at(base_url);
    return {.dialect = &api, .base_url = std::move(base_url), .key = std::move(key), .region = where};
}

WAN_DECL wan::provider provider(api_key key, region where) {
    std::string base_url;
    for (const auto& row : detail::region_addresses)
        if (row.region == where) base_url = row.base_url;
    return {.dialect = &api, .base_url = std::move(base_url), .key = std::move(key), .region = where};
}

} // namespace wan::inline WAN_ABI::dashscope
