// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks a request, and drafts its submit.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/http/url.hpp>
#include <wan/media/media.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/detail/submit_draft.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/routes.hpp>
#include <wan/provider/validate.hpp>
#include <wan/reflect.hpp>
#include <wan/request/reference.hpp>
#include <wan/validation/detail/check_limits.hpp>
#include <wan/validation/validate.hpp>

#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// Returns the first text of the references that is not UTF-8; empty if all texts are.
inline std::string_view text_of_references(const std::vector<reference>& references) noexcept {
    const auto is_bad = [](std::string_view text) { return !is_utf8(text); };
    for (const auto& each : references) {
        if (is_bad(each.url.url())) return each.url.url();
        if (each.reference_voice && is_bad(each.reference_voice->url())) return each.reference_voice->url();
        if (each.reference_description && is_bad(*each.reference_description))
            return *each.reference_description;
    }
    return {};
}

/// Returns the text of a request's member. Empty for numbers, and for media that are sent as bytes.
template <class Value>
std::string_view text_of(const Value& value) noexcept {
    constexpr bool may_be_unset = requires { value.has_value(); };
    if constexpr (may_be_unset) {
        return value ? text_of(*value) : std::string_view{};
    } else if constexpr (std::is_same_v<Value, media>) {
        return value.url();
    } else if constexpr (std::is_same_v<Value, std::vector<reference>>) {
        return text_of_references(value);
    } else if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
        return value;
    } else {
        return {};
    }
}

/// Reports texts that are not UTF-8. Only this function ensures that a body is JSON in UTF-8, whatever the
/// member's limits and the strictness.
template <class Request>
void add_not_utf8(std::vector<violation>& found, const submit_draft& draft,
                  const submit_route<Request>& route, const Request& request) {
    if (std::all_of(draft.texts.begin(), draft.texts.end(),
                    [](const std::string& text) { return is_utf8(text); }))
        return;
    boost::mp11::mp_for_each<members_of<Request>>([&](auto member) {
        const auto text = text_of(request.*member.pointer);
        const auto field = wire_spelling(member.name);
        const auto is_it = [&](const violation& v) { return v.rule == rule::encoding && v.field == field; };
        if (is_utf8(text) || std::any_of(found.begin(), found.end(), is_it)) return;
        const field_report report{&found, field, route.layout.path_of(field), {}};
        report.add(rule::encoding, printable(text), "valid UTF-8", quoted(text) + " is not UTF-8");
    });
}

/// Returns whether the request sets a member that the body cannot express.
template <class Request>
bool leaves_out(const submit_route<Request>& route, const Request& request) {
    bool found = false;
    boost::mp11::mp_for_each<members_of<Request>>(
        [&](auto member) { found = found || route.layout.refuses(request, wire_spelling(member.name)); });
    return found;
}

/// Drafts the submit of a request. Fails with all violations if one of them makes the request invalid.
template <class Request>
result<submit_draft> draft_submit(const provider& provider, const Request& request, strictness strict) {
    auto found = validate(provider);
    if (provider.dialect == nullptr) return refusal(std::move(found));
    bool refused = !found.empty();
    auto broken = validate(provider, request);
    const auto model = model_of(provider, request);
    const auto* route = route_for<Request>(provider, model);
    submit_draft draft;
    if (route != nullptr) {
        auto bad = draft_body(draft, provider, *route, request, model);
        std::move(bad.begin(), bad.end(), std::back_inserter(broken));
        add_not_utf8(broken, draft, *route, request);
        // This applies with every strictness: otherwise the member would be dropped silently.
        refused = refused || leaves_out(*route, request);
    }
    for (const auto& v : broken) refused = refused || refuses(strict, v.rule, v.severity);
    std::move(broken.begin(), broken.end(), std::back_inserter(found));
    if (refused || route == nullptr) return refusal(std::move(found));

    draft.request.method = http_method::post;
    draft.request.url =
        joined_url(provider.base_url, expanded(route->path, "{model}", percent_encoded(model, "/")));
    draft.request.headers = headers_of(provider);
    draft.request.headers.push_back({"Content-Type", "application/json"});
    return draft;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
