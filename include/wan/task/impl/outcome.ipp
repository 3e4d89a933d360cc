// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/printable.hpp>
#include <wan/task/outcome.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace wan::inline WAN_ABI {

WAN_DECL std::string to_string(const outcome& o) {
    std::string text{to_wire(o.ending)};
    if (!o.task_id.empty())
        text.append(" [task_id ").append(printable(o.task_id, detail::shown_whole)).append("]");
    if (o.video) text.append(" ").append(printable(o.video->url, detail::shown_whole));
    if (o.id != id_trust::confirmed && !o.task_id.empty()) {
        text.append(", id ").append(to_wire(o.id));
        if (o.inferred_from)
            text.append(*o.inferred_from == prompt_match::equal ? " from an equal prompt"
                                                                : " from the only task listed");
    }
    // If there is a video, its URL is enough.
    if (!o.succeeded() && !o.status.empty()) text.append(", last status ").append(printable(o.status));
    if (o.error) {
        auto failure = *o.error;
        if (failure.task_id == o.task_id) failure.task_id.clear();
        text.append(": ").append(to_string(failure));
    }
    if (!o.candidates.empty()) {
        text.append("; it may be ")
            .append(o.candidates.size() == 1 ? "this listed task" : "one of these listed tasks")
            .append(":");
        constexpr std::size_t most = 5;
        for (std::size_t i = 0; i < (std::min)(most, o.candidates.size()); ++i) {
            const auto& c = o.candidates[i];
            text.append(i == 0 ? " " : ", ")
                .append(printable(c.task_id, detail::shown_whole))
                .append(" (prompt ")
                .append(to_wire(c.prompt));
            text.append(", created ").append(to_wire(c.created)).append(")");
        }
        if (o.candidates.size() > most)
            text.append(" and ").append(std::to_string(o.candidates.size() - most)).append(" more");
    }
    return text;
}

} // namespace wan::inline WAN_ABI
