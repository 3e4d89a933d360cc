// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Where Boost is header-only, one file of the program holds Boost.JSON.
#include <boost/json/src.hpp>
