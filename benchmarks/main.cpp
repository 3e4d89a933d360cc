// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "decode.hpp"
#include "encode.hpp"
#include "media.hpp"
#include "promises.hpp"
#include "results.hpp"
#include "scale.hpp"
#include "task.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string_view>
#include <vector>

namespace {

void print_help() {
    std::puts(
        "wan-benchmarks [--check] [--benchmark_filter=REGEX]\n"
        "\n"
        "Measures encoding a request, decoding a response and running a task, compared with other JSON\n"
        "libraries in the same run; a request with a large frame; and a scheduler with a million tasks.\n"
        "Takes less than a minute.\n"
        "\n"
        "  --check                   exit with 1 if a promise is broken or was not measured\n"
        "  --benchmark_filter=REGEX  only benchmarks whose name matches: '--benchmark_filter=^encode'\n"
        "  --benchmark_list_tests    print the names of the benchmarks\n"
        "  --help                    print this help\n"
        "\n"
        "Other options of Google Benchmark work, too; --benchmark_out then contains the last round.");
}

bool take_option(std::vector<char*>& arguments, std::string_view name) {
    return std::erase_if(arguments, [&](const char* a) { return a == name; }) != 0;
}

} // namespace

int main(int argc, char** argv) {
    std::vector<char*> arguments{argv, argv + argc};
    const bool check = take_option(arguments, "--check");
    char in_random_order[] = "--benchmark_enable_random_interleaving=true";
    arguments.insert(arguments.begin() + 1, in_random_order);
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&count, arguments.data(), print_help);
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 1;

    const bool agree[] = {bench::frame_encoders_agree(), bench::encoders_agree(), bench::decoders_agree(),
                          bench::task_succeeds(), bench::waiting_tasks_take_turns()};
    if (std::count(std::begin(agree), std::end(agree), false) != 0) return 1;

    bench::results measured;
    for (int round = 1; round <= bench::rounds; ++round) {
        measured.begin_round(round);
        benchmark::RunSpecifiedBenchmarks(&measured);
        if (measured.empty()) return check ? 1 : 0;
    }
    benchmark::Shutdown();
    measured.print_table();
    return bench::promises_kept(measured) || !check ? 0 : 1;
}
