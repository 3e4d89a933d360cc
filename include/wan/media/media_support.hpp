// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How media reach a provider.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/media/media.hpp>
#include <wan/media/media_kind.hpp>
#include <wan/set_of.hpp>
#include <wan/wire_name.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

namespace wan::inline WAN_ABI {

/// How a provider accepts media: as URLs with some schemes, within the request, or as uploads. The default
/// accepts all of these.
/// Thread safety: a value; const access from several threads is safe.
struct media_support {
    /// The accepted URL schemes.
    set_of<url_scheme> schemes = {url_scheme::http, url_scheme::https, url_scheme::oss, url_scheme::data};
    /// The size in bytes above which an image is uploaded, if there is a store; see `dialect::inline_up_to`.
    std::uint64_t inline_up_to = (std::numeric_limits<std::uint64_t>::max)();
    bool has_store = true;                     ///< whether the provider accepts uploads
    std::string_view service = "the provider"; ///< the provider's name, for messages
    bool is_remote = false; ///< whether it is on the public internet and cannot fetch from private addresses
};

/// How one medium reaches the provider.
enum class media_route {
    url,         ///< as a URL
    inline_data, ///< its bytes are sent within the request
    upload,      ///< its bytes are uploaded first
    none,        ///< the provider does not accept the bytes of this medium
};
BOOST_DESCRIBE_ENUM(media_route, url, inline_data, upload, none)

/// Returns how a medium reaches the provider. Only images can be sent within a request (DashScope's API
/// reference).
inline media_route media_route_of(const media_support& support, media_kind kind,
                                  const media& medium) noexcept {
    if (medium.bytes() == nullptr) return media_route::url;
    const auto wanted = medium.transfer();
    const bool may_inline = kind == media_kind::image && wanted != media_transfer::upload &&
                            support.schemes.contains(url_scheme::data);
    const bool may_upload = wanted != media_transfer::inline_data && support.has_store;
    if (may_inline && (!may_upload || medium.bytes()->size() <= support.inline_up_to))
        return media_route::inline_data;
    return may_upload ? media_route::upload : media_route::none;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
