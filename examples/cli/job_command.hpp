// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The command of a job. Its options come from the members of its request: a new job needs no line here, and
// a new member one with its help.
#pragma once

#include "commands.hpp"

#include <wan/reflect.hpp>

#include <CLI/CLI.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cli {

/// What --help says of a job, by its wire name.
struct job_help {
    std::string_view job;
    const char* help;
};
inline constexpr job_help help_of_jobs[] = {
    {"text_to_video", "Make a video from a text"},
    {"keyframe_to_video", "Make a video from its first and last frame"},
    {"image_to_video", "Make a video that begins with an image"},
    {"video_continuation", "Go on where a clip ends"},
    {"reference_to_video", "Make a video of what images, clips and sounds show"},
    {"video_edit", "Change a video"},
};

/// What --help says of a member, by its wire name.
struct member_help {
    std::string_view member;
    const char* type; ///< of its value; of switches and media it is known
    const char* help;
};
inline constexpr char first_frame_help[] =
    "The first frame: a file (JPEG, PNG without alpha, BMP, WebP), or an http, https, oss:// or data: URL";
inline constexpr char sound_help[] = "A sound that the video follows: a file (WAV, MP3) or a URL";
inline constexpr member_help help_of_members[] = {
    {"first_frame_url", "", first_frame_help},
    {"image_url", "", first_frame_help},
    {"last_frame_url", "",
     "The last frame: a file (JPEG, PNG without alpha, BMP, WebP), or an http, https, oss:// or data: URL"},
    {"first_clip_url", "", "The clip that the video begins with: a file (MP4, MOV) or a URL"},
    {"video_url", "", "The video: a file (MP4, MOV) or a URL"},
    {"driving_audio_url", "", sound_help},
    {"audio_url", "", sound_help},
    {"audio", "", "Make sound"},
    {"audio_setting", "WORD", "auto makes sound anew, origin keeps that of the video"},
    {"prompt", "TEXT", "What happens; `wan models` shows how long it may be"},
    {"negative_prompt", "TEXT", "What must not be seen, at most 500 characters"},
    {"template", "NAME", "A video effect"},
    {"model", "MODEL", "Default: the provider's for this job"},
    {"resolution", "TIER", "480P, 720P or 1080P"},
    {"ratio", "W:H", "Width to height, as 16:9; `wan models` shows which"},
    {"duration", "SECONDS", "Seconds; -1, where the model may choose"},
    {"shot_type", "TYPE", "single or multi"},
    {"seed", "N", "0 to 2147483647"},
    {"enable_thinking", "", "Let the model plan first"},
    {"prompt_extend", "", "Let the service rewrite the prompt"},
    {"watermark", "", "Mark the video as AI generated"},
};

constexpr const char* help_of_job(std::string_view job) noexcept {
    for (const auto& row : help_of_jobs)
        if (row.job == job) return row.help;
    return "Make a video";
}

constexpr member_help help_of_member(std::string_view member) noexcept {
    for (const auto& row : help_of_members)
        if (row.member == member) return row;
    return {member, "VALUE", "As the service's documents say"};
}

/// "first_frame_url" is --first-frame, and "audio_url" --audio-url where there is an "audio" as well.
template <class Request>
std::string option_name(std::string_view member) {
    constexpr std::string_view ending = "_url";
    const auto is_taken = [](std::string_view name) {
        bool taken = false;
        boost::mp11::mp_for_each<wan::members_of<Request>>(
            [&](auto other) { taken = taken || wan::wire_spelling(other.name) == name; });
        return taken;
    };
    if (member.ends_with(ending) && !is_taken(member.substr(0, member.size() - ending.size())))
        member.remove_suffix(ending.size());
    std::string name{member};
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

// One overload for each type of member.

inline void add_member(CLI::App& command, const std::string& name, const member_help& help,
                       std::optional<bool>& value) {
    command.add_flag_callback("--" + name, [&value] { value = true; }, help.help);
    command.add_flag_callback(
               "--no-" + name, [&value] { value = false; }, "The opposite")
        ->excludes("--" + name);
}

inline CLI::Option* add_member(CLI::App& command, const std::string& name, const member_help& help,
                               std::optional<wan::media>& value) {
    return command
        .add_option_function<std::string>(
            "--" + name, [&value](const std::string& url) { value = url; }, help.help)
        ->type_name("URL|FILE");
}

inline void add_member(CLI::App& command, const std::string& name, const member_help& help,
                       wan::media& value) {
    command
        .add_option_function<std::string>(
            "--" + name, [&value](const std::string& url) { value = url; }, help.help)
        ->type_name("URL|FILE")
        ->required();
}

template <class E>
    requires std::is_enum_v<E>
void add_member(CLI::App& command, const std::string& name, const member_help& help,
                std::optional<E>& value) {
    std::vector<std::string> words;
    for (const auto& row : wan::wire_table<E>) words.emplace_back(row.name);
    command
        .add_option_function<std::string>(
            "--" + name, [&value](const std::string& word) { value = wan::from_wire<E>(word); }, help.help)
        ->check(CLI::IsMember(words));
}

inline void add_member(CLI::App& command, const std::string& name, const member_help& help,
                       std::string& value) {
    command.add_option("--" + name, value, help.help)->type_name(help.type)->required();
}

template <class T>
    requires std::integral<T> || std::same_as<T, std::string>
void add_member(CLI::App& command, const std::string& name, const member_help& help,
                std::optional<T>& value) {
    command.add_option("--" + name, value, help.help)->type_name(help.type);
}

/// What --help says of a type of reference, by its wire name.
struct reference_help {
    wan::reference_type type;
    const char* option;
    const char* help;
};
inline constexpr reference_help help_of_references[] = {
    {wan::reference_type::reference_image, "--reference-image",
     "Something to be seen in the video: a file (JPEG, PNG without alpha, BMP, WebP) or a URL"},
    {wan::reference_type::reference_video, "--reference-video", "The same: a file (MP4, MOV) or a URL"},
    {wan::reference_type::reference_audio, "--reference-audio",
     "A sound or voice: a file (WAV, MP3) or a URL"},
    {wan::reference_type::file, "--reference-file", "A document: docx, xlsx, pptx, pdf, txt, md"},
    {wan::reference_type::link, "--reference-link", "A web page: its URL"},
};

/// References keep the order of the command line: it numbers them.
template <class Request>
void add_references(CLI::App& command, std::vector<wan::reference>& value) {
    const bool is_edit = wan::job_of<Request>::value == wan::job::video_edit;
    for (const auto& row : help_of_references) {
        if (is_edit && row.type != wan::reference_type::reference_image) continue;
        command
            .add_option_function<std::string>(
                row.option,
                [&value, type = row.type](const std::string& url) {
                    value.emplace_back().type = type;
                    value.back().url = url;
                },
                row.help)
            ->type_name("URL|FILE")
            ->trigger_on_parse();
    }
    if (is_edit) return;
    const auto of_latest = [&command, &value](const char* option, const char* type, const char* help,
                                              auto set) {
        command
            .add_option_function<std::string>(
                option,
                [&value, option, set](const std::string& text) {
                    if (value.empty())
                        throw CLI::ValidationError(option, "follows the reference that it belongs to");
                    set(value.back(), text);
                },
                help)
            ->type_name(type)
            ->trigger_on_parse();
    };
    of_latest(
        "--voice", "URL|FILE", "The voice of the reference before it: a file (WAV, MP3) or a URL",
        [](wan::reference& latest, const std::string& url) { latest.reference_voice = wan::media{url}; });
    of_latest("--description", "TEXT", "What is seen in the reference before it",
              [](wan::reference& latest, const std::string& text) { latest.reference_description = text; });
}

/// Adds an option for each member of the request.
template <class Request>
void add_members(CLI::App& command, job_options<Request>& options) {
    boost::mp11::mp_for_each<wan::members_of<Request>>([&](auto member) {
        const auto wire_name = wan::wire_spelling(member.name);
        const auto help = help_of_member(wire_name);
        const auto name = option_name<Request>(wire_name);
        auto& value = options.request.*member.pointer;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::optional<wan::resolution>>)
            command.add_option("--" + name, options.resolution, help.help)->type_name(help.type);
        else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::vector<wan::reference>>)
            add_references<Request>(command, value);
        else
            add_member(command, name, help, value);
    });
}

} // namespace cli
