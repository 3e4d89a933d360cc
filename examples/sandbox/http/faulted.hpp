// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/faults/faults.hpp"
#include "sandbox/http/message.hpp"

#include <optional>

namespace sandbox {

/// Returns the response that replaces the service's, or nothing if the fault does not replace it.
std::optional<reply> replacement(fault f);

/// Returns the response as changed by the fault.
reply altered(reply whole, fault f);

} // namespace sandbox
