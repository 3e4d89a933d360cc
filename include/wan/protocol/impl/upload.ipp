// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/text.hpp>
#include <wan/http/detail/content_coding.hpp>
#include <wan/http/detail/xml_text.hpp>
#include <wan/http/retry_after.hpp>
#include <wan/http/url.hpp>
#include <wan/json/read.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/multipart_form.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/upload.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/validate.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL result<http_request> make_upload_policy(const provider& provider, std::string_view model) {
    if (auto found = validate(provider); !found.empty()) return refusal(std::move(found));
    const auto& route = provider.dialect->upload;
    if (!route.offered())
        return detail::not_offered(provider, "does not store files; pass a URL that it can fetch");
    return http_request{
        .method = http_method::get,
        .url = detail::joined_url(provider.base_url,
                                  detail::expanded(route.path, "{model}", percent_encoded(model))),
        .headers = detail::headers_of(provider)};
}

namespace detail {

inline error bad_policy(const http_response& response, const reply& parsed, std::string message) {
    return {.category = error_category::protocol,
            .message = "the upload policy " + std::move(message),
            .http_status = response.status,
            .request_id = parsed.request_id};
}

/// Returns whether a file may be sent to this URL: the URL uses https, or both it and the provider are on
/// loopback.
inline bool may_upload_to(const provider& provider, std::string_view url) noexcept {
    const auto to = parse_url(url);
    if (!to || !to->userinfo.empty() || to->rest.find('#') != std::string_view::npos) return false;
    const auto from = parse_url(provider.base_url);
    if (is_loopback(to->host))
        return from && is_loopback(from->host) &&
               (equal_ignoring_case(to->scheme, "http") || equal_ignoring_case(to->scheme, "https"));
    return equal_ignoring_case(to->scheme, "https");
}

/// Returns whether the text is safe as a name or a value in a multipart form.
inline bool fits_a_form(std::string_view text) noexcept {
    return !text.empty() &&
           std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == '"'; });
}

inline bool is_form_text(std::string_view text) noexcept {
    return text.size() <= 16 * 1024 && fits_a_form(text);
}

/// The parsed body of the response to `make_upload_policy`.
struct granted_policy {
    upload_policy policy = {};
    std::optional<double> seconds = {}, megabytes = {};
    result<void> readable = {};
};

inline granted_policy read_policy(const upload_route& route, std::string_view body) {
    granted_policy granted;
    auto& policy = granted.policy;
    std::array<json::pick, json::max_picks> picks{{{route.host, &policy.host},
                                                   {route.directory, &policy.directory},
                                                   {route.expires_in_seconds, nullptr, &granted.seconds},
                                                   {route.max_megabytes, nullptr, &granted.megabytes}}};
    std::size_t n = 4;
    policy.form.reserve(route.form.size());
    for (const auto& field : route.form) {
        policy.form.push_back({std::string{field.name}, std::string{field.value}, field.is_place});
        if (!field.pointer.empty() && n < picks.size())
            picks[n++] = {field.pointer, &policy.form.back().value};
    }
    granted.readable = json::read(body, {picks.data(), n});
    return granted;
}

/// Returns the error of the response, or of the policy in it. Returns nothing if the policy can be used.
inline std::optional<error> policy_error(const provider& provider, const http_response& response,
                                         const granted_policy& granted) {
    const auto& policy = granted.policy;
    const auto parsed = read_reply(response.body, provider.dialect->reply).reply;
    if (response.status < 200 || response.status >= 300 || has_error(*provider.dialect, parsed))
        return describe_error(*provider.dialect, parsed, response);
    if (!granted.readable) return unreadable_body_error(response, granted.readable.error());
    if (!may_upload_to(provider, policy.host))
        return bad_policy(response, parsed,
                          policy.host.empty()
                              ? "names no upload address; pass the file by URL, or ask the provider"
                              : "names " + quoted(policy.host, 120) +
                                    " as the upload address; this library uploads only to public https URLs "
                                    "without credentials or fragment; pass the file by URL, or ask the "
                                    "provider");
    const auto no_valid = [&](const std::string& what) {
        return bad_policy(response, parsed,
                          "has no valid " + what +
                              "; pass the file by URL, or check the dialect's upload table");
    };
    if (!is_form_text(policy.directory)) return no_valid("directory: " + quoted(policy.directory));
    // Only the size: values are signatures and keys.
    for (const auto& field : policy.form)
        if (!field.is_place && !is_form_text(field.value))
            return no_valid("value for " + field.name + " (" + std::to_string(field.value.size()) +
                            " bytes)");
    return std::nullopt;
}

} // namespace detail

WAN_DECL upload_policy_reply parse_upload_policy(const provider& provider, const http_result& response) {
    if (!response)
        return {.error = error{.category = error_category::transport, .message = response.error().message}};
    upload_policy_reply parsed{.retry_after = retry_after(*response)};
    auto granted = detail::read_policy(provider.dialect->upload, response->body);
    parsed.error = detail::policy_error(provider, *response, granted);
    parsed.policy = std::move(granted.policy);
    if (parsed.error) {
        parsed.verdict =
            detail::may_pass(parsed.error->category) ? upload_verdict::again : upload_verdict::refused;
        return parsed;
    }
    auto& policy = parsed.policy;
    while (policy.directory.ends_with('/')) policy.directory.pop_back();
    if (const auto seconds = granted.seconds; seconds && *seconds >= 0 && *seconds < 1e9)
        policy.expires_in = std::chrono::seconds{static_cast<std::int64_t>(*seconds)};
    if (const auto megabytes = granted.megabytes; megabytes && *megabytes > 0 && *megabytes < 1e9)
        policy.max_bytes = static_cast<std::uint64_t>(*megabytes * (1 << 20));
    parsed.verdict = upload_verdict::done;
    return parsed;
}

namespace detail {

inline std::string key_of(const upload_policy& policy, std::string_view name) {
    return policy.directory + "/" + std::string{name};
}

inline std::vector<violation> check_upload(const upload_policy& policy, const upload_file& file) {
    std::vector<violation> found;
    const auto refuse = [&](std::string_view field, std::string_view value, std::string problem) {
        found.push_back({.field = std::string{field},
                         .rule = rule::header_value,
                         .value = printable(value),
                         .message = "upload: " + std::move(problem)});
    };
    const auto check = [&](std::string_view field, std::string_view what, std::string_view value) {
        if (fits_a_form(value)) return;
        const auto problem =
            value.empty()
                ? "empty; set it"
                : quoted(value) + ", which contains a control character or a quotation mark; remove it";
        refuse(field, value, std::string{what} + " is " + problem);
    };
    const auto host = parse_url(policy.host);
    const bool is_http =
        host && (equal_ignoring_case(host->scheme, "https") || equal_ignoring_case(host->scheme, "http"));
    if (!is_http || !host->userinfo.empty())
        refuse("host", policy.host,
               quoted(policy.host, 120) +
                   " is not a valid upload address; use https://HOST[/PATH] without credentials");
    check("directory", "the policy's directory", policy.directory);
    for (const auto& field : policy.form) {
        check("form", "the name of a form field", field.name);
        if (!field.is_place) check("form", "the value of the form field " + quoted(field.name), field.value);
    }
    check("name", "the file's name", file.name);
    check("type", "the file's type", file.type);
    if (file.bytes == nullptr) refuse("bytes", {}, "the file has no bytes; set upload_file::bytes");
    return found;
}

/// Returns the form. Its boundary also depends on the policy's values, which the provider has only just
/// granted. So the author of the file cannot know the boundary, and cannot put it into the file.
inline multipart_form form_of(const upload_policy& policy, const upload_file& file) {
    auto all = key_of(policy, file.name);
    for (const auto& field : policy.form) all.append(1, '\n').append(field.value);
    return {hash_of(all), hash_of("2\n" + all)};
}

} // namespace detail

WAN_DECL result<http_request> make_upload(const upload_policy& policy, const upload_file& file) {
    if (auto found = detail::check_upload(policy, file); !found.empty()) return refusal(std::move(found));
    const auto key = detail::key_of(policy, file.name);
    const auto form = detail::form_of(policy, file);
    http_request http{.method = http_method::post, .url = policy.host};
    http.headers.push_back(detail::identity_only());
    http.headers.push_back({"Content-Type", form.content_type()});
    for (const auto& field : policy.form)
        http.body.append(form.field(field.name, field.is_place ? key : field.value));
    http.body.append(form.begin_file(file.name, file.type));
    http.body.append(file.bytes, body_encoding::none);
    http.body.append(form.end_file());
    return http;
}

WAN_DECL std::string uploaded_url(const provider& provider, const upload_policy& policy,
                                  std::string_view name) {
    return std::string{provider.dialect->upload.url_prefix} + detail::key_of(policy, name);
}

namespace detail {

struct store_error {
    std::string_view code;
    std::string_view message_has; ///< empty: any
    upload_verdict verdict;
};

/// Errors that a new policy and a new name can resolve.
inline constexpr store_error store_errors[] = {
    {"AccessDenied", "Policy expired", upload_verdict::again},
    {"FileAlreadyExists", "", upload_verdict::again},
    {"RequestTimeout", "", upload_verdict::again},
};

} // namespace detail

WAN_DECL upload_reply parse_upload(const http_result& response) {
    if (!response)
        return {.error = error{.category = error_category::transport, .message = response.error().message}};
    upload_reply parsed{.retry_after = retry_after(*response)};
    if (response->status >= 200 && response->status < 300) {
        parsed.verdict = upload_verdict::done;
        return parsed;
    }
    auto& e = parsed.error.emplace();
    e.category = classify(response->status);
    e.http_status = response->status;
    e.code = detail::xml_text(response->body, "Code");
    e.message = detail::xml_text(response->body, "Message");
    e.request_id = detail::xml_text(response->body, "RequestId");
    if (const auto coding = detail::undecoded(*response); !coding.empty())
        e.message = detail::explain_coding(coding);
    if (e.message.empty())
        e.message = (e.code.empty() && !response->body.empty()
                         ? "the provider's file store responded with " + quoted(response->body)
                         : std::string{"the provider's file store gave no reason"}) +
                    "; try again with a new upload policy";
    parsed.verdict = detail::may_pass(e.category) ? upload_verdict::again : upload_verdict::refused;
    for (const auto& row : detail::store_errors)
        if (row.code == e.code && e.message.find(row.message_has) != std::string::npos)
            parsed.verdict = row.verdict;
    e.message = "upload: " + e.message;
    return parsed;
}

} // namespace wan::inline WAN_ABI
