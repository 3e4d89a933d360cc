// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Header-only, or compiled once.
///
/// By default the library is header-only. With `WAN_SEPARATE_COMPILATION` defined for the whole program, headers declare
/// what is not a template, and one source file of the program includes <wan/src.hpp>: every other file then compiles
/// without the JSON parser and without the tables of the wire formats. Nothing else differs; no layout depends on it.
///
/// All names stand in an inline namespace, of the version and of which of the two it is: `wan::task` is
/// `wan::v1_2_3::task` to the linker. Parts of a program that were built with different ones do not meet; where one hands
/// a value to a function of another, the linker refuses it. Hence: include <wan/fwd.hpp>, rather than declare a name yourself.
#pragma once

#include <wan/version.hpp>

/// \cond
#define WAN_ABI_JOIN(major, minor, patch) v##major##_##minor##_##patch
#define WAN_ABI_JOIN_COMPILED_ONCE(major, minor, patch) v##major##_##minor##_##patch##_compiled_once
#define WAN_ABI_NAME(join, major, minor, patch) join(major, minor, patch)

#ifdef WAN_SEPARATE_COMPILATION
#define WAN_ABI WAN_ABI_NAME(WAN_ABI_JOIN_COMPILED_ONCE, WAN_VERSION_MAJOR, WAN_VERSION_MINOR, WAN_VERSION_PATCH)
#define WAN_DECL
#define WAN_DECL_DATA constinit const
#else
#define WAN_ABI WAN_ABI_NAME(WAN_ABI_JOIN, WAN_VERSION_MAJOR, WAN_VERSION_MINOR, WAN_VERSION_PATCH)
#define WAN_DECL inline
#define WAN_DECL_DATA inline constexpr
#endif
/// \endcond
