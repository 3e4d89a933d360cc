// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/model/media_kind_of.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/request/image_to_video.hpp>
#include <wan/request/keyframe_to_video.hpp>

#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("request_media");

namespace {

template <class Request>
std::vector<std::string> media_of(const Request& request) {
    std::vector<std::string> all;
    wan::for_each_medium(request, [&](std::string_view field, const wan::media& medium) {
        all.push_back(std::string{field} + " " + std::string{medium.url()});
    });
    return all;
}

} // namespace

TEST_CASE("the media of a request are visited in order, and optional ones only where they are set") {
    wan::keyframe_to_video shot{.first_frame_url = "https://a/1.png"};
    CHECK(media_of(shot) == std::vector<std::string>{"first_frame_url https://a/1.png"});
    shot.last_frame_url = "https://a/2.png";
    CHECK(media_of(shot) ==
          std::vector<std::string>{"first_frame_url https://a/1.png", "last_frame_url https://a/2.png"});
}

TEST_CASE("a medium may be replaced") {
    wan::keyframe_to_video shot{.first_frame_url = "https://a/1.png"};
    wan::for_each_medium(shot, [](std::string_view, wan::media& medium) { medium = "https://b/1.png"; });
    CHECK(shot.first_frame_url.url() == "https://b/1.png");
}

TEST_CASE("the kind of each medium is known by its member's name") {
    for (const auto* image : {"image_url", "first_frame_url", "last_frame_url"})
        CHECK_MESSAGE(wan::media_kind_of(image) == wan::media_kind::image, image);
    for (const auto* recording : {"first_clip_url", "audio_url", "driving_audio_url"})
        CHECK_MESSAGE(wan::media_kind_of(recording) == wan::media_kind::recording, recording);
}
