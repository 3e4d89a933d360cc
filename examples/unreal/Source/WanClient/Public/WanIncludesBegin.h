// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Include it before headers of the library if engine headers precede them. May be included any number of
// times.
THIRD_PARTY_INCLUDES_START
