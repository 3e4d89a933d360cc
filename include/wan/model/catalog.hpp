// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The rows of all known models, and the lookup of a model's row. The rows are in
/// `wan/model/dashscope_models.hpp` and `wan/model/gateway_models.hpp`, the columns in
/// `wan/model/limits.hpp`.
///
/// \code
/// const wan::model_limits* row = wan::find_model(wan::dashscope_models, "wan2.7-i2v");
/// if (row != nullptr) std::cout << row->duration.max << " seconds\n";
/// \endcode
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/dashscope_models.hpp>
#include <wan/model/gateway_models.hpp>

#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The limits for a model without a row. It is assumed to accept everything that the models with rows accept,
/// within the widest limits. The model may accept more, so violations of these limits are only warnings.
inline constexpr model_limits general_limits = [] {
    auto m = detail::wan27_model({}, "the widest limits of all Wan models");
    m.regions = detail::every_region;
    m.jobs = {job::text_to_video,      job::keyframe_to_video,  job::image_to_video,
              job::video_continuation, job::reference_to_video, job::video_edit};
    m.references = detail::wan3_model({}, {}).references;
    m.references.reference_voice = detail::audio_of(1);
    m.references.reference_description = true;
    m.references.excludes_frames = false;
    m.video_url = detail::clip_of(2, 60);
    m.audio_setting = {detail::audio_settings, "auto"};
    m.prompt = {20'000};
    m.ratio = {detail::known_ratios, "16:9"};
    m.duration = {.min = 2, .max = 30, .step = 1, .default_seconds = 5, .model_may_choose = true};
    m.seed.min = -1;
    m.enable_thinking = {true};
    m.audio = {true};
    m.audio_url = m.driving_audio_url = detail::audio_of(2);
    m.template_ = {.any = true, .names = {}, .regions = detail::every_region};
    m.resolution.tiers = {resolution::p480, resolution::p720, resolution::p1080};
    m.shot_type = {{shot_type::single, shot_type::multi}};
    return m;
}();

/// The models of every provider.
inline constexpr std::span<const model_limits> all_models[] = {dashscope_models, sinancode_models,
                                                               jiekou_models};

namespace detail {

/// Returns whether the name of a model ends with a date, such as "-2026-04-25".
constexpr bool ends_with_a_date(std::string_view model) noexcept {
    constexpr std::string_view form = "-0000-00-00";
    if (model.size() <= form.size()) return false;
    const auto end = model.substr(model.size() - form.size());
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] == '-' ? end[i] != '-' : end[i] < '0' || end[i] > '9') return false;
    return true;
}

} // namespace detail

/// Returns the row of a model. For a dated version without its own row, such as "wan2.7-i2v-2026-04-25",
/// returns the row for the name without the date. Returns null if there is no such row. Names are compared
/// exactly. The time is linear in the number of rows.
constexpr const model_limits* find_model(std::span<const model_limits> rows,
                                         std::string_view model) noexcept {
    for (const auto& row : rows)
        if (row.model == model) return &row;
    return detail::ends_with_a_date(model) ? find_model(rows, model.substr(0, model.size() - 11)) : nullptr;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
