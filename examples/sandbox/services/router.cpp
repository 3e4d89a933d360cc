// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/services/router.hpp"

#include "sandbox/http/assets.hpp"
#include "sandbox/http/faulted.hpp"
#include "sandbox/http/partial.hpp"
#include "sandbox/log.hpp"

#include <wan/printable.hpp>

#include <boost/json/array.hpp>

#include <charconv>
#include <chrono>

namespace sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view videos_path = "/videos/";
constexpr std::string_view assets_path = "/assets/";

bool has_expired(std::string_view query) {
    constexpr std::string_view key = "Expires=";
    const auto at = query.find(key);
    if (at == std::string_view::npos) return true;
    const auto digits = query.substr(at + key.size());
    std::int64_t expires = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), expires);
    return std::chrono::system_clock::now() >
           std::chrono::system_clock::time_point{std::chrono::seconds{expires}};
}

bool is_upload(const request& asked) { return asked.method == "POST" && asked.path() == upload_path; }

/// Faults that are responses of the storage.
constexpr struct {
    fault value;
    storage_error why;
} upload_faults[] = {
    {fault::internal_error, {500, "InternalError", "We encountered an internal error. Please try again."}},
    {fault::unavailable, {503, "ServiceUnavailable", "Please reduce your request rate."}},
    {fault::policy_expired, policy_is_over},
    {fault::forbidden,
     {403, "AccessDenied", "You have no right to access this object because of bucket acl."}},
};

void count(json::object& numbers, std::string_view name) {
    auto& number = numbers[name];
    number = number.is_int64() ? number.get_int64() + 1 : 1;
}

/// Counts a task of the group `name`: as created, and by its state.
void count_task(json::object& groups, std::string_view name, std::string_view state) {
    auto& group = groups[name];
    if (group.is_null()) group = json::object{};
    count(group.as_object(), "created");
    count(group.as_object(), state);
}

} // namespace

// Decided before the body arrives, so that the connection can break in the middle of it.
std::optional<fault> router::plan(const request& head) {
    if (!is_upload(head) || head.header("authorization")) return std::nullopt;
    const auto f = parts_.faults.next(call::upload, &shown_at_uploads_);
    if (f) log("upload: fault " + name_of({call::upload, *f}));
    return f;
}

reply router::too_large(const request& head) {
    if (!is_upload(head)) return error_reply(400, "BadRequest.TooLarge", "Payload Too Large");
    ++parts_.counts.uploads_refused;
    return storage_reply(file_too_large);
}

reply router::answer(const request& asked) {
    if (is_upload(asked)) return upload(asked);
    for (auto* const each : parts_.services)
        if (auto answered = each->answer(asked)) return *std::move(answered);
    const auto path = asked.path();
    if (asked.method == "GET") {
        if (path.starts_with(videos_path)) return video(asked, path.substr(videos_path.size()));
        if (path.starts_with(assets_path)) return asset(parts_.assets, path.substr(assets_path.size()));
        if (path == "/sandbox/stats") return stats();
    }
    log("404: no such path: " + wan::printable(asked.method, 20) + " " + wan::printable(path, 200));
    return error_reply(404, "NotFound", "Not Found");
}

reply router::video(const request& asked, std::string_view name) {
    if (asked.header("authorization")) {
        ++parts_.counts.keys_sent_to_downloads;
        log("download: rejected: it carries an Authorization header");
        return xml_error(400, "InvalidArgument",
                         "Only one auth mechanism allowed: presigned URL or Authorization.");
    }
    if (has_expired(asked.query())) return xml_error(403, "AccessDenied", "Request has expired.");
    const auto* const t =
        name.ends_with(".mp4") ? parts_.tasks.find(name.substr(0, name.size() - 4)) : nullptr;
    if (!t || t->status != task_status::succeeded)
        return xml_error(404, "NoSuchKey", "The specified key does not exist.");
    ++parts_.counts.downloads;
    log("download: task " + t->id);
    auto file = parts_.video.empty() ? video_file(parts_.videos, t->id) : parts_.video;
    auto answered = file_or_rest(asked, file, "video/mp4");
    if (answered.status == 206) ++parts_.counts.resumed_downloads;
    return broken_video(t->id, std::move(answered));
}

reply router::broken_video(const std::string& id, reply whole) {
    const auto f = parts_.faults.next(call::download, &shown_at_downloads_);
    if (!f) return whole;
    log("download " + id + ": fault " + name_of({call::download, *f}));
    if (f == fault::unavailable)
        return xml_error(503, "ServiceUnavailable", "Please reduce your request rate.");
    if (auto instead = replacement(*f)) return *std::move(instead);
    return altered(std::move(whole), *f);
}

reply router::upload(const request& asked) {
    if (asked.header("authorization")) {
        ++parts_.counts.keys_at_upload_host;
        ++parts_.counts.uploads_refused;
        log("upload: rejected: it carries an Authorization header");
        return storage_reply(
            {400, "InvalidArgument", "Only one auth mechanism allowed: form or Authorization."});
    }
    const auto f = asked.planned;
    if (!f) return parts_.files.take(asked);
    for (const auto& row : upload_faults)
        if (f == row.value) return storage_reply(row.why);
    if (auto instead = replacement(*f)) return *std::move(instead);
    auto answered = parts_.files.take(asked);
    if (f == fault::sent_twice && answered.status < 300) return storage_reply(exists_already);
    if (f == fault::reply_lost) return {.content = no_content{}};
    return altered(std::move(answered), *f);
}

reply router::stats() const {
    json::array tasks;
    json::object states, prompts, frames;
    for (const auto& t : parts_.tasks.all()) {
        const auto word = to_word(t.status);
        tasks.push_back({{"id", t.id}, {"model", t.request.model}, {"status", word}});
        count(states, word);
        count_task(prompts, t.request.prompt, word);
        if (!t.request.first_frame_url.empty()) count_task(frames, t.request.first_frame_url, word);
    }
    json::object faults;
    for_each_fault([&](const call_fault& f) {
        if (const auto times = parts_.faults.injected(f); times != 0) faults[name_of(f)] = times;
    });
    return json_reply(200, {{"submits", parts_.counts.submits},
                            {"created", parts_.tasks.all().size()},
                            {"queries", parts_.counts.queries},
                            {"lists", parts_.counts.lists},
                            {"cancels", parts_.counts.cancels},
                            {"throttled", parts_.counts.throttled},
                            {"downloads", parts_.counts.downloads},
                            {"resumed_downloads", parts_.counts.resumed_downloads},
                            {"keys_sent_to_downloads", parts_.counts.keys_sent_to_downloads},
                            {"policies", parts_.counts.policies},
                            {"uploads", parts_.counts.uploads},
                            {"uploads_refused", parts_.counts.uploads_refused},
                            {"keys_at_upload_host", parts_.counts.keys_at_upload_host},
                            {"faults", std::move(faults)},
                            {"states", std::move(states)},
                            {"prompts", std::move(prompts)},
                            {"frames", std::move(frames)},
                            {"tasks", std::move(tasks)}});
}

} // namespace sandbox
