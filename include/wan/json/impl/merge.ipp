// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/json/detail/text_editor.hpp>
#include <wan/json/detail/tree.hpp>
#include <wan/json/medium_slot.hpp>
#include <wan/json/merge.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::json {

namespace detail {

/// Returns the kept place that a value at `path` would replace, either exactly or together with an enclosing
/// object. Comparing the pointers as text is enough, because a pointer to a member of a request has only one
/// spelling.
inline const kept_place* taken_place(std::span<const kept_place> kept, std::string_view path) noexcept {
    const auto is_taken = [&](const kept_place& k) {
        return k.pointer.starts_with(path) &&
               (k.pointer.size() == path.size() || k.pointer[path.size()] == '/') && !path.empty();
    };
    const auto taken = std::find_if(kept.begin(), kept.end(), is_taken);
    return taken == kept.end() ? nullptr : &*taken;
}

} // namespace detail

WAN_DECL std::vector<violation> merge(std::string& body, std::span<const extra_field> fields,
                                      std::span<const kept_place> kept,
                                      std::vector<medium_slot>* media_slots) {
    std::vector<violation> found;
    if (fields.empty()) return found;
    detail::text_editor merged{body, media_slots != nullptr ? *media_slots : std::vector<medium_slot>{}};
    for (const auto& field : fields) {
        const auto keys = detail::keys_of(field.path);
        const auto value = detail::value_of(field, found);
        if (!value) continue;
        if (keys.empty())
            found.push_back(detail::bad_extra(field, "is not a JSON pointer",
                                              "a pointer to a member, \"/parameters/x\""));
        else if (const auto* place = detail::taken_place(kept, field.path))
            found.push_back(
                detail::bad_extra(field, "would replace the request's " + std::string{place->field},
                                  "the member " + std::string{place->field} + " itself, or another path"));
        else if (!merged.put(keys, boost::json::serialize(*value)))
            found.push_back(detail::bad_extra(field, "leads through a value that is not an object",
                                              "a path through objects"));
    }
    if (!found.empty()) return found;
    body = std::move(merged).text();
    if (media_slots != nullptr) *media_slots = std::move(merged).media_slots();
    return found;
}

} // namespace wan::inline WAN_ABI::json
