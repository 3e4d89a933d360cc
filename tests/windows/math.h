// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// MinGW's header, with functions instead of macros, as Microsoft's C runtime has them.
#pragma once

#include_next <math.h>

#ifdef __cplusplus

#undef fpclassify
#undef isfinite
#undef isgreater
#undef isgreaterequal
#undef isinf
#undef isless
#undef islessequal
#undef islessgreater
#undef isnan
#undef isnormal
#undef isunordered
#undef signbit

template <class T>
int fpclassify(T) noexcept;
template <class T>
bool isfinite(T) noexcept;
template <class T>
bool isinf(T) noexcept;
template <class T>
bool isnan(T) noexcept;
template <class T>
bool isnormal(T) noexcept;
template <class T>
bool signbit(T) noexcept;
template <class T, class U>
bool isgreater(T, U) noexcept;
template <class T, class U>
bool isgreaterequal(T, U) noexcept;
template <class T, class U>
bool isless(T, U) noexcept;
template <class T, class U>
bool islessequal(T, U) noexcept;
template <class T, class U>
bool islessgreater(T, U) noexcept;
template <class T, class U>
bool isunordered(T, U) noexcept;

#endif
