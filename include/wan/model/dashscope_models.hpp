// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The models of DashScope, and of every provider that offers DashScope's API unchanged.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/happyhorse_limits.hpp>
#include <wan/model/detail/wan22_limits.hpp>
#include <wan/model/detail/wan26_limits.hpp>
#include <wan/model/detail/wan27_limits.hpp>
#include <wan/model/detail/wan3_limits.hpp>

#include <string_view>

namespace wan::inline WAN_ABI {

namespace detail {

inline constexpr std::string_view keyframe_effects[] = {"hanfu-1", "solaron", "magazine", "mech1", "mech2"};
inline constexpr std::string_view turbo_effects[] = {
    "squish", "rotation", "poke",        "inflate", "dissolve",   "carousel",   "singleheart",
    "flying", "rose",     "crystalrose", "hug",     "frenchkiss", "coupleheart"};
inline constexpr std::string_view plus_effects[] = {
    "squish",     "rotation", "poke",        "inflate",   "dissolve",   "carousel",    "singleheart",
    "flying",     "rose",     "crystalrose", "hug",       "frenchkiss", "coupleheart", "melt",
    "icecream",   "dance1",   "dance2",      "dance3",    "dance4",     "dance5",      "mermaid",
    "graduation", "dragon",   "money",       "jellyfish", "pupil"};

inline constexpr std::string_view guide = "DashScope, first-and-last-frame guide and API reference (2.2)";
inline constexpr std::string_view image_reference = "DashScope, image-to-video API reference (2.1 to 2.6)";
inline constexpr std::string_view text_reference = "DashScope, text-to-video API reference (2.1 to 2.7)";
inline constexpr std::string_view reference_reference =
    "DashScope, reference-to-video API references (2.6, 2.7)";
inline constexpr std::string_view vace_reference = "DashScope, video editing API reference (2.1)";
inline constexpr std::string_view edit_reference = "DashScope, video editing API reference (2.7)";
inline constexpr std::string_view reference_3 = "DashScope, Wan 3 video generation API reference";
inline constexpr std::string_view happyhorse_reference = "DashScope, HappyHorse API references";
inline constexpr std::string_view reference_27 = "DashScope, image-to-video API reference (2.7)";

constexpr model_limits kf2v_22() noexcept {
    auto m = wan22_keyframe_model("wan2.2-kf2v-flash", guide);
    m.regions = singapore_and_beijing;
    m.resolution.tiers = {resolution::p480, resolution::p720, resolution::p1080};
    m.rate = {.submits_per_second = 2, .running_tasks = 2};
    return m;
}

/// The same model has a different name in each region.
constexpr model_limits kf2v_21(std::string_view model, region where, std::string_view namesake) noexcept {
    auto m = wan22_keyframe_model(model, guide);
    m.regions = where;
    m.namesake = namesake;
    if (where == region::beijing) m.template_.names = keyframe_effects;
    m.rate = {.submits_per_second = where == region::beijing ? 2.0 : 1.0, .running_tasks = 2};
    return m;
}

constexpr model_limits i2v_21_turbo(std::string_view model, region where,
                                    std::string_view namesake) noexcept {
    auto m = wan22_model(model, image_reference);
    m.regions = where;
    m.namesake = namesake;
    m.resolution = {{resolution::p480, resolution::p720}, resolution::p720};
    m.duration = {.min = 3, .max = 5, .step = 1, .default_seconds = 5};
    m.template_ = {.any = true, .names = turbo_effects, .regions = region::beijing};
    m.rate = {.submits_per_second = 2, .running_tasks = 2};
    return m;
}

constexpr model_limits i2v_21_plus(std::string_view model, region where, std::string_view namesake) noexcept {
    auto m = i2v_21_turbo(model, where, namesake);
    m.resolution = {resolution::p720, resolution::p720};
    m.duration = five_seconds;
    m.template_.names = plus_effects;
    return m;
}

constexpr model_limits i2v_22(std::string_view model, resolution_limit tiers) noexcept {
    auto m = wan22_model(model, image_reference);
    m.regions = singapore_and_beijing;
    m.resolution = tiers;
    m.rate = {.submits_per_second = 2, .running_tasks = 2};
    return m;
}

constexpr model_limits i2v_25() noexcept {
    auto m = wan26_model("wan2.5-i2v-preview", image_reference);
    m.regions = singapore_and_beijing;
    m.resolution.tiers = {resolution::p480, resolution::p720, resolution::p1080};
    m.duration = {.min = 5, .max = 10, .step = 5, .default_seconds = 5};
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

constexpr model_limits i2v_26(std::string_view model, set_of<region> regions) noexcept {
    auto m = wan26_model(model, image_reference);
    m.regions = regions;
    m.duration = {.min = 2, .max = 15, .step = 1, .default_seconds = 5};
    m.shot_type = {{shot_type::single, shot_type::multi}};
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

constexpr model_limits i2v_26_flash() noexcept {
    auto m = i2v_26("wan2.6-i2v-flash", singapore_and_beijing);
    m.audio = {true};
    return m;
}

constexpr model_limits i2v_26_us() noexcept {
    auto m = i2v_26("wan2.6-i2v-us", region::virginia);
    m.duration = {.min = 5, .max = 15, .step = 5, .default_seconds = 5};
    return m;
}

constexpr model_limits i2v_27() noexcept {
    auto m = wan27_model("wan2.7-i2v", reference_27);
    m.regions = singapore_and_beijing;
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

constexpr model_limits t2v_21(std::string_view model, region where, std::string_view namesake,
                              resolution_limit tiers) noexcept {
    auto m = wan22_text_model(model, text_reference);
    m.regions = where;
    m.namesake = namesake;
    m.resolution = tiers;
    m.rate = {.submits_per_second = 2, .running_tasks = 2};
    return m;
}

constexpr model_limits t2v_22() noexcept {
    auto m = wan22_text_model("wan2.2-t2v-plus", text_reference);
    m.regions = singapore_and_beijing;
    m.resolution = {{resolution::p480, resolution::p1080}, resolution::p1080};
    m.rate = {.submits_per_second = 2, .running_tasks = 2};
    return m;
}

constexpr model_limits t2v_25() noexcept {
    auto m = wan26_text_model("wan2.5-t2v-preview", text_reference);
    m.regions = singapore_and_beijing;
    m.resolution.tiers = {resolution::p480, resolution::p720, resolution::p1080};
    m.duration = {.min = 5, .max = 10, .step = 5, .default_seconds = 5};
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

constexpr model_limits t2v_26() noexcept {
    auto m = wan26_text_model("wan2.6-t2v", text_reference);
    m.regions = singapore_to_frankfurt;
    m.duration = {.min = 2, .max = 15, .step = 1, .default_seconds = 5};
    m.shot_type = {{shot_type::single, shot_type::multi}};
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

constexpr model_limits t2v_26_us() noexcept {
    auto m = t2v_26();
    m.model = "wan2.6-t2v-us";
    m.regions = region::virginia;
    m.duration = {.min = 5, .max = 15, .step = 5, .default_seconds = 5};
    return m;
}

constexpr model_limits t2v_27() noexcept {
    auto m = wan27_text_model("wan2.7-t2v", text_reference);
    m.regions = singapore_and_beijing;
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

constexpr model_limits wan3(std::string_view model) noexcept {
    auto m = wan3_model(model, reference_3);
    m.regions = {region::singapore, region::beijing, region::virginia, region::hong_kong};
    m.documented_regions = m.regions;
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

constexpr model_limits r2v_26(std::string_view model, bool is_flash) noexcept {
    auto m = wan26_reference_model(model, reference_reference);
    m.regions = singapore_and_beijing;
    // The reference lists an endpoint and other durations for Virginia, but not the models' names.
    m.documented_regions.remove(region::virginia);
    m.audio = {is_flash};
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

/// These models make silent videos of 5 seconds. The rate limits of an account are not documented.
constexpr model_limits vace(std::string_view model, region where, std::string_view namesake) noexcept {
    auto m = wan22_text_model(model, vace_reference);
    m.jobs = job::reference_to_video;
    m.regions = where;
    m.namesake = namesake;
    m.negative_prompt.is_disputed = true; // resellers document it, the reference does not
    m.resolution = {resolution::p720, resolution::p720};
    m.references = {.reference_image = image_of(10), .max_images = 3, .min_images_and_videos = 1};
    m.references.reference_image.side = m.references.reference_image.strict_side;
    return m;
}

constexpr model_limits in_27(model_limits m) noexcept {
    m.regions = singapore_and_beijing;
    m.rate = {.submits_per_second = 5, .running_tasks = 5};
    return m;
}

/// Some pages list 480P for HappyHorse 1.1.
constexpr model_limits in_happyhorse_11(model_limits m) noexcept {
    m.resolution.disputed = resolution::p480;
    return m;
}

constexpr model_limits happyhorse_11_reference() noexcept {
    auto m = in_happyhorse_11(happyhorse_reference_model("happyhorse-1.1-r2v", happyhorse_reference));
    m.ratio.words = nine_ratios;
    return m;
}

constexpr model_limits happyhorse_11_text() noexcept {
    auto m = in_happyhorse_11(happyhorse_text_model("happyhorse-1.1-t2v", happyhorse_reference));
    m.ratio.words = nine_ratios;
    return m;
}

} // namespace detail

/// The rows, from DashScope's guide and API references; each row names its source (`model_limits::source`).
inline constexpr model_limits dashscope_models[] = {
    detail::kf2v_22(),
    detail::kf2v_21("wan2.1-kf2v-plus", region::singapore, "wanx2.1-kf2v-plus"),
    detail::kf2v_21("wanx2.1-kf2v-plus", region::beijing, "wan2.1-kf2v-plus"),
    detail::i2v_26("wan2.6-i2v", detail::singapore_to_frankfurt),
    detail::i2v_26_flash(),
    detail::i2v_26_us(),
    detail::i2v_25(),
    detail::i2v_22("wan2.2-i2v-flash",
                   {{resolution::p480, resolution::p720, resolution::p1080}, resolution::p720}),
    detail::i2v_22("wan2.2-i2v-plus", {{resolution::p480, resolution::p1080}, resolution::p1080}),
    detail::i2v_21_turbo("wan2.1-i2v-turbo", region::singapore, "wanx2.1-i2v-turbo"),
    detail::i2v_21_turbo("wanx2.1-i2v-turbo", region::beijing, "wan2.1-i2v-turbo"),
    detail::i2v_21_plus("wan2.1-i2v-plus", region::singapore, "wanx2.1-i2v-plus"),
    detail::i2v_21_plus("wanx2.1-i2v-plus", region::beijing, "wan2.1-i2v-plus"),
    detail::i2v_27(),
    detail::t2v_27(),
    detail::t2v_26(),
    detail::t2v_26_us(),
    detail::t2v_25(),
    detail::t2v_22(),
    detail::t2v_21("wan2.1-t2v-turbo", region::singapore, "wanx2.1-t2v-turbo",
                   {{resolution::p480, resolution::p720}, resolution::p720}),
    detail::t2v_21("wanx2.1-t2v-turbo", region::beijing, "wan2.1-t2v-turbo",
                   {{resolution::p480, resolution::p720}, resolution::p720}),
    detail::t2v_21("wan2.1-t2v-plus", region::singapore, "wanx2.1-t2v-plus",
                   {resolution::p720, resolution::p720}),
    detail::t2v_21("wanx2.1-t2v-plus", region::beijing, "wan2.1-t2v-plus",
                   {resolution::p720, resolution::p720}),
    detail::in_27(detail::wan27_reference_model("wan2.7-r2v", detail::reference_reference)),
    detail::r2v_26("wan2.6-r2v", false),
    detail::r2v_26("wan2.6-r2v-flash", true),
    detail::vace("wan2.1-vace-plus", region::singapore, "wanx2.1-vace-plus"),
    detail::vace("wanx2.1-vace-plus", region::beijing, "wan2.1-vace-plus"),
    detail::in_27(detail::wan27_edit_model("wan2.7-videoedit", detail::edit_reference)),
    detail::wan3("wan3.0-video"),
    detail::wan3("wan3.0-video-prime"),
    detail::happyhorse_11_text(),
    detail::happyhorse_text_model("happyhorse-1.0-t2v", detail::happyhorse_reference),
    detail::happyhorse_11_reference(),
    detail::happyhorse_reference_model("happyhorse-1.0-r2v", detail::happyhorse_reference),
    detail::happyhorse_edit_model("happyhorse-1.0-video-edit", detail::happyhorse_reference),
    detail::in_happyhorse_11(
        detail::happyhorse_image_model("happyhorse-1.1-i2v", detail::happyhorse_reference)),
    detail::happyhorse_image_model("happyhorse-1.0-i2v", detail::happyhorse_reference),
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
