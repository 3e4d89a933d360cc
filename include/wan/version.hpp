// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The version of this library: the one place where it stands.
#pragma once

#define WAN_VERSION_MAJOR 0
#define WAN_VERSION_MINOR 1
#define WAN_VERSION_PATCH 0
