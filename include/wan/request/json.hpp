// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Requests as JSON texts, for programs that store or receive them. An example:
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

/// A member of the JSON object that the caller adds to the members of the request, such as `{"id", &id}`. Its
/// value is a string.
struct extra_member {
    std::string_view name; ///< must differ from the names of the request's members
    /// The target. It is set if the text contains the member, even if the request is invalid. If it is null,
    /// the member is ignored.
    std::string* value = nullptr;
};

/// Reads one JSON object: the job, the members of its request by wire name, and `extra`, an object that maps
/// JSON pointers to values. Members that are absent or null stay unset. Fails with all violations at once.
/// Does not check whether required members are set, or whether the values are within the limits of the model;
/// `validate` does.
/// \code
/// std::string id;
/// const auto request = wan::read_request(text, {{"id", &id}});
/// if (!request) return fail(id + ": " + to_string(request.error()));
/// \endcode
WAN_DECL result<any_request> read_request(std::string_view text,
                                          std::initializer_list<extra_member> extra_members = {});

/// Returns the request as JSON in one line; `read_request` reads it back. Fails with all violations if JSON
/// cannot represent the request. JSON cannot represent text that is not UTF-8, numbers that are not finite,
/// or media given as bytes. A `json_text` must contain valid JSON, and no two extra fields may have the same
/// path.
WAN_DECL result<std::string> to_json(const any_request& request);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/request/impl/json.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
