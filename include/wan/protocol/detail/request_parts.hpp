// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What every request to a provider is made of.
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

/// A text with a value in the place of a name.
inline std::string expanded(std::string_view pattern, std::string_view name, std::string_view value) {
    std::string text{pattern};
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
        text.replace(at, name.size(), value);
    return text;
}

/// Replies are read as they come: what compresses them is asked not to.
inline http_header identity_only() { return {"Accept-Encoding", "identity"}; }

/// The key, and what the provider sends along with everything.
inline std::vector<http_header> headers_of(const provider& provider) {
    std::vector<http_header> headers{{std::string{provider.dialect->auth_header},
                                      std::string{provider.dialect->auth_prefix} + provider.key.reveal(),
                                      true}};
    if (find_header(provider.headers, "Accept-Encoding") == nullptr) headers.push_back(identity_only());
    headers.insert(headers.end(), provider.headers.begin(), provider.headers.end());
    return headers;
}

/// Relays pack what they must know of a task into its id; the longest seen has some hundred bytes.
inline constexpr std::size_t longest_task_id = 4096;

/// Some ids would not be what they seem in a URL's path, and one with U+FFFD is not what the service sent.
inline bool is_usable_task_id(std::string_view id) noexcept {
    return !id.empty() && id.size() <= longest_task_id && id != "." && id != ".." && code_points(id) &&
           !is_repaired(id);
}

/// Shows the whole id: it may be that of a task that is paid for.
inline std::string unusable_task_id(std::string_view id) {
    return quoted(id, shown_whole) + " cannot be a task id (" + std::to_string(id.size()) +
           " bytes); an id is UTF-8 text of 1 to " + std::to_string(longest_task_id) +
           " bytes and neither . nor ..";
}

/// `named` is the URL that a reply named. Of another origin it is not followed: the key would travel along.
inline result<std::string> url_of(const provider& provider, const task_route& route, std::string_view task_id,
                                  std::string_view named) {
    if (route.is_named_by_reply && is_same_origin(provider.base_url, named)) return std::string{named};
    if (!route.path.empty())
        return joined_url(provider.base_url, expanded(route.path, "{task_id}", percent_encoded(task_id)));
    return error{.category = error_category::protocol,
                 .message = named.empty() ? "the service did not say where to ask for the task"
                                          : "the service names " + quoted(named, 120) +
                                                " to ask for the task; the key goes nowhere but to " +
                                                provider.base_url};
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

inline error not_offered(const provider& provider, std::string_view what) {
    const auto message = std::string{provider.dialect->name}.append(" ").append(what);
    return refusal({{.field = "provider",
                     .rule = rule::not_offered,
                     .value = std::string{provider.dialect->name},
                     .message = message}});
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
