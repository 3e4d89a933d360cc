// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/media_members.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr medium_name keyframe_media[] = {
    {"first_frame_url", &video_order::first_frame_url, true},
    {"last_frame_url", &video_order::last_frame_url},
};

constexpr medium_name text_media[] = {
    {"audio_url", &video_order::audio_url},
};

constexpr medium_name image_media[] = {
    {"img_url", &video_order::first_frame_url, true},
    {"audio_url", &video_order::audio_url},
};

/// Types of the members of a media list.
constexpr medium_name media_types[] = {
    {"first_frame", &video_order::first_frame_url},
    {"last_frame", &video_order::last_frame_url},
    {"driving_audio", &video_order::audio_url},
    {"first_clip", &video_order::first_clip_url},
    {"video", &video_order::video_url},
};

/// Allowed combinations of media, if a clip is among them.
struct media_set {
    bool first_frame, last_frame, audio, first_clip;
    friend bool operator==(const media_set&, const media_set&) = default;
};

constexpr media_set media_sets_27[] = {
    {true, false, false, false}, {true, false, true, false},  {true, true, false, false},
    {true, true, true, false},   {false, false, false, true}, {false, true, false, true},
};
constexpr media_set media_sets_3[] = {
    {false, false, false, false}, {true, false, false, false}, {true, true, false, false}};
constexpr media_set media_sets_happyhorse[] = {{true, false, false, false}};

/// How a model receives its media.
struct media_form {
    std::string_view mark; ///< a part of the models' names
    bool is_list;          ///< true: a list `media`; false: one member per medium
    std::span<const media_set> sets;
    std::string_view said; ///< the allowed sets, for messages
    /// The name of the list of reference URLs, if there is one.
    std::string_view urls = "reference_urls";
};

constexpr media_form media_forms[] = {
    {"-t2v", false, {}, {}},
    {"2.6-r2v", false, {}, {}},
    {"-r2v", true, {}, {}},
    {"-vace", false, {}, {}, "ref_images_url"},
    {"videoedit", true, {}, {}},
    {"video-edit", true, {}, {}},
    {"2.1-", false, {}, {}},
    {"2.2-", false, {}, {}},
    {"2.5-", false, {}, {}},
    {"2.6-", false, {}, {}},
    {"wan3.", true, media_sets_3, "nothing, a first frame, or a first and a last frame"},
    {"happyhorse", true, media_sets_happyhorse, "exactly one first frame"},
    {"2.7-", true, media_sets_27,
     "a first frame, with or without last frame and driving audio, or a first clip, with or without last "
     "frame"},
    {"", true, {}, {}}, // a model of --catalog: as its row allows
};

const media_form& media_form_of(std::string_view model) {
    const auto* row = media_forms;
    while (model.find(row->mark) == std::string_view::npos) ++row;
    return *row; // the last row's mark is empty, so it matches every name
}

void read_named_media(reader& input, std::span<const medium_name> names, video_order& order) {
    for (const auto& row : names)
        order.*row.place = row.required ? input.required_text(row.name) : input.text(row.name);
}

bool takes(const wan::reference_limit& limit, wan::reference_type type) {
    switch (type) {
    case wan::reference_type::reference_image: return limit.max_images > 0;
    case wan::reference_type::reference_video: return limit.max_videos > 0;
    case wan::reference_type::reference_audio: return limit.max_audios > 0;
    default: return limit.max_files > 0;
    }
}

bool takes(const wan::model_limits& limits, const medium_name& type) {
    if (type.place == &video_order::first_frame_url)
        return limits.first_frame_url.offered() || limits.image_url.offered();
    if (type.place == &video_order::last_frame_url) return limits.last_frame_url.offered();
    if (type.place == &video_order::first_clip_url) return limits.first_clip_url.offered();
    if (type.place == &video_order::video_url) return limits.video_url.offered();
    return limits.driving_audio_url.offered() || limits.audio_url.offered();
}

/// Returns the types of media that such a model accepts.
std::vector<std::string_view> type_names(const wan::model_limits& limits) {
    std::vector<std::string_view> names;
    for (const auto& known : media_types)
        if (takes(limits, known)) names.push_back(known.name);
    for (const auto& row : wan::wire_table<wan::reference_type>)
        if (takes(limits.references, row.value)) names.push_back(row.name);
    return names;
}

void read_medium(reader& input, const json::value& item, const std::string& at, read_request& read) {
    if (!item.is_object()) return input.fail("Input should be a valid dictionary: " + at);
    reader members(&item.get_object(), at + ".", read.failed);
    const auto type = members.required_text("type");
    const auto url = members.required_text("url");
    if (read.failed) return;
    if (const auto reference = wan::from_wire<wan::reference_type>(type);
        reference && takes(read.request.limits->references, *reference)) {
        read.order.references.push_back({*reference, url, members.text("reference_voice")});
        return;
    }
    const auto* const row =
        std::find_if(std::begin(media_types), std::end(media_types), [&](const medium_name& known) {
            return known.name == type && takes(*read.request.limits, known);
        });
    if (row == std::end(media_types)) return input.fail(one_of(type_names(*read.request.limits)));
    auto& place = read.order.*row->place;
    if (!place.empty()) return input.fail("Each type of media is allowed only once: " + type);
    place = url;
}

void read_media_list(reader& input, read_request& read) {
    const auto* const list = input.list("media");
    const bool is_required = !read.request.limits->jobs.contains(wan::job::text_to_video);
    if (!list || list->empty()) {
        if (is_required) input.fail_required("media");
        return;
    }
    for (std::size_t i = 0; i < list->size(); ++i)
        read_medium(input, (*list)[i], input.name("media") + "." + std::to_string(i), read);
}

std::size_t count_of(const video_order& order, wan::reference_type type) {
    return static_cast<std::size_t>(std::count_if(order.references.begin(), order.references.end(),
                                                  [&](const reference& r) { return r.type == type; }));
}

void check_references(reader& input, const wan::model_limits& limits, const video_order& order) {
    const auto& most = limits.references;
    const auto images = count_of(order, wan::reference_type::reference_image),
               videos = count_of(order, wan::reference_type::reference_video),
               audios = count_of(order, wan::reference_type::reference_audio),
               files =
                   count_of(order, wan::reference_type::file) + count_of(order, wan::reference_type::link);
    const auto is_over = [](std::size_t count, int limit) { return count > static_cast<std::size_t>(limit); };
    if (is_over(images, most.max_images) || is_over(videos, most.max_videos) ||
        is_over(audios, most.max_audios) || is_over(files, most.max_files) ||
        (most.max_images_and_videos > 0 && is_over(images + videos, most.max_images_and_videos)))
        return input.fail("The number of reference media exceeds the limit");
    if (limits.video_url.offered() && order.video_url.empty())
        return input.fail("Field required: input.media.video");
    if (images + videos < static_cast<std::size_t>(most.min_images_and_videos))
        return input.fail("At least one reference_image or reference_video is required");
    if (most.excludes_frames && !order.references.empty() &&
        !(order.first_frame_url.empty() && order.last_frame_url.empty()))
        input.fail("first_frame and last_frame cannot be used together with reference media");
}

/// Up to generation 2.6, the ending of the name decides whether a reference is an image or a clip.
void read_reference_urls(reader& input, const wan::model_limits& limits, std::string_view name,
                         read_request& read) {
    const auto* const list = input.list(name);
    if (!list || list->empty()) return input.fail_required(name);
    for (const auto& item : *list) {
        if (!item.is_string()) return input.fail("Input should be a valid string: " + input.name(name));
        const std::string url{item.get_string()};
        const bool is_clip = url.ends_with(".mp4") || url.ends_with(".mov");
        read.order.references.push_back(
            {is_clip ? wan::reference_type::reference_video : wan::reference_type::reference_image, url});
    }
    check_references(input, limits, read.order);
}

void check_media_set(reader& input, const video_order& order, const media_form& form) {
    if (form.sets.empty()) return;
    const media_set given{.first_frame = !order.first_frame_url.empty(),
                          .last_frame = !order.last_frame_url.empty(),
                          .audio = !order.audio_url.empty(),
                          .first_clip = !order.first_clip_url.empty()};
    if (std::find(form.sets.begin(), form.sets.end(), given) == form.sets.end())
        input.fail("The combination of media is not supported: allowed are " + std::string{form.said});
}

} // namespace

void read_media(reader& input, const wan::model_limits& limits, read_request& read) {
    const auto& form = media_form_of(limits.model);
    if (form.is_list) {
        read_media_list(input, read);
        check_media_set(input, read.order, form);
        check_references(input, limits, read.order);
    } else if (limits.jobs.contains(wan::job::reference_to_video)) {
        read_reference_urls(input, limits, form.urls, read);
    } else if (limits.jobs.contains(wan::job::text_to_video)) {
        read_named_media(input, text_media, read.order);
    } else if (limits.first_frame_url.offered()) {
        read_named_media(input, keyframe_media, read.order);
    } else {
        read_named_media(input, image_media, read.order);
    }
}

void read_media(reader& members, const wan::model_limits& limits, std::span<const medium_name> media,
                read_request& read) {
    read_named_media(members, media, read.order);
    if (limits.first_clip_url.offered()) check_media_set(members, read.order, media_form_of(limits.model));
}

} // namespace sandbox
