// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What wan::executors gives. To compile them takes their HTTP libraries: see the folder executors.
#if !__has_include("executors/curl.hpp") || !__has_include("executors/recording.hpp")
#error "There are no executors"
#endif
