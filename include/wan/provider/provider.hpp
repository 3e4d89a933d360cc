// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The provider of the videos: an account at an address, as a value.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/http/api_key.hpp>
#include <wan/http/message.hpp>
#include <wan/model/region.hpp>

#include <memory>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

class model_catalog;
struct dialect;

/// A provider: the dialect of its API, its address, and the key of an account. Thread safety: a value; const
/// access from several threads is safe.
///
/// \code
/// auto provider = wan::dashscope::provider(wan::api_key{"sk-..."}, wan::region::singapore);
/// provider.headers.push_back({"X-DashScope-WorkSpace", "ws-1"}); // sent with every request
/// const auto violations = wan::validate(provider);               // empty: the provider can be used
/// \endcode
struct provider {
    const wan::dialect* dialect = nullptr; ///< must not be null
    std::string base_url = {};             ///< https; http only on loopback. No query, no credentials
    api_key key = {};                      ///< sent only to the origin of `base_url`
    /// The region of `base_url`. Unknown: the library does not check which models are offered there.
    wan::region region = wan::region::unknown;
    /// Headers that are sent with every request, such as {"X-DashScope-WorkSpace", "ws-1"}.
    std::vector<http_header> headers = {};
    /// Replaces `dialect::models`, for models newer than this library. Null: `dialect::models` is used.
    std::shared_ptr<const model_catalog> catalog = {};
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
