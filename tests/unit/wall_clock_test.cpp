// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <wan/task/detail/clock_offset.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <type_traits>

TEST_SUITE_BEGIN("wall_clock");

using namespace support;
using wan::time_point;
using wan::detail::clock_offset;

namespace {

std::chrono::sys_seconds second(std::int64_t number) {
    return std::chrono::sys_seconds{std::chrono::seconds{number}};
}

/// Whether a call with these arguments compiles.
template <class... Args>
concept makes_a_task = requires(Args... args) { wan::make_task(args...); };
template <class... Args>
concept resumes_a_task = requires(Args... args) { wan::resume_task(args...); };

using shot = wan::keyframe_to_video;
using token = wan::resume_token;

} // namespace

TEST_CASE("no task is made or resumed without a word about the wall clock") {
    static_assert(makes_a_task<wan::provider, shot, wan::wall_clock>);
    static_assert(makes_a_task<wan::provider, wan::any_request, wan::wall_clock, wan::policy>);
    static_assert(!makes_a_task<wan::provider, shot>);
    static_assert(!makes_a_task<wan::provider, shot, wan::policy>);
    static_assert(!makes_a_task<wan::provider, wan::any_request, wan::policy>);
    static_assert(
        !makes_a_task<std::shared_ptr<const wan::provider>, shot, std::shared_ptr<const wan::policy>>);
    static_assert(resumes_a_task<wan::provider, token, wan::wall_clock>);
    static_assert(resumes_a_task<wan::provider, token, shot, wan::wall_clock, wan::policy>);
    static_assert(!resumes_a_task<wan::provider, token>);
    static_assert(!resumes_a_task<wan::provider, token, wan::policy>);
    static_assert(!resumes_a_task<wan::provider, token, shot>);
    static_assert(!resumes_a_task<wan::provider, token, wan::any_request, wan::policy>);
    static_assert(!std::default_initializable<wan::wall_clock>); // `{}` says nothing
}

TEST_CASE("a wall clock is made of what two clocks show, without the fraction of a second") {
    const wan::wall_clock here{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
    CHECK(here.is_known());
    CHECK(here.trust == wan::clock_trust::unchecked);
    const wan::wall_clock early{std::chrono::sys_time<std::chrono::milliseconds>{-1ms}, time_point{1500ms}};
    CHECK(early.time == second(-1));
    CHECK(early(time_point{1500ms}) == second(-1));
    CHECK(early(time_point{2499ms}) == second(-1));
    CHECK(early(time_point{2500ms}) == second(0));
    CHECK(early(time_point{1499ms}) == second(-2));
}

TEST_CASE("the lack of a wall clock is no time, and no Date agrees with it") {
    static_assert(!wan::no_wall_clock.is_known());
    CHECK(wan::no_wall_clock((time_point::min)()) == wan::no_wall_clock.time);
    CHECK_FALSE(
        wan::agrees(wan::no_wall_clock, answer(200, "", {{"Date", "Mon, 02 Feb 2026 02:40:05 GMT"}}), {}));
    CHECK(wan::agrees(test_clock, answer(200, "", {{"Date", "Mon, 02 Feb 2026 02:40:05 GMT"}}), {}));
}

TEST_CASE("a task keeps its wall clock in one word") {
    static_assert(sizeof(clock_offset) == 8);
    CHECK_FALSE(clock_offset{wan::no_wall_clock}.at(time_point{1h}).is_known());
    for (const auto trust : {wan::clock_trust::unchecked, wan::clock_trust::checked})
        for (const auto time : {second(-3600), second(0), test_clock.time, second(253'402'300'800)})
            for (const auto at : {time_point{}, time_point{1700ms}, time_point{-1h}, (time_point::max)()}) {
                const clock_offset kept{{time, at, trust}};
                CHECK(kept.at(at).time == time);
                CHECK(kept.at(at).at == at);
                CHECK(kept.at(at).trust == trust);
                CHECK(kept.at(at).is_known());
                CHECK(kept.at(at - 1h).time == time - 1h);
                CHECK(kept.at(at - 1ms).time == time - 1s);
            }
}

TEST_CASE("a wall clock that shows an impossible time overflows nothing") {
    constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
    for (const auto at : {(time_point::min)(), time_point{}, (time_point::max)()})
        for (const auto now : {(time_point::min)(), time_point{}, (time_point::max)()}) {
            CHECK(clock_offset{{second(most), at}}.at(now).time > second(253'402'300'799));
            CHECK(clock_offset{{second(-most), at}}.at(now).time < second(0));
            CHECK(clock_offset{{second(-most), at}}.at(now).is_known());
        }
}
