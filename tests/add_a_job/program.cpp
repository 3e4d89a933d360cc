// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Uses the job and the field of docs/add-a-job.md, with the library compiled once.
#define WAN_SEPARATE_COMPILATION
#include <wan/fwd.hpp>

namespace wan::inline WAN_ABI {
const sound_to_video* only_mentioned = nullptr;
}

#include <wan/request/json.hpp>
#include <wan/src.hpp>
#include <wan/wan.hpp>

#include <boost/json/src.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <variant>

namespace {

int failures = 0;
void check(bool holds, const char* what) {
    if (holds) return;
    std::printf("failed: %s\n", what);
    ++failures;
}

template <class Text>
void check_text(const Text& text, std::string_view expected) {
    if (std::string_view{text} == expected) return;
    std::printf("failed: %s\n    not: %s\n", std::string{text}.c_str(), std::string{expected}.c_str());
    ++failures;
}

const auto service = wan::dashscope::provider("key", wan::region::singapore);

template <class Request>
std::string body_of(const Request& request) {
    const auto submit = wan::make_submit(service, request);
    if (!submit) return to_string(submit.error());
    const auto body = *submit->body.flatten();
    std::printf("%s\n", body.c_str());
    return body;
}

template <class Request>
void check_round_trip(const Request& request) {
    const auto text = wan::to_json(request);
    check(text.has_value(), "to JSON");
    const auto read = wan::read_request(*text);
    check(read.has_value(), "from JSON");
    const auto* same = std::get_if<Request>(&*read);
    check(same != nullptr, "the job that was read");
    check(wan::job_in(*read) == wan::job_of<Request>::value, "its enumerator");
    check_text(body_of(*read), body_of(request));
    check_text(*wan::to_json(*read), *text);
}

void use_the_job() {
    const wan::sound_to_video request{.sound_url = "https://example.com/a.wav",
                                      .prompt = "A bell",
                                      .resolution = wan::resolution::p720,
                                      .duration = 5,
                                      .seed = 7};
    check(wan::validate(service, request).empty(), "the request is valid");
    check_text(body_of(request),
               R"({"model":"wan9-sound","input":{"prompt":"A bell","sound_url":"https://example.com/a.wav"},)"
               R"("parameters":{"resolution":"720P","duration":5,"seed":7}})");
    check_round_trip(request);
    check_text(wan::to_wire(wan::job::sound_to_video), "sound_to_video");
    check(wan::make_task(service, request, wan::no_wall_clock).has_value(), "a task");
    check(wan::make_task(service, wan::any_request{request}, wan::no_wall_clock).has_value(),
          "a task of any request");

    check_text(wan::make_submit(wan::sinancode::provider("key"), request).error().message,
               "sinancode does not offer sound_to_video; use dashscope or yutoai");
    auto wrong = request;
    wrong.model = "wan2.7-i2v";
    check_text(wan::make_submit(service, wrong).error().message,
               "model: wan2.7-i2v does not support sound_to_video; use wan9-sound");
    wrong = request;
    wrong.sound_url = {};
    check(wan::validate(service, wrong).size() == 1, "a sound is required");
    check(!wan::read_request(R"({"job":"sound_to_video","sound":"https://example.com/a.wav"})"),
          "unknown members");
}

void use_the_field() {
    wan::keyframe_to_video request{.first_frame_url = "https://example.com/a.png", .model = "wan2.7-i2v"};
    request.camera_fixed = true;
    check(body_of(request).find(R"("camera_fixed":true)") != std::string::npos, "the field is sent");
    check_round_trip(request);
    check_text(
        wan::make_submit(wan::jiekou::provider("key"), request).error().message,
        "camera_fixed: wan2.7-i2v does not accept it; leave it unset, or use another provider: wan2.7-i2v "
        "at dashscope or yutoai");
    request.model = "wan2.2-kf2v-flash";
    check_text(wan::make_submit(service, request).error().message,
               "camera_fixed: wan2.2-kf2v-flash does not accept it; use wan2.7-i2v");
}

} // namespace

int main() {
    use_the_job();
    use_the_field();
    return failures == 0 ? 0 : 1;
}
