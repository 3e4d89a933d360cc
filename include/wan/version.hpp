// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The version of this library: the one place where it stands.
#pragma once

/// The version's first number.
#define WAN_VERSION_MAJOR 0
/// The version's second number.
#define WAN_VERSION_MINOR 1
/// The version's third number.
#define WAN_VERSION_PATCH 0
