// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/checks.hpp"

#include "sandbox/services/media_members.hpp"
#include "sandbox/services/reader.hpp"

#include <wan/utf8.hpp>
#include <wan/video/output_size.hpp>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace sandbox {

namespace json = boost::json;

namespace {

/// Returns the names of the values in the set.
template <class E>
std::vector<std::string_view> names_in(wan::set_of<E> set) {
    std::vector<std::string_view> names;
    for (const auto& row : wan::wire_table<E>)
        if (set.contains(row.value)) names.push_back(row.name);
    return names;
}

std::string first_characters(std::string_view text, std::size_t most) {
    std::size_t end = 0;
    for (; most > 0 && end < text.size(); --most) {
        const auto n = wan::first_character_size(text.substr(end));
        if (n == 0) break;
        end += n;
    }
    return std::string{text.substr(0, end)};
}

void read_texts(reader& input, const wan::model_limits& limits, read_request& read) {
    const bool is_text_alone = read.order.first_frame_url.empty() && read.order.first_clip_url.empty() &&
                               read.order.video_url.empty() && read.order.references.empty();
    read.request.prompt = first_characters(
        is_text_alone ? input.required_text("prompt") : input.text("prompt"), limits.prompt.max_characters);
    read.order.text = read.request.prompt;
    input.text("negative_prompt");
    if (!limits.template_.offered()) return;
    const auto effect = input.text("template");
    if (effect.empty()) return;
    read.order.last_frame_url.clear(); // an effect determines its own end
    const std::vector<std::string_view> known(limits.template_.names.begin(), limits.template_.names.end());
    if (!known.empty() && std::find(known.begin(), known.end(), effect) == known.end())
        input.fail(one_of(known));
}

std::string allowed_durations(const wan::duration_limit& limit) {
    if (limit.min == limit.max) return "duration customization is not supported";
    if (limit.step == 1)
        return "Duration should be between " + std::to_string(limit.min) + " and " +
               std::to_string(limit.max);
    std::string text = "duration must be in ";
    for (int seconds = limit.min; seconds <= limit.max; seconds += limit.step)
        text.append(seconds == limit.min ? "" : ",").append(std::to_string(seconds));
    return text;
}

int read_duration(reader& parameters, const wan::duration_limit& limit) {
    const auto seconds = parameters.whole_number("duration");
    const bool is_models_choice =
        (limit.model_may_choose && seconds == wan::model_chooses) || !limit.offered();
    if (limit.zero_is_all && seconds == 0) return 0;
    if (!seconds || is_models_choice) return limit.default_seconds;
    if (*seconds >= limit.min && *seconds <= limit.max && (*seconds - limit.min) % limit.step == 0)
        return static_cast<int>(*seconds);
    parameters.fail(allowed_durations(limit));
    return limit.default_seconds;
}

wan::resolution read_tier(reader& parameters, const wan::resolution_limit& limit) {
    const auto text = parameters.text("resolution");
    if (text.empty()) return limit.default_tier;
    const auto tier = wan::from_wire<wan::resolution>(text);
    if (tier && limit.tiers.contains(*tier)) return *tier;
    parameters.fail(one_of(names_in(limit.tiers)));
    return limit.default_tier;
}

void check_shot_type(reader& parameters, const wan::shot_type_limit& limit) {
    if (!limit.offered()) return;
    const auto text = parameters.text("shot_type");
    const auto type = wan::from_wire<wan::shot_type>(text);
    if (!text.empty() && !(type && limit.types.contains(*type)))
        parameters.fail(one_of(names_in(limit.types)));
}

void check_seed(reader& parameters, const wan::range_limit& limit) {
    const auto seed = parameters.whole_number("seed");
    if (!seed || (*seed >= limit.min && *seed <= limit.max)) return;
    parameters.fail("seed must be in [" + std::to_string(limit.min) + ", " + std::to_string(limit.max) + "]");
}

wan::frame_size size_in(std::string_view text) {
    wan::frame_size size;
    std::sscanf(std::string{text}.c_str(), "%u*%u", &size.width, &size.height);
    return size;
}

/// Reads the size of a video from a text, as models up to 2.6 require it.
void read_size(reader& parameters, const wan::model_limits& limits, read_request& read) {
    const auto text = parameters.text("size");
    std::string sizes;
    for (const auto& shape : limits.shapes) {
        if (!limits.resolution.tiers.contains(shape.tier)) continue;
        sizes.append(sizes.empty() ? "" : ",").append(shape.size);
        const bool is_it = text.empty()
                               ? shape.tier == limits.resolution.default_tier && shape.ratio == "16:9"
                               : shape.size == text;
        if (!is_it) continue;
        read.request.tier = read.order.tier = shape.tier;
        read.order.size = size_in(shape.size);
        read.request.ratio = shape.ratio;
        read.request.size = shape.size;
        return;
    }
    parameters.fail("size must be in " + sizes);
}

/// Reads the ratio of a video from a text alone, or if the request has one.
void read_ratio(reader& parameters, const wan::model_limits& limits, read_request& read) {
    if (!limits.ratio.offered()) return;
    const auto text = parameters.text("ratio");
    const auto ratio = text.empty() ? limits.ratio.default_word : std::string_view{text};
    const auto& words = limits.ratio.words;
    if (!text.empty() && std::find(words.begin(), words.end(), ratio) == words.end())
        return parameters.fail(one_of({words.begin(), words.end()}));
    const bool is_text_alone = read.order.first_frame_url.empty() && read.order.first_clip_url.empty() &&
                               read.order.video_url.empty();
    const bool is_adaptive = ratio == "adaptive" || ratio.empty();
    if (is_adaptive && !is_text_alone) return;
    read.request.ratio = is_adaptive ? "16:9" : ratio;
    for (const auto& shape : limits.shapes)
        if (shape.tier == read.order.tier && shape.ratio == ratio) read.order.size = size_in(shape.size);
    if (read.order.size.width != 0) return;
    wan::frame_size shape{16, 9};
    std::sscanf(std::string{ratio}.c_str(), "%u:%u", &shape.width, &shape.height);
    read.order.size = wan::predict_output_size(shape, wan::target_pixels(read.order.tier));
}

void read_parameters(reader& parameters, const wan::model_limits& limits, bool takes_size,
                     read_request& read) {
    if (takes_size) {
        read_size(parameters, limits, read);
    } else {
        read.request.tier = read.order.tier = read_tier(parameters, limits.resolution);
        read_ratio(parameters, limits, read);
    }
    read.request.seconds = read.order.seconds = read_duration(parameters, limits.duration);
    check_seed(parameters, limits.seed);
    read.order.keeps_sound = parameters.text("audio_setting") == "origin";
    read.request.prompt_extend = parameters.flag("prompt_extend", true);
    read.order.watermark = parameters.flag("watermark", limits.model.starts_with("happyhorse"));
    check_shot_type(parameters, limits.shot_type);
    const bool wanted = !limits.audio.offered() || parameters.flag("audio", true);
    read.request.sound = read.order.sound = limits.makes_sound && wanted;
}

/// Keeps the URL of the first frame for the statistics. A data URL can have megabytes, and is not kept.
void keep_first_frame(read_request& read) {
    const auto& url = read.order.first_frame_url;
    if (!url.starts_with("data:")) read.request.first_frame_url = url;
}

read_request request_for(const wan::model_limits& limits) {
    read_request read;
    read.request.model = limits.model;
    read.request.limits = read.order.limits = &limits;
    return read;
}

} // namespace

read_request read_nested_request(const json::object& body, const wan::model_limits& limits) {
    auto read = request_for(limits);
    reader input(&body.at("input").as_object(), "input.", read.failed);
    read_media(input, limits, read);
    keep_first_frame(read);
    read_texts(input, limits, read);

    const auto* const given = body.if_contains("parameters");
    reader parameters(given ? given->if_object() : nullptr, "parameters.", read.failed);
    if (given && !given->is_null() && !given->is_object())
        parameters.fail("Input should be a valid dictionary: parameters");
    const bool takes_size = !limits.shapes.empty() && limits.model.find("2.7") == std::string_view::npos;
    read_parameters(parameters, limits, takes_size, read);
    return read;
}

read_request read_flat_request(const json::object& body, const wan::model_limits& limits,
                               std::span<const medium_name> media) {
    auto read = request_for(limits);
    reader members(&body, {}, read.failed);
    read_media(members, limits, media, read);
    keep_first_frame(read);
    read_texts(members, limits, read);
    read_parameters(members, limits, !limits.shapes.empty(), read);
    return read;
}

} // namespace sandbox
