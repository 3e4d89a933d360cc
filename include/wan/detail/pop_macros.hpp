// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every header includes this file last. It restores the macros that push_macros.hpp saved.
#if WAN_IN_HEADER == 2
#pragma pop_macro("WAN_IN_HEADER")
#else
#undef WAN_IN_HEADER

// Apple's AssertMacros.h, Unreal
#pragma pop_macro("check")

// C's complex.h, stdnoreturn.h
#pragma pop_macro("I")
#pragma pop_macro("noreturn")

// curses.h
#pragma pop_macro("timeout")

// Debug heaps of MFC and other libraries
#pragma pop_macro("new")

// Common names of functions and macros in programs
#pragma pop_macro("log")
#pragma pop_macro("unlikely")

// windows.h without NOMINMAX
#pragma pop_macro("max")
#pragma pop_macro("min")

// X11
#pragma pop_macro("Bool")

#endif
