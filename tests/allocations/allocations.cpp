// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Counts what is allocated: in a program of its own, because it replaces the allocator.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/golden.hpp"

#include <wan/http/body.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/submit.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace {

std::size_t allocations = 0, allocated_bytes = 0; // what is given back is not taken off

template <class Function>
std::size_t counted(Function&& work) {
    const auto before = allocations;
    work();
    return allocations - before;
}

template <class Function>
std::size_t counted_bytes(Function&& work) {
    const auto before = allocated_bytes;
    work();
    return allocated_bytes - before;
}

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    allocated_bytes += size;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("encoding into a buffer that was used before allocates nothing") {
    const auto& layout = wan::routes_of<wan::keyframe_to_video>(wan::dashscope::singapore("k")).routes[0].layout;
    const wan::keyframe_to_video shot{.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                                      .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
                                      .prompt = "A \"curious\" black kitten looks up at the sky.\n",
                                      .resolution = wan::resolution::p480,
                                      .seed = 2147483647,
                                      .prompt_extend = true};
    std::string out;
    layout.write(out, shot, "wan2.2-kf2v-flash");
    const auto first = out;
    CHECK(counted([&] { layout.write(out, shot, "wan2.2-kf2v-flash"); }) == 0);
    CHECK(out == first);
}

TEST_CASE("decoding a reply allocates the result's strings and nothing else") {
    const auto text = support::golden("dashscope-succeeded-reply.json");
    wan::reading read;
    const auto n = counted([&] { read = wan::read_reply(text, wan::dashscope::api.reply); });
    REQUIRE_FALSE(read.damage);
    const auto& r = read.reply;
    std::size_t strings = 0;
    const std::string small;
    for (const auto& s : {r.task_id, r.status, r.video_url, r.code, r.message, r.request_id,
                          r.submit_time, r.scheduled_time, r.end_time, r.orig_prompt,
                          r.actual_prompt, r.video_ratio})
        strings += s.size() > small.capacity();
    CHECK(strings == 6);
    CHECK(n == strings);
}

TEST_CASE("a request with a borrowed frame of 20 MB is built and pulled in 128 KiB, the executor's block included") {
    constexpr std::size_t frame_bytes = std::size_t{20} << 20, kibibyte = 1024;
    const auto frame = support::png_of_bytes({1280, 720}, frame_bytes);
    const auto who = wan::dashscope::singapore("k");
    const wan::image_to_video shot{
        .image_url = wan::media::borrowed(std::as_bytes(std::span{frame}), "frame.png", wan::media_transfer::inline_data),
        .model = "wan2.7-i2v"};
    std::uint64_t announced = 0, pulled = 0;
    const auto bytes = counted_bytes([&] {
        const auto request = wan::make_submit(who, shot);
        REQUIRE(request);
        announced = request->body.size();
        wan::http_body_reader reader{request->body};
        std::vector<char> block(64 * kibibyte);
        while (const auto n = *reader.read(block)) pulled += n;
    });
    CHECK(bytes <= 128 * kibibyte);
    CHECK(bytes >= 64 * kibibyte); // the block was counted
    CHECK(pulled == announced);
    CHECK(pulled > wan::base64_size(frame_bytes));
}
