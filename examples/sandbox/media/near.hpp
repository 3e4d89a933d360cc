// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/media/fetch.hpp"
#include "sandbox/store/uploaded_file.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

namespace sandbox {

/// Returns the contents of a URL of an upload or of this machine; nothing for other URLs, which are not
/// opened.
std::optional<std::variant<std::string, fetch_failure>> fetch_from_near(std::string_view url,
                                                                        const uploaded_files& uploads,
                                                                        std::uint64_t most,
                                                                        const std::stop_token& stop);

} // namespace sandbox
