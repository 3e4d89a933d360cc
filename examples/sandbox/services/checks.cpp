// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/checks.hpp"

#include "sandbox/services/reader.hpp"

#include <wan/utf8.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <vector>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr medium_name keyframe_media[] = {
    {"first_frame_url", &video_order::first_frame_url, true},
    {"last_frame_url", &video_order::last_frame_url},
};

constexpr medium_name image_media[] = {
    {"img_url", &video_order::first_frame_url, true},
    {"audio_url", &video_order::audio_url},
};

/// The types of the members of a media list.
constexpr medium_name media_types[] = {
    {"first_frame", &video_order::first_frame_url},
    {"last_frame", &video_order::last_frame_url},
    {"driving_audio", &video_order::audio_url},
    {"first_clip", &video_order::first_clip_url},
};

/// What may be given together where a clip may be given.
struct media_set {
    bool first_frame, last_frame, audio, first_clip;
    friend bool operator==(const media_set&, const media_set&) = default;
};

constexpr media_set allowed_media_sets[] = {
    {true, false, false, false}, {true, false, true, false},  {true, true, false, false},
    {true, true, true, false},   {false, false, false, true}, {false, true, false, true},
};

std::string one_of(const std::vector<std::string_view>& names) {
    std::string text = "Input should be ";
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text.append(1, '\'').append(names[i]).append(1, '\'');
    }
    return text;
}

/// The names of those members of a wire table that are in the set.
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

void read_named_media(reader& input, std::span<const medium_name> names, video_order& order) {
    for (const auto& row : names)
        order.*row.place = row.required ? input.required_text(row.name) : input.text(row.name);
}

void read_medium(reader& input, const json::value& item, const std::string& at, read_request& read) {
    if (!item.is_object()) return input.fail("Input should be a valid dictionary: " + at);
    reader members(&item.get_object(), at + ".", read.failed);
    const auto type = members.required_text("type");
    const auto url = members.required_text("url");
    if (read.failed) return;
    const auto* const row = std::find_if(std::begin(media_types), std::end(media_types),
                                         [&](const medium_name& known) { return known.name == type; });
    if (row == std::end(media_types)) {
        std::vector<std::string_view> names;
        for (const auto& known : media_types) names.push_back(known.name);
        return input.fail(one_of(names));
    }
    auto& place = read.order.*row->place;
    if (!place.empty()) return input.fail("Each type of media is allowed only once: " + type);
    place = url;
}

void read_media_list(reader& input, read_request& read) {
    const auto* const list = input.list("media");
    if (!list || list->empty()) return input.fail_required("media");
    for (std::size_t i = 0; i < list->size(); ++i)
        read_medium(input, (*list)[i], input.name("media") + "." + std::to_string(i), read);
}

void check_media_set(reader& input, const video_order& order) {
    const media_set given{.first_frame = !order.first_frame_url.empty(),
                          .last_frame = !order.last_frame_url.empty(),
                          .audio = !order.audio_url.empty(),
                          .first_clip = !order.first_clip_url.empty()};
    if (std::find(std::begin(allowed_media_sets), std::end(allowed_media_sets), given) ==
        std::end(allowed_media_sets))
        input.fail("The combination of media is not supported: allowed are a first frame, with or without "
                   "last frame and driving audio, or a first clip, with or without last frame");
}

void read_texts(reader& input, const wan::model_limits& limits, read_request& read) {
    read.request.prompt = first_characters(input.text("prompt"), limits.prompt.max_characters);
    input.text("negative_prompt");
    if (!limits.template_.offered()) return;
    const auto effect = input.text("template");
    if (effect.empty()) return;
    read.order.last_frame_url.clear(); // an effect makes its own end
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
    if (!seconds) return limit.default_seconds;
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

void read_parameters(reader& parameters, const wan::model_limits& limits, read_request& read) {
    read.request.tier = read.order.tier = read_tier(parameters, limits.resolution);
    read.request.seconds = read.order.seconds = read_duration(parameters, limits.duration);
    check_seed(parameters, limits.seed);
    read.request.prompt_extend = parameters.flag("prompt_extend", true);
    read.order.watermark = parameters.flag("watermark", false);
    check_shot_type(parameters, limits.shot_type);
    const bool wanted = !limits.audio.offered() || parameters.flag("audio", true);
    read.request.sound = read.order.sound = limits.makes_sound && wanted;
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
    if (limits.first_clip_url.offered()) {
        read_media_list(input, read);
        check_media_set(input, read.order);
    } else if (limits.first_frame_url.offered()) {
        read_named_media(input, keyframe_media, read.order);
    } else {
        read_named_media(input, image_media, read.order);
    }
    read_texts(input, limits, read);

    const auto* const given = body.if_contains("parameters");
    reader parameters(given ? given->if_object() : nullptr, "parameters.", read.failed);
    if (given && !given->is_null() && !given->is_object())
        parameters.fail("Input should be a valid dictionary: parameters");
    read_parameters(parameters, limits, read);
    return read;
}

read_request read_flat_request(const json::object& body, const wan::model_limits& limits,
                               std::span<const medium_name> media) {
    auto read = request_for(limits);
    reader members(&body, {}, read.failed);
    read_named_media(members, media, read.order);
    if (limits.first_clip_url.offered()) check_media_set(members, read.order);
    read_texts(members, limits, read);
    read_parameters(members, limits, read);
    return read;
}

} // namespace sandbox
