// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Selects the build mode: header-only, or compiled once.
///
/// By default the library is header-only. If the whole program defines `WAN_SEPARATE_COMPILATION`, the
/// headers declare non-template functions but do not define them. One source file of the program includes
/// <wan/src.hpp>, which defines them. All other files then compile without the JSON parser and the tables of
/// the wire formats. Nothing else differs: the layout of types is the same.
///
/// All names are in an inline namespace that encodes the version and the build mode: to the linker,
/// `wan::task` is `wan::v1_2_3::task`. Parts of a program that were built with different versions or modes
/// can therefore coexist. Passing a value from one part to another is a link error. To forward-declare a
/// name, include <wan/fwd.hpp> instead of declaring it yourself.
#pragma once

// After #error a compiler continues and would report thousands of further errors. A missing header stops it.
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
    static_assert(true) // MSVC rejects a declaration without constexpr beside the definition (C2370)
#endif
/// \endcond
