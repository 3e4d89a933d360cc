// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Who makes the video: an account at a service, as a value.
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

/// A dialect, spoken at an address, paid with a key.
struct provider {
    const wan::dialect* dialect = nullptr; ///< never null
    std::string base_url = {};             ///< https; http only on loopback. No query, no credentials
    api_key key = {};                      ///< goes to `base_url`'s origin alone
    /// Where that is; unknown: which models are offered there is not checked.
    wan::region region = wan::region::unknown;
    /// Sent along with every request, {"X-DashScope-WorkSpace", "ws-1"}.
    std::vector<http_header> headers = {};
    /// In place of `dialect::models`; null: those. For models that came after this library.
    std::shared_ptr<const model_catalog> catalog = {};
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
