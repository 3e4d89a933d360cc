// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// MinGW's header, which lacks a word when its compiler has Microsoft's ABI.
#pragma once

#include <_mingw.h>
#ifndef __MINGW_IMPORT
#define __MINGW_IMPORT extern
#endif

#include_next <time.h>
