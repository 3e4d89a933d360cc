// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include <iomanip> // its std::quoted takes strings like the library's own names do

#include <wan/protocol/submit.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/reflect.hpp>
#include <wan/request/json.hpp>
#include <wan/run/blocking.hpp>
#include <wan/task/start.hpp>

#include <boost/mp11/algorithm.hpp>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

TEST_SUITE_BEGIN("reading requests");

namespace {

using keyframes = wan::keyframe_to_video;

/// The request in that text.
template <class Request>
Request read_as(std::string_view text) {
    auto request = wan::read_request(text);
    REQUIRE_MESSAGE(request, to_string(request.error()));
    REQUIRE(std::holds_alternative<Request>(*request));
    return std::get<Request>(*request);
}

/// What is wrong with that text.
std::vector<wan::violation> refused(std::string_view text) {
    const auto request = wan::read_request(text);
    REQUIRE_MESSAGE(!request, text);
    const auto e = request.error();
    CHECK(e.category == wan::error_category::invalid_request);
    REQUIRE_FALSE(e.violations.empty());
    return e.violations;
}

/// The one thing that is wrong with a request for a video from keyframes that has these members.
wan::violation only_violation(const std::string& members) {
    const auto found = refused(R"({"job":"keyframe_to_video",)" + members + "}");
    REQUIRE(found.size() == 1);
    CHECK(found[0].message.starts_with(found[0].field + ": "));
    return found[0];
}

// A value of each type that a member can have: as JSON, and as it is read.

template <class T>
struct sample;
template <class T>
struct sample<std::optional<T>> : sample<T> {};
template <>
struct sample<std::string> {
    static constexpr std::string_view json = R"("a \"text\", \u5199")", wrong = "5";
    static std::string value() { return "a \"text\", \u5199"; }
};
template <>
struct sample<wan::media> {
    static constexpr std::string_view json = R"("https://x/1.png")", wrong = "[]";
    static wan::media value() { return "https://x/1.png"; }
};
template <>
struct sample<bool> {
    static constexpr std::string_view json = "true", wrong = "1";
    static bool value() { return true; }
};
template <class T>
    requires std::is_integral_v<T>
struct sample<T> {
    static constexpr std::string_view json = "7", wrong = "\"7\"";
    static T value() { return 7; }
};
template <class T>
    requires std::is_enum_v<T>
struct sample<T> {
    static inline const std::string json = '"' + std::string{wan::wire_table<T>.back().name} + '"';
    static constexpr std::string_view wrong = "\"nonsense\"";
    static T value() { return wan::wire_table<T>.back().value; }
};

template <class Request>
std::string start_of_text() {
    return R"({"job":")" + std::string{to_wire(wan::job_of<Request>::value)} + '"';
}

/// Calls with each described member: its wire name, its pointer, and its sample.
template <class Request, class OnMember>
void for_each_member(OnMember on_member) {
    boost::mp11::mp_for_each<wan::members_of<Request>>([&](auto member) {
        constexpr auto pointer = decltype(member)::pointer;
        using type = std::remove_cvref_t<decltype(std::declval<Request&>().*pointer)>;
        on_member(std::string{wan::wire_spelling(member.name)}, pointer, sample<type>{});
    });
}

/// Every member of a request that has all.
template <class Request>
std::string full_text() {
    auto text = start_of_text<Request>();
    for_each_member<Request>(
        [&](const std::string& name, auto, auto s) { text.append(",\"" + name + "\":").append(s.json); });
    return text +
           R"(,"extra":{"/parameters/a":[1,{"b":null}],"/c~1d":"e","/n":9007199254740993,"/f":0.5,"/t":true}})";
}

bool same(const wan::extra_field& a, const wan::extra_field& b) {
    if (a.path != b.path || a.value.index() != b.value.index()) return false;
    const auto is_same = [&]<class T>(std::type_identity<T>) {
        const auto* value = std::get_if<T>(&a.value);
        return value != nullptr && std::equal_to{}(*value, *std::get_if<T>(&b.value));
    };
    if (const auto* json = std::get_if<wan::json_text>(&a.value))
        return json->text == std::get_if<wan::json_text>(&b.value)->text;
    return is_same(std::type_identity<bool>{}) || is_same(std::type_identity<std::int64_t>{}) ||
           is_same(std::type_identity<double>{}) || is_same(std::type_identity<std::string>{});
}

template <class Request>
void check_same(const Request& a, const Request& b) {
    for_each_member<Request>(
        [&](const std::string& name, auto member, auto) { CHECK_MESSAGE(a.*member == b.*member, name); });
    REQUIRE(a.extra.size() == b.extra.size());
    for (std::size_t i = 0; i < a.extra.size(); ++i)
        CHECK_MESSAGE(same(a.extra[i], b.extra[i]), a.extra[i].path);
}

} // namespace

TEST_CASE("a request is read from its members' names") {
    const auto shot = read_as<keyframes>(
        R"({"job":"keyframe_to_video","first_frame_url":"https://x/1.png","template":"flying",
        "resolution":"720P","duration":5,"seed":2147483648,"prompt_extend":false,"prompt":null})");
    CHECK(shot.first_frame_url.url() == "https://x/1.png");
    CHECK(shot.template_ == "flying");
    CHECK(shot.resolution == wan::resolution::p720);
    CHECK(shot.duration == 5);
    CHECK(shot.seed == 2147483648);
    CHECK(shot.prompt_extend == false);
    CHECK_FALSE(shot.prompt);
    CHECK_FALSE(shot.watermark);
    CHECK(shot.extra.empty());
}

TEST_CASE_TEMPLATE(
    "every member of every request is read, refused with a wrong value, and left unset by null", Request,
    wan::keyframe_to_video, wan::image_to_video, wan::video_continuation) {
    for_each_member<Request>([](const std::string& name, auto member, auto s) {
        CAPTURE(name);
        const auto with = [&](std::string_view value) {
            return start_of_text<Request>() + ",\"" + name + "\":" + std::string{value} + "}";
        };

        CHECK((read_as<Request>(with(s.json)).*member == s.value()));
        CHECK((read_as<Request>(with("null")).*member == Request{}.*member));

        const auto found = refused(with(s.wrong));
        REQUIRE(found.size() == 1);
        CHECK(found[0].field == name);
        CHECK_FALSE(found[0].allowed.empty());
        CHECK(found[0].message.find(found[0].allowed) != std::string::npos);
    });
}

TEST_CASE_TEMPLATE("what is written is read as the same request", Request, wan::keyframe_to_video,
                   wan::image_to_video, wan::video_continuation) {
    for (const auto& text : {start_of_text<Request>() + "}", full_text<Request>()}) {
        const auto request = read_as<Request>(text);
        const auto written = wan::to_json(request);
        REQUIRE_MESSAGE(written, to_string(written.error()));
        CHECK(written->find('\n') == std::string::npos);
        check_same(read_as<Request>(*written), request);
    }
    const auto full = read_as<Request>(full_text<Request>());
    for_each_member<Request>([&](const std::string& name, auto member, auto s) {
        CHECK_MESSAGE((full.*member == s.value()), name);
    });
}

TEST_CASE("extra fields keep their order, their kind and their value") {
    const auto extra = read_as<keyframes>(R"({"job":"keyframe_to_video","extra":{
        "/b":true,"/a":-7,"/c":0.25,"/d":"x","/e":[1,"2"],"/f":{"g":null},"/h":null,"/i":18446744073709551615}})")
                           .extra;
    REQUIRE(extra.size() == 8);
    CHECK(extra[0].path == "/b");
    CHECK(*std::get_if<bool>(&extra[0].value));
    CHECK(*std::get_if<std::int64_t>(&extra[1].value) == -7);
    CHECK(*std::get_if<double>(&extra[2].value) == doctest::Approx(0.25));
    CHECK(*std::get_if<std::string>(&extra[3].value) == "x");
    CHECK(std::get_if<wan::json_text>(&extra[4].value)->text == R"([1,"2"])");
    CHECK(std::get_if<wan::json_text>(&extra[5].value)->text == R"({"g":null})");
    CHECK(std::get_if<wan::json_text>(&extra[6].value)->text == "null");
    CHECK(std::get_if<wan::json_text>(&extra[7].value)->text == "18446744073709551615");

    for (const auto* value : {"1e999", "[-1e999]", R"({"a":1e999})"})
        CHECK(only_violation(R"("extra":{"/n":)" + std::string{value} + "}").message ==
              "extra: \"/n\" contains a number that is too large; expected numbers that a double can "
              "hold");
    CHECK(only_violation(R"("extra":[1])").message ==
          "extra: is an array; expected an object of JSON pointers and values");
}

TEST_CASE("a text without a job, or with one that is none, is told which there are") {
    for (const auto* text :
         {"{}", R"({"job":null})", R"({"job":"keyframes"})", R"({"job":1,"duration":"5"})"}) {
        const auto found = refused(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].field == "job");
        CHECK(found[0].allowed == "text_to_video, keyframe_to_video, image_to_video, video_continuation, "
                                  "reference_to_video or video_edit");
    }
    CHECK(refused("{}")[0].message == "job: missing; expected text_to_video, keyframe_to_video, "
                                      "image_to_video, video_continuation, reference_to_video or video_edit");
}

TEST_CASE("a name that is no member is refused with the one that was probably meant") {
    const auto v = only_violation(R"("prompt_extnd":false)");
    CHECK(v.field == "prompt_extnd");
    CHECK(v.rule == wan::rule::unknown);
    CHECK(v.message ==
          "prompt_extnd: not a member of keyframe_to_video (did you mean prompt_extend?); expected job, "
          "first_frame_url, last_frame_url, driving_audio_url, prompt, negative_prompt, template, model, "
          "resolution, ratio, duration, audio, seed, enable_thinking, prompt_extend, watermark or extra");
    const auto is_taken_for = [](const std::string& given, const std::string& meant) {
        return only_violation('"' + given + "\":1").message.find("did you mean " + meant + "?") !=
               std::string::npos;
    };
    CHECK(is_taken_for("first_frame", "first_frame_url"));
    CHECK(is_taken_for("template_", "template"));
    CHECK(is_taken_for("Seed", "seed"));
    CHECK(is_taken_for("duratoin", "duration"));
    for (const auto* unlike : {"", "x", "fps", "image_url_of_something_else_entirely_and_very_long"})
        CHECK(only_violation('"' + std::string{unlike} + "\":1").message.find("did you mean") ==
              std::string::npos);
    // A member of another job's request.
    CHECK(only_violation(R"("shot_type":"multi")").rule == wan::rule::unknown);
    CHECK(only_violation(R"("image_url":"https://x/a.png")")
              .message.starts_with("image_url: not a member of keyframe_to_video (it belongs to "
                                   "image_to_video); expected job, "));
    CHECK(only_violation(R"("resolution":"720p")").message ==
          "resolution: \"720p\" (did you mean 720P?); expected 480P, 720P or 1080P");
}

TEST_CASE("a value of another kind is refused with both kinds") {
    CHECK(only_violation(R"("duration":"5")").message == R"(duration: "5" is a string; expected an integer)");
    CHECK(only_violation(R"("duration":5.5)").message == "duration: 5.5 is a number; expected an integer");
    CHECK(only_violation(R"("prompt_extend":"false")").message ==
          R"(prompt_extend: "false" is a string; expected true or false)");
    CHECK(only_violation(R"("prompt":{"a":1})").message == "prompt: is an object; expected a string");
    CHECK(only_violation(R"("first_frame_url":true)").message ==
          "first_frame_url: true is a boolean; expected a URL as a string");
    CHECK(only_violation(R"("resolution":720)").message ==
          "resolution: 720 is a number; expected 480P, 720P or 1080P");
    CHECK(only_violation(R"("resolution":720)").rule == wan::rule::type);
}

TEST_CASE("a word that is none of the allowed is refused with these") {
    const auto v = only_violation(R"("resolution":"720p")");
    CHECK(v.rule == wan::rule::one_of);
    CHECK(v.value == "720p");
    CHECK(v.allowed == "480P, 720P or 1080P");
}

TEST_CASE("integers are read as far as the member holds them") {
    const auto duration = [](const std::string& number) {
        return read_as<keyframes>(R"({"job":"keyframe_to_video","duration":)" + number + "}").duration;
    };
    CHECK(duration("2147483647") == 2147483647);
    CHECK(duration("-2147483648") == -2147483647 - 1);
    CHECK(duration("5.0") == 5);
    CHECK(duration("-0.0") == 0);
    for (const auto* number : {"2147483648", "-2147483649", "9223372036854775807", "18446744073709551615",
                               "1e300", "1e999", "99999999999999999999999"}) {
        const auto v = only_violation(R"("duration":)" + std::string{number});
        CHECK_MESSAGE(v.rule == wan::rule::range, number);
        CHECK(v.allowed == "integers from -2147483648 to 2147483647");
    }
    CHECK(read_as<keyframes>(R"({"job":"keyframe_to_video","seed":9223372036854775807})").seed ==
          std::numeric_limits<std::int64_t>::max());
    for (const auto* number : {"9223372036854775808", "-9223372036854775809", "1e19"})
        CHECK_MESSAGE(only_violation(R"("seed":)" + std::string{number}).rule == wan::rule::range, number);
}

TEST_CASE("a member that stands twice is refused, wherever it stands") {
    CHECK(only_violation(R"("seed":1,"prompt":"a","seed":1)").message == "seed: appears twice; keep one");
    CHECK(only_violation(R"("seed":1,"seed":2,"seed":3)").rule == wan::rule::duplicate);
    CHECK(only_violation(R"("extra":{"/a":1,"/b":2,"/a":3})").message ==
          R"(extra: contains "/a" twice; keep one)");
    CHECK(only_violation(R"("extra":{"/a":[{"extra":1,"x":2,"extra":3}]})").message ==
          R"(extra: contains "extra" twice; keep one)");
    CHECK(refused(R"({"job":"keyframe_to_video","job":"keyframe_to_video"})")[0].message ==
          "job: appears twice; keep one");
    // The same name in different objects.
    CHECK(wan::read_request(
        R"({"job":"keyframe_to_video","extra":{"/a":{"x":1,"job":2},"/b":[{"x":1},{"x":1}]}})"));
}

TEST_CASE("all that is wrong is told at once") {
    const auto found = refused(
        R"({"seed":"x","job":"keyframe_to_video","sed":1,"resolution":"8K","duration":1.5,"duration":2,"extra":7})");
    std::string fields;
    for (const auto& v : found) fields += v.field + " ";
    CHECK(fields == "duration seed sed resolution extra ");
}

TEST_CASE("members of the caller's own stand beside the request's") {
    std::string id = "before", note = "before";
    const auto request =
        wan::read_request(R"({"id":"shot-12","job":"keyframe_to_video","seed":1,"tags":[{"a":1,"a":2}]})",
                          {{"id", &id}, {"note", &note}, {"tags"}});
    REQUIRE_MESSAGE(request, to_string(request.error()));
    CHECK(id == "shot-12");
    CHECK(note == "before");
    CHECK(std::get<keyframes>(*request).seed == 1);

    // The id tells which request it is that was refused.
    CHECK_FALSE(wan::read_request(R"({"id":"shot-13","job":"nonsense"})", {{"id", &id}}));
    CHECK(id == "shot-13");

    const auto wrong = wan::read_request(R"({"id":13,"job":"keyframe_to_video","idd":1})", {{"id", &id}});
    REQUIRE(!wrong);
    const auto found = wrong.error().violations;
    REQUIRE(found.size() == 2);
    CHECK(found[0].message == "id: 13 is a number; expected a string");
    CHECK(found[1].message.find("did you mean id?") != std::string::npos);
    CHECK(found[1].allowed.ends_with("extra or id"));
    CHECK(id == "shot-13");
}

TEST_CASE("what is no JSON object is refused with the place") {
    CHECK(refused("")[0].message.find("at byte 0") != std::string::npos);
    CHECK(refused(R"({"job":"keyframe_to_video",})")[0].message.find("at byte 27") != std::string::npos);
    CHECK(refused(R"({"job":"keyframe_to_video"} x)")[0].message.find("at byte 28") != std::string::npos);
    for (const auto* text : {"[1]", "null", "5", "\"text\"", R"([{"a":1,"a":2},{"b":{"c":1,"c":2}}])"}) {
        const auto found = refused(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].field == "request");
        CHECK(found[0].allowed == "one JSON object");
    }
    CHECK(refused("[1]")[0].message == "request: is an array; expected one JSON object");
}

TEST_CASE("a text that ends anywhere before its end is refused") {
    const auto text = full_text<wan::keyframe_to_video>();
    REQUIRE(wan::read_request(text));
    for (std::size_t size = 0; size < text.size(); ++size)
        CHECK_MESSAGE(!wan::read_request(std::string_view{text}.substr(0, size)), size);
}

TEST_CASE("a text with any one byte changed is read or refused") {
    const auto text = full_text<wan::keyframe_to_video>();
    std::size_t read = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        for (const char c : {'\0', '"', '\\', '{', '}', '[', ']', ',', ':', '0', 'e', '-', '\x80', '\xff'}) {
            auto damaged = text;
            damaged[at] = c;
            const auto request = wan::read_request(damaged);
            if (request)
                ++read;
            else if (request.error().violations.empty())
                FAIL(damaged);
        }
    CHECK(read > 0); // within texts
}

TEST_CASE("however deep, long or wrong a text is, it is refused with a report of bounded size") {
    const auto report_of = [](const std::string& text) {
        const auto found = refused(text);
        std::size_t size = 0;
        for (const auto& v : found) size += v.message.size();
        CHECK(found.size() <= 101);
        CHECK(size < 100'000);
        return found;
    };
    const auto nested = [](std::size_t depth, char open, char close) {
        return R"({"job":"keyframe_to_video","extra":{"/a":)" + std::string(depth, open) +
               std::string(depth, close) + "}}";
    };
    CHECK(wan::read_request(nested(30, '[', ']')));
    CHECK(report_of(nested(31, '[', ']'))[0].message.find("too deep") != std::string::npos);
    report_of(nested(1'000'000, '[', ']'));
    report_of(std::string(1'000'000, '['));

    std::string unknown = R"({"job":"keyframe_to_video")", repeated = unknown;
    for (int i = 0; i < 50'000; ++i) unknown += ",\"x" + std::to_string(i) + "\":1";
    for (int i = 0; i < 50'000; ++i) repeated += ",\"x" + std::to_string(i / 2) + "\":1";
    CHECK(report_of(unknown + "}").back().message ==
          "request: contains 100 or more mistakes; correct those listed first");
    report_of(repeated + "}");
    report_of(R"({"job":"keyframe_to_video",")" + std::string(1'000'000, 'x') + R"(":1})");
    report_of(R"({"job":"keyframe_to_video","duration":")" + std::string(1'000'000, 'x') + R"("})");
    report_of(R"({"job":")" + std::string(1'000'000, 'x') + R"("})");
}

TEST_CASE("what came from elsewhere is shown without its control characters") {
    const auto v = only_violation(R"("\u001b[2J":1)");
    CHECK(v.field == "\\x1b[2J");
    CHECK(v.message.find('\x1b') == std::string::npos);
    CHECK(only_violation(R"("resolution":"\u001b[2J")").message.find('\x1b') == std::string::npos);
}

TEST_CASE("a long text is read whole") {
    const auto url = std::string("data:image/png;base64,").append(3'000'000, 'A');
    CHECK(read_as<keyframes>(
              std::string(R"({"job":"keyframe_to_video","first_frame_url":")").append(url).append("\"}"))
              .first_frame_url.url() == url);
    CHECK(read_as<keyframes>(R"({"job":"keyframe_to_video","prompt":"a\u0000b"})").prompt ==
          std::string("a\0b", 3));
}

TEST_CASE("what JSON cannot say is not written") {
    const auto refused_to_write = [](const keyframes& request) {
        const auto text = wan::to_json(request);
        REQUIRE(!text);
        REQUIRE(text.error().violations.size() == 1);
        return text.error().violations[0].field;
    };
    CHECK(refused_to_write({.prompt = "\xff"}) == "prompt");
    CHECK(refused_to_write({.first_frame_url = "\xff"}) == "first_frame_url");
    CHECK(refused_to_write({.extra = {{"/a", std::nan("")}}}) == "extra");
    CHECK(refused_to_write({.extra = {{"/a", "\xff"}}}) == "extra");
    CHECK(refused_to_write({.extra = {{"/a", wan::json_text{"1},{"}}}}) == "extra");
    CHECK(refused_to_write({.extra = {{"/a", true}, {"/a", false}}}) == "extra");
}

TEST_CASE("a request for whichever job does what the request in it does") {
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto same_model = [&](const auto& request) {
        CHECK(model_of(who, wan::any_request{request}) == model_of(who, request));
        CHECK(validate(who, wan::any_request{request}).size() == validate(who, request).size());
        const auto any = make_submit(who, wan::any_request{request});
        const auto own = make_submit(who, request);
        REQUIRE(any.has_value());
        REQUIRE(own.has_value());
        CHECK(*any->body.flatten() == *own->body.flatten());
        const auto task = make_task(who, wan::any_request{request}, wan::no_wall_clock);
        REQUIRE(task.has_value());
        CHECK(task->token().model == model_of(who, request));
        const auto shared = std::make_shared<const wan::provider>(who);
        CHECK(resume_task(who, task->token(), wan::any_request{request}, wan::no_wall_clock));
        CHECK(resume_task(shared, task->token(), wan::any_request{request}, wan::no_wall_clock));
        CHECK(resume_task(shared, task->token(), wan::any_request{request}, wan::no_wall_clock,
                          std::make_shared<const wan::policy>()));
        const auto other = resume_task(
            who, task->token(),
            wan::any_request{wan::image_to_video{.image_url = "https://x/1.png", .prompt = "another one"}},
            wan::no_wall_clock);
        REQUIRE_FALSE(other);
        CHECK(other.error().category == wan::error_category::token);
        CHECK(job_in(request) == wan::job_of<std::remove_cvref_t<decltype(request)>>::value);
    };
    same_model(
        wan::keyframe_to_video{.first_frame_url = "https://x/1.png", .last_frame_url = "https://x/2.png"});
    same_model(wan::image_to_video{.image_url = "https://x/1.png"});
    same_model(wan::video_continuation{.first_clip_url = "https://x/1.mp4"});

    const auto shared = std::make_shared<const wan::provider>(who);
    const wan::any_request refused_one = wan::image_to_video{};
    CHECK_FALSE(make_task(shared, refused_one, wan::no_wall_clock));
    CHECK_FALSE(make_task(shared, refused_one, wan::no_wall_clock, std::make_shared<const wan::policy>()));
    const wan::resume_token not_submitted{.dialect = std::string{who.dialect->name},
                                          .base_url = who.base_url,
                                          .model = std::string{model_of(who, refused_one)}};
    for (const auto& refused :
         {resume_task(shared, not_submitted, refused_one, wan::no_wall_clock, wan::policy{}).error(),
          resume_task(who, not_submitted, refused_one, wan::no_wall_clock).error()})
        CHECK(refused.category == wan::error_category::invalid_request);
    CHECK_FALSE(validate(who, refused_one).empty());

    const auto no_network = [](const wan::http_request&) -> wan::http_result {
        return wan::transport_error{wan::delivery::not_sent, "no network"};
    };
    CHECK(wan::run(who, refused_one, no_network).ending == wan::task_ending::invalid);
}
