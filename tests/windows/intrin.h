// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Stands in for Microsoft's header: declares the compiler's functions that Boost calls.
#pragma once

#include <emmintrin.h>

extern "C" {
unsigned char _BitScanForward(unsigned long* index, unsigned long mask);
unsigned char _BitScanForward64(unsigned long* index, unsigned long long mask);
unsigned char _BitScanReverse(unsigned long* index, unsigned long mask);
unsigned char _BitScanReverse64(unsigned long* index, unsigned long long mask);
unsigned short _byteswap_ushort(unsigned short value);
unsigned long _byteswap_ulong(unsigned long value);
unsigned long long _byteswap_uint64(unsigned long long value);
unsigned long long _umul128(unsigned long long a, unsigned long long b, unsigned long long* high);
}
