// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The command of a job. Its options are derived from the members of its request: a new job needs no line
// here, a new member one line with its help.
#pragma once

#include "commands.hpp"

#include "option_checks.hpp"

#include <wan/printable.hpp>
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

/// The help text of a job, by its wire name.
struct job_help {
    std::string_view job;
    const char* help;
};
inline constexpr job_help help_of_jobs[] = {
    {"text_to_video", "Make a video from a text"},
    {"keyframe_to_video", "Make a video from its first and last frame"},
    {"image_to_video", "Make a video from its first frame"},
    {"video_continuation", "Continue a clip"},
    {"reference_to_video", "Make a video from reference images, clips and sounds"},
    {"video_edit", "Edit a video"},
};

/// The help text of a member, by its wire name.
struct member_help {
    std::string_view member;
    const char* type; ///< of its value; empty for switches and media, whose type is known
    const char* help;
};
inline constexpr char first_frame_help[] =
    "The first frame: a file (JPEG, PNG without alpha, BMP, WebP), or an http, https, oss:// or data: URL";
inline constexpr char sound_help[] = "Sound that drives the video: a file (WAV, MP3) or a URL";
inline constexpr member_help help_of_members[] = {
    {"first_frame_url", "", first_frame_help},
    {"image_url", "", first_frame_help},
    {"last_frame_url", "",
     "The last frame: a file (JPEG, PNG without alpha, BMP, WebP), or an http, https, oss:// or data: URL"},
    {"first_clip_url", "", "The clip to continue: a file (MP4, MOV) or a URL"},
    {"video_url", "", "The video to edit: a file (MP4, MOV) or a URL"},
    {"driving_audio_url", "", sound_help},
    {"audio_url", "", sound_help},
    {"audio", "", "Generate sound"},
    {"audio_setting", "WORD", "auto: generate new sound; origin: keep the sound of the video"},
    {"prompt", "TEXT", "Description of the video; `wan models` shows the maximum length"},
    {"negative_prompt", "TEXT", "Description of what to avoid, at most 500 characters"},
    {"template", "NAME", "Name of a video effect"},
    {"model", "MODEL", "Model (default: the provider's default for this job)"},
    {"resolution", "TIER", "480P, 720P or 1080P"},
    {"ratio", "W:H", "Aspect ratio (width to height), such as 16:9; `wan models --json` lists the values"},
    {"duration", "SECONDS", "Seconds; -1 lets the model choose, if it offers that"},
    {"shot_type", "TYPE", "single: one shot; multi: several shots"},
    {"seed", "N", "Seed of the random numbers, 0 to 2147483647"},
    {"enable_thinking", "", "Let the model plan before it generates"},
    {"prompt_extend", "", "Let the provider rewrite the prompt"},
    {"watermark", "", "Add an \"AI generated\" watermark"},
};

constexpr const char* help_of_job(std::string_view job) noexcept {
    for (const auto& row : help_of_jobs)
        if (row.job == job) return row.help;
    return "Make a video";
}

constexpr member_help help_of_member(std::string_view member) noexcept {
    for (const auto& row : help_of_members)
        if (row.member == member) return row;
    return {member, "VALUE", "See the provider's documentation"};
}

/// Returns the option of a member: --first-frame for "first_frame_url", but --audio-url for "audio_url" if
/// there is an "audio", too.
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

/// Returns what is wrong with a text that should be a whole number; empty if nothing is.
inline std::string check_whole_number(const std::string& text) {
    const auto digits = std::string_view{text}.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    const bool good = !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
    return good ? std::string{} : wan::quoted(text) + " is not a whole number";
}

// One overload for each type of member.

inline void add_member(CLI::App& command, const std::string& name, const member_help& help,
                       std::optional<bool>& value) {
    command.add_flag_callback("--" + name, [&value] { value = true; }, help.help);
    command.add_flag_callback(
               "--no-" + name, [&value] { value = false; }, "Turn off --" + name)
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
        ->check(option_checks::one_of(words));
}

inline void add_member(CLI::App& command, const std::string& name, const member_help& help,
                       std::string& value) {
    command.add_option("--" + name, value, help.help)->type_name(help.type)->required();
}

template <class T>
    requires std::integral<T> || std::same_as<T, std::string>
void add_member(CLI::App& command, const std::string& name, const member_help& help,
                std::optional<T>& value) {
    auto* const option = command.add_option("--" + name, value, help.help)->type_name(help.type);
    if constexpr (std::integral<T>) option->check(check_whole_number);
}

/// The help text of a type of reference.
struct reference_help {
    wan::reference_type type;
    const char* option;
    const char* help;
};
inline constexpr reference_help help_of_references[] = {
    {wan::reference_type::reference_image, "--reference-image",
     "Image to show in the video: a file (JPEG, PNG without alpha, BMP, WebP) or a URL; may be repeated"},
    {wan::reference_type::reference_video, "--reference-video",
     "Clip to show in the video: a file (MP4, MOV) or a URL; may be repeated"},
    {wan::reference_type::reference_audio, "--reference-audio",
     "Sound or voice: a file (WAV, MP3) or a URL; may be repeated"},
    {wan::reference_type::file, "--reference-file",
     "URL of a document (docx, xlsx, pptx, pdf, txt, md); may be repeated"},
    {wan::reference_type::link, "--reference-link", "URL of a web page; may be repeated"},
};

/// Adds the options of references. Their order on the command line is kept, because it numbers them.
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
                        throw CLI::ValidationError(option, "must follow the reference that it belongs to");
                    set(value.back(), text);
                },
                help)
            ->type_name(type)
            ->trigger_on_parse();
    };
    of_latest(
        "--voice", "URL|FILE", "Voice of the preceding reference: a file (WAV, MP3) or a URL",
        [](wan::reference& latest, const std::string& url) { latest.reference_voice = wan::media{url}; });
    of_latest("--description", "TEXT", "Description of the preceding reference",
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
