// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Records the exchanges of any executor without their secrets, and replays them later: for tests of programs
/// that use this library. Copy it with the folder `recording`, or include it.
#pragma once

#include "recording/exchange.hpp"
#include "recording/file.hpp"
#include "recording/recorder.hpp"
#include "recording/replayer.hpp"
