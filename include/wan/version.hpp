// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The version of this library; it is defined only here.
#pragma once

/// The major version.
#define WAN_VERSION_MAJOR 0
/// The minor version.
#define WAN_VERSION_MINOR 1
/// The patch version.
#define WAN_VERSION_PATCH 0
