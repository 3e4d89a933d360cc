// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "encode.hpp"

#include "allocations.hpp"
#include "body_keys.hpp"

#include <wan/provider/validate.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <utility>

namespace bench {
namespace {

const auto& layout() {
    static const auto who = wan::dashscope::provider("sk-benchmark", wan::region::singapore);
    return wan::route_for<wan::keyframe_to_video>(who, sample_model)->layout;
}

std::string boost_body(const wan::keyframe_to_video& request, std::string_view model) {
    const auto into = [](boost::json::object& object) {
        return [&](const char* key, const auto& value) { object.emplace(key, value); };
    };
    boost::json::object body, input, parameters;
    put_input(request, into(input));
    put_parameters(request, into(parameters));
    body.emplace("model", model);
    body.emplace("input", std::move(input));
    body.emplace("parameters", std::move(parameters));
    return boost::json::serialize(body);
}

std::string nlohmann_body(const wan::keyframe_to_video& request, std::string_view model) {
    const auto into = [](nlohmann::json& object) {
        return [&](const char* key, const auto& value) { object.emplace(key, value); };
    };
    auto body = nlohmann::json::object(), input = body, parameters = body;
    put_input(request, into(input));
    put_parameters(request, into(parameters));
    body.emplace("model", model);
    body.emplace("input", std::move(input));
    body.emplace("parameters", std::move(parameters));
    return body.dump();
}

void encode_wan(benchmark::State& state) {
    const auto request = sample_request();
    const auto write = layout().write;
    std::string body;
    write(body, request, sample_model, nullptr);
    const count_allocations counted{state};
    for (auto _ : state) {
        write(body, request, sample_model, nullptr);
        benchmark::DoNotOptimize(body.data());
        benchmark::ClobberMemory();
    }
}
BENCHMARK(encode_wan)->Name("encode: wan")->MinTime(seconds_per_run);

template <std::string (*Encode)(const wan::keyframe_to_video&, std::string_view)>
void encode_dom(benchmark::State& state) {
    const auto request = sample_request();
    const count_allocations counted{state};
    for (auto _ : state) {
        auto body = Encode(request, sample_model);
        benchmark::DoNotOptimize(body.data());
        benchmark::ClobberMemory();
    }
}
BENCHMARK(encode_dom<boost_body>)->Name("encode: Boost.JSON DOM")->MinTime(seconds_per_run);
BENCHMARK(encode_dom<nlohmann_body>)->Name("encode: nlohmann")->MinTime(seconds_per_run);

} // namespace

bool encoders_agree() {
    const auto request = sample_request();
    std::string own;
    layout().write(own, request, sample_model, nullptr);
    const std::pair<const char*, std::string> bodies[] = {
        {"wan", own},
        {"Boost.JSON", boost_body(request, sample_model)},
        {"RapidJSON", rapidjson_body()},
        {"RapidJSON (SSE2)", rapidjson_sse2_body()},
        {"nlohmann", nlohmann_body(request, sample_model)},
    };
    const auto expected =
        boost::json::parse(boost::json::string_view{sample_body.data(), sample_body.size()});
    bool agree = true;
    for (const auto& [who, body] : bodies) {
        if (boost::json::parse(body) == expected) continue;
        std::fprintf(stderr, "encode: %s does not write the documented body, but\n%s\n", who, body.c_str());
        agree = false;
    }
    return agree;
}

} // namespace bench
