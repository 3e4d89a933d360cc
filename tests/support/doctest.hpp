// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// doctest, able to show a result.
#pragma once

#include <wan/error.hpp>

#include <doctest/doctest.h>

template <class T, class E>
struct doctest::StringMaker<wan::result<T, E>> {
    static String convert(const wan::result<T, E>& r) {
        return r ? String("a value") : String(("the error " + r.error().message).c_str());
    }
};
