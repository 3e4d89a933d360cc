// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What a service's reply reports, and where in its body, as data.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The parts of a reply that this library knows. Empty: the reply does not say.
struct reply {
    std::string task_id = {}; ///< opaque: what queries name
    std::string status = {};  ///< the service's own word, "RUNNING"
    /// Signed: whoever has it can fetch the video. Without white space around it, escaped as URLs are.
    std::string video_url = {};
    std::string query_url = {};      ///< where the service wants to be asked for the task
    std::string result_url = {};     ///< where it gives the video's URL, once the task succeeded
    std::string code = {};           ///< of an error
    std::string error_type = {};     ///< of an error, beside its code, in OpenAI's form: "insufficient_quota"
    std::string message = {};        ///< of an error, for a person
    std::string request_id = {};     ///< what the service's support asks for
    std::string submit_time = {};    ///< DashScope: "2025-04-18 10:36:58.394", UTC+8
    std::string scheduled_time = {}; ///< when the task began to run
    std::string end_time = {};       ///< when the task ended, and the video's lifetime began
    std::string orig_prompt = {};    ///< the request's
    std::string actual_prompt = {};  ///< as rewritten by the service
    std::string video_ratio = {};    ///< width to height, "16:9"; of generation 2.1 "standard"
    std::string video_size = {};     ///< width and height, "1280*720"
    std::optional<double> video_duration = {}; ///< seconds that are billed
    std::optional<double> video_count = {};    ///< videos that are billed
    std::optional<double> resolution = {};     ///< 480, 720 or 1080
    std::optional<double> progress = {};       ///< percent; may be 0 of a task that is done
    std::optional<double> eta = {};            ///< seconds to go
    std::optional<double> video_url_ttl = {};  ///< seconds that the URL is valid from now on; 0: not said
};
BOOST_DESCRIBE_STRUCT(reply, (),
                      (task_id, status, video_url, query_url, result_url, code, error_type, message,
                       request_id, submit_time, scheduled_time, end_time, orig_prompt, actual_prompt,
                       video_ratio, video_size, video_duration, video_count, resolution, progress, eta,
                       video_url_ttl))

/// Where one member of `reply` may stand. Of several rows with the same member the first that has a value
/// counts; rows that lead into a string count after all others.
struct reply_path {
    std::string_view pointer; ///< JSON pointer into the reply
    std::string_view within;  ///< if the pointer leads to a string that holds JSON: a pointer into that
    std::string reply::* text = nullptr;             ///< the member, if it is a text
    std::optional<double> reply::* number = nullptr; ///< the member, if it is a number

    /// Where a text stands, `{&reply::task_id, "/output/task_id"}`.
    constexpr reply_path(std::string reply::* member, std::string_view where, std::string_view inside = {})
        : pointer(where), within(inside), text(member) {}
    /// Where a number stands; a string that holds one will do.
    constexpr reply_path(std::optional<double> reply::* member, std::string_view where,
                         std::string_view inside = {})
        : pointer(where), within(inside), number(member) {}
};

/// What was read of a reply's text. A damaged text may still name a task that is paid for, so what stood
/// whole before the damage is kept. Bytes that are no UTF-8 and halves of surrogate pairs are no damage: they
/// are read as U+FFFD. An id or a video URL with them is kept for showing and cannot be used; another URL or
/// an original prompt with them is not there.
struct reading {
    wan::reply reply = {}; ///< of a damaged text what stood before the damage
    /// Category `protocol`; set if the text is not one JSON value, or too deeply nested.
    std::optional<error> damage = {};
};

/// Reads a reply; a member that is missing stays empty. Never fails: what is wrong with the text is in
/// `reading::damage`.
WAN_DECL reading read_reply(std::string_view text, std::span<const reply_path> shape);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/reply.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
