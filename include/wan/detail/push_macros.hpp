// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every header includes this file first and pop_macros.hpp last. Between the two, those macros of the program
// are undefined that have the same name as something in this library, Boost or the standard library. After
// the header, all macros are as before. In a header that another header includes, the macros are already
// undefined.
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

// Debug heaps of MFC and other libraries
#pragma push_macro("new")
#undef new

// Common names of functions and macros in programs
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
