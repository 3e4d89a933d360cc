// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/json/detail/repair_text.hpp>
#include <wan/json/read.hpp>
#include <wan/provider/detail/sent_url.hpp>
#include <wan/provider/reply.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

inline json::pick pick_of(reply& r, const reply_path& row, std::string_view pointer) noexcept {
    const bool is_video = row.text == &reply::video_url;
    return {pointer, row.text ? &(r.*row.text) : nullptr, row.number ? &(r.*row.number) : nullptr, is_video};
}

/// Reads a value from JSON text inside a string of the reply. An unreadable text is treated as absent.
inline void read_within(reply& r, std::string_view text, const reply_path& row) {
    if (row.text ? !(r.*row.text).empty() : (r.*row.number).has_value()) return;
    std::string inner;
    const json::pick outer[] = {{row.pointer, &inner}};
    const json::pick wanted[] = {pick_of(r, row, row.within)};
    if (json::read(text, outer) && !inner.empty()) (void)json::read(inner, wanted);
}

inline reading read_once(std::string_view text, std::span<const reply_path> shape) {
    reading read;
    std::array<json::pick, json::max_picks> picks;
    std::size_t n = 0;
    for (const auto& row : shape)
        if (row.within.empty() && n < picks.size()) picks[n++] = pick_of(read.reply, row, row.pointer);
    if (auto done = json::read(text, {picks.data(), n}); !done) read.damage = std::move(done).error();
    for (const auto& row : shape)
        if (!row.within.empty()) read_within(read.reply, text, row);
    if (!is_fetchable(read.reply.video_url)) read.reply.video_url = fetchable_form(read.reply.video_url);
    return read;
}

} // namespace detail

WAN_DECL reading read_reply(std::string_view text, std::span<const reply_path> shape) {
    auto read = detail::read_once(text, shape);
    if (!read.damage) return read;
    const auto repaired = detail::repaired_text(text);
    if (!repaired) return read;
    auto again = detail::read_once(*repaired, shape);
    if (again.damage) return read;
    // A repaired text must not be compared or followed as a URL. An id and the video's URL are kept for
    // display: see `is_usable_task_id` and `is_fetchable`.
    for (const auto member : {&reply::query_url, &reply::result_url, &reply::orig_prompt})
        if (detail::is_repaired(again.reply.*member)) (again.reply.*member).clear();
    return again;
}

} // namespace wan::inline WAN_ABI
