// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#if defined(__SSE2__)

// Its own namespace: two translation units must not give one name two meanings.
#define RAPIDJSON_SSE2
#define RAPIDJSON_NAMESPACE rapidjson_sse2
#define RAPIDJSON_NAMESPACE_BEGIN namespace rapidjson_sse2 {
#define RAPIDJSON_NAMESPACE_END }
#include "encode_rapidjson.hpp"

namespace bench {

BENCHMARK(encode_benchmark)->Name("encode: RapidJSON Writer (SSE2)")->MinTime(seconds_per_run);
std::string rapidjson_sse2_body() { return encoded_once(); }

} // namespace bench

#else

#include "encode.hpp"

std::string bench::rapidjson_sse2_body() { return std::string{sample_body}; }

#endif
