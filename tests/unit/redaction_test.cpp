// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The key goes no further than to the service, whatever repeats it.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <wan/protocol/detail/redact.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("redaction");

using namespace support;

namespace {

const wan::api_key key{"sk-abcdefgh1234567890"};
const std::string text_with_key = "Bearer sk-abcdefgh1234567890!";

template <class T>
using all_members =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
template <class T>
using own_members = boost::describe::describe_members<T, boost::describe::mod_public>;

constexpr std::size_t aligned(std::size_t offset, std::size_t alignment) {
    return (offset + alignment - 1) / alignment * alignment;
}

/// Whether the described members of T fill it, so that none was forgotten.
template <class T>
bool are_all_described(std::size_t bases = 0) {
    struct place {
        std::size_t begin, size, alignment;
    };
    T value;
    std::vector<place> places;
    boost::mp11::mp_for_each<own_members<T>>([&](auto member) {
        auto& m = value.*member.pointer;
        const auto begin = reinterpret_cast<const char*>(&m) - reinterpret_cast<const char*>(&value);
        places.push_back(
            {static_cast<std::size_t>(begin), sizeof m, alignof(std::remove_reference_t<decltype(m)>)});
    });
    std::sort(places.begin(), places.end(), [](const place& a, const place& b) { return a.begin < b.begin; });
    auto end = bases;
    for (const auto& p : places) {
        if (p.begin != aligned(end, p.alignment)) return false;
        end = p.begin + p.size;
    }
    return aligned(end, alignof(T)) == sizeof(T);
}

template <class T, class Visitor>
void for_each_text(T& value, Visitor visit) {
    boost::mp11::mp_for_each<all_members<std::remove_const_t<T>>>([&](auto member) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value.*member.pointer)>, std::string>)
            visit(std::string{member.name}, value.*member.pointer);
    });
}

/// The members of a T in which the key stays.
template <class T>
std::vector<std::string> left_in() {
    T value;
    for_each_text(value, [](const std::string&, std::string& text) { text = text_with_key; });
    wan::detail::redact(key, value);
    std::vector<std::string> left;
    for_each_text(value, [&](const std::string& name, const std::string& text) {
        if (text == text_with_key)
            left.push_back(name);
        else
            CHECK(text == "Bearer ***!");
    });
    return left;
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("every member of what a service says is described, so that none is forgotten") {
    CHECK(are_all_described<wan::reply>());
    CHECK(are_all_described<wan::error>());
    CHECK(are_all_described<wan::violation>());
    CHECK(are_all_described<wan::listed_task>());
    CHECK(are_all_described<wan::candidate>(sizeof(wan::listed_task)));
}

TEST_CASE("the key is taken out of every text but those that requests are made of") {
    CHECK(left_in<wan::reply>() == names{"task_id", "video_url", "query_url", "result_url"});
    CHECK(left_in<wan::listed_task>() == names{"task_id"});
    CHECK(left_in<wan::candidate>() == names{"task_id"});
    CHECK(left_in<wan::error>() == names{"task_id"});
    CHECK(left_in<wan::violation>().empty());
}

TEST_CASE("the key is taken out of texts within vectors and optionals") {
    std::optional<wan::error> e = wan::error{
        .message = text_with_key, .violations = {{.value = text_with_key}, {.message = text_with_key}}};
    wan::detail::redact(key, e);
    CHECK(e->message == "Bearer ***!");
    CHECK(e->violations[0].value == "Bearer ***!");
    CHECK(e->violations[1].message == "Bearer ***!");
    std::optional<wan::error> none;
    wan::detail::redact(key, none);
    CHECK_FALSE(none);
}

namespace {

const std::string echo = "\"" + text_with_key + "\"";

wan::policy how_to_search() {
    wan::policy how;
    how.max_searches = 1;
    how.search_interval = 10ms;
    how.submit_timeout = 10ms;
    return how;
}

/// Everything of an outcome and of the progress before it that is shown.
std::string shown(wan::task& task, const wan::http_result& answer, wan::time_point now) {
    REQUIRE(task.receive(answer, now));
    std::string all;
    const auto add = [&all](const std::string&, const std::string& text) { all.append(text).append("\n"); };
    const auto at = task.progress();
    all.append(at.status).append("\n");
    if (at.trouble) for_each_text(*at.trouble, add), all += to_string(*at.trouble);
    const auto step = task.next(now);
    if (!step.is_done()) return all;
    const auto& end = step.outcome();
    all += to_string(end) + end.request_id + end.status + end.raw_reply;
    for_each_text(end.reply, add);
    if (end.error) for_each_text(*end.error, add);
    return all;
}

} // namespace

TEST_CASE("a service that repeats the key in every member of a reply gives it to nobody") {
    const auto who = wan::dashscope::provider(key, wan::region::singapore);
    const auto all = [&](const char* status) {
        return R"({"request_id":)" + echo + R"(,"code":)" + echo + R"(,"message":)" + echo +
               R"(,"error":{"type":)" + echo + R"(},"output":{"task_status":)" + status +
               R"(,"orig_prompt":)" + echo + R"(,"actual_prompt":)" + echo + R"(,"submit_time":)" + echo +
               R"(,"scheduled_time":)" + echo + R"(,"end_time":)" + echo + R"(},"usage":{"video_ratio":)" +
               echo + "}}";
    };
    const wan::time_point now{1h};
    const auto no_key = [](const std::string& text) { return text.find("abcdefgh") == std::string::npos; };
    auto refused = *wan::make_task(who, test_shot(), wan::no_wall_clock);
    REQUIRE(refused.next(now).is_send());
    const auto said = shown(refused, answer(400, all("null")), now);
    CHECK_MESSAGE(no_key(said), said);
    CHECK(said.find("***") != std::string::npos);
    for (const char* status : {"\"FAILED\"", "null", echo.c_str()}) {
        auto task = *wan::make_task(who, test_shot(), wan::no_wall_clock);
        REQUIRE(task.next(now).is_send());
        REQUIRE(task.receive(submitted(), now));
        const auto later = now + 1h;
        (void)task.next(now);
        auto query = task.next(now + 30s);
        REQUIRE(query.is_send());
        const auto text = shown(task, answer(200, all(status)), later);
        CHECK_MESSAGE(no_key(text), text);
    }
}

TEST_CASE("a service that repeats the key in its list gives it to nobody") {
    wan::time_point now{1h};
    const auto list = R"({"data":[{"task_id":"A","status":)" + echo + R"(,"request_id":)" + echo +
                      R"(},{"task_id":"B","model_name":"wan2.2-kf2v-flash"}],"total_page":1})";
    auto task = *wan::make_task(wan::dashscope::provider(key, wan::region::singapore),
                                wan::keyframe_to_video{.first_frame_url = "https://x/y.png", .prompt = "p"},
                                {std::chrono::sys_seconds{1770000000s}, now}, how_to_search());
    for (int i = 0; i < 50; ++i) {
        const auto step = task.next(now);
        if (step.is_done()) {
            const auto& end = step.outcome();
            REQUIRE(end.candidates.size() == 2);
            CHECK(end.candidates[0].status == "Bearer ***!");
            CHECK(end.candidates[0].request_id == "Bearer ***!");
            return;
        }
        if (!step.is_send()) {
            now = step.wake_at();
            continue;
        }
        const auto& url = step.request().url;
        if (step.request().method == wan::http_method::post)
            task.receive(maybe_sent(), now);
        else if (url.find("/tasks/?") != std::string::npos)
            task.receive(answer(200, list), now);
        else
            task.receive(answer(200, R"({"output":{"task_status":"RUNNING"}})"), now);
    }
    FAIL("the search did not end");
}
