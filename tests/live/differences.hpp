// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Where a service's replies differ from what its documents say, and from what wan-sandbox does.
#pragma once

#include "calls.hpp"

#include <wan/printable.hpp>
#include <wan/protocol/redact_key.hpp>
#include <wan/wan.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace live {

namespace detail {

namespace json = boost::json;

/// What a reply is to; a query's by its task's status.
enum class reply_to { submit, pending, running, succeeded, failed, canceled, unknown, list, cancel, refused };
using replies = wan::set_of<reply_to>;

inline constexpr replies none{}, queries{reply_to::pending, reply_to::running,  reply_to::succeeded,
                                         reply_to::failed,  reply_to::canceled, reply_to::unknown};
inline constexpr replies known_tasks{reply_to::pending, reply_to::running, reply_to::succeeded,
                                     reply_to::failed, reply_to::canceled};
inline constexpr replies ended{reply_to::succeeded, reply_to::failed, reply_to::canceled};
inline constexpr replies succeeded{reply_to::succeeded}, failed{reply_to::failed}, submits{reply_to::submit},
    lists{reply_to::list}, refused{reply_to::refused};

enum class type { text, number, truth, any };

/// A member of the replies. `*` stands for every element of an array.
struct member {
    std::string_view pointer;
    type what;
    replies may, must; ///< hold it: by documents, or by others' recordings; must is part of may
};

inline constexpr replies both(replies a, replies b) {
    a.bits |= b.bits;
    return a;
}

inline constexpr replies named_tasks = both(queries, submits);
inline constexpr replies identified{
    reply_to::submit,   reply_to::pending, reply_to::running, reply_to::succeeded, reply_to::failed,
    reply_to::canceled, reply_to::unknown, reply_to::list,    reply_to::cancel,    reply_to::refused};

inline constexpr member dashscope_members[] = {
    {"/request_id", type::text, identified, identified},
    {"/output/task_id", type::text, named_tasks, named_tasks},
    {"/output/task_status", type::text, named_tasks, named_tasks},
    {"/output/submit_time", type::text, known_tasks, ended},
    {"/output/scheduled_time", type::text, known_tasks, succeeded},
    {"/output/end_time", type::text, ended, ended},
    {"/output/video_url", type::text, succeeded, succeeded},
    {"/output/orig_prompt", type::text, known_tasks, succeeded},
    {"/output/actual_prompt", type::text, succeeded, none},
    {"/output/code", type::text, failed, failed},
    {"/output/message", type::text, failed, failed},
    {"/output/task_metrics/TOTAL", type::number, known_tasks, none},
    {"/output/task_metrics/SUCCEEDED", type::number, known_tasks, none},
    {"/output/task_metrics/FAILED", type::number, known_tasks, none},
    {"/usage/video_count", type::number, succeeded, succeeded},
    {"/usage/video_duration", type::number, succeeded, none},
    {"/usage/duration", type::number, succeeded, none},
    {"/usage/input_video_duration", type::number, succeeded, none},
    {"/usage/output_video_duration", type::number, succeeded, none},
    {"/usage/SR", type::number, succeeded, none},
    {"/usage/video_ratio", type::text, succeeded, none},
    {"/usage/ratio", type::text, succeeded, none},
    {"/usage/size", type::text, succeeded, none},
    {"/usage/audio", type::truth, succeeded, none},
    {"/code", type::text, refused, refused},
    {"/message", type::text, refused, refused},
    {"/total", type::number, lists, lists},
    {"/total_page", type::number, lists, lists},
    {"/page_no", type::number, lists, lists},
    {"/page_size", type::number, lists, lists},
    {"/data/*/api_key_id", type::text, lists, lists},
    {"/data/*/caller_parent_id", type::text, lists, lists},
    {"/data/*/caller_uid", type::text, lists, lists},
    {"/data/*/gmt_create", type::number, lists, lists},
    {"/data/*/model_name", type::text, lists, lists},
    {"/data/*/region", type::text, lists, lists},
    {"/data/*/request_id", type::text, lists, lists},
    {"/data/*/start_time", type::number, lists, none},
    {"/data/*/end_time", type::number, lists, none},
    {"/data/*/status", type::text, lists, lists},
    {"/data/*/task_id", type::text, lists, lists},
    {"/data/*/user_api_unique_key", type::text, lists, lists},
};

inline constexpr member sinancode_members[] = {
    {"/task_id", type::text, submits, submits},
    {"/id", type::text, known_tasks, known_tasks},
    {"/status", type::text, known_tasks, known_tasks},
    {"/error_code", type::text, known_tasks, none},
    {"/error_msg", type::text, known_tasks, none},
    {"/result/*/type", type::text, known_tasks, succeeded},
    {"/result/*/url", type::text, known_tasks, succeeded},
    {"/message", type::text, refused, none},
};

inline constexpr member jiekou_members[] = {
    {"/task_id", type::text, submits, submits},
    {"/extra/seed", type::text, known_tasks, none},
    {"/extra/debug_info", type::any, known_tasks, none},
    {"/task/task_id", type::text, known_tasks, known_tasks},
    {"/task/task_type", type::text, known_tasks, known_tasks},
    {"/task/status", type::text, known_tasks, known_tasks},
    {"/task/reason", type::text, known_tasks, known_tasks},
    {"/task/eta", type::number, known_tasks, known_tasks},
    {"/task/progress_percent", type::number, known_tasks, known_tasks},
    {"/images/*", type::any, known_tasks, none},
    {"/audios/*", type::any, known_tasks, none},
    {"/videos/*/video_url", type::text, succeeded, succeeded},
    {"/videos/*/video_url_ttl", type::text, succeeded, succeeded},
    {"/videos/*/video_type", type::text, succeeded, succeeded},
    {"/code", type::number, refused, refused},
    {"/reason", type::text, refused, refused},
    {"/message", type::text, refused, refused},
    {"/metadata", type::any, refused, none},
};

/// Of refusals: what the sandbox says where documents have no code.
inline constexpr std::string_view dashscope_codes[] = {"NotFound"};
inline constexpr std::string_view jiekou_codes[] = {"TASK_NOT_FOUND", "MODEL_NOT_FOUND"};

struct shape {
    std::string_view dialect;
    std::span<const member> members;
    std::span<const std::string_view> codes; ///< beside those of the dialect
    bool has_request_id_header;              ///< the body's
};

inline constexpr shape shapes[] = {
    {"dashscope", dashscope_members, dashscope_codes, true},
    {"yutoai", dashscope_members, dashscope_codes, false},
    {"sinancode", sinancode_members, {}, false},
    {"jiekou", jiekou_members, jiekou_codes, false},
    {"novita", jiekou_members, jiekou_codes, false},
    {"ppio", jiekou_members, jiekou_codes, false},
};

/// Headers that documents or recordings of others have, and those of HTTP itself that say nothing new.
inline constexpr std::string_view usual_headers[] = {"cache-control",
                                                     "connection",
                                                     "content-length",
                                                     "content-type",
                                                     "date",
                                                     "etag",
                                                     "eagleeye-traceid",
                                                     "keep-alive",
                                                     "req-arrive-time",
                                                     "req-cost-time",
                                                     "resp-start-time",
                                                     "retry-after",
                                                     "server",
                                                     "set-cookie",
                                                     "strict-transport-security",
                                                     "transfer-encoding",
                                                     "vary",
                                                     "x-dashscope-call-gateway",
                                                     "x-dashscope-finished",
                                                     "x-dashscope-timeout",
                                                     "x-envoy-upstream-service-time",
                                                     "x-request-id",
                                                     "x-wan-sandbox"};

inline const shape* shape_of(const wan::dialect& d) {
    for (const auto& row : shapes)
        if (row.dialect == d.name) return &row;
    return nullptr;
}

inline std::string shown(const json::value& value) { return wan::printable(json::serialize(value), 100); }

inline bool is_of(type what, const json::value& value) {
    switch (what) {
    case type::text: return value.is_string();
    case type::number: return value.is_number();
    case type::truth: return value.is_bool();
    case type::any: return true;
    }
    return true;
}

inline std::string_view name_of(type what) {
    constexpr std::string_view names[] = {"a text", "a number", "true or false", "anything"};
    return names[static_cast<std::size_t>(what)];
}

inline bool leads_to(std::string_view begin, std::string_view pointer) {
    return pointer == begin || (pointer.starts_with(begin) && pointer[begin.size()] == '/');
}

/// `YYYY-MM-DD HH:mm:ss.SSS` in UTC+8.
inline std::optional<std::chrono::system_clock::time_point> china_time(const std::string& text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0, read = 0;
    const int fields = std::sscanf(text.c_str(), "%4d-%2d-%2d %2d:%2d:%2d.%3d%n", &year, &month, &day, &hour,
                                   &minute, &second, &milli, &read);
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (fields != 7 || static_cast<std::size_t>(read) != text.size() || !date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour - 8} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} + std::chrono::milliseconds{milli};
}

} // namespace detail

/// Finds them, and says each once.
class difference_finder {
public:
    explicit difference_finder(const wan::provider& who)
        : who_(who), shape_(detail::shape_of(*who.dialect)) {}

    /// Of all exchanges that had an answer.
    void look_at(const exchange& one) {
        static constexpr std::string_view names[] = {"submit", "query", "list", "cancel"};
        where_ = names[static_cast<std::size_t>(one.kind)];
        if (!one.result) return say("no response: " + wan::printable(one.result.error().message, 300));
        boost::system::error_code failed;
        const auto parsed = boost::json::parse(one.result->body, failed);
        look_at_headers(one);
        if (failed || !parsed.is_object())
            return say("HTTP " + std::to_string(one.result->status) +
                       " with a body that is not a JSON object: " + wan::printable(one.result->body, 200));
        const auto what = reply_of(one);
        where_.append(", ").append(name_of(what));
        if (shape_ == nullptr) return say("the members of this provider's responses are not known");
        is_sandbox_ = wan::find_header(one.result->headers, "X-Wan-Sandbox") != nullptr;
        look_for_others(parsed.get_object(), {}, what);
        for (const auto& m : shape_->members)
            if (m.must.contains(what)) look_for(parsed, m.pointer, {}, m.what);
        look_at_code(*one.result, what);
        if (shape_->has_request_id_header) look_at_request_id(parsed.get_object(), one.result->headers);
        look_at_times(parsed.get_object(), one);
    }

    /// The head of the answer to the video's download, and its first bytes.
    void look_at_download(const wan::http_result& got) {
        where_ = "download";
        if (!got) return say("no response: " + wan::printable(got.error().message, 300));
        if (got->status != 200) return say("HTTP " + std::to_string(got->status));
        for (const auto* name : {"Content-Length", "ETag", "Accept-Ranges"})
            if (wan::find_header(got->headers, name) == nullptr) say("no header " + std::string{name});
        const auto* const type = wan::find_header(got->headers, "Content-Type");
        if (type == nullptr || !type->starts_with("video/mp4"))
            say("Content-Type is " + (type ? wan::quoted(*type) : "missing"));
        if (got->body.size() < 8 || std::string_view{got->body}.substr(4, 4) != "ftyp")
            say("the video does not begin like an MP4");
    }

    void say(const std::string& what) {
        auto line = where_.empty() ? what : where_ + ": " + what;
        wan::redact_key(who_.key, line);
        if (std::find(all_.begin(), all_.end(), line) == all_.end()) all_.push_back(std::move(line));
    }

    const std::vector<std::string>& all() const { return all_; }

private:
    using reply_to = detail::reply_to;

    static std::string_view name_of(reply_to what) {
        constexpr std::string_view names[] = {"accepted", "pending",      "running", "succeeded", "failed",
                                              "canceled", "unknown task", "listed",  "done",      "refused"};
        return names[static_cast<std::size_t>(what)];
    }

    reply_to reply_of(const exchange& one) {
        if (one.result->status >= 400) return reply_to::refused;
        if (one.kind == call::submit) return reply_to::submit;
        if (one.kind == call::list) return reply_to::list;
        if (one.kind == call::cancel) return reply_to::cancel;
        const auto parsed = wan::parse_query(*who_.dialect, one.result);
        const auto status = wan::find_status(who_.dialect->statuses, parsed.reply.status);
        if (!status) {
            say("status word " + wan::quoted(parsed.reply.status) + " is in no document");
            return reply_to::running;
        }
        switch (*status) {
        case wan::task_status::pending: return reply_to::pending;
        case wan::task_status::running: return reply_to::running;
        case wan::task_status::succeeded: return reply_to::succeeded;
        case wan::task_status::failed: return reply_to::failed;
        case wan::task_status::canceled: return reply_to::canceled;
        case wan::task_status::expired: return reply_to::unknown;
        }
        return reply_to::unknown;
    }

    /// Members that no row has, or that such replies do not have.
    void look_for_others(const boost::json::value& value, const std::string& at, reply_to what) {
        if (const auto* const object = value.if_object())
            for (const auto& [name, below] : *object)
                look_at_member(below, at + '/' + std::string{name}, what);
        else if (const auto* const array = value.if_array())
            for (const auto& item : *array) look_at_member(item, at + "/*", what);
    }
    void look_for_others(const boost::json::object& object, const std::string& at, reply_to what) {
        for (const auto& [name, below] : object) look_at_member(below, at + '/' + std::string{name}, what);
    }

    void look_at_member(const boost::json::value& value, const std::string& at, reply_to what) {
        if (is_sandbox_ && at == "/sandbox") return; // which says what it is
        const detail::member* exact = nullptr;
        bool leads = false, is_usual = false;
        for (const auto& m : shape_->members) {
            if (!detail::leads_to(at, m.pointer)) continue;
            leads = leads || m.pointer != at;
            if (m.pointer == at) exact = &m;
            is_usual = is_usual || m.may.contains(what);
        }
        const bool is_empty = (value.is_object() && value.get_object().empty()) ||
                              (value.is_array() && value.get_array().empty());
        if ((exact == nullptr && !leads) || (!is_usual && !is_empty))
            return say("member " + wan::printable(at, 200) + " is in no document: " + detail::shown(value));
        if (exact != nullptr && !detail::is_of(exact->what, value))
            return say("member " + at + " is not " + std::string{detail::name_of(exact->what)} + ": " +
                       detail::shown(value));
        if (leads) look_for_others(value, at, what);
    }

    /// A member that must be there.
    void look_for(const boost::json::value& value, std::string_view pointer, const std::string& at,
                  detail::type what) {
        if (pointer.empty()) return;
        const auto name = pointer.substr(1, pointer.find('/', 1) - 1);
        const auto rest = pointer.substr((std::min)(pointer.size(), name.size() + 1));
        const auto here = at + '/' + std::string{name};
        if (name == "*") {
            if (const auto* const array = value.if_array())
                for (const auto& item : *array) look_for(item, rest, here, what);
            return;
        }
        const auto* const object = value.if_object();
        const auto* const found = object ? object->if_contains(name) : nullptr;
        if (found == nullptr)
            return say("member " + here + " is missing" +
                       (rest.empty() ? "" : ", with " + std::string{rest}));
        look_for(*found, rest, here, what);
    }

    void look_at_code(const wan::http_response& got, reply_to what) {
        if (what != reply_to::refused && what != reply_to::failed) return;
        const auto reply = wan::parse_query(*who_.dialect, wan::http_result{got}).reply;
        if (reply.code.empty() || who_.dialect->errors.empty()) return;
        if (std::find(shape_->codes.begin(), shape_->codes.end(), reply.code) != shape_->codes.end()) return;
        for (const auto& row : who_.dialect->errors)
            if (reply.code == row.code || reply.code.starts_with(std::string{row.code} + '.')) return;
        say("code " + wan::quoted(reply.code) + " (HTTP " + std::to_string(got.status) +
            ") is in no document");
    }

    void look_at_headers(const exchange& one) {
        const auto& headers = one.result->headers;
        for (const auto& h : headers) {
            const auto is_it = [&](std::string_view name) { return wan::find_header({h}, name) != nullptr; };
            if (std::none_of(std::begin(detail::usual_headers), std::end(detail::usual_headers), is_it))
                say("header " + wan::printable(h.name, 60) + " is in no document");
        }
        const auto* const type = wan::find_header(headers, "Content-Type");
        if (type == nullptr || !type->starts_with("application/json"))
            say("Content-Type is " + (type ? wan::quoted(*type) : "missing"));
        const auto* const date = wan::find_header(headers, "Date");
        if (date == nullptr) say("no header Date");
    }

    void look_at_request_id(const boost::json::object& body, const std::vector<wan::http_header>& headers) {
        const auto* const header = wan::find_header(headers, "x-request-id");
        const auto* const id = body.if_contains("request_id");
        if (header == nullptr) return say("no header x-request-id");
        if (id && id->is_string() && std::string_view{id->get_string()} != *header)
            say("the header x-request-id is not the member request_id");
    }

    /// DashScope's: of what form they are, in what zone, and in what order; and how long the video's URL is
    /// valid.
    void look_at_times(const boost::json::object& body, const exchange& one) {
        constexpr std::chrono::minutes tolerance{5};
        look_at_rows(body, one.ended + tolerance);
        const auto* const output = body.if_contains("output");
        if (output == nullptr || !output->is_object()) return;
        std::optional<std::chrono::system_clock::time_point> before;
        for (const auto* name : {"submit_time", "scheduled_time", "end_time"}) {
            const auto* const text = output->get_object().if_contains(name);
            if (text == nullptr || !text->is_string()) continue;
            const auto when = detail::china_time(std::string{text->get_string()});
            if (!when) {
                say(std::string{name} +
                    " is not of the form YYYY-MM-DD hh:mm:ss.mmm: " + detail::shown(*text));
                continue;
            }
            if (before && *when < *before)
                say(std::string{name} + " is before the time that comes before it");
            before = when;
            if (*when > one.ended + tolerance || *when < one.sent - std::chrono::hours{3})
                say(std::string{name} + " is not now in UTC+8: " + detail::shown(*text));
        }
        const auto* const url = output->get_object().if_contains("video_url");
        if (before && url != nullptr && url->is_string())
            look_at_lifetime(std::string{url->get_string()}, *before, tolerance);
    }

    /// The documents say a day.
    void look_at_lifetime(const std::string& url, std::chrono::system_clock::time_point ended,
                          std::chrono::minutes tolerance) {
        const auto at = url.find("Expires=");
        if (at == std::string::npos) return say("the video's URL does not say when it expires");
        const std::chrono::system_clock::time_point expires{
            std::chrono::seconds{std::atoll(url.c_str() + at + 8)}};
        const auto error = expires - ended - std::chrono::hours{24};
        if (error > tolerance || error < -tolerance)
            say("the video's URL is valid for " +
                std::to_string(std::chrono::duration_cast<std::chrono::minutes>(expires - ended).count()) +
                " minutes, not 1440");
    }

    /// A list is that of the last day, in milliseconds.
    void look_at_rows(const boost::json::object& body, std::chrono::system_clock::time_point latest) {
        const auto* const rows = body.if_contains("data");
        if (rows == nullptr || !rows->is_array()) return;
        for (const auto& row : rows->get_array()) {
            const auto* const made = row.is_object() ? row.get_object().if_contains("gmt_create") : nullptr;
            if (made == nullptr || !made->is_int64()) continue;
            const std::chrono::system_clock::time_point when{std::chrono::milliseconds{made->get_int64()}};
            if (when > latest || when < latest - std::chrono::hours{25})
                say("gmt_create is not of the last day: " + detail::shown(*made));
        }
    }

    const wan::provider& who_;
    const detail::shape* shape_;
    std::string where_;
    bool is_sandbox_ = false;
    std::vector<std::string> all_;
};

} // namespace live
