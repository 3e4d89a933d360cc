// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// MinGW's header, with what only Microsoft's C runtime declares.
#pragma once
#include <locale.h>
#include_next <stdlib.h>
extern "C" float _strtof_l(const char*, char**, _locale_t);
extern "C" long double _strtold_l(const char*, char**, _locale_t);
