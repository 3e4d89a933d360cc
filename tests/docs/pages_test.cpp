// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the services' pages say in tables is what the library does.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/model/catalog.hpp>
#include <wan/wan.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("pages");

namespace {

std::string page_of(std::string_view service) {
    return support::read_file(WAN_SOURCE_DIR "/docs/providers/" + std::string{service} + ".md");
}

std::string quote(std::string_view text) { return "`" + std::string{text} + "`"; }

/// Whether one line of a table has both.
bool has_row(const std::string& page, std::string_view a, std::string_view b) {
    for (auto at = page.find('\n'); at != std::string::npos; at = page.find('\n', at + 1)) {
        const auto line = page.substr(at + 1, page.find('\n', at + 1) - at - 1);
        if (line.starts_with('|') && line.find(quote(a)) != std::string::npos &&
            line.find(quote(b)) != std::string::npos)
            return true;
    }
    return false;
}

std::vector<boost::json::value> json_blocks(const std::string& page) {
    const std::string fence = "```json\n";
    std::vector<boost::json::value> blocks;
    for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
        at += fence.size();
        blocks.push_back(support::parse_json(page.substr(at, page.find("```", at) - at)));
    }
    return blocks;
}

/// Whether the page shows the body that this request becomes.
template <class Request>
void check_sample(const wan::dialect& api, const Request& request) {
    const auto submit =
        wan::make_submit({.dialect = &api, .base_url = "https://api.example", .key = "key"}, request);
    REQUIRE_MESSAGE(submit, to_string(submit.error()));
    const auto body = *submit->body.flatten();
    const auto shown = json_blocks(page_of(api.name));
    CHECK_MESSAGE(std::find(shown.begin(), shown.end(), support::parse_json(body)) != shown.end(), body);
}

template <class Request>
void check_job(const std::string& page, const wan::dialect& api) {
    const auto& job = wan::routes_of<Request>(api);
    if (job.routes.empty()) return;
    CHECK_MESSAGE(has_row(page, wan::to_wire(wan::job_of<Request>::value), job.default_model),
                  job.default_model);
    for (const auto& route : job.routes)
        CHECK_MESSAGE(page.find(route.path) != std::string::npos, route.path);
}

void check_words(const std::string& page, const wan::dialect& api) {
    for (const auto& row : api.statuses)
        CHECK_MESSAGE(has_row(page, row.word, wan::to_wire(row.status)), row.word);
    for (const auto& row : api.errors)
        CHECK_MESSAGE(has_row(page, row.code, wan::to_wire(row.category)), row.code);
}

} // namespace

TEST_CASE("a service's page names its jobs, default models and paths") {
    for (const auto* api :
         {&wan::dashscope::api, &wan::sinancode::api, &wan::yutoai::api, &wan::jiekou::api}) {
        CAPTURE(api->name);
        const auto page = page_of(api->name);
        check_job<wan::keyframe_to_video>(page, *api);
        check_job<wan::image_to_video>(page, *api);
        check_job<wan::video_continuation>(page, *api);
        CHECK(page.find(api->query.path) != std::string::npos);
    }
}

TEST_CASE("a service's page shows the body of each job") {
    const wan::keyframe_to_video keyframes{.first_frame_url = "https://example.com/first.png",
                                           .last_frame_url = "https://example.com/last.png",
                                           .prompt = "A lamp is lit",
                                           .resolution = wan::resolution::p720};
    const wan::image_to_video image{.image_url = "https://example.com/first.png",
                                    .prompt = "A lamp is lit",
                                    .resolution = wan::resolution::p720,
                                    .duration = 5};
    const wan::video_continuation clip{.first_clip_url = "https://example.com/clip.mp4",
                                       .prompt = "A lamp is lit",
                                       .resolution = wan::resolution::p720,
                                       .duration = 10};
    for (const auto* api :
         {&wan::dashscope::api, &wan::sinancode::api, &wan::yutoai::api, &wan::jiekou::api}) {
        CAPTURE(api->name);
        check_sample(*api, keyframes);
        check_sample(*api, image);
        if (api != &wan::sinancode::api) check_sample(*api, clip);
    }
    auto newest = keyframes;
    newest.model = "wan2.7-i2v";
    check_sample(wan::dashscope::api, newest);
}

TEST_CASE("a service's page says what its status words and error codes mean here") {
    for (const auto* api : {&wan::dashscope::api, &wan::sinancode::api, &wan::jiekou::api}) {
        CAPTURE(api->name);
        check_words(page_of(api->name), *api);
    }
}

TEST_CASE("a service's page names its addresses") {
    const auto named = [](std::string_view service, const wan::provider& who) {
        CHECK_MESSAGE(page_of(service).find(who.base_url) != std::string::npos, who.base_url);
    };
    for (const auto& who : {wan::dashscope::provider("k", wan::region::singapore),
                            wan::dashscope::provider("k", wan::region::beijing),
                            wan::dashscope::provider("k", wan::region::virginia)})
        named("dashscope", who);
    for (const auto& who : {wan::jiekou::provider("k"), wan::novita::provider("k"), wan::ppio::provider("k")})
        named("jiekou", who);
    named("sinancode", wan::sinancode::provider("k"));
}

TEST_CASE("the snapshot of prices is of models that there are") {
    const auto page = support::read_file(WAN_SOURCE_DIR "/docs/prices.md");
    std::size_t priced = 0;
    for (const auto& row : wan::dashscope_models) {
        const std::string name{row.model};
        priced += page.find("| " + name) != std::string::npos || page.find(", " + name) != std::string::npos
                      ? 1
                      : 0;
    }
    CHECK(priced == std::size(wan::dashscope_models));
}
