// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Header-only, or compiled once.
///
/// By default the library is header-only. With `WAN_SEPARATE_COMPILATION` defined for the whole program, headers declare
/// what is not a template, and one source file of the program includes <wan/src.hpp>: every other file then compiles
/// without the JSON parser and without the tables of the wire formats. Nothing else differs; no layout depends on it.
#pragma once

/// \cond
#ifdef WAN_SEPARATE_COMPILATION
#define WAN_DECL
#define WAN_DECL_DATA constexpr
#else
#define WAN_DECL inline
#define WAN_DECL_DATA inline constexpr
#endif
/// \endcond
