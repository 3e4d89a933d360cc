// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/inspect.hpp"

#include "cli/files/file_bytes.hpp"
#include "cli/joined.hpp"
#include "cli/output/report.hpp"
#include "cli/providers.hpp"

#include <wan/media/inspect.hpp>
#include <wan/model/limits.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/validation/check_medium.hpp>
#include <wan/video/video_check.hpp>

#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string_view>
#include <type_traits>

namespace cli {

namespace {

/// The contents of the headers of an image, a clip or a sound.
struct medium {
    wan::media_format format;
    const wan::byte_source* source;
    std::optional<wan::image_info> image;
    std::optional<wan::recording_info> recording;

    std::optional<wan::frame_size> size() const {
        return image ? wan::upright_size(*image) : recording->size;
    }
    std::string_view mime() const { return wan::mime_type(format); }
    std::string_view kind() const {
        return mime().substr(0, mime().find('/'));
    } ///< "image", "video", "audio"
};

wan::inspected<medium> look_at(const wan::byte_source& bytes) {
    const auto format = wan::format_of(bytes);
    const std::string_view type = format ? wan::mime_type(*format) : "";
    if (type.starts_with("image/") || !format) {
        const auto found = wan::inspect_image(bytes);
        if (found) return medium{*format, &bytes, *found, {}};
        auto why = found.error();
        if (!format && why.problem == wan::inspect_problem::unknown_format)
            why.what = "unknown format; known are JPEG, PNG, BMP, WebP, MP4, QuickTime, WAV and MP3";
        return why;
    }
    const auto found = type.starts_with("video/") ? wan::inspect_clip(bytes) : wan::inspect_sound(bytes);
    if (!found) return found.error();
    return medium{*format, &bytes, {}, *found};
}

/// Returns why a clip is incomplete, according to `wan::check_video`; empty if it is complete or not a clip.
std::string why_not_whole(const medium& m) {
    if (m.kind() != "video") return {};
    const auto checked = wan::check_video(*m.source, m.source->size());
    return checked ? std::string{} : checked.error().message;
}

std::string shown(wan::frame_size size) {
    return std::to_string(size.width) + "x" + std::to_string(size.height);
}

std::string seconds_of(std::chrono::milliseconds duration, bool is_estimate) {
    auto text = (is_estimate ? "about " : "") + std::to_string(duration.count() / 1000) + "." +
                std::to_string(1000 + duration.count() % 1000).substr(1);
    return text + " s";
}

/// The result of checking a medium against a model's limits.
struct judgement {
    std::vector<std::string> reasons;  ///< why the model does not accept it
    std::vector<std::string> warnings; ///< what only some documents disallow
    auto operator<=>(const judgement&) const = default;
};

/// Checks the medium as a request with it would be checked.
template <class Limit>
judgement judge(const medium& m, const Limit& limit) {
    constexpr std::string_view field = "it";
    judgement j;
    for (const auto& v : wan::check_medium(field, limit, *m.source))
        (is_error(v) ? j.reasons : j.warnings).push_back(v.message.substr(field.size() + 2));
    return j;
}

/// Returns whether the limit applies to this kind of medium.
bool concerns(const medium& m, const wan::image_limit& limit) { return m.image && limit.offered(); }
bool concerns(const medium& m, const wan::recording_limit& limit) {
    return m.recording && limit.offered() && limit.types.front().starts_with(m.kind());
}

struct offered_model {
    std::string name;
    std::string services;
    auto operator<=>(const offered_model&) const = default;
};

/// Models by result, with the members that each result applies to: "first_frame_url last_frame_url".
using verdicts = std::map<judgement, std::map<offered_model, std::string>>;

verdicts judge_by_all(const medium& m) {
    verdicts all;
    for (const auto& offered : offers(std::nullopt))
        for (const auto& row : offered.models)
            boost::mp11::mp_for_each<wan::members_of<wan::model_limits>>([&](auto member) {
                const auto& limit = row.*member.pointer;
                using limit_type = std::decay_t<decltype(limit)>;
                if constexpr (std::is_same_v<limit_type, wan::image_limit> ||
                              std::is_same_v<limit_type, wan::recording_limit>)
                    if (concerns(m, limit)) {
                        auto& members = all[judge(m, limit)][{std::string{row.model}, offered.services}];
                        members.append(members.empty() ? "" : " ").append(member.name);
                    }
            });
    return all;
}

void print_medium(const std::string& file, const medium& m) {
    std::printf("%s: %s", file.c_str(), std::string{m.mime()}.c_str());
    if (const auto size = m.size()) std::printf(", %s", shown(*size).c_str());
    if (m.image && m.image->orientation != 1)
        std::printf(" (stored as %s, orientation %d)", shown(m.image->size).c_str(), m.image->orientation);
    if (m.image && m.image->has_alpha) std::printf(", alpha");
    if (m.recording) std::printf(", %s", seconds_of(m.recording->duration, m.recording->is_estimate).c_str());
    std::printf(", %llu bytes\n", static_cast<unsigned long long>(m.source->size()));
    for (const auto& [said, models] : judge_by_all(m)) {
        if (!said.reasons.empty())
            std::printf("  not accepted: %s\n", joined(said.reasons, "; ").c_str());
        else
            std::printf(said.warnings.empty() ? "  accepted\n" : "  accepted with a warning: %s\n",
                        joined(said.warnings, "; ").c_str());
        for (const auto& [model, members] : models)
            std::printf("    %-19s %-20s %s\n", model.name.c_str(), model.services.c_str(), members.c_str());
    }
}

boost::json::object to_json(const medium& m) {
    boost::json::object json{{"format", std::string{to_wire(m.format)}},
                             {"mime_type", std::string{m.mime()}},
                             {"bytes", m.source->size()}};
    if (const auto size = m.size()) {
        json["width"] = size->width;
        json["height"] = size->height;
    }
    if (m.image) {
        json["orientation"] = m.image->orientation;
        json["alpha"] = m.image->has_alpha;
    }
    if (m.recording) json["seconds"] = static_cast<double>(m.recording->duration.count()) / 1000;
    if (m.recording && m.recording->is_estimate) json["seconds_are_estimated"] = true;
    auto& models = json["models"].emplace_array();
    for (const auto& [said, who] : judge_by_all(m))
        for (const auto& [model, members] : who)
            models.push_back(boost::json::object{{"model", model.name},
                                                 {"providers", model.services},
                                                 {"members", members},
                                                 {"accepted", said.reasons.empty()},
                                                 {"reasons", boost::json::value_from(said.reasons)},
                                                 {"warnings", boost::json::value_from(said.warnings)}});
    return json;
}

} // namespace

int inspect(const inspect_options& options) {
    boost::json::array all;
    int code = 0;
    const auto complain = [&](const std::string& file, const std::string& why, int failure) {
        code = (std::max)(code, failure);
        if (options.json)
            all.push_back(boost::json::object{{"file", file}, {"error", why}});
        else
            std::fprintf(stderr, "wan: %s: %s\n", file.c_str(), why.c_str());
    };
    for (const auto& path : options.files) {
        const auto file = wan::printable(path, 1000);
        const file_bytes bytes(path);
        if (!bytes.why_not().empty()) {
            complain(file, bytes.why_not() + "; give a readable file", 2);
            continue;
        }
        const auto found = look_at(bytes);
        const auto cut = found ? why_not_whole(*found) : to_string(found.error());
        if (!cut.empty()) {
            complain(file, cut, 1);
        } else if (options.json) {
            auto json = to_json(*found);
            json["file"] = file;
            all.push_back(std::move(json));
        } else {
            print_medium(file, *found);
        }
    }
    if (options.json) print_json(all);
    return code;
}

} // namespace cli
