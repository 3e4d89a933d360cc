// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Every way to fail, as a value: `result<T>` holds a T or an `error`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/result.hpp>
#include <wan/wire_name.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// What kind of trouble it is; decides whether a retry can help.
enum class error_category {
    invalid_request,  ///< a value that the service or this library does not accept
    invalid_media,    ///< an image, clip or sound that cannot be fetched or used
    content_rejected, ///< the content inspection refused the prompt, a frame or the video
    authentication,   ///< no key, a wrong key, or a key of another region
    permission,       ///< the key is right but may not do this
    billing,          ///< the account owes money, lacks a plan or has no free quota left
    not_found,        ///< no such model, workspace or task
    throttled,        ///< too many requests: the same request may succeed later
    unavailable,      ///< the service says that it did not take the request; it may later
    server,           ///< the service broke; whether it took the request is not known
    transport,        ///< the HTTP executor could not deliver the request or fetch the reply
    protocol,         ///< the reply cannot be understood
    token,            ///< a resume token that cannot be used
    storage,          ///< the caller could not save the resume token
    misuse,           ///< a call that this state does not allow; nothing was changed
};
BOOST_DESCRIBE_ENUM(error_category, invalid_request, invalid_media, content_rejected, authentication,
                    permission, billing, not_found, throttled, unavailable, server, transport, protocol,
                    token, storage, misuse)

/// Whether a broken rule refuses a request.
enum class severity {
    warning, ///< the service would accept it, but probably not do what was meant; refused when strict
    error,   ///< refused before anything is sent
};
BOOST_DESCRIBE_ENUM(severity, warning, error)

/// Which rule a value breaks.
enum class rule {
    required,     ///< a value without which there is no request is missing
    max_length,   ///< a text has too many characters (code points)
    encoding,     ///< a text is not valid UTF-8
    range,        ///< a number is too small or too large
    one_of,       ///< a value is not in the set that the model takes
    url,          ///< not a URL that the service can read
    max_bytes,    ///< a file is too large
    region,       ///< the model does not exist where the provider is
    not_offered,  ///< the model or the provider cannot do this
    unsupported,  ///< the service's wire format cannot say it
    ignored,      ///< the service would ignore the value
    not_portable, ///< what an unset value means depends on the model and the service
    unknown,      ///< a name that no document of the service knows, or that is no member of the request
    header_value, ///< a value that no HTTP header may hold
    insecure,     ///< the key would travel unencrypted
    json,         ///< a text that is no valid JSON, or an extra field with no valid path or no valid JSON
    type,         ///< a JSON value of another kind than the member's
    duplicate,    ///< a JSON object has a member twice
    unreadable,   ///< a file that is damaged or cut off
    alpha,        ///< an image with an alpha channel where none is taken
};
BOOST_DESCRIBE_ENUM(rule, required, max_length, encoding, range, one_of, url, max_bytes, region, not_offered,
                    unsupported, ignored, not_portable, unknown, header_value, insecure, json, type,
                    duplicate, unreadable, alpha)

/// One broken rule of one field.
struct violation {
    std::string field = {}; ///< the member of the request or provider, "prompt"
    std::string path = {};  ///< where it stands in the request body, "/input/prompt"; empty if nowhere
    wan::rule rule = wan::rule::required; ///< which rule
    std::string value = {};   ///< what was given, shortened, control characters escaped; empty if secret
    std::string allowed = {}; ///< what would have been accepted
    /// Whether it refuses the request, unless the caller chose another `strictness`.
    wan::severity severity = wan::severity::error;
    std::string message = {}; ///< the sentence for a person; names the field, the value and what is allowed
};
BOOST_DESCRIBE_STRUCT(violation, (), (field, path, rule, value, allowed, severity, message))

/// True for errors, false for warnings.
inline bool is_error(const violation& v) noexcept { return v.severity == severity::error; }

/// What went wrong. Never contains the API key: if a service echoes it, `task` redacts it.
struct error {
    /// What to decide by; codes and messages are the service's.
    error_category category = error_category::protocol;
    /// The service's own words where it sent any, as they came: `to_string` shows them safely.
    std::string message;
    std::string code = {};                  ///< the service's code, "InvalidApiKey"
    unsigned http_status = 0;               ///< 0 without an HTTP response
    std::string request_id = {};            ///< what the service's support asks for
    std::string task_id = {};               ///< known as soon as the service named it
    std::vector<violation> violations = {}; ///< all of them, where a request was refused before sending
};
BOOST_DESCRIBE_STRUCT(error, (), (category, message, code, http_status, request_id, task_id, violations))

/// The refusal of a request, with all its violations.
WAN_DECL error refusal(std::vector<violation> violations);

/// One line for a log: category, code, HTTP status, message, ids. The violations follow, a line each. What
/// came from a server is shown without the control characters it may hold.
WAN_DECL std::string to_string(const error& e);

/// What `result<T>::value()` does with an error: throws a `std::runtime_error` that says `to_string(e)`.
[[noreturn]] WAN_DECL void throw_exception_from_error(const error& e);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/impl/error.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
