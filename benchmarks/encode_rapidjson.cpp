// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "encode_rapidjson.hpp"

namespace bench {

BENCHMARK(encode_benchmark)->Name("encode: RapidJSON Writer")->MinTime(seconds_per_run);
std::string rapidjson_body() { return encoded_once(); }

} // namespace bench
