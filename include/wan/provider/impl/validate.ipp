// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/field_report.hpp>
#include <wan/detail/text.hpp>
#include <wan/http/detail/private_host.hpp>
#include <wan/http/url.hpp>
#include <wan/json/read.hpp>
#include <wan/model/detail/offering_services.hpp>
#include <wan/printable.hpp>
#include <wan/provider/detail/base_url.hpp>
#include <wan/provider/detail/dialect_check.hpp>
#include <wan/provider/detail/provider_report.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/routes.hpp>
#include <wan/provider/validate.hpp>
#include <wan/reflect.hpp>
#include <wan/validation/validate.hpp>

#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

inline bool fits_a_header(const http_header& h) noexcept {
    const auto in_name = [](char c) { return c > 0x20 && c < 0x7F && c != ':'; };
    return !h.name.empty() && std::all_of(h.name.begin(), h.name.end(), in_name) &&
           std::none_of(h.value.begin(), h.value.end(), is_control);
}

/// Returns whether the library or HTTP already sets this header. If such a header were sent twice, the two
/// values could contradict each other, and some headers decide where a body ends.
inline bool is_set_already(const dialect& d, std::string_view name) noexcept {
    constexpr std::string_view always[] = {"Host", "Content-Type", "Content-Length", "Transfer-Encoding",
                                           "Connection"};
    const auto is_same = [&](std::string_view other) { return equal_ignoring_case(name, other); };
    return is_same(d.auth_header) || std::any_of(std::begin(always), std::end(always), is_same) ||
           std::any_of(d.submit_headers.begin(), d.submit_headers.end(),
                       [&](const header_rule& h) { return is_same(h.name); });
}

} // namespace detail

template <class Request>
std::string_view model_of(const provider& provider, const Request& request) noexcept {
    if (request.model) return *request.model;
    return provider.dialect != nullptr ? routes_of<Request>(provider).default_model : std::string_view{};
}

WAN_DECL media_support media_support_of(const dialect& d) noexcept {
    return {d.media_schemes, d.inline_up_to, d.upload.offered(), d.name};
}

namespace detail {

inline void check_key(provider_report& report, const api_key& key) {
    if (key.empty())
        report.add("api_key", rule::required, "missing", "the key from the provider's console");
    else if (!key.fits_a_header())
        report.add("api_key", rule::header_value,
                   "contains a space, a line break or another character that HTTP headers do not allow",
                   "visible ASCII characters");
}

inline void check_dialect(provider_report& report, const dialect* d) {
    if (d == nullptr)
        return report.add("dialect", rule::required, "missing",
                          "the dialect of a provider, such as &wan::dashscope::api, or your own");
    dialect_check{report, *d}.check();
    const std::pair<std::string_view, std::size_t> tables[] = {{"reply", d->reply.size()},
                                                               {"list.task", d->list.task.size()},
                                                               {"upload.form", d->upload.form.size() + 4}};
    for (const auto& [table, rows] : tables)
        if (rows > json::max_picks)
            report.add("dialect", rule::range,
                       "the table " + std::string{table} + " has " + std::to_string(rows) + " rows",
                       "at most " + std::to_string(json::max_picks));
    if (d->reply.size() <= json::max_picks && !d->reply.is_complete())
        report.add("dialect", rule::range, "the pointers of the table reply name too many places",
                   "at most " + std::to_string(json::max_nodes) + " different objects, arrays and values");
}

inline void check_headers(provider_report& report, const provider& p) {
    for (const auto& h : p.headers) {
        if (!fits_a_header(h))
            report.add("headers", rule::header_value,
                       quoted(h.name) +
                           " is not a valid header name, or its value contains a control character",
                       "a name of visible ASCII characters and a value without control characters");
        else if (p.dialect != nullptr && is_set_already(*p.dialect, h.name))
            report.add("headers", rule::header_value, quoted(h.name) + " is set by the library or by HTTP",
                       "other headers", "remove it from provider::headers");
    }
}

inline void check_base_url(provider_report& report, std::string_view base_url) {
    const auto url = parse_url(base_url);
    const auto shown = shown_url(base_url);
    if (!url || !code_points(base_url) || !url->userinfo.empty() ||
        url->rest.find_first_of("?#") != std::string_view::npos)
        report.add("base_url", rule::url, shown,
                   "https://HOST[:PORT][/PATH] without credentials, query or fragment");
    else if (!may_carry_key(base_url))
        report.add("base_url", rule::insecure, shown,
                   "https, because the request carries the API key; http only to this machine");
}

} // namespace detail

WAN_DECL std::vector<violation> validate(const provider& p) {
    detail::provider_report report;
    detail::check_key(report, p.key);
    detail::check_dialect(report, p.dialect);
    detail::check_headers(report, p);
    detail::check_base_url(report, p.base_url);
    return std::move(report).found();
}

namespace detail {

inline violation job_not_offered(const provider& provider, job wanted) {
    const auto services = listed(services_offering(wanted));
    std::string message{provider.dialect->name};
    message.append(" does not offer ").append(to_wire(wanted));
    if (!services.empty()) message.append("; use ").append(services);
    return {.field = "provider",
            .rule = rule::not_offered,
            .value = std::string{provider.dialect->name},
            .allowed = services,
            .message = message};
}

/// Reports members that the request sets and the model accepts, but the provider's API does not support.
template <class Request>
void add_refused(std::vector<violation>& found, const submit_route<Request>& route, const provider& provider,
                 const Request& request) {
    boost::mp11::mp_for_each<members_of<Request>>([&](auto member) {
        const auto field = wire_spelling(member.name);
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const violation& v) { return v.field == field && is_error(v); });
        if (known || !route.layout.refuses(request, field)) return;
        field_report{&found, field, {}, provider.dialect->name}.add(
            rule::unsupported, {}, {},
            "not supported by " + std::string{provider.dialect->name} + "; leave it unset");
    });
}

inline void add_missing_base_path(std::vector<violation>& found, const provider& provider,
                                  std::string_view route_path) {
    const auto& d = *provider.dialect;
    const bool route_has_it = route_path.find(d.base_path) != std::string_view::npos;
    if (route_has_it || !lacks_base_path(d, provider.base_url)) return;
    found.push_back({.field = "base_url",
                     .rule = rule::url,
                     .value = shown_url(provider.base_url),
                     .allowed = std::string{d.base_path},
                     .severity = severity::warning,
                     .message = "base_url: " + shown_url(provider.base_url) +
                                " does not contain the provider's usual path " + std::string{d.base_path} +
                                "; add it, unless your gateway needs none"});
}

inline void add_missing_route(std::vector<violation>& found, const provider& provider,
                              std::string_view model) {
    std::string said{provider.dialect->name};
    said.append(" has no route for ").append(printable(model)).append("; use another model");
    field_report{&found, "model", {}, provider.dialect->name}.add(rule::unsupported, printable(model), {},
                                                                  said);
}

} // namespace detail

template <class Request>
std::vector<violation> validate(const provider& provider, const Request& request) {
    if (provider.dialect == nullptr) return validate(provider);
    if (routes_of<Request>(provider).routes.empty())
        return {detail::job_not_offered(provider, job_of<Request>::value)};
    const auto model = model_of(provider, request);
    const auto* route = route_for<Request>(provider, model);
    auto support = media_support_of(*provider.dialect);
    const auto url = parse_url(provider.base_url);
    support.is_remote = url && !detail::is_private_host(url->host);
    auto found = validate(request, validation_target{.model = model,
                                                     .catalog = models_of(provider),
                                                     .region = provider.region,
                                                     .path_of = route ? route->layout.path_of : nullptr,
                                                     .support = support});
    if (!request.model)
        for (auto& v : found)
            if (v.field == "model") v.message += "; it is the default, because no model is set";
    detail::add_missing_base_path(found, provider, route == nullptr ? std::string_view{} : route->path);
    if (route == nullptr) {
        detail::add_missing_route(found, provider, model);
        return found;
    }
    detail::add_refused(found, *route, provider, request);
    if (!model.empty() && route->path.find("{model}") != std::string_view::npos && !is_relative_path(model))
        detail::field_report{&found, "model", {}, provider.dialect->name}.add(
            rule::unsupported, printable(model), "path segments separated by /",
            quoted(model) + " cannot be part of a URL");
    return found;
}

} // namespace wan::inline WAN_ABI
