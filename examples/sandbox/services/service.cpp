// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/service.hpp"

#include "sandbox/http/faulted.hpp"
#include "sandbox/ids.hpp"
#include "sandbox/log.hpp"

#include <wan/printable.hpp>

#include <boost/beast/core/string.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <chrono>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr std::size_t long_id_size = 700;
constexpr std::size_t longest_id = 4096; ///< the longest id that is read

/// Returns the account of the request, which is its key; empty without one.
std::string account_of(const request& asked) {
    const auto value = asked.header("authorization").value_or("");
    if (!boost::beast::iequals(value.substr(0, 7), "bearer ")) return {};
    return std::string{value.substr(7)};
}

} // namespace

std::string_view text_member(const json::object& object, std::string_view key) {
    const auto* const value = object.if_contains(key);
    if (!value || !value->is_string()) return {};
    return value->get_string();
}

std::string_view id_after(std::string_view path, std::string_view before) {
    const auto at = path.rfind(before);
    if (at == std::string_view::npos) return {};
    const auto id = path.substr(at + before.size());
    return id.find('/') == std::string_view::npos ? id : std::string_view{};
}

reply service::submit(const request& asked, const std::function<reply(const json::object&)>& take) {
    ++parts_.counts.submits;
    if (const auto* why = identify(asked)) return error(*why);
    if (const auto why = refused(asked)) return error(*why);
    return serve(call::submit, &shown_[index_of(call::submit)], {}, [&] {
        boost::system::error_code failed;
        const auto parsed = json::parse(asked.body, failed);
        const auto* const body = failed ? nullptr : parsed.if_object();
        return body ? take(*body) : error(words_.unreadable_body);
    });
}

reply service::serve(call kind, fault_counts* shown, std::string_view id,
                     const std::function<reply()>& answer, std::string_view purpose) {
    const bool throttled = is_throttled(kind, purpose); // counted in any case, because the call has arrived
    fault_ = parts_.faults.next(kind, shown);
    if (fault_) {
        std::string line{row_of(kind).name};
        if (!id.empty()) line.append(1, ' ').append(id);
        log(std::move(line.append(": fault ").append(name_of({kind, *fault_}))));
        if (auto instead = answer_of_fault(id)) return *std::move(instead);
    }
    auto answered = throttled ? error(words_.throttled) : answer();
    return fault_ ? altered(std::move(answered), *fault_) : answered;
}

std::optional<reply> service::answer_of_fault(std::string_view id) {
    constexpr struct {
        fault value;
        refusal wording::* why;
    } refusals[] = {
        {fault::internal_error, &wording::broken},
        {fault::unavailable, &wording::unavailable},
        {fault::throttled, &wording::throttled},
        {fault::not_found_first, &wording::no_task},
    };
    for (const auto& row : refusals)
        if (fault_ == row.value) return error(words_.*row.why);
    if (fault_ == fault::no_id) return json_reply(200, submitted(nullptr));
    if (fault_ == fault::forget || fault_ == fault::unknown_first) return unknown_task(id);
    if (fault_ == fault::new_status) return json_reply(200, status_of(id, words_.strange_status));
    if (fault_ == fault::huge) return reply{.content_type = "application/json", .content = huge_answer(id)};
    return replacement(*fault_);
}

std::optional<outcome> service::task_fault() const {
    if (fault_ == fault::failed_without_reason) return failure({}, {});
    if (fault_ == fault::canceled) return outcome{.status = task_status::canceled};
    return std::nullopt;
}

const refusal* service::identify(const request& asked) {
    account_ = account_of(asked);
    if (account_.empty()) return &words_.no_key;
    return parts_.key.empty() || account_ == parts_.key ? nullptr : &words_.wrong_key;
}

bool service::is_throttled(call kind, std::string_view purpose) {
    if (guard_.lets_through(kind, account_, purpose)) return false;
    ++parts_.counts.throttled;
    return true;
}

reply service::create(read_request read) {
    read.request.account = account_;
    const auto& t = parts_.tasks.create(std::move(read.request),
                                        fault_ == fault::long_id ? new_long_id(long_id_size) : new_id());
    log("submit: created task " + t.id);
    if (!read.failed) read.failed = task_fault();
    if (read.failed) {
        parts_.tasks.finish(t.id, *std::move(read.failed));
    } else {
        read.order.id = t.id;
        parts_.start_video(std::move(read.order));
    }
    return json_reply(200, submitted(&t));
}

reply service::query(const request& asked, std::string_view asked_id) {
    ++parts_.counts.queries;
    if (const auto* why = identify(asked)) return error(*why);
    const auto id = wan::printable(asked_id, longest_id);
    auto* const t = find(id);
    return serve(call::query, t ? &t->faults : nullptr, id,
                 [&] { return t ? json_reply(200, describe(*t)) : unknown_task(id); });
}

reply service::list(const request& asked, const std::function<reply(std::string_view)>& take) {
    ++parts_.counts.lists;
    if (const auto* why = identify(asked)) return error(*why);
    return serve(call::list, &shown_[index_of(call::list)], {}, [&] { return take(account_); });
}

reply service::policy(const request& asked, std::string_view model,
                      const std::function<reply(std::string_view)>& take) {
    if (const auto* why = identify(asked)) return error(*why);
    return serve(call::policy, &shown_[index_of(call::policy)], {}, [&] { return take(account_); }, model);
}

reply service::cancel(const request& asked, std::string_view asked_id, const refusal& refused) {
    ++parts_.counts.cancels;
    if (const auto* why = identify(asked)) return error(*why);
    const auto id = wan::printable(asked_id, longest_id);
    return serve(call::cancel, &shown_[index_of(call::cancel)], id, [&] {
        auto* const t = find(id);
        return t && parts_.tasks.cancel(*t) ? canceled() : error(refused);
    });
}

filled_content service::huge_answer(std::string_view id) const {
    auto members = status_of(id, word_for(task_status::running));
    members["filler"] = "";
    auto head = std::get<std::string>(json_reply(200, std::move(members)).content);
    constexpr std::string_view mark = "\"filler\":\"";
    const auto end = head.find(mark) + mark.size();
    filled_content content{.head = head.substr(0, end), .filler = 0, .tail = head.substr(end)};
    content.filler = 100'000'000 - content.head.size() - content.tail.size();
    return content;
}

bool service::is_own(const task& t) const {
    return std::any_of(models_.begin(), models_.end(),
                       [&](const auto& row) { return &row == t.request.limits; });
}

/// Finds a task. Those of other services and accounts are not visible.
task* service::find(std::string_view id) const {
    auto* const t = parts_.tasks.find(id);
    return t && is_own(*t) && t->request.account == account_ ? t : nullptr;
}

std::string service::video_url(const task& t) const {
    if (fault_ == fault::no_video_url) return {};
    // If the service does not document a time, a day is used.
    const auto documented = t.request.limits->video_url_lifetime;
    const auto lifetime = documented.count() > 0 ? documented : std::chrono::hours{24};
    const auto expires =
        std::chrono::duration_cast<std::chrono::seconds>((*t.ended + lifetime).time_since_epoch());
    return parts_.videos_url + t.id + ".mp4?Expires=" + std::to_string(expires.count());
}

} // namespace sandbox
