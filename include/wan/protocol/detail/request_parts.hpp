// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The parts of every request to a provider.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/http/message.hpp>
#include <wan/http/url.hpp>
#include <wan/json/detail/repair_text.hpp>
#include <wan/json/write.hpp>
#include <wan/printable.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

inline std::string joined_url(std::string_view base, std::string_view path) {
    while (base.ends_with('/')) base.remove_suffix(1);
    return std::string{base}.append(path);
}

/// Returns the text with every `name` replaced by `value`.
inline std::string expanded(std::string_view pattern, std::string_view name, std::string_view value) {
    std::string text{pattern};
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
        text.replace(at, name.size(), value);
    return text;
}

/// Asks for an uncompressed response, because replies are read as they arrive.
inline http_header identity_only() { return {"Accept-Encoding", "identity"}; }

/// Returns the headers of every request: the key, and the headers in `provider::headers`.
inline std::vector<http_header> headers_of(const provider& provider) {
    std::vector<http_header> headers{{std::string{provider.dialect->auth_header},
                                      std::string{provider.dialect->auth_prefix} + provider.key.reveal(),
                                      true}};
    if (find_header(provider.headers, "Accept-Encoding") == nullptr) headers.push_back(identity_only());
    headers.insert(headers.end(), provider.headers.begin(), provider.headers.end());
    return headers;
}

/// Maximum size of a task id in bytes. Some relays store the task's data in its id; the longest known id has
/// a few hundred bytes.
inline constexpr std::size_t longest_task_id = 4096;

/// Returns whether the id can be used in requests. `.` and `..` would change the path of a URL, and an id
/// with U+FFFD differs from what the provider sent.
inline bool is_usable_task_id(std::string_view id) noexcept {
    return !id.empty() && id.size() <= longest_task_id && id != "." && id != ".." && code_points(id) &&
           !is_repaired(id);
}

/// Describes an unusable id, and shows it in full, because it may name a task that is paid for.
inline std::string unusable_task_id(std::string_view id) {
    return quoted(id, shown_whole) + " is not a valid task ID (" + std::to_string(id.size()) +
           " bytes); an ID is UTF-8 text of 1 to " + std::to_string(longest_task_id) +
           " bytes, but not . or ..";
}

/// Returns the member of the dialect that would give the URL, for messages.
inline std::string_view path_member_of(const provider& provider, const task_route& route) noexcept {
    const auto& d = *provider.dialect;
    return &route == &d.result ? "result.path" : &route == &d.cancel ? "cancel.path" : "query.path";
}

/// What to do before a request that may be paid for twice.
inline constexpr std::string_view check_console = "; check the provider's console before you submit again";
/// What to do about a submit that may have been accepted. Added once: by `parse_submit`, or at the end of a
/// task, which may search for it first.
inline constexpr std::string_view may_exist =
    "; the task may exist: check the provider's console before you submit again";

/// Returns the URL of a request about a task. `named` is the URL from a reply. It must have the base URL's
/// origin, because the request carries the key.
inline result<std::string> url_of(const provider& provider, const task_route& route, std::string_view task_id,
                                  std::string_view named) {
    if (route.is_named_by_reply && is_same_origin(provider.base_url, named)) return std::string{named};
    if (!route.path.empty())
        return joined_url(provider.base_url, expanded(route.path, "{task_id}", percent_encoded(task_id)));
    return error{.category = error_category::protocol,
                 .message = named.empty()
                                ? "the provider named no URL for querying the task; set " +
                                      std::string{path_member_of(provider, route)} + " in the dialect"
                                : "the provider names " + quoted(named, 120) +
                                      " for querying the task; the API key is sent only to " +
                                      provider.base_url + "; if you trust that host, make it the base URL"};
}

inline result<http_request> make_task_request(const provider& provider, const task_route& route,
                                              std::string_view task_id, std::string_view named) {
    if (!is_usable_task_id(task_id))
        return error{.category = error_category::protocol, .message = unusable_task_id(task_id)};
    auto url = url_of(provider, route, task_id, named);
    if (!url) return std::move(url).error();
    http_request http{.method = route.method, .url = *std::move(url), .headers = headers_of(provider)};
    if (route.body.empty()) return http;
    http.headers.push_back({"Content-Type", "application/json"});
    http.body = expanded(route.body, "{task_id}", json::escaped(task_id));
    return http;
}

/// Reports that the provider does not offer a call; `what` begins with a verb and says what to do instead.
inline error not_offered(const provider& provider, std::string_view what) {
    const auto message = std::string{provider.dialect->name}.append(" ").append(what);
    return refusal({{.field = "provider",
                     .rule = rule::not_offered,
                     .value = std::string{provider.dialect->name},
                     .message = message}});
}

inline error cancel_not_offered(const provider& provider) {
    return not_offered(provider,
                       "does not support canceling tasks; stop waiting instead (the task still runs)");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
