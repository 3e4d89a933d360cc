// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Header-only, or compiled once.
///
/// By default the library is header-only. With `WAN_SEPARATE_COMPILATION` defined for the whole program,
/// headers declare what is not a template, and one source file of the program includes <wan/src.hpp>: every
/// other file then compiles without the JSON parser and without the tables of the wire formats. Nothing else
/// differs; no layout depends on it.
///
/// All names stand in an inline namespace, of the version and of which of the two it is: `wan::task` is
/// `wan::v1_2_3::task` to the linker. Parts of a program that were built with different ones do not meet;
/// where one hands a value to a function of another, the linker refuses it. Hence: include <wan/fwd.hpp>,
/// rather than declare a name yourself.
#pragma once

// After an error a compiler reads on, and finds thousands of others: a header that does not exist ends it.
#if defined(_MSVC_LANG)
#if _MSVC_LANG < 202002L
#error "wan-client needs C++20: compile with /std:c++20"
#include <wan-client needs C++20: compile with /std:c++20>
#endif
#elif !defined(__cplusplus) || __cplusplus < 202002L
#error "wan-client needs C++20: compile with -std=c++20"
#include <wan-client needs C++20: compile with -std=c++20>
#endif

#if defined(_MSC_VER) && defined(__clang__)
#if __clang_major__ < 19
#error "wan-client: Clang before 19 confuses members of structs in Microsoft's ABI (llvm/llvm-project#70899)"
#include <wan-client needs Clang 19 or newer in Microsoft mode>
#endif
#endif

#include <wan/version.hpp>

/// \cond
#define WAN_ABI_JOIN(major, minor, patch) v##major##_##minor##_##patch
#define WAN_ABI_JOIN_COMPILED_ONCE(major, minor, patch) v##major##_##minor##_##patch##_compiled_once
#define WAN_ABI_NAME(join, major, minor, patch) join(major, minor, patch)

#ifdef WAN_SEPARATE_COMPILATION
#define WAN_ABI                                                                                              \
    WAN_ABI_NAME(WAN_ABI_JOIN_COMPILED_ONCE, WAN_VERSION_MAJOR, WAN_VERSION_MINOR, WAN_VERSION_PATCH)
#define WAN_DECL
#define WAN_DECL_DATA constinit const
#define WAN_DECLARE_DATA(type, name) extern const type name
#else
#define WAN_ABI WAN_ABI_NAME(WAN_ABI_JOIN, WAN_VERSION_MAJOR, WAN_VERSION_MINOR, WAN_VERSION_PATCH)
#define WAN_DECL inline
#define WAN_DECL_DATA inline constexpr
#define WAN_DECLARE_DATA(type, name)                                                                         \
    static_assert(true) // MSVC takes no declaration without constexpr beside it (C2370)
#endif
/// \endcond
