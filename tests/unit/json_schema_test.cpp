// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Schemas of requests. That they agree with validation, tests/schema shows with another's validator.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/model/catalog.hpp>
#include <wan/reflect.hpp>
#include <wan/request/description_of.hpp>
#include <wan/validation/json_schema.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/mp11/algorithm.hpp>

#include <string>
#include <string_view>

namespace {

const wan::model_limits& row(std::string_view model) {
    const auto* const found = wan::find_model(wan::dashscope_models, model);
    REQUIRE(found != nullptr);
    return *found;
}

template <class Request>
boost::json::object schema_of(std::string_view model) {
    return support::parse_json(wan::json_schema<Request>(row(model))).as_object();
}

} // namespace

TEST_CASE("a schema has the limits of the model") {
    const auto schema = schema_of<wan::text_to_video>("wan3.0-video");
    CHECK(schema.at("$schema").as_string() == "https://json-schema.org/draft/2020-12/schema");
    const auto& members = schema.at("properties").as_object();
    CHECK(members.at("job").at("const").as_string() == "text_to_video");
    CHECK(members.at("prompt").at("maxLength").as_int64() == 20'000);
    CHECK(members.at("prompt").at("type").as_string() == "string");
    CHECK(members.at("duration").at("default").as_int64() == 5);
    CHECK(members.at("resolution").at("enum") == boost::json::array{"480P", "720P", "1080P", nullptr});
    CHECK(members.at("audio").at("type") == boost::json::array{"boolean", "null"});
    CHECK(schema.at("required") == boost::json::array{"prompt", "job"});
    CHECK(schema.at("additionalProperties") == false);
}

TEST_CASE("a member that the model does not take is null or missing") {
    const auto schema = schema_of<wan::text_to_video>("wan2.2-t2v-plus");
    CHECK(schema.at("properties").at("audio_url") == boost::json::object{{"type", "null"}});
}

TEST_CASE("a job that the model does not do takes nothing") {
    const auto schema = schema_of<wan::video_edit>("wan2.7-t2v");
    CHECK(schema.at("not") == boost::json::object{});
    CHECK(schema.at("$comment").as_string() == "wan2.7-t2v does not support video_edit");
}

TEST_CASE("each job of each model has a schema, which names every member of the request") {
    for (const auto rows : wan::all_models)
        for (const auto& each : rows) {
            CAPTURE(each.model);
#define WAN_JOB(request)                                                                                     \
    if (each.jobs.contains(wan::job_of<wan::request>::value)) {                                              \
        const auto schema = support::parse_json(wan::json_schema<wan::request>(each));                       \
        CHECK_FALSE(schema.as_object().contains("not"));                                                     \
        boost::mp11::mp_for_each<wan::members_of<wan::request>>([&](auto member) {                           \
            const auto name = wan::wire_spelling(member.name);                                               \
            CHECK_MESSAGE(schema.at("properties").as_object().contains({name.data(), name.size()}), name);   \
        });                                                                                                  \
    }
            WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
        }
}

TEST_CASE("without any scheme, any text names a medium") {
    const auto paths =
        support::parse_json(wan::json_schema(wan::job::image_to_video, row("wan2.7-i2v"), {.schemes = {}}));
    CHECK_FALSE(paths.at("properties").at("image_url").as_object().contains("pattern"));
    const auto urls = support::parse_json(wan::json_schema(wan::job::image_to_video, row("wan2.7-i2v")));
    CHECK(urls.at("properties").at("image_url").as_object().contains("pattern"));
}

TEST_CASE("every member of every request has a description") {
#define WAN_JOB(request)                                                                                     \
    boost::mp11::mp_for_each<wan::members_of<wan::request>>([](auto member) {                                \
        CHECK_MESSAGE(!wan::description_of(wan::wire_spelling(member.name)).empty(), member.name);           \
    });
    WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
    CHECK(wan::description_of("colour").empty());
}
