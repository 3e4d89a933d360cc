// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The two requests that upload a file to the provider's store, and the meaning of their responses.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/provider.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI {

/// Creates the request for an upload policy. The policy is for files that are used in requests to this model.
/// The HTTP request goes to the provider itself, and carries the key. Fails with `invalid_request` if the
/// provider has no store, or if the key or the base URL is invalid.
WAN_DECL result<http_request> make_upload_policy(const provider& provider, std::string_view model);

/// An upload policy: the address for an upload, and the form fields to send with it.
struct upload_policy {
    /// One field of the form.
    struct field {
        std::string name;      ///< the field's name in the form, such as "policy"
        std::string value;     ///< granted by the provider, or fixed
        bool is_place = false; ///< true: send the file's path in the store instead of `value`
    };

    std::string host = {};                               ///< the URL to post to
    std::string directory = {};                          ///< the directory of the file
    std::vector<field> form = {};                        ///< the fields, in this order; the file follows them
    std::optional<std::chrono::seconds> expires_in = {}; ///< DashScope: 300
    std::optional<std::uint64_t> max_bytes = {};         ///< maximum size of a file, if reported
};

/// The meaning of the response to either request of an upload.
enum class upload_verdict {
    done, ///< the policy is granted, or the file is stored
    /// Failed or unknown: request a new policy and upload again, under another name. This costs nothing.
    again,
    refused, ///< failed, and a repeated request will not help
};
BOOST_DESCRIBE_ENUM(upload_verdict, done, again, refused)

/// The parsed response to `make_upload_policy`.
struct upload_policy_reply {
    upload_verdict verdict = upload_verdict::again;       ///< the meaning of the response
    upload_policy policy = {};                            ///< set if done
    std::optional<wan::error> error = {};                 ///< set unless done
    std::optional<std::chrono::seconds> retry_after = {}; ///< the wait that Retry-After asks for
};

/// Parses the response to `make_upload_policy`, or the transport error. The policy's host must use https;
/// http is accepted only if the host and the provider are both on loopback.
WAN_DECL upload_policy_reply parse_upload_policy(const provider& provider, const http_result& response);

/// A file to be uploaded.
struct upload_file {
    std::shared_ptr<const byte_source> bytes; ///< must not be null; the request refers to it
    /// Unique among all files of the policy's directory, so that nothing is overwritten. Use only letters,
    /// digits, `-`, `_` and `.`.
    std::string name;
    std::string_view type; ///< MIME type
};

/// Creates the request that uploads the file, as the last field of a form. The request does not carry the
/// key. Fails with `invalid_request` if the policy's host is not a URL, or if the file has no bytes. Also
/// fails if a name, a value or the type has a control character or a quotation mark, which could begin
/// another field.
WAN_DECL result<http_request> make_upload(const upload_policy& policy, const upload_file& file);

/// Returns the URL of an uploaded file, for requests with the same key and model. DashScope's URLs begin with
/// oss:// and are valid for 48 hours.
WAN_DECL std::string uploaded_url(const provider& provider, const upload_policy& policy,
                                  std::string_view name);

/// The parsed response to `make_upload`.
struct upload_reply {
    upload_verdict verdict = upload_verdict::again;       ///< the meaning of the response
    std::optional<wan::error> error = {};                 ///< set unless done; from the store's XML
    std::optional<std::chrono::seconds> retry_after = {}; ///< the wait that Retry-After asks for
};

/// Parses the response to `make_upload`, or the transport error. If the policy has expired or the name is
/// taken, the verdict is `again`: a new policy and a new name help.
WAN_DECL upload_reply parse_upload(const http_result& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/upload.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
