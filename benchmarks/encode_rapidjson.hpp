// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// RapidJSON's Writer into a buffer that is reused. Compiled twice, as RapidJSON comes and with its SSE2
/// switch.
#pragma once

#include "body_keys.hpp"
#include "encode.hpp"

#include <benchmark/benchmark.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace bench {
namespace {

namespace rj = RAPIDJSON_NAMESPACE;
using writer = rj::Writer<rj::StringBuffer>;

void write_value(writer& out, bool value) { out.Bool(value); }
void write_value(writer& out, std::int64_t value) { out.Int64(value); }
void write_value(writer& out, int value) { out.Int(value); }
void write_value(writer& out, std::string_view value) {
    out.String(value.data(), static_cast<rj::SizeType>(value.size()));
}

void encode(rj::StringBuffer& buffer, const wan::keyframe_to_video& request, std::string_view model) {
    buffer.Clear();
    writer out{buffer};
    const auto put = [&](const auto& key, const auto& value) {
        out.Key(key, sizeof key - 1);
        write_value(out, value);
    };
    out.StartObject();
    put("model", model);
    out.Key("input", 5);
    out.StartObject();
    put_input(request, put);
    out.EndObject();
    out.Key("parameters", 10);
    out.StartObject();
    put_parameters(request, put);
    out.EndObject();
    out.EndObject();
}

std::string encoded_once() {
    rj::StringBuffer buffer;
    encode(buffer, sample_request(), sample_model);
    return {buffer.GetString(), buffer.GetSize()};
}

void encode_benchmark(benchmark::State& state) {
    const auto request = sample_request();
    rj::StringBuffer buffer;
    for (auto _ : state) {
        encode(buffer, request, sample_model);
        benchmark::DoNotOptimize(buffer.GetString());
        benchmark::ClobberMemory();
    }
}

} // namespace
} // namespace bench
