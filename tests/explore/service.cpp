// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How the service acts, and what it writes.
#include "explore/service.hpp"

#include "support/http_date.hpp"
#include "support/scripted_peer.hpp"

namespace explore {

bool service::allows(const response_row& row, std::string_view id, std::int64_t now_ms) const noexcept {
    using enum ledger_entry::progress;
    const auto* e = find(id);
    const auto at = e != nullptr ? e->at : succeeded;
    const bool is_old = e != nullptr && now_ms - e->created_ms >= 24 * 3600 * 1000;
    switch (row.when) {
    case only_if::always: break;
    case only_if::unfinished: return e != nullptr && !e->is_finished() && !is_old;
    case only_if::pending: return e != nullptr && at == pending && !is_old;
    case only_if::not_failed: return e != nullptr && at <= succeeded && !is_old;
    case only_if::not_done: return e != nullptr && at != succeeded && at != canceled && !is_old;
    case only_if::is_canceled: return e != nullptr && at == canceled && !is_old;
    case only_if::is_old: return is_old;
    case only_if::is_young: return !is_old;
    case only_if::running: return e == nullptr || at != pending;
    case only_if::accepted: return !ledger_.empty() && accepted(0) + accepted(1) > 0;
    case only_if::names_urls:
        return settings_->of->service == service_kind::with_result && e != nullptr && at <= succeeded &&
               !is_old;
    case only_if::shared: return !settings_->of->sole_user;
    }
    return is_possible(row.does);
}

void service::act(const response_row& row, std::string_view id, unsigned shot, std::int64_t now_ms) {
    using enum ledger_entry::progress;
    auto* e = const_cast<ledger_entry*>(find(id));
    switch (row.does) {
    case effect::none: return;
    case effect::accept: accept(shot, now_ms); return;
    case effect::start: e->at = running; return;
    case effect::succeed: e->at = succeeded; return;
    case effect::fail:
        if (e != nullptr) e->at = failed;
        return;
    case effect::cancel: e->at = canceled; return;
    case effect::add_older: return add("older-1", owner::us_before, now_ms, -30'000, true, true);
    case effect::add_old: return add("old-1", owner::us_before, now_ms, -7'200'000, true, true);
    case effect::add_second: return add("second-1", owner::second, now_ms, 0, true, true);
    case effect::add_untold: return add("second-2", owner::second, now_ms, 0, true, false);
    case effect::add_other: return add("second-3", owner::second, now_ms, 0, false, true);
    case effect::split: is_split_ = true; return;
    }
}

wan::http_result service::answer(const response_row& row, std::string_view id, unsigned page,
                                 std::int64_t now_ms, unsigned shot) const {
    if (row.status == not_sent) return support::not_sent();
    if (row.status == maybe_sent) return support::maybe_sent();
    wan::http_response made{.status = row.status, .body = text_of(row, id, page, shot)};
    if (row.part == damage::cut_early) made.body.resize(made.body.size() / 3);
    if (row.part == damage::cut_late) made.body.resize(made.body.size() - 1);
    if (row.part == damage::padded) made.body.append(4096, ' ');
    if (row.part != damage::no_date)
        made.headers.push_back({"Date", date(now_ms + (row.part == damage::bad_date ? 600'000 : 0))});
    return made;
}

std::vector<const ledger_entry*> service::listed(unsigned page, damage part) const {
    std::vector<const ledger_entry*> rows;
    const auto* newest = part == damage::hides_own ? newest_of_ours() : nullptr;
    for (const auto& e : ledger_)
        if (&e != newest) rows.push_back(&e);
    if (!is_split_ || rows.empty()) return rows;
    if (page == 1)
        rows.pop_back();
    else
        rows.erase(rows.begin(), rows.end() - 1);
    return rows;
}

void service::hash(hasher& h, std::int64_t now_ms) const {
    h.add(is_split_);
    h.add(first_submit_ms_ < 0 ? std::int64_t{-1} : now_ms - first_submit_ms_);
    for (const auto& e : ledger_) {
        h.add(e.id);
        h.add(now_ms - e.created_ms);
        h.add(e.at);
    }
}

bool service::is_possible(effect does) const noexcept {
    const auto lacks = [&](std::string_view id) { return find(id) == nullptr; };
    switch (does) {
    case effect::add_older: return lacks("older-1");
    case effect::add_old: return lacks("old-1");
    case effect::add_second: return lacks("second-1");
    case effect::add_untold: return lacks("second-2");
    case effect::add_other: return lacks("second-3");
    case effect::split: return !is_split_ && !ledger_.empty();
    default: return true;
    }
}

void service::accept(unsigned shot, std::int64_t now_ms) {
    const auto number = std::count_if(ledger_.begin(), ledger_.end(),
                                      [](const ledger_entry& e) { return e.whose == owner::us; });
    ledger_.push_back({.id = "task-" + std::to_string(number + 1),
                       .whose = owner::us,
                       .shot = static_cast<std::uint8_t>(shot),
                       .created_ms = now_ms,
                       .tells_prompt = settings_->of->tells != tells_prompt::never});
}

void service::add(const char* id, owner whose, std::int64_t now_ms, std::int64_t before_submit, bool ours,
                  bool tells) {
    const auto created = before_submit == 0 ? now_ms : first_submit_ms_ + before_submit;
    ledger_.insert(ledger_.begin(), {.id = id,
                                     .whose = whose,
                                     .shot = 0,
                                     .created_ms = created,
                                     .at = ledger_entry::progress::running,
                                     .has_our_prompt = ours,
                                     .tells_prompt = tells});
}

const ledger_entry* service::newest_of_ours(std::optional<unsigned> shot) const noexcept {
    const ledger_entry* newest = nullptr;
    for (const auto& e : ledger_)
        if (e.whose == owner::us && (!shot || e.shot == *shot)) newest = &e;
    return newest;
}

std::string service::text_of(const response_row& row, std::string_view id, unsigned page,
                             unsigned shot) const {
    switch (row.form) {
    case body::raw: return std::string{row.text};
    case body::accepted: return accepted_text(newest_of_ours(shot)->id);
    case body::state: return state_text(row.text, id);
    case body::error: return error_text(row.text, "no");
    case body::echo: return error_text(row.text, "the key " + std::string{key} + " may not do this");
    case body::list: return list_text(page, row.part);
    case body::policy: break;
    }
    return policy_text(row.text);
}

std::string_view service::prompt_of(const ledger_entry& e) const noexcept {
    if (e.whose == owner::us && e.shot == 1 && !settings_->of->same_prompt) return second_prompt;
    return e.has_our_prompt ? prompt : "a bird";
}

std::string service::accepted_text(const std::string& id) const {
    return is_sinancode() ? R"({"status":"pending","task_id":")" + id + R"("})"
                          : R"({"output":{"task_status":"PENDING","task_id":")" + id + R"("}})";
}

std::string service::error_text(std::string_view code, const std::string& message) const {
    return is_sinancode()
               ? R"({"error_code":")" + std::string{code} + R"(","error_msg":")" + message + R"("})"
               : R"({"code":")" + std::string{code} + R"(","message":")" + message + R"("})";
}

std::string service::state_text(std::string_view word, std::string_view id) const {
    const auto* e = find(id);
    std::string url;
    if (word == "SUCCEEDED" && !(settings_->of->service == service_kind::with_result && !is_result_))
        url = "https://videos.example/" + std::string{id} + ".mp4";
    if (word == "SUCCEEDED-bad-url") url = "ftp://videos.example/1.mp4";
    std::string result_url;
    if (word.starts_with("SUCCEEDED") && settings_->of->service == service_kind::with_result && !is_result_)
        result_url = (word == "SUCCEEDED-elsewhere" ? "https://elsewhere.example/results/"
                                                    : settings_->provider->base_url + "/results/") +
                     std::string{id};
    if (word == "another") return state_text("RUNNING", "another-1");
    if (word.starts_with("SUCCEEDED")) word = "SUCCEEDED";
    if (is_sinancode()) return sinancode_state(word, id, url);
    std::string text =
        R"({"output":{"task_id":")" + std::string{id} + R"(","task_status":")" + std::string{word} + R"(")";
    if (!url.empty()) text += R"(,"video_url":")" + url + R"(")";
    if (!result_url.empty()) text += R"(,"result_url":")" + result_url + R"(")";
    const bool told =
        e != nullptr && e->tells_prompt && (settings_->of->tells == tells_prompt::always || e->is_finished());
    if (told && settings_->of->has_prompt)
        text += R"(,"orig_prompt":")" + std::string{prompt_of(*e)} + R"(")";
    if (word == "FAILED") text += R"(,"code":"InternalError")";
    return text + "}}";
}

std::string service::sinancode_state(std::string_view word, std::string_view id, const std::string& url) {
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"PENDING", "pending"},   {"RUNNING", "processing"}, {"SUCCEEDED", "completed"}, {"FAILED", "failed"},
        {"CANCELED", "canceled"}, {"UNKNOWN", "unknown"},    {"DREAMING", "dreaming"},
    };
    for (const auto& [ours, theirs] : words)
        if (ours == word) word = theirs;
    return R"({"task_id":")" + std::string{id} + R"(","status":")" + std::string{word} + R"(")" +
           (url.empty() ? "" : R"(,"result":[{"url":")" + url + R"("}])") + "}";
}

std::string service::list_text(unsigned page, damage part) const {
    std::string rows;
    for (const auto* e : listed(page, part))
        rows.append(rows.empty() ? "" : ",")
            .append(R"({"task_id":")")
            .append(e->id)
            .append(R"(","model_name":"wan2.2-kf2v-flash","gmt_create":)")
            .append(std::to_string(std::chrono::milliseconds{setting::start.time_since_epoch()}.count() +
                                   e->created_ms))
            .append("}");
    if (part == damage::no_id) rows.append(rows.empty() ? "" : ",").append(R"({"status":"RUNNING"})");
    return R"({"data":[)" + rows + R"(],"total_page":)" + std::to_string(pages()) + "}";
}

std::string service::policy_text(std::string_view seconds) {
    const bool elsewhere = seconds == "http";
    return std::string{R"({"data":{"policy":"p","signature":"s","upload_dir":"d/1","upload_host":")"} +
           (elsewhere ? "http://store.example" : "https://store.example") + R"(","expire_in_seconds":)" +
           (elsewhere ? "300" : std::string{seconds}) +
           R"(,"max_file_size_mb":100,"oss_access_key_id":"o","x_oss_object_acl":"private",)"
           R"("x_oss_forbid_overwrite":"true"}})";
}

std::string service::date(std::int64_t now_ms) {
    return support::http_date(setting::start + std::chrono::seconds{now_ms / 1000});
}

} // namespace explore
