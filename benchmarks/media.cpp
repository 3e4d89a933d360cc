// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "media.hpp"

#include "allocations.hpp"
#include "sample.hpp"

#include "support/files.hpp"

#include <wan/http/base64.hpp>
#include <wan/http/body.hpp>
#include <wan/protocol/submit.hpp>

#include <benchmark/benchmark.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

extern char** environ;

namespace bench {
namespace {

constexpr std::size_t block_size = std::size_t{64} * 1024; // of an executor

const std::string& frame() {
    static const auto made = support::png_of_bytes({1280, 720}, frame_bytes);
    return made;
}

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span{text}); }

wan::http_request submit_of(const wan::provider& who, const std::string& image) {
    return *wan::make_submit(
        who, wan::image_to_video{.image_url = wan::media::borrowed(bytes_of(image), "frame.png",
                                                                   wan::media_transfer::inline_data),
                                 .prompt = "The camera slowly zooms in.",
                                 .model = "wan2.7-i2v"});
}

/// How many bytes that were.
std::uint64_t pull(const wan::http_body& body, std::span<char> block) {
    wan::http_body_reader reader{body};
    std::uint64_t pulled = 0;
    while (const auto n = *reader.read(block)) {
        pulled += n;
        benchmark::DoNotOptimize(block.data());
        benchmark::ClobberMemory();
    }
    return pulled;
}

/// "VmRSS", what is resident, or "VmHWM", the most that ever was. Nothing where there is no /proc.
std::optional<double> status_bytes(std::string_view name) {
    std::ifstream lines{"/proc/self/status"};
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(name) && line[name.size()] == ':')
            return 1024 * std::atof(line.c_str() + name.size() + 1);
    return std::nullopt;
}

/// What it takes to build and to pull a request, its block included, beside the image itself.
struct memory_use {
    double allocated;
    std::optional<double> resident;
};

memory_use use_of_memory(const std::string& image, std::size_t block_bytes) {
    const auto who = wan::dashscope::provider("sk-benchmark", wan::region::singapore);
    const auto resident = status_bytes("VmRSS");
    const auto allocated = allocated_bytes();
    {
        const auto request = submit_of(who, image);
        std::vector<char> block(block_bytes);
        (void)pull(request.body, block);
    }
    memory_use used{.allocated = static_cast<double>(allocated_bytes() - allocated), .resident = {}};
    if (const auto most = status_bytes("VmHWM"); most && resident) used.resident = *most - *resident;
    return used;
}

/// Measured once, when nothing else has used memory yet. Code is resident after a small image.
const memory_use& memory() {
    static const auto measured = [] {
        (void)use_of_memory(support::png({1280, 720}), 256);
        return use_of_memory(frame(), block_size);
    }();
    return measured;
}

void pulled(benchmark::State& state) {
    const auto request = submit_of(wan::dashscope::provider("sk-benchmark", wan::region::singapore), frame());
    std::vector<char> block(block_size);
    const count_allocations counted{state};
    for (auto _ : state) benchmark::DoNotOptimize(pull(request.body, block));
    state.counters["bytes allocated"] = memory().allocated;
    if (memory().resident) state.counters["bytes resident"] = *memory().resident;
}
BENCHMARK(pulled)->Name("media: wan")->MinTime(seconds_per_run);

// In blocks, as coreutils writes it: 27 MB at once would measure how fast the machine writes to memory.
void encoded(benchmark::State& state) {
    static_assert(block_size % 4 == 0);
    std::vector<char> digits(block_size);
    for (auto _ : state)
        for (auto left = bytes_of(frame()); !left.empty();) {
            const auto block = left.first(std::min(left.size(), block_size / 4 * 3));
            wan::encode_base64(block, digits.data());
            benchmark::DoNotOptimize(digits.data());
            benchmark::ClobberMemory();
            left = left.subspan(block.size());
        }
}
BENCHMARK(encoded)->Name("media: encode_base64")->MinTime(seconds_per_run);

// What it writes to is kept: given back, it would hide what a million tasks take.
void copied(benchmark::State& state) {
    static std::vector<char> copy(frame().size());
    for (auto _ : state) {
        std::memcpy(copy.data(), frame().data(), frame().size());
        benchmark::DoNotOptimize(copy.data());
        benchmark::ClobberMemory();
    }
}
BENCHMARK(copied)->Name("media: memcpy")->MinTime(seconds_per_run);

/// The frame in a file, removed at the end.
class frame_file {
public:
    frame_file() {
        path_ = (std::filesystem::temp_directory_path() / "wan-benchmark-XXXXXX").string();
        if (const int file = ::mkstemp(path_.data()); file >= 0) ::close(file);
        std::ofstream{path_, std::ios::binary} << frame();
    }
    ~frame_file() { std::remove(path_.c_str()); }
    frame_file(const frame_file&) = delete;
    frame_file& operator=(const frame_file&) = delete;

    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

/// The seconds of processor time, in the program and for it in the system, that it took coreutils. Nothing if
/// it failed.
std::optional<double> run_coreutils(const std::string& in, const char* out) {
    std::string words[] = {"base64", "-w0", in};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t id = 0;
    const int failed = ::posix_spawnp(&id, arguments[0], &files, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    rusage used{};
    if (failed != 0 || ::wait4(id, &status, 0, &used) != id || status != 0) return std::nullopt;
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void coreutils(benchmark::State& state) {
    const frame_file in;
    for (auto _ : state) {
        const auto seconds = run_coreutils(in.path(), "/dev/null");
        if (!seconds) state.SkipWithError("base64 failed");
        state.SetIterationTime(seconds.value_or(0));
    }
}

std::optional<std::string> digits_of_coreutils() {
    const frame_file in, out;
    if (!run_coreutils(in.path(), out.path().c_str())) return std::nullopt;
    std::ifstream digits{out.path(), std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{digits}, {}};
}

} // namespace

bool frame_encoders_agree() {
    (void)memory();
    const auto digits = digits_of_coreutils();
    if (digits)
        benchmark::RegisterBenchmark("media: coreutils base64 -w0", coreutils)
            ->UseManualTime()
            ->MinTime(seconds_per_run);
    else
        std::fprintf(stderr, "media: base64 of coreutils is not installed, so there is no comparison\n");

    const auto request = submit_of(wan::dashscope::provider("sk-benchmark", wan::region::singapore), frame());
    const auto body = *request.body.flatten();
    const auto expected = "\"data:image/png;base64," + digits.value_or(support::base64(frame())) + '"';
    const bool agree = body.find(expected) != std::string::npos;
    if (!agree) std::fprintf(stderr, "media: the body does not contain the frame as base64\n");
    return agree;
}

} // namespace bench
