// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// doctest, able to show a result.
#pragma once

#include <wan/error.hpp>

#include <doctest/doctest.h>

template <class T>
struct doctest::StringMaker<wan::result<T>> {
    static String convert(const wan::result<T>& r) {
        return r ? String("a value") : String(("error " + to_string(r.error())).c_str());
    }
};
