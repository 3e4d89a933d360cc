// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/faults/faults.hpp"
#include "sandbox/http/message.hpp"

#include <optional>

namespace sandbox {

/// What comes instead of any service's answer; nothing if the fault leaves the answer to the service.
std::optional<reply> replacement(fault f);

/// The answer as the fault lets it arrive.
reply altered(reply whole, fault f);

} // namespace sandbox
