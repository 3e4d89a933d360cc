// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Which way a medium has to a service.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/media/media.hpp>
#include <wan/set_of.hpp>
#include <wan/wire_name.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

namespace wan::inline WAN_ABI {

/// What a service takes media by. By default: everything.
struct media_support {
    /// How they may be named.
    set_of<url_scheme> schemes = {url_scheme::http, url_scheme::https, url_scheme::oss, url_scheme::data};
    /// Bytes; see `dialect::inline_up_to`.
    std::uint64_t inline_up_to = (std::numeric_limits<std::uint64_t>::max)();
    bool has_store = true;                    ///< takes uploads
    std::string_view service = "the service"; ///< its name, for messages
    bool is_remote = false; ///< on the public internet: it cannot fetch from a private address
};

/// What a medium's place takes.
enum class media_kind { image, recording };

/// The way that one medium takes.
enum class media_route {
    url,         ///< it has one
    inline_data, ///< its bytes go within the request
    upload,      ///< its bytes are uploaded first
    none,        ///< the service does not take bytes there
};
BOOST_DESCRIBE_ENUM(media_route, url, inline_data, upload, none)

/// The way of a medium to that service. Images alone go within a request (DashScope's API reference).
inline media_route media_route_of(const media_support& ways, media_kind kind, const media& medium) noexcept {
    if (medium.bytes() == nullptr) return media_route::url;
    const auto asked = medium.transfer();
    const bool may_inline = kind == media_kind::image && asked != media_transfer::upload &&
                            ways.schemes.contains(url_scheme::data);
    const bool may_upload = asked != media_transfer::inline_data && ways.has_store;
    if (may_inline && (!may_upload || medium.bytes()->size() <= ways.inline_up_to))
        return media_route::inline_data;
    return may_upload ? media_route::upload : media_route::none;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
