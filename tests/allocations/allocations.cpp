// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Counts what is allocated: in a program of its own, because it replaces the allocator.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "heap.hpp"
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include <wan/http/body.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dashscope.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

template <class Function>
std::size_t counted(Function&& work) {
    const auto before = heap::allocations();
    work();
    return heap::allocations() - before;
}

template <class Function>
std::size_t counted_bytes(Function&& work) {
    const auto before = heap::allocated_bytes();
    work();
    return heap::allocated_bytes() - before;
}

} // namespace

TEST_CASE("encoding into a buffer that was used before allocates nothing") {
    const auto& layout =
        wan::routes_of<wan::keyframe_to_video>(wan::dashscope::provider("k", wan::region::singapore))
            .routes[0]
            .layout;
    const wan::keyframe_to_video shot{
        .first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
        .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
        .prompt = "A \"curious\" black kitten looks up at the sky.\n",
        .resolution = wan::resolution::p480,
        .seed = 2147483647,
        .prompt_extend = true};
    std::string out;
    layout.write(out, shot, "wan2.2-kf2v-flash", nullptr);
    const auto first = out;
    CHECK(counted([&] { layout.write(out, shot, "wan2.2-kf2v-flash", nullptr); }) == 0);
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
    for (const auto& s :
         {r.task_id, r.status, r.video_url, r.code, r.message, r.request_id, r.submit_time, r.scheduled_time,
          r.end_time, r.orig_prompt, r.actual_prompt, r.video_ratio, r.video_size})
        strings += s.size() > small.capacity();
    CHECK(strings == 6);
    CHECK(n == strings);
}

TEST_CASE("a request with a borrowed frame of 20 MB is built and pulled in 128 KiB, the executor's block "
          "included") {
    constexpr std::size_t frame_bytes = std::size_t{20} << 20, kibibyte = 1024;
    const auto frame = support::png_of_bytes({1280, 720}, frame_bytes);
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const wan::image_to_video shot{.image_url =
                                       wan::media::borrowed(std::as_bytes(std::span{frame}), "frame.png",
                                                            wan::media_transfer::inline_data),
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

namespace {

/// Makes one call, in which an allocation may fail. Whether it was made.
template <class Function>
bool was_made(std::size_t& left_before_failure, Function&& call) {
    const auto before = heap::allocations();
    heap::fail_at(left_before_failure != 0 ? before + left_before_failure : 0);
    bool made = true;
    try {
        call();
    } catch (const std::bad_alloc&) { made = false; }
    heap::fail_at(0);
    const auto done = heap::allocations() - before;
    left_before_failure = left_before_failure > done ? left_before_failure - done : 0;
    return made;
}

/// A service that takes a submit, or loses its answer, and knows the task.
struct service {
    bool answers_submit;
    unsigned submits = 0, queries = 0;

    wan::http_result operator()(const wan::http_request& request) {
        if (request.method == wan::http_method::post)
            return ++submits, answers_submit ? support::submitted() : support::maybe_sent();
        if (request.url.find("/tasks/?") != std::string::npos)
            return support::answer(
                200, R"({"data":[{"task_id":"task-1","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
        const auto status =
            ++queries < 3 ? R"(RUNNING")" : R"(SUCCEEDED","video_url":"https://result.example/video.mp4")";
        return support::answer(
            200, std::string{R"({"output":{"task_id":"task-1","orig_prompt":"a lamp","task_status":")"} +
                     status + "}}");
    }
};

wan::task lamp() {
    auto how = support::exact_policy();
    how.sole_user = true;
    auto shot = support::test_shot();
    shot.prompt = "a lamp";
    return *wan::make_task(support::test_provider(), shot, support::test_clock, how);
}

void check_end(const wan::outcome& end, const service& peer) {
    CHECK(peer.submits == 1);
    const bool has_video = end.ending == wan::task_ending::succeeded;
    CHECK((has_video || end.ending == wan::task_ending::submit_unknown));
    CHECK(end.video.has_value() == has_video);
    CHECK((end.task_id == "task-1" || !has_video));
}

/// `drive(peer, call)` drives one task to its end, makes each step and tells each answer within
/// `call(function)`, which says whether the function came to its end, and says whether the task did. It is
/// driven with the first allocation failing, then with the second, until none is left.
template <class Service, class Drive>
void fail_each_allocation(Drive drive) {
    for (const bool variant : {true, false}) {
        std::size_t n = 0;
        for (bool did_fail = true; did_fail;) {
            ++n;
            CAPTURE(variant);
            CAPTURE(n);
            auto left = n;
            did_fail = false;
            Service peer{variant};
            const auto call = [&](auto&& function) {
                const bool made = was_made(left, function);
                did_fail = did_fail || !made;
                return made;
            };
            REQUIRE(drive(peer, call));
        }
        CHECK(n > 20);
    }
}

/// The same, but for the only listed task a guess must do, and it turns out to be another one, or the caller
/// cancels.
struct service_of_another {
    bool is_canceled;
    unsigned submits = 0, queries = 0;

    wan::http_result operator()(const wan::http_request& request) {
        if (request.method == wan::http_method::post) return ++submits, support::maybe_sent();
        if (request.url.find("/tasks/?") != std::string::npos)
            return support::answer(
                200, R"({"data":[{"task_id":"task-1","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
        const auto prompt = ++queries > support::exact_policy().max_searches && !is_canceled
                                ? R"(,"orig_prompt":"a dog")"
                                : "";
        return support::answer(200, std::string{R"({"output":{"task_id":"task-1","task_status":"RUNNING")"} +
                                        prompt + "}}");
    }
};

constexpr int plenty = 1000;

/// Drives a task alone. `before_step` may say something to it, `check` looks at its end.
template <class Service, class BeforeStep, class Check>
void fail_each_allocation_of_a_task(BeforeStep before_step, Check check) {
    fail_each_allocation<Service>([&](Service& peer, auto call) {
        auto task = lamp();
        wan::time_point now{};
        for (int steps = 0; steps < plenty; ++steps) {
            before_step(task, peer);
            std::optional<wan::step> todo;
            if (!call([&] { todo = task.next(now); })) continue;
            if (todo->is_send()) {
                auto answer = peer(todo->request());
                call([&] { task.receive(std::move(answer), now); });
            } else if (todo->is_done()) {
                check(todo->outcome(), peer);
                return true;
            } else {
                now = todo->wake_at();
            }
        }
        return false;
    });
}

} // namespace

TEST_CASE("whichever allocation of a task fails, it comes to its end, and is submitted once") {
    fail_each_allocation_of_a_task<service>([](wan::task&, service&) {}, check_end);
}

TEST_CASE("whichever allocation of a scheduler fails, its task comes to its end, and is submitted once") {
    fail_each_allocation<service>([](service& peer, auto call) {
        wan::scheduler tasks;
        tasks.add(lamp());
        wan::time_point now{};
        for (int steps = 0; steps < plenty; ++steps) {
            std::optional<wan::scheduler::action> todo;
            if (!call([&] { todo = tasks.next(now); })) continue;
            if (todo->step.is_send()) {
                auto answer = peer(todo->step.request());
                call([&] { tasks.receive(todo->task, std::move(answer), now); });
            } else if (todo->step.is_done()) {
                check_end(todo->step.outcome(), peer);
                return true;
            } else {
                REQUIRE(todo->step.wake_at() != wan::time_point::max());
                now = todo->step.wake_at();
            }
        }
        return false;
    });
}

TEST_CASE("whichever allocation fails while ends are reported, every late response names its task, and frees "
          "its slot once") {
    fail_each_allocation<service>([](service&, auto call) {
        constexpr std::size_t count = 40; // more than a deque has room for at first
        wan::scheduler tasks;
        wan::time_point now{};
        std::vector<wan::scheduler::handle> sent;
        for (std::size_t i = 0; i < count; ++i) {
            auto shot = support::test_shot();
            shot.prompt = "lamp " + std::to_string(i);
            tasks.add(
                *wan::make_task(support::test_provider(), shot, wan::no_wall_clock, support::exact_policy()));
            sent.push_back(tasks.next(now).task);
        }
        now += std::chrono::seconds{150}; // the host stood still
        const auto is_named = [&](wan::scheduler::handle of) {
            const auto* const task = tasks.find(of);
            return task != nullptr && task->task_id() == "task-1";
        };
        std::size_t ends = 0;
        std::optional<wan::scheduler::handle> ended;
        for (int steps = 0; steps < plenty && ends <= count; ++steps) {
            const bool was_made = call([&] {
                const auto todo = tasks.next(now);
                ends += todo.step.is_done() || tasks.size() == 0;
                ended = todo.step.is_done() ? std::optional{todo.task} : std::nullopt;
            });
            if (was_made || !ended) continue;
            // The response comes before the next attempt.
            const auto of = std::find(sent.begin(), sent.end(), *ended);
            tasks.receive(*of, support::submitted(), now);
            if (!is_named(*of)) return false;
            sent.erase(of);
            ended.reset();
        }
        for (const auto of : sent) {
            auto response = support::submitted();
            if (!call([&] { tasks.receive(of, std::move(response), now); }))
                tasks.receive(of, support::submitted(), now);
            if (!is_named(of)) return false;
        }
        (void)tasks.next(now); // frees the slots
        std::set<std::uint32_t> slots;
        for (std::size_t i = 0; i < 2 * count; ++i) slots.insert(tasks.add(lamp()).index);
        return slots.size() == 2 * count;
    });
}

TEST_CASE("whichever allocation fails, a guess ends in doubt") {
    fail_each_allocation_of_a_task<service_of_another>(
        [](wan::task& task, service_of_another& peer) {
            if (peer.is_canceled && !task.task_id().empty()) (void)task.cancel();
        },
        [](const wan::outcome& end, const service_of_another& peer) {
            CHECK(end.ending == wan::task_ending::submit_unknown);
            CHECK(end.task_id.empty());
            CHECK(peer.submits == 1);
        });
}
