// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "promises.hpp"

#include "decode.hpp"
#include "media.hpp"

#include <cstdio>
#include <optional>

namespace bench {
namespace {

bool say(bool kept, const char* promise, std::optional<double> measured, const char* unit) {
    if (measured)
        std::printf("%-7s %s: %.3g%s\n", kept ? "kept" : "BROKEN", promise, *measured, unit);
    else
        std::printf("%-7s %s\n", "no data", promise);
    return kept;
}

bool at_least(const char* promise, std::optional<double> measured, double limit) {
    return say(measured && *measured >= limit, promise, measured, "x");
}

bool at_most(const char* promise, std::optional<double> measured, double limit, const char* unit) {
    return say(measured && *measured <= limit, promise, measured, unit);
}

/// A machine may be too slow for the first; then it is so for the peer, too.
bool fast_encoder(const char* promise, std::optional<double> nanoseconds,
                  std::optional<double> against_coreutils) {
    const auto speed =
        nanoseconds ? std::optional{static_cast<double>(frame_bytes) / *nanoseconds} : std::nullopt;
    if (against_coreutils && *against_coreutils >= 10) return say(true, promise, against_coreutils, "x");
    return say(speed && *speed >= 3, promise, speed, " GB/s");
}

bool many_steps(const char* promise, std::optional<double> per_second) {
    return say(per_second && *per_second >= 1e6, promise, per_second, "");
}

bool exactly(const char* promise, std::optional<double> measured, double expected) {
    return say(measured && *measured == expected, promise, measured, "");
}

/// What no reader can do without: the text is parsed, and the strings of the result are made.
std::optional<double> against_parser_and_copy(const results& r) {
    const auto own = r.nanoseconds("decode: wan"),
               parser = r.nanoseconds("decode: Boost.JSON parser, nothing kept"),
               copy = r.nanoseconds("decode: a copy of the reply");
    return own && parser && copy ? std::optional{*own / (*parser + *copy)} : std::nullopt;
}

} // namespace

bool promises_kept(const results& r) {
    std::printf("\n");
    constexpr auto few = "scale: 1,000 tasks, a query of one",
                   many = "scale: 1,000,000 tasks, a query of one";
    const auto steps_of_few = r.counter(few, "steps per second"),
               steps_of_many = r.counter(many, "steps per second");
    const auto row_of_few = r.counter("search: a list of 500 tasks", "per row"),
               row_of_many = r.counter("search: a list of 50,000 tasks", "per row");
    const bool kept[] = {
        at_least("encode is at least 8 times as fast as RapidJSON's Writer",
                 r.ratio("encode: RapidJSON Writer", "encode: wan"), 8),
        at_least("encode is at least 25 times as fast as nlohmann",
                 r.ratio("encode: nlohmann", "encode: wan"), 25),
        exactly("encode into a reused string allocates nothing", r.counter("encode: wan", "allocations"), 0),
        at_least("decode is faster than a plain DOM of Boost.JSON",
                 r.ratio("decode: Boost.JSON DOM", "decode: wan"), 1),
        at_least("decode takes at most 0.6 of the time of a DOM of Boost.JSON on the stack",
                 r.ratio("decode: Boost.JSON DOM on the stack", "decode: wan"), 1 / 0.6),
        at_most(
            "decode takes at most twice as long as the parser of Boost.JSON and a copy of the reply together",
            against_parser_and_copy(r), 2, "x"),
        exactly("decode allocates only the result's long strings", r.counter("decode: wan", "allocations"),
                static_cast<double>(strings_on_the_heap())),
        fast_encoder("base64 encodes at least 3 GB per second, or 10 times as much as coreutils",
                     r.nanoseconds("media: encode_base64"),
                     r.ratio("media: coreutils base64 -w0", "media: encode_base64")),
        at_least("a body with a frame is pulled at least 0.15 times as fast as memcpy copies the frame",
                 r.ratio("media: memcpy", "media: wan"), 0.15),
        at_most("building and pulling a request with a frame of 20 MB allocates at most 128 KiB, including "
                "the executor's block",
                r.counter("media: wan", "bytes allocated"), 128 * 1024, " bytes"),
        at_most("and increases resident memory by at most as much", r.counter("media: wan", "bytes resident"),
                128 * 1024, " bytes"),
        at_most("each of a million waiting tasks takes at most 400 bytes", r.counter(many, "bytes per task"),
                400, " bytes"),
        at_most("a step of a scheduler with a million tasks takes at most 3 times as long as with a thousand",
                steps_of_few && steps_of_many ? std::optional{*steps_of_few / *steps_of_many} : std::nullopt,
                3, "x"),
        at_most("in a search, a row of a list of 50,000 tasks costs at most twice as much as a row of a list "
                "of 500",
                row_of_few && row_of_many ? std::optional{*row_of_many / *row_of_few} : std::nullopt, 2, "x"),
        many_steps("the machine makes at least a million steps per second, start included",
                   r.counter("task: request, start and run", "steps per second")),
        many_steps("a scheduler makes at least a million steps per second", steps_of_few),
    };
    bool all = true;
    for (const bool one : kept) all = all && one;
    return all;
}

} // namespace bench
