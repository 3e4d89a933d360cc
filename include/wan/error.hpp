// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Errors as values: `result<T>` holds a T or an `error`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/result.hpp>
#include <wan/wire_name.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// The kind of failure; it determines whether a retry can help.
enum class error_category {
    invalid_request,  ///< the provider or this library rejects a value
    invalid_media,    ///< an image, clip or sound that cannot be fetched or used
    content_rejected, ///< content moderation rejected the prompt, a frame or the video
    authentication,   ///< no key, a wrong key, or a key of another region
    permission,       ///< the key is valid but lacks a permission
    billing,          ///< the account owes money, has no plan, or has used up its free quota
    not_found,        ///< no such model, workspace or task
    throttled,        ///< too many requests; the same request may succeed later
    unavailable, ///< the provider reports that it did not accept the request; a later attempt may succeed
    server,      ///< the provider failed; whether it accepted the request is unknown
    transport,   ///< the HTTP executor could not deliver the request or receive the response
    protocol,    ///< the response cannot be understood
    token,       ///< a resume token that cannot be used
    storage,     ///< the caller could not save the resume token
    misuse,      ///< a call that the current state does not allow; nothing was changed
};
BOOST_DESCRIBE_ENUM(error_category, invalid_request, invalid_media, content_rejected, authentication,
                    permission, billing, not_found, throttled, unavailable, server, transport, protocol,
                    token, storage, misuse)

/// Whether a violation makes a request invalid.
enum class severity {
    warning, ///< the provider would probably not do what was meant; invalid only with `strictness::strict`
    error,   ///< invalid; nothing is sent
};
BOOST_DESCRIBE_ENUM(severity, warning, error)

/// The rule that a value breaks.
enum class rule {
    required,     ///< a required value is missing
    max_length,   ///< a text has too many characters (code points)
    encoding,     ///< a text is not valid UTF-8
    range,        ///< a number is too small or too large
    one_of,       ///< a value is not in the set that the model accepts
    url,          ///< not a URL that the provider can fetch
    max_bytes,    ///< a file is too large
    region,       ///< the model is not offered in the provider's region
    not_offered,  ///< the model or the provider does not offer this
    unsupported,  ///< the provider's wire format has no field for it
    ignored,      ///< the provider would ignore the value
    not_portable, ///< the meaning of an unset value depends on the model and the provider
    unknown, ///< a name that the provider's documents do not contain, or that is not a member of the request
    header_value, ///< a value that no HTTP header can carry
    insecure,     ///< the key would be sent unencrypted
    json,         ///< not valid JSON, or an extra field whose path or value is not valid
    type,         ///< a JSON value of the wrong type
    duplicate,    ///< a member that appears twice in a JSON object
    unreadable,   ///< a file that is damaged or truncated
    alpha,        ///< an image with an alpha channel where none is accepted
};
BOOST_DESCRIBE_ENUM(rule, required, max_length, encoding, range, one_of, url, max_bytes, region, not_offered,
                    unsupported, ignored, not_portable, unknown, header_value, insecure, json, type,
                    duplicate, unreadable, alpha)

/// A field that breaks a rule.
struct violation {
    std::string field = {}; ///< the member of the request or provider, such as "prompt"
    /// The field's JSON pointer in the request body, such as "/input/prompt"; empty if the body lacks the
    /// field.
    std::string path = {};
    wan::rule rule = wan::rule::required; ///< the rule that is broken
    std::string value = {};               ///< the given value, shortened and escaped; empty if it is secret
    std::string allowed = {};             ///< the values that are accepted
    /// Whether the violation makes the request invalid; the caller's `strictness` may override this.
    wan::severity severity = wan::severity::error;
    std::string message = {}; ///< a readable sentence with the field, the value and the accepted values
};
BOOST_DESCRIBE_STRUCT(violation, (), (field, path, rule, value, allowed, severity, message))

/// True for errors, false for warnings.
inline bool is_error(const violation& v) noexcept { return v.severity == severity::error; }

/// The description of a failure. It never contains the API key: if a provider echoes the key, `task` redacts
/// it.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// if (const auto submit = wan::make_submit(provider, shot); !submit) {
///     for (const auto& v : submit.error().violations) std::cerr << v.message << '\n';
///     if (submit.error().category == wan::error_category::authentication) ask_for_key();
/// }
/// \endcode
struct error {
    /// The kind of failure. Use it for decisions: codes and messages differ between providers.
    error_category category = error_category::protocol;
    /// The provider's message, verbatim, if the provider sent one; otherwise the library's message.
    /// `to_string` escapes it for display.
    std::string message;
    std::string code = {};       ///< the provider's error code, such as "InvalidApiKey"
    unsigned http_status = 0;    ///< 0 if there was no HTTP response
    std::string request_id = {}; ///< identifies the request; the provider's support needs it
    std::string task_id = {};    ///< empty until the provider has returned one
    /// All violations, if the request was invalid and nothing was sent.
    std::vector<violation> violations = {};
};
BOOST_DESCRIBE_STRUCT(error, (), (category, message, code, http_status, request_id, task_id, violations))

/// Creates the error for an invalid request from the request's violations.
WAN_DECL error refusal(std::vector<violation> violations);

/// Returns text for a log: one line with category, code, HTTP status, message and IDs, then a line for each
/// violation. Control characters in text from a server are escaped.
WAN_DECL std::string to_string(const error& e);

/// Throws a `std::runtime_error` with the text `to_string(e)`. Called by `result<T>::value()`.
[[noreturn]] WAN_DECL void throw_exception_from_error(const error& e);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/impl/error.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
