// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A submit with media that may still need a URL.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/json/medium_slot.hpp>
#include <wan/json/merge.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/media/inspect.hpp>
#include <wan/media/media_support.hpp>
#include <wan/model/media_kind_of.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/provider.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/validation/detail/check_media.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// A medium that is given as bytes.
struct draft_medium {
    std::shared_ptr<const byte_source> bytes;
    std::string field;
    std::string_view type; ///< MIME type
    media_route way;
};

struct submit_draft {
    http_request request;            ///< without a body
    std::vector<std::string> texts;  ///< one more than `media`: before, between and after the media
    std::vector<draft_medium> media; ///< in the order of the body

    bool needs_uploads() const noexcept {
        return std::any_of(media.begin(), media.end(),
                           [](const draft_medium& m) { return m.way == media_route::upload; });
    }
};

inline std::string_view type_of(const byte_source& bytes, std::string_view name) noexcept {
    if (const auto format = format_of(bytes)) return mime_type(*format);
    const auto named = declared_by_name(name).type;
    return named.empty() ? "application/octet-stream" : named;
}

/// Writes the body, split at the positions of media that are given as bytes.
template <class Request>
std::vector<violation> draft_body(submit_draft& draft, const provider& provider,
                                  const submit_route<Request>& route, const Request& request,
                                  std::string_view model) {
    std::string body;
    std::vector<json::medium_slot> media_slots;
    route.layout.write(body, request, model, &media_slots);
    // `extra` must not replace these: the prompt identifies an unconfirmed submit, and the model decides all
    // other checks.
    const json::kept_place kept[] = {{route.layout.path_of("model"), "model"},
                                     {route.layout.path_of("prompt"), "prompt"}};
    auto bad = json::merge(body, request.extra, kept, &media_slots);

    const auto support = media_support_of(*provider.dialect);
    std::size_t begin = 0;
    for (const auto& slot : media_slots) {
        const auto& medium = *slot.medium;
        const auto kind = slot.kind ? *slot.kind : media_kind_of(slot.field);
        draft.media.push_back({medium.bytes(), slot.field, type_of(*medium.bytes(), medium.name()),
                               media_route_of(support, kind, medium)});
        draft.texts.push_back(body.substr(begin, slot.position - begin));
        begin = slot.position;
    }
    draft.texts.push_back(begin == 0 ? std::move(body) : body.substr(begin));
    return bad;
}

/// Returns whether a string of the JSON text begins with `begin`. Inside a string, a quotation mark follows a
/// backslash.
inline bool has_string_with(std::string_view json, std::string_view begin) {
    if (begin.empty()) return true;
    const auto wanted = std::string(1, '"').append(begin);
    for (auto at = json.find(wanted); at != std::string_view::npos; at = json.find(wanted, at + 1))
        if (at == 0 || json[at - 1] != '\\') return true;
    return false;
}

/// Returns the complete request. `urls` are the URLs of the uploaded media, in order.
inline http_request finished(const provider& provider, submit_draft draft,
                             const std::vector<std::string>& urls) {
    std::vector<std::string> texts;
    texts.push_back(std::move(draft.texts.front()));
    std::vector<std::shared_ptr<const byte_source>> inlined;
    auto url = urls.begin();
    for (std::size_t i = 0; i < draft.media.size(); ++i) {
        auto& medium = draft.media[i];
        if (medium.way == media_route::upload) {
            texts.back().append(json::escaped(*url++)).append(draft.texts[i + 1]);
        } else {
            texts.back().append("data:").append(medium.type).append(";base64,");
            inlined.push_back(std::move(medium.bytes));
            texts.push_back(std::move(draft.texts[i + 1]));
        }
    }
    auto http = std::move(draft.request);
    for (const auto& h : provider.dialect->submit_headers)
        if (std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
                return has_string_with(text, h.only_if_a_string_begins_with);
            }))
            http.headers.push_back({std::string{h.name}, std::string{h.value}});
    http.body = http_body{std::move(texts.front())};
    for (std::size_t i = 0; i < inlined.size(); ++i) {
        http.body.append(std::move(inlined[i]), body_encoding::base64);
        http.body.append(texts[i + 1]);
    }
    return http;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
