// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How a task is at its service.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

namespace wan::inline WAN_ABI {

/// What a service's status words mean.
enum class task_status { pending, running, succeeded, failed, canceled, expired };
BOOST_DESCRIBE_ENUM(task_status, pending, running, succeeded, failed, canceled, expired)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
