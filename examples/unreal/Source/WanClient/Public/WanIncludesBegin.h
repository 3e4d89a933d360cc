// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Around headers of the library where those of the engine came first. To be included any number of times.
THIRD_PARTY_INCLUDES_START
