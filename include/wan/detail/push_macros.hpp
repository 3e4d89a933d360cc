// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The first line of every header, whose last is pop_macros.hpp: between them macros that programs define are
// not, though a name in this library, Boost or the standard library is the same. After a header all macros
// are as they were before it. A header that is included by another one finds this done.
#ifdef WAN_IN_HEADER
#pragma push_macro("WAN_IN_HEADER")
#undef WAN_IN_HEADER
#define WAN_IN_HEADER 2
#else
#define WAN_IN_HEADER 1

#include <wan/config.hpp>

// Apple's AssertMacros.h, Unreal
#pragma push_macro("check")
#undef check

// C's complex.h, stdnoreturn.h
#pragma push_macro("I")
#undef I
#pragma push_macro("noreturn")
#undef noreturn

// curses.h
#pragma push_macro("timeout")
#undef timeout

// MFC's and others' debug heaps
#pragma push_macro("new")
#undef new

// Programs of their own
#pragma push_macro("log")
#undef log
#pragma push_macro("unlikely")
#undef unlikely

// windows.h without NOMINMAX
#pragma push_macro("max")
#undef max
#pragma push_macro("min")
#undef min

// X11
#pragma push_macro("Bool")
#undef Bool

#endif
