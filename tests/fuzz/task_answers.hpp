// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a service, or the way to it, may answer to each request of a task.
#pragma once

#include "target.hpp"

#include <wan/http/executor.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/task/request_kind.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

/// How a request ended.
struct answered {
    wan::http_result result;
    bool may_be_accepted = false; ///< of a submit: there is a task, or nobody can tell
    bool is_reported = true;      ///< false: the executor never says how it ended
};

/// A response, and whether a submit that gets it may have been accepted.
struct canned {
    unsigned status;
    std::string_view body;
    bool may_be_accepted = false;
};

// The first is what an input ends with: all goes well. Bodies fit every dialect.
inline constexpr canned submit_answers[] = {
    {200, R"({"task_id":"task-1","id":"task-1","output":{"task_id":"task-1","task_status":"PENDING"}})",
     true},
    {429, R"({"code":"Throttling.RateQuota","message":"slow down"})"},
    {503, R"({"code":"ModelUnavailable","message":"later"})"},
    {400, R"({"code":"InvalidParameter","message":"no"})"},
    {401, R"({"code":"InvalidApiKey","message":"no sk-fuzz-0123456789"})"},
    {500, R"({"code":"InternalError","message":"broken"})", true},
    {502, "<html>bad gateway</html>", true},
    {200, "{}", true},
    {200, R"({"output":{"task_id":"task-1")", true},
    {200, R"({"task_id":"..","output":{"task_id":".."}})", true},
    {408, "", true},
    {429, R"({"code":"Throttling.AllocationQuota","message":"Free allocated quota exceeded."})"},
    {301, ""},
};
inline constexpr canned query_answers[] = {
    {200,
     R"({"task_id":"task-1","status":"succeeded","video_url":"https://v.example/1.mp4","output":{"task_id":"task-1",)"
     R"("task_status":"SUCCEEDED","video_url":"https://v.example/1.mp4"},"task":{"task_id":"task-1",)"
     R"("status":"TASK_STATUS_SUCCEED"},"videos":[{"video_url":"https://v.example/1.mp4"}]})"},
    {200,
     R"({"status":"running","output":{"task_id":"task-1","task_status":"RUNNING","orig_prompt":"a kitten"}})"},
    {200, R"({"output":{"task_id":"task-1","task_status":"RUNNING","orig_prompt":"a dog"}})"},
    {200,
     R"({"output":{"task_id":"task-2","task_status":"SUCCEEDED","video_url":"https://v.example/2.mp4"}})"},
    {200, R"({"output":{"task_id":"task-1","task_status":"FAILED","code":"InternalError.Timeout"}})"},
    {200, R"({"output":{"task_id":"task-1","task_status":"CANCELED"}})"},
    {200, R"({"output":{"task_id":"task-1","task_status":"UNKNOWN"}})"},
    {200, R"({"output":{"task_id":"task-1","task_status":"ODD"}})"},
    {200, R"({"output":{"task_id":"task-1","task_status":"SUCCEEDED"}})"},
    {200, "<html>"},
    {401, R"({"code":"InvalidApiKey","message":"no sk-fuzz-0123456789"})"},
    {404, ""},
    {429, R"({"code":"Throttling","message":"slow down"})"},
    {500, ""},
    {200, R"({"output":{"task_id":"task-1","task_status":"FAILED","message":"cut)"},
};
inline constexpr canned list_answers[] = {
    {200, R"({"data":[],"total_page":1})"},
    {200, R"({"data":[{"task_id":"task-1","model_name":"wan2.2-kf2v-flash","gmt_create":1770000001000}]})"},
    {200,
     R"({"data":[{"task_id":"task-1","gmt_create":1770000001000},{"task_id":"task-3"}],"total_page":2})"},
    {200, R"({"data":[{"task_id":"old","gmt_create":1760000001000}],"total_page":1})"},
    {200, R"({"data":[3,{"task_id":""}],"total_page":1})"},
    {200, "{}"},
    {500, ""},
    {429, R"({"code":"Throttling"})"},
    {401, R"({"code":"InvalidApiKey"})"},
};
inline constexpr canned cancel_answers[] = {
    {200, R"({"request_id":"r"})"},
    {400, R"({"code":"UnsupportedOperation","message":"not pending"})"},
    {500, ""},
    {404, ""},
};
inline constexpr canned policy_answers[] = {
    {200,
     R"({"data":{"policy":"p","signature":"s","upload_dir":"d","upload_host":"https://h.example",)"
     R"("expire_in_seconds":300,"max_file_size_mb":100,"oss_access_key_id":"k","x_oss_object_acl":"private",)"
     R"("x_oss_forbid_overwrite":"true"}})"},
    {200,
     R"({"data":{"policy":"p","signature":"s","upload_dir":"d","upload_host":"https://h.example",)"
     R"("expire_in_seconds":1,"max_file_size_mb":100,"oss_access_key_id":"k","x_oss_object_acl":"private",)"
     R"("x_oss_forbid_overwrite":"true"}})"},
    {200, R"({"data":{"upload_host":"http://h.example"}})"},
    {429, R"({"code":"Throttling"})"},
    {401, R"({"code":"InvalidApiKey"})"},
    {500, ""},
};
inline constexpr canned upload_answers[] = {
    {200, ""},
    {403, "<Error><Code>AccessDenied</Code><Message>Policy expired</Message></Error>"},
    {403, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"},
    {409, "<Error><Code>FileAlreadyExists</Code></Error>"},
    {500, ""},
};

inline std::span<const canned> answers_to(wan::request_kind kind) noexcept {
    switch (kind) {
    case wan::request_kind::submit: return submit_answers;
    case wan::request_kind::list: return list_answers;
    case wan::request_kind::cancel: return cancel_answers;
    case wan::request_kind::upload_policy: return policy_answers;
    case wan::request_kind::upload: return upload_answers;
    default: return query_answers;
    }
}

/// What comes with a response: a time by which clocks are checked, a wait, or nothing.
inline std::vector<wan::http_header> headers_of(std::uint8_t choice) {
    switch (choice % 4) {
    case 1: return {{"Date", "Mon, 02 Feb 2026 02:40:00 GMT"}};
    case 2: return {{"Retry-After", "7"}};
    case 3: return {{"Retry-After", "4294967295"}, {"Date", "Mon, 02 Feb 2026 12:00:00 GMT"}};
    default: return {};
    }
}

/// One answer: of the table by the low bits of a byte, or what only the network does, or a text of the
/// input's own.
inline answered answered_by(input& in, wan::request_kind kind, const wan::dialect& dialect) {
    const auto choice = in.byte();
    const auto headers = headers_of(choice / 64);
    const auto table = answers_to(kind);
    const std::size_t at = choice % 32;
    if (at < table.size()) {
        const auto& row = table[at];
        return {wan::http_response{row.status, headers, std::string{row.body}}, row.may_be_accepted};
    }
    switch (at % 4) {
    case 0: return {wan::transport_error{wan::delivery::not_sent, "refused"}};
    case 1: return {wan::transport_error{wan::delivery::maybe_sent, "reset"}, true};
    case 2: return {wan::transport_error{}, true, false};
    default: break;
    }
    constexpr unsigned statuses[] = {200, 202, 400, 429, 503, 504};
    const wan::http_response own{in.one_of(statuses), headers, std::string{in.line()}};
    const auto verdict = wan::parse_submit(dialect, own).verdict;
    return {own, verdict == wan::submit_verdict::accepted || verdict == wan::submit_verdict::unknown};
}

} // namespace fuzz
