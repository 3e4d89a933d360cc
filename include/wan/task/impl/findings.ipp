// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/hash_text.hpp>
#include <wan/detail/text.hpp>
#include <wan/detail/time_limits.hpp>
#include <wan/http/url.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/redact.hpp>
#include <wan/task/detail/findings.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL void findings::set_start(std::int64_t seconds, clock_trust by) noexcept {
    const bool is_a_time = seconds > 0 && seconds <= last_second;
    constexpr std::int64_t every_bit = (std::int64_t{1} << 39) - 1;
    static_assert(last_second <= every_bit);
    started_at = is_a_time ? seconds & every_bit : 0; // the mask shows the compiler that the value fits
    clock = is_a_time ? by : clock_trust::unchecked;
}

WAN_DECL void findings::set_arrival(std::int64_t seconds) noexcept {
    constexpr std::uint32_t every_bit = (std::uint32_t{1} << 18) - 1;
    const auto after = seconds - started_at;
    const bool is_known = started_at != 0 && after > 0 && after <= every_bit;
    arrives_within = is_known ? static_cast<std::uint32_t>(after) & every_bit : 0;
}

WAN_DECL std::optional<arrival_span> findings::arrival() const noexcept {
    if (clock != clock_trust::checked || started_at == 0 || arrives_within == 0) return std::nullopt;
    const std::chrono::sys_seconds from{std::chrono::seconds{started_at}};
    return arrival_span{from, from + std::chrono::seconds{arrives_within}};
}

WAN_DECL void findings::learn(const api_key& key, reply&& parsed, std::optional<error>&& failed,
                              std::string&& body) {
    redact(key, parsed);
    redact(key, failed);
    redact(key, body);
    if (!parsed.request_id.empty()) texts.set(task_texts::request_id, parsed.request_id);
    // from the XML of the provider's store
    if (failed && !failed->request_id.empty()) texts.set(task_texts::request_id, failed->request_id);
    if (!parsed.status.empty()) texts.set(task_texts::status, parsed.status);
    constexpr double largest = (std::numeric_limits<float>::max)();
    if (parsed.progress) percent = static_cast<float>(std::clamp(*parsed.progress, -largest, largest));
    if (parsed.eta) eta = static_cast<float>(std::clamp(*parsed.eta, -largest, largest));
    learn_urls(parsed);
    if (failed) {
        failed->task_id = task_id();
        failed->request_id = request_id();
    }
    auto latest =
        std::make_unique<last_response>(last_response{std::move(parsed), std::move(failed), std::move(body)});
    latest->is_recovered = !latest->error && last != nullptr && last->error;
    if (latest->is_recovered) latest->error = std::move(last->error);
    last = std::move(latest);
}

WAN_DECL void findings::learn(const api_key& key, error failure) { learn(key, {}, std::move(failure), {}); }

WAN_DECL void findings::learn_urls(const reply& parsed) {
    if (parsed.query_url.empty() && parsed.result_url.empty()) return;
    if (urls == nullptr) urls = std::make_unique<service_urls>();
    if (!parsed.query_url.empty()) urls->query = parsed.query_url;
    if (!parsed.result_url.empty()) urls->result = parsed.result_url;
}

WAN_DECL void findings::learn_unusable_id(const api_key& key, const reply& parsed, std::string_view body) {
    if (urls == nullptr) urls = std::make_unique<service_urls>();
    urls->unusable_id = parsed.task_id.empty() ? printable(body, shown_begin) : parsed.task_id;
    redact(key, urls->unusable_id);
}

WAN_DECL void findings::forget_last() noexcept {
    if (last == nullptr || !last->is_recovered) return last.reset();
    last->reply = {};
    last->body = {};
}

WAN_DECL const wan::error* findings::failure() const noexcept {
    return last != nullptr && last->error && !last->is_recovered ? &*last->error : nullptr;
}

/// Tokens of earlier versions have a hash of the whole prompt, including white space.
WAN_DECL bool findings::has_prompt(std::string_view prompt) const noexcept {
    return hash_of_prompt(prompt) == prompt_hash || hash_of(prompt) == prompt_hash;
}

WAN_DECL std::string_view findings::unusable_id() const noexcept {
    return urls != nullptr ? std::string_view{urls->unusable_id} : std::string_view{};
}

WAN_DECL void findings::describe(wan::outcome& o, std::string_view id_at_end) const {
    o.task_id = id_at_end;
    o.id = id_at_end.empty() ? id_trust::confirmed : id;
    if (o.id == id_trust::inferred) o.inferred_from = inferred_from;
    o.model = model();
    o.request_id = request_id();
    o.status = status();
}

WAN_DECL void findings::move_last(wan::outcome& o) noexcept {
    if (last == nullptr) return;
    o.reply = std::move(last->reply);
    if (!last->is_recovered || o.was_left()) o.error = std::move(last->error);
    o.raw_reply = std::move(last->body);
    last.reset();
}

WAN_DECL void findings::describe(resume_token& token, std::string_view base_url) const {
    const auto followed = [&](const std::string& url) {
        return is_same_origin(base_url, url) ? url : std::string{};
    };
    token.model = model();
    token.task_id = task_id();
    if (id != id_trust::confirmed && !task_id().empty()) token.id = id;
    if (id == id_trust::inferred && !task_id().empty()) token.inferred_from = inferred_from;
    if (started_at != 0) token.started_at = started_at;
    if (started_at != 0) token.clock = clock;
    if (const auto span = arrival()) token.arrived_by = span->to.time_since_epoch().count();
    if (prompt_hash != 0) token.prompt_hash = show_hash(prompt_hash);
    if (urls == nullptr) return;
    token.query_url = followed(urls->query);
    token.result_url = followed(urls->result);
    token.unusable_id = urls->unusable_id;
}

WAN_DECL void findings::describe(wan::progress& p) const noexcept {
    p.task_id = task_id();
    p.status = status();
    p.trouble = failure();
    if (!(percent < 0)) p.percent = percent;
    if (!(eta < 0)) p.eta = eta;
}

} // namespace wan::inline WAN_ABI::detail
