// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/json/detail/picker.hpp>
#include <wan/json/detail/repair_text.hpp>
#include <wan/json/read.hpp>
#include <wan/provider/detail/sent_url.hpp>
#include <wan/provider/reply.hpp>

#include <cstddef>
#include <span>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

/// A reply that is being filled by the rows of a table.
struct reply_targets {
    reply* to;
    std::span<const reply_path> rows;
};

inline json::detail::targets::target target_in(reply& r, const reply_path& row) noexcept {
    const bool is_video = row.text == &reply::video_url;
    return {row.text ? &(r.*row.text) : nullptr, row.number ? &(r.*row.number) : nullptr, is_video};
}

inline json::detail::targets::target target_of_row(const void* filled, std::size_t row) noexcept {
    const auto& [to, rows] = *static_cast<const reply_targets*>(filled);
    return target_in(*to, rows[row]);
}

/// Reads a value from JSON text inside a string of the reply. An unreadable text is treated as absent.
inline void read_within(reply& r, std::string_view text, const reply_path& row) {
    if (row.text ? !(r.*row.text).empty() : (r.*row.number).has_value()) return;
    std::string inner;
    const json::pick outer[] = {{row.pointer, &inner}};
    const auto to = target_in(r, row);
    const json::pick wanted[] = {{row.within, to.text, to.number, to.takes_only_element}};
    if (json::read(text, outer) && !inner.empty()) (void)json::read(inner, wanted);
}

inline void read_once(reading& read, std::string_view text, const reply_table& shape) {
    const reply_targets filled{&read.reply, shape.rows()};
    if (auto done = json::detail::parse(text, {&shape.prepared(), target_of_row, &filled}); !done)
        read.damage = std::move(done).error();
    for (const auto& row : shape)
        if (!row.within.empty()) read_within(read.reply, text, row);
    if (!is_escaped(read.reply.video_url)) read.reply.video_url = fetchable_form(read.reply.video_url);
}

/// Reads a damaged text once more, after a repair of its characters.
inline void read_repaired(reading& read, std::string_view text, const reply_table& shape) {
    const auto repaired = detail::repaired_text(text);
    if (!repaired) return;
    reading again;
    read_once(again, *repaired, shape);
    if (again.damage) return;
    // A repaired text must not be compared or followed as a URL. An id and the video's URL are kept for
    // display: see `is_usable_task_id` and `is_fetchable`.
    for (const auto member : {&reply::query_url, &reply::result_url, &reply::orig_prompt})
        if (detail::is_repaired(again.reply.*member)) (again.reply.*member).clear();
    read = std::move(again);
}

} // namespace detail

WAN_DECL reading read_reply(std::string_view text, const reply_table& shape) {
    reading read;
    detail::read_once(read, text, shape);
    if (read.damage) detail::read_repaired(read, text, shape);
    return read;
}

} // namespace wan::inline WAN_ABI
