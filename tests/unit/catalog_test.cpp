// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/model/catalog.hpp>
#include <wan/request/resolution.hpp>
#include <wan/video/output_size.hpp>

#include <cmath>
#include <ostream>
#include <set>
#include <span>
#include <string>

TEST_SUITE_BEGIN("catalog");

using wan::region;
using wan::resolution;

TEST_CASE("a model's row is found by its exact name") {
    REQUIRE(wan::find_model(wan::dashscope_models, "wan2.2-kf2v-flash") != nullptr);
    CHECK(wan::find_model(wan::dashscope_models, "wan2.2-kf2v") == nullptr);
    CHECK(wan::find_model(wan::dashscope_models, "") == nullptr);
}

TEST_CASE("every row is complete and names its source") {
    using rows = std::span<const wan::model_limits>;
    for (const auto& catalog :
         {rows{wan::dashscope_models}, rows{wan::sinancode_models}, rows{wan::jiekou_models}}) {
        std::set<std::string_view> names;
        for (const auto& row : catalog) {
            CAPTURE(std::string{row.model});
            CHECK(names.insert(row.model).second);
            CHECK_FALSE(row.source.empty());
            CHECK(row.jobs.bits != 0);
            CHECK(row.regions.bits != 0);
            CHECK(row.resolution.tiers.contains(row.resolution.default_tier));
            if (row.duration.offered() && !row.duration.zero_is_all) {
                CHECK(row.duration.default_seconds >= row.duration.min);
                CHECK(row.duration.default_seconds <= row.duration.max);
            }
            CHECK((!row.duration.offered() || row.duration.step > 0));
            CHECK(row.prompt.offered());
            if (!row.jobs.contains(wan::job::reference_to_video)) // which may begin with a frame
                CHECK(row.jobs.contains(wan::job::keyframe_to_video) == row.first_frame_url.offered());
            CHECK(row.jobs.contains(wan::job::image_to_video) == row.image_url.offered());
            CHECK(row.jobs.contains(wan::job::video_continuation) == row.first_clip_url.offered());
            CHECK(row.jobs.contains(wan::job::video_edit) == row.video_url.offered());
            CHECK((row.jobs.contains(wan::job::reference_to_video) ||
                   row.jobs.contains(wan::job::video_edit)) == row.references.offered());
            CHECK(row.output_fps == (row.model.starts_with("happyhorse") ? 24 : 30));
            if (!row.namesake.empty()) CHECK(wan::find_model(catalog, row.namesake) != nullptr);
        }
    }
    for (const auto& row : wan::dashscope_models) { // of HappyHorse and VACE no document has a rate
        const bool has_rate = !row.model.starts_with("happyhorse") && !row.model.ends_with("-vace-plus");
        CHECK((row.rate.submits_per_second > 0) == has_rate);
    }
}

TEST_CASE("a dated model has the row of its name") {
    CHECK(wan::find_model(wan::dashscope_models, "wan2.7-i2v-2026-04-25") ==
          wan::find_model(wan::dashscope_models, "wan2.7-i2v"));
    for (const char* other : {"wan2.7-i2v-2026-04", "wan2.7-i2v-2026-04-2x", "-2026-04-25",
                              "wan2.7-i2v2026-04-25", "wan9-2026-04-25"})
        CHECK(wan::find_model(wan::dashscope_models, other) == nullptr);
}

TEST_CASE("the keyframe models are where the guide says") {
    struct {
        const char* model;
        bool singapore, beijing, p480, p720, p1080;
    } const rows[] = {
        {"wan2.2-kf2v-flash", true, true, true, true, true},
        {"wan2.1-kf2v-plus", true, false, false, true, false},
        {"wanx2.1-kf2v-plus", false, true, false, true, false},
    };
    for (const auto& expected : rows) {
        CAPTURE(std::string{expected.model});
        const auto* row = wan::find_model(wan::dashscope_models, expected.model);
        REQUIRE(row != nullptr);
        CHECK(row->regions.contains(region::singapore) == expected.singapore);
        CHECK(row->regions.contains(region::beijing) == expected.beijing);
        CHECK_FALSE(row->regions.contains(region::virginia));
        CHECK(row->resolution.tiers.contains(resolution::p480) == expected.p480);
        CHECK(row->resolution.tiers.contains(resolution::p720) == expected.p720);
        CHECK(row->resolution.tiers.contains(resolution::p1080) == expected.p1080);
        CHECK(row->resolution.default_tier == resolution::p720);
    }
}

TEST_CASE("the output keeps the first frame's aspect ratio on sides that are multiples of 16") {
    CHECK(wan::predict_output({750, 1000}, resolution::p720) ==
          wan::predicted_output{{816, 1104}, 816 * 1104});
    CHECK(wan::predict_output({1280, 720}, resolution::p720) ==
          wan::predicted_output{{1280, 720}, 1280 * 720});
    CHECK(wan::predict_output({100, 100}, resolution::p720).size == wan::frame_size{960, 960});
    // 1080 is no multiple of 16
    CHECK(wan::predict_output({1920, 1080}, resolution::p1080).size == wan::frame_size{1920, 1072});
    CHECK(wan::predict_output_size({750, 1000}, 1280 * 720) ==
          wan::predict_output({750, 1000}, resolution::p720).size);
    for (const auto tier : {resolution::p480, resolution::p720, resolution::p1080})
        for (std::uint32_t w = 240; w <= 8000; w += 31)
            for (std::uint32_t h = 240; h <= 8000; h += 29) {
                const auto [size, pixels] = wan::predict_output({w, h}, tier);
                // The exact sides lie less than one step above.
                const double area = static_cast<double>(target_pixels(tier));
                const bool is_close =
                    std::sqrt(area * w / h) - size.width < 16 && std::sqrt(area * h / w) - size.height < 16;
                const bool fits = size.width % 16 == 0 && size.height % 16 == 0 && size.width >= 16 &&
                                  size.height >= 16 && pixels == std::uint64_t{size.width} * size.height &&
                                  pixels <= target_pixels(tier);
                if (!fits || !is_close) FAIL(w << "x" << h << " gives " << size.width << "x" << size.height);
            }
}

TEST_CASE("the longest shapes keep their ratio, and what is no frame has no size") {
    CHECK(wan::predict_output({1000, 8000}, resolution::p480).size == wan::frame_size{208, 1776});
    CHECK(wan::predict_output({8000, 1000}, resolution::p1080).size == wan::frame_size{4064, 496});
    CHECK(wan::predict_output({1, 8000}, resolution::p480).size.width == 16); // never 0
    for (const auto none : {wan::frame_size{0, 0}, wan::frame_size{0, 720}, wan::frame_size{1280, 0}})
        CHECK(wan::predict_output(none, resolution::p720) == wan::predicted_output{});
    static_assert(wan::predict_output({832, 480}, resolution::p480).pixels == 832 * 480);
}
