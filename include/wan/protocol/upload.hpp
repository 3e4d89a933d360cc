// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The two requests that put a file into a service's own store, and what their responses mean.
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

/// Creates the request for an upload policy, for files of requests to that model. It carries the key to the
/// service itself. Fails with `invalid_request` if the service stores no files, or if the key or the base URL
/// cannot be used.
WAN_DECL result<http_request> make_upload_policy(const provider& provider, std::string_view model);

/// Permits an upload: the address, and the form fields that must go along.
struct upload_policy {
    /// One field of the form.
    struct field {
        std::string name;      ///< as the form has it, "policy"
        std::string value;     ///< granted by the service, or fixed
        bool is_place = false; ///< instead of the value: where the file stands in the store
    };

    std::string host = {};                               ///< the URL to post to
    std::string directory = {};                          ///< where the file must stand
    std::vector<field> form = {};                        ///< in order; the file comes after them
    std::optional<std::chrono::seconds> expires_in = {}; ///< DashScope: 300
    std::optional<std::uint64_t> max_bytes = {};         ///< of one file, where the service says so
};

/// What a response says about an upload.
enum class upload_verdict {
    done, ///< the policy, or the file, is there
    /// It is not, or nothing is known: ask for a new policy and upload again, under another name. Costs
    /// nothing.
    again,
    refused, ///< it is not, and asking again will not help
};
BOOST_DESCRIBE_ENUM(upload_verdict, done, again, refused)

/// The response to `make_upload_policy`, read.
struct upload_policy_reply {
    upload_verdict verdict = upload_verdict::again;       ///< what to decide by
    upload_policy policy = {};                            ///< if done
    std::optional<wan::error> error = {};                 ///< unless done
    std::optional<std::chrono::seconds> retry_after = {}; ///< what Retry-After asks for
};

/// Reads the response to `make_upload_policy`, or its absence. A host must be https; http only
/// between loopbacks.
WAN_DECL upload_policy_reply parse_upload_policy(const provider& provider, const http_result& response);

/// A file on its way to the store.
struct upload_file {
    std::shared_ptr<const byte_source> bytes; ///< not null; referred to by the request
    /// Unique among all files of the policy's directory: nothing is overwritten. Of letters, digits, - _ .
    std::string name;
    std::string_view type; ///< MIME type
};

/// The form that uploads the file, without the key. The file is its last field. Fails with `invalid_request`
/// if the policy's host is no URL, if there are no bytes, or if a name, a value or the type has a control
/// character or a quotation mark, by which it could become another field.
WAN_DECL result<http_request> make_upload(const upload_policy& policy, const upload_file& file);

/// The URL of an uploaded file, for requests of the same key to the same model. DashScope: oss://..., good
/// for 48 hours.
WAN_DECL std::string uploaded_url(const provider& provider, const upload_policy& policy,
                                  std::string_view name);

/// The response to `make_upload`, read.
struct upload_reply {
    upload_verdict verdict = upload_verdict::again;       ///< what to decide by
    std::optional<wan::error> error = {};                 ///< unless done; of the store's XML
    std::optional<std::chrono::seconds> retry_after = {}; ///< what Retry-After asks for
};

/// Reads the response to `make_upload`, or its absence. An expired policy, or a name that is taken, passes
/// with a new one.
WAN_DECL upload_reply parse_upload(const http_result& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/upload.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
