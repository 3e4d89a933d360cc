// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Requests as JSON texts, for programs that keep them in files or take them from others:
///
///     {"job": "keyframe_to_video", "first_frame_url": "https://...", "resolution": "720P", "duration": 5,
///      "extra": {"/parameters/new_option": true}}
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/request/any_request.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// A member of the caller's beside those of the request, `{"id", &id}`. Its value is a string.
struct extra_member {
    std::string_view name; ///< not the name of a member of the request
    /// Filled where the text has the member, also if the request is invalid; null: ignore the member.
    std::string* value = nullptr;
};

/// Reads one JSON object: the job, the members of its request under their wire names, and `extra`, an object
/// of JSON pointers and the values to put there. What is absent or null stays unset. Fails with all
/// violations at once. Required members and the limits of models are not checked here: see `validate`.
WAN_DECL result<any_request> read_request(std::string_view text,
                                          std::initializer_list<extra_member> extra_members = {});

/// Returns the text that `read_request` reads as the same request, in one line. Fails with all violations if
/// JSON cannot hold it: text that is not UTF-8, numbers that are not finite, a `json_text` that is not JSON,
/// two extra fields with one path.
WAN_DECL result<std::string> to_json(const any_request& request);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/request/impl/json.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
