// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/error_words.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/submit_verdict.hpp>
#include <wan/provider/task_status.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns whether a relay reports that it has no channel for the model. Relays report this with 503; there
/// is no task, and there will be no task.
inline bool has_no_channel(const http_response& response, const reply& r) {
    constexpr std::string_view codes[] = {"modelnotfound", "modelnotexist"};
    constexpr std::string_view messages[] = {"no available channel", "no channel available",
                                             "no channels available",
                                             // the same in Chinese
                                             "\xE6\x97\xA0\xE5\x8F\xAF\xE7\x94\xA8\xE6\xB8\xA0\xE9\x81\x93"};
    const auto is_code = [&](std::string_view word) {
        std::string letters;
        for (const char c : word)
            if (is_letter(c)) letters.push_back(lower(c));
        return std::find(std::begin(codes), std::end(codes), letters) != std::end(codes);
    };
    std::string said;
    for (const char c : r.message.empty() ? std::string_view{response.body}.substr(0, shown_whole)
                                          : std::string_view{r.message})
        said.push_back(lower(c));
    return is_code(r.code) || is_code(r.error_type) ||
           std::any_of(std::begin(messages), std::end(messages),
                       [&](std::string_view words) { return said.find(words) != std::string::npos; });
}

WAN_DECL bool may_name_a_task(std::string_view body) {
    constexpr std::string_view members[] = {"\"task_id\"", "\"taskid\"", "\"task_no\"",       "\"taskno\"",
                                            "\"job_id\"",  "\"jobid\"",  "\"prediction_id\"", "\"id\""};
    std::string lowered;
    for (const char c : body) lowered.push_back(lower(c));
    return std::any_of(std::begin(members), std::end(members),
                       [&](std::string_view member) { return lowered.find(member) != std::string::npos; });
}

WAN_DECL submit_verdict verdict_on(const dialect& d, const http_response& response, const reply& r,
                                   error_category category) {
    using enum error_category;
    const auto status = response.status;
    const bool is_no = status >= 400 && status < 500 && !is_broken(status);
    if (!is_broken(status) && category == throttled) return submit_verdict::not_accepted;
    if (status == 503 && category == unavailable) return submit_verdict::not_accepted;
    // 502 and 504 are not final: behind a gateway that failed, a first attempt may have created a task.
    const bool may_be_final = is_no || status == 500 || status == 503;
    if (may_be_final && (category == billing || category == content_rejected)) return submit_verdict::refused;
    if ((is_no || status == 503) && has_no_channel(response, r)) return submit_verdict::refused;
    if (is_broken(status)) return submit_verdict::unknown;
    if (is_no && has_error(d, r)) return submit_verdict::refused;
    // An unknown code under a success status may also mean success: "submitted", together with a task.
    const bool is_known = find_error(d, r.code) != nullptr || find_error(d, r.error_type) != nullptr;
    if (status < 300 && has_error(d, r) && !is_known &&
        (may_name_a_task(response.body) || find_status(d.statuses, r.code)))
        return submit_verdict::unknown;
    return category == server || category == protocol ? submit_verdict::unknown : submit_verdict::refused;
}

} // namespace wan::inline WAN_ABI::detail
