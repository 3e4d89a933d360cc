// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/byte_source.hpp>
#include <wan/detail/hash.hpp>
#include <wan/detail/hash_text.hpp>
#include <wan/detail/text.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/detail/later.hpp>
#include <wan/task/detail/upload_fsm.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL upload_fsm::upload_fsm(submit_draft draft) : draft_(std::move(draft)) {
    for (std::size_t i = 0; i < draft_.media.size(); ++i)
        if (draft_.media[i].way == media_route::upload) files_.emplace_back().medium = i;
}

WAN_DECL file_upload* upload_fsm::due(time_point now) noexcept {
    const auto found = std::find_if(files_.begin(), files_.end(), [&](const file_upload& f) {
        return !is_in_flight(f.state) && f.state != upload_state::stored && f.at <= now;
    });
    return found == files_.end() ? nullptr : &*found;
}

WAN_DECL file_upload* upload_fsm::lost(time_point now) noexcept {
    const auto found = std::find_if(files_.begin(), files_.end(), [&](const file_upload& f) {
        return is_in_flight(f.state) && f.at <= now;
    });
    return found == files_.end() ? nullptr : &*found;
}

WAN_DECL file_upload* upload_fsm::with(unsigned number) noexcept {
    const auto found = std::find_if(files_.begin(), files_.end(), [&](const file_upload& f) {
        return is_in_flight(f.state) && (number == 0 || f.number == number);
    });
    return found == files_.end() ? nullptr : &*found;
}

inline void apply(file_upload& file, upload_event event) {
    const auto* const row = find_transition(upload_transitions, file.state, event);
    if (row == nullptr) std::abort();
    file.state = row->to;
}

/// Returns the name of a file in the store. Its extension shows the type; the file's own name is not sent.
inline std::string upload_name(std::uint64_t random, std::string_view field, std::string_view type) {
    std::string name = show_hash(random) + "-" + std::string{field};
    for (char& c : name)
        if (!is_letter(c) && !is_digit(c) && c != '-') c = '_'; // such as the brackets in "references[2].url"
    for (const auto& row : file_endings)
        if (row.type == type) return name.append(row.ending);
    return name;
}

WAN_DECL bool upload_fsm::is_expired(const file_upload& file, time_point now) noexcept {
    const auto expires_in = file.policy.expires_in;
    return file.state == upload_state::file_due && expires_in && now >= later(file.granted_at, *expires_in);
}

WAN_DECL request_kind upload_fsm::next_request(time_point now) const noexcept {
    for (const auto& f : files_)
        if (!is_in_flight(f.state) && f.state != upload_state::stored && f.at <= now)
            return is_expired(f, now) ? request_kind::upload_policy : kind_of(f.state);
    return complete() ? request_kind::submit : request_kind::upload;
}

WAN_DECL bool upload_fsm::drop_expired(file_upload& file, time_point now) {
    if (!is_expired(file, now)) return false;
    apply(file, upload_event::not_done);
    return true;
}

WAN_DECL result<void> upload_fsm::send(file_upload& file, const provider& who, std::string_view model,
                                       const policy& limits, std::uint64_t random,
                                       std::chrono::sys_seconds today, time_point now, time_point deadline) {
    const auto& medium = draft_.media[file.medium];
    auto timeout = limits.query_timeout;
    if (file.state == upload_state::policy_due) {
        auto asked = make_upload_policy(who, model);
        if (!asked) return std::move(asked).error();
        file.request = std::make_unique<http_request>(*std::move(asked));
    } else {
        // Tasks with the same seed and prompt draw the same numbers. The clocks distinguish processes; the
        // upload policy, whose directory holds the name, distinguishes tasks. If a run is repeated with the
        // same clocks, the names are the same.
        random ^= spread(static_cast<std::uint64_t>(now.time_since_epoch().count()));
        random ^= spread(static_cast<std::uint64_t>(today.time_since_epoch().count()) + 1);
        random ^= spread(medium.bytes->size() + 2);
        for (const auto& field : file.policy.form) random ^= hash_of(field.value);
        file.name = upload_name(random, medium.field, medium.type);
        auto form = make_upload(file.policy, {medium.bytes, file.name, medium.type});
        if (!form) return std::move(form).error();
        file.request = std::make_unique<http_request>(*std::move(form));
        timeout = timeout_of(limits, file.request->body.size());
    }
    constexpr milliseconds least{1000};
    file.request->timeout = timeout =
        (std::min)(timeout, (std::max)(std::chrono::ceil<milliseconds>(deadline - now), least));
    file.request->max_reply_bytes = limits.max_reply_bytes;
    file.at = later(now, 2 * timeout);
    file.number = numbers_ = numbers_ % 0x7FFF + 1;
    apply(file, upload_event::sent);
    return {};
}

WAN_DECL upload_fsm::answered upload_fsm::take(file_upload& file, const provider& who,
                                               const http_result& answer, time_point now) {
    answered result{};
    if (file.state == upload_state::policy_asked) {
        auto said = parse_upload_policy(who, answer);
        const auto size = draft_.media[file.medium].bytes->size();
        if (said.verdict == upload_verdict::done && said.policy.max_bytes && size > *said.policy.max_bytes) {
            said.verdict = upload_verdict::refused;
            said.error =
                error{.category = error_category::invalid_media,
                      .message = std::string{draft_.media[file.medium].field} + ": " + std::to_string(size) +
                                 " bytes; the provider's file store accepts at most " +
                                 std::to_string(*said.policy.max_bytes) + " bytes"};
        }
        file.policy = std::move(said.policy);
        file.granted_at = now;
        result = {said.verdict, std::move(said.error), said.retry_after};
    } else {
        auto said = parse_upload(answer);
        result = {said.verdict, std::move(said.error), said.retry_after};
    }
    file.request.reset();
    file.at = now;
    apply(file, result.verdict == upload_verdict::done ? upload_event::done : upload_event::not_done);
    return result;
}

WAN_DECL milliseconds upload_fsm::fail(file_upload& file, bool may_pass, error_category why,
                                       const policy& limits) noexcept {
    const auto most =
        why == error_category::throttled ? limits.max_throttled_submits : limits.max_failed_uploads;
    const auto wait = limits.submit.after(file.failures);
    const bool again = ++file.failures < most && may_pass;
    if (!again)
        end = why == error_category::transport ? task_event::upload_unreachable : task_event::upload_rejected;
    return wait;
}

WAN_DECL unsigned upload_fsm::in_flight() const noexcept {
    return static_cast<unsigned>(std::count_if(files_.begin(), files_.end(),
                                               [](const file_upload& f) { return is_in_flight(f.state); }));
}

WAN_DECL bool upload_fsm::complete() const noexcept {
    return std::all_of(files_.begin(), files_.end(),
                       [](const file_upload& f) { return f.state == upload_state::stored; });
}

WAN_DECL time_point upload_fsm::wake_at() const noexcept {
    auto at = (time_point::max)();
    for (const auto& f : files_)
        if (f.state != upload_state::stored) at = (std::min)(at, f.at);
    return at;
}

WAN_DECL time_point upload_fsm::lost_at() const noexcept {
    auto at = (time_point::max)();
    for (const auto& f : files_)
        if (is_in_flight(f.state)) at = (std::min)(at, f.at);
    return at;
}

WAN_DECL http_request upload_fsm::finish(const provider& who) {
    std::vector<std::string> urls;
    for (const auto& f : files_) urls.push_back(uploaded_url(who, f.policy, f.name));
    return finished(who, std::move(draft_), urls);
}

} // namespace wan::inline WAN_ABI::detail
