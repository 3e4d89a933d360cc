// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Decoders of libraries that the benchmarks use if they are installed, or if their path is given.
#pragma once

#include <wan/provider/reply.hpp>

#include <string_view>

namespace bench {

using decoder = wan::reply (*)(std::string_view);

// Null if the library is not here, or the compiler is too old for it.
decoder glaze_decoder() noexcept;
decoder simdjson_decoder() noexcept;
decoder reflectcpp_decoder() noexcept;

} // namespace bench
