// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/store/batch_state.hpp"

#include "cli/files/hash.hpp"

#include <wan/http/url.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace cli {

namespace {

shot_video video_of(std::string file, long long bytes) {
    return {std::move(file), static_cast<std::uint64_t>(bytes)};
}

/// Returns whether the name is not one that a user gave: see `account_of`.
bool is_made_up(const std::string& name) {
    return !name.empty() && name.size() <= 16 &&
           name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// `known` and `before`: name and last address of the account to which the state belongs.
wan::error other_account(const std::string& state, const std::string& known, const std::string& before,
                         const std::string& address) {
    const bool has_moved = !before.empty() && normalized_url(before) != normalized_url(address);
    const auto why = has_moved
                         ? " belongs to " + before + ", and not to " + address +
                               "; use the former --base-url, or another --state"
                         : " belongs to another API key, and one account's list does not show another's "
                           "tasks; use the former key, or another --state";
    return {.category = wan::error_category::invalid_request,
            .message = "--state: " + state + why +
                       "; for another key or address of the same account, add --account " + known};
}

} // namespace

namespace {

/// Returns whether a submit of a shot that waits again may have been accepted.
bool may_any_be_accepted(soci::session& sql) {
    std::string text;
    soci::statement tokens = (sql.prepare << "SELECT token FROM attempts JOIN shots ON shots.id = shot_id "
                                             "WHERE state IN ('queued', 'paused')",
                              soci::into(text));
    tokens.execute();
    while (tokens.fetch()) {
        const auto token = wan::read_token(text);
        if (!token || wan::is_submit_open(*token) || token->ending == wan::task_ending::submit_unknown)
            return true;
    }
    return false;
}

} // namespace

std::string normalized_url(std::string_view text) {
    const auto url = wan::parse_url(text);
    if (!url) return std::string{text};
    const auto in_lower_case = [](std::string_view part) {
        std::string lower;
        for (const char c : part)
            lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
        return lower;
    };
    const auto scheme = in_lower_case(url->scheme);
    const bool is_default =
        (scheme == "https" && url->port == "443") || (scheme == "http" && url->port == "80");
    auto rest = url->rest;
    while (rest.ends_with('/')) rest.remove_suffix(1);
    std::string all = scheme + "://" + (wan::is_loopback(url->host) ? "127.0.0.1" : in_lower_case(url->host));
    if (!url->port.empty() && !is_default) all.append(":").append(url->port);
    return all.append(rest);
}

std::string account_of(const wan::provider& who) {
    // Only 32 bits: enough to distinguish keys, too few to recover one.
    const auto both = normalized_url(who.base_url) + " " + std::string{who.key.reveal()};
    return hexadecimal(hash_of(both) & 0xFFFFFFFF);
}

wan::result<std::int64_t> find_account(database& in, const wan::provider& who,
                                       const std::optional<std::string>& given) {
    const auto account = given.value_or(account_of(who));
    std::int64_t id = 0;
    std::optional<wan::error> refused;
    auto found = in.transact([&](soci::session& sql) {
        const auto& words = in.words();
        std::string known;
        column address;
        refused.reset();
        sql << words.fill("SELECT id, name, base_url FROM accounts ORDER BY id LIMIT 1{for no key update}"),
            soci::into(id), soci::into(known), soci::into(address.text, address.is_there);
        // Those that may have been accepted.
        int attempts = 0, workers = 0;
        sql << "SELECT count(*) FROM (SELECT 1 FROM attempts JOIN shots ON shots.id = shot_id WHERE task_id "
               "IS NOT NULL OR number > 1 OR state NOT IN ('uploading', 'ready', 'backing_off', 'rejected', "
               "'unreachable', 'queued', 'paused') LIMIT 1) AS any_attempt",
            soci::into(attempts);
        if (attempts == 0 && may_any_be_accepted(sql)) attempts = 1;
        sql << words.fill("SELECT count(*) FROM workers WHERE ended_at IS NULL AND lease_until > {now}"),
            soci::into(workers);
        const auto before = address.get();
        if (known == account && before == who.base_url) return;
        if (known.empty()) {
            sql << "INSERT INTO accounts (name) VALUES (:name) ON CONFLICT (name) DO NOTHING",
                soci::use(account);
        } else if (known != account && !given && !is_made_up(known)) {
            refused = wan::error{.category = wan::error_category::invalid_request,
                                 .message = "--state: " + in.name() + " belongs to the account " + known +
                                            "; add --account " + known};
            return;
        } else if (known != account) {
            if (attempts != 0 || workers != 0) {
                refused = other_account(in.name(), known, before, who.base_url);
                return;
            }
            sql << "UPDATE accounts SET name = :name", soci::use(account);
        }
        sql << "UPDATE accounts SET base_url = :address", soci::use(who.base_url);
        sql << "SELECT id FROM accounts WHERE name = :name", soci::use(account), soci::into(id);
    });
    if (!found) return std::move(found).error();
    if (refused) return *std::move(refused);
    return id;
}

wan::result<void> batch_state::open(const std::string& directory, const wan::provider& who,
                                    const std::optional<std::string>& account) {
    auto opened = database::open(directory);
    if (!opened) return std::move(opened).error();
    database_ = *std::move(opened);
    directory_ = directory;
    if (auto locked = lock_.acquire(database_->name()); !locked) return locked;
    auto found = find_account(*database_, who, account);
    if (!found) return std::move(found).error();
    account_id_ = *found;
    return read_shots();
}

wan::result<void> batch_state::read_shots() {
    wan::result<void> all = {};
    auto good = database_->read([&](soci::session& sql) {
        std::string name, folder, request, token, hash;
        column ending, status, error, file, url;
        double expires = 0;
        long long line = 0, bytes = 0;
        soci::indicator has_bytes = soci::i_null;
        soci::statement shots =
            (sql.prepare << "SELECT name, line, folder, request, ending, status, error, video_file, "
                            "video_bytes, video_url, coalesce(" +
                                database_->words().seconds("video_url_expires_at") + ", 0) FROM shots",
             soci::into(name), soci::into(line), soci::into(folder), soci::into(request),
             soci::into(ending.text, ending.is_there), soci::into(status.text, status.is_there),
             soci::into(error.text, error.is_there), soci::into(file.text, file.is_there),
             soci::into(bytes, has_bytes), soci::into(url.text, url.is_there), soci::into(expires));
        shots.execute();
        while (shots.fetch()) {
            auto& e = entries_[name];
            e.from = {static_cast<std::size_t>(line), folder, request};
            if (has_bytes == soci::i_ok) e.made = video_of(file.get(), bytes);
            if (!url.get().empty())
                e.made = shot_video{.url = url.get(), .url_expires_at = read_time(expires)};
            if (ending.is_there == soci::i_ok) e.end = read_end(ending.text, status.get(), error.get());
        }
        long long number = 0;
        soci::statement attempts =
            (sql.prepare << "SELECT s.name, a.number, a.request_hash, a.token FROM attempts a JOIN shots s "
                            "ON s.id = a.shot_id ORDER BY a.shot_id, a.number",
             soci::into(name), soci::into(number), soci::into(hash), soci::into(token));
        attempts.execute();
        while (attempts.fetch()) {
            auto read = wan::read_token(token);
            if (!read) {
                all = wan::error{.category = wan::error_category::token,
                                 .message = database_->name() + ", attempt " + std::to_string(number) +
                                            " of shot " + name + ": " + read.error().message};
                return;
            }
            if (!read->task_id.empty()) task_ids_.insert(read->task_id);
            entries_[name].attempts.push_back({hash, *std::move(read)});
        }
    });
    return good ? all : good;
}

batch_state::change& batch_state::changed(const std::string& id) {
    const auto at = entries_.try_emplace(id).first;
    auto& e = at->second;
    if (e.change == no_change) {
        e.change = changes_.size();
        changes_.push_back({&*at, e.attempts.size()});
    }
    return changes_[e.change];
}

void batch_state::record_shot(const std::string& id, const source& from) {
    if (const auto* known = find(id); known != nullptr && known->from == from) return;
    changed(id).shot->second.from = from;
}

void batch_state::record(const std::string& id, const std::string& fingerprint,
                         const wan::resume_token& token) {
    const auto* known = find(id);
    const auto* now = known != nullptr ? known->current() : nullptr;
    if (now != nullptr && now->fingerprint == fingerprint &&
        wan::to_string(now->token) == wan::to_string(token))
        return;
    const bool is_over = now == nullptr || now->token.ending.has_value();
    // The run was stopped before the first submit.
    if (is_over && token.ending == wan::task_ending::stopped && token.task_id.empty() &&
        !wan::is_submit_open(token))
        return;
    auto& rows = changed(id);
    auto& e = rows.shot->second;
    if (!token.task_id.empty()) task_ids_.insert(token.task_id);
    // The shot is submitted again, although its previous submit has ended, or is still unconfirmed.
    using enum wan::task_state;
    const bool is_before_response = token.state == uploading || token.state == ready ||
                                    token.state == backing_off || token.state == submitting;
    const bool begins = now == nullptr || (is_over && is_before_response && !token.ending);
    if (now != nullptr && (begins || now->fingerprint != fingerprint)) e.made.reset();
    if (begins) {
        e.attempts.push_back({fingerprint, token});
        e.end.reset();
    } else {
        rows.first_attempt = (std::min)(rows.first_attempt, e.attempts.size() - 1);
        e.attempts.back() = {fingerprint, token};
    }
}

void batch_state::record_video(const std::string& id, const shot_video& made) {
    auto& e = changed(id).shot->second;
    e.made = made;
    e.end.reset();
}

void batch_state::record_end(const std::string& id, const wan::outcome& outcome) {
    auto& e = changed(id).shot->second;
    e.end = shot_end{outcome.ending, outcome.status, outcome.error};
}

wan::result<void> batch_state::commit() {
    if (changes_.empty()) return {};
    auto written = database_->transact([&](soci::session& sql) {
        const auto now = utc_now();
        std::string name, folder, request, state, hash, token;
        column ending, status, error, task_id, file, url, expires;
        long long line = 0, bytes = 0, number = 0;
        soci::indicator has_bytes = soci::i_null;
        soci::statement put_shot =
            (sql.prepare
                 << "INSERT INTO shots (name, account_id, line, folder, request, state, ending, "
                    "status, error, video_file, video_bytes, video_url, video_url_expires_at, updated_at) "
                    "VALUES "
                    "(:name, :account, :line, :folder, :request, :state, :ending, :status, :error, :file, "
                    ":bytes, "
                    ":url, :expires, :now) "
                    "ON CONFLICT (name) DO UPDATE SET line = excluded.line, folder = excluded.folder, "
                    "request = excluded.request, state = excluded.state, ending = excluded.ending, "
                    "status = excluded.status, "
                    "error = excluded.error, video_file = excluded.video_file, "
                    "video_bytes = excluded.video_bytes, video_url = excluded.video_url, "
                    "video_url_expires_at = excluded.video_url_expires_at, "
                    "updated_at = excluded.updated_at",
             soci::use(name), soci::use(account_id_), soci::use(line), soci::use(folder), soci::use(request),
             soci::use(state), soci::use(ending.text, ending.is_there),
             soci::use(status.text, status.is_there), soci::use(error.text, error.is_there),
             soci::use(file.text, file.is_there), soci::use(bytes, has_bytes),
             soci::use(url.text, url.is_there), soci::use(expires.text, expires.is_there), soci::use(now));
        soci::statement put_attempt =
            (sql.prepare
                 << "INSERT INTO attempts (shot_id, number, request_hash, task_id, token, updated_at) "
                    "SELECT id, :number, :hash, :task, :token, :now FROM shots WHERE name = :name "
                    "ON CONFLICT (shot_id, number) DO UPDATE SET request_hash = excluded.request_hash, "
                    "task_id = excluded.task_id, token = excluded.token, updated_at = excluded.updated_at",
             soci::use(number), soci::use(hash), soci::use(task_id.text, task_id.is_there), soci::use(token),
             soci::use(now), soci::use(name));
        for (const auto& rows : changes_) {
            const auto& e = rows.shot->second;
            name = rows.shot->first;
            line = static_cast<long long>(e.from.line);
            folder = e.from.folder;
            request = e.from.request;
            state =
                state_of(e.made ? &*e.made : nullptr, e.current() != nullptr ? &e.current()->token : nullptr,
                         e.end ? &*e.end : nullptr);
            ending.set(e.end ? std::string{to_wire(e.end->ending)} : std::string{});
            status.set(e.end ? e.end->status : std::string{});
            error.set(e.end ? error_text(*e.end) : std::string{});
            file.set(e.made ? e.made->file : std::string{});
            bytes = static_cast<long long>(e.made ? e.made->bytes : 0);
            has_bytes = e.made && !e.made->file.empty() ? soci::i_ok : soci::i_null;
            url.set(e.made ? e.made->url : std::string{});
            const auto until = e.made ? e.made->url_expires_at : std::nullopt;
            expires.set(until ? utc_text(*until) : std::string{});
            put_shot.execute(true);
            for (auto i = rows.first_attempt; i < e.attempts.size(); ++i) {
                number = static_cast<long long>(i + 1);
                hash = e.attempts[i].fingerprint;
                task_id.set(e.attempts[i].token.task_id);
                token = wan::to_string(e.attempts[i].token);
                put_attempt.execute(true);
            }
        }
    });
    if (!written) return written;
    for (const auto& rows : changes_) rows.shot->second.change = no_change;
    changes_.clear();
    return {};
}

const batch_state::entry* batch_state::find(const std::string& id) const {
    const auto found = entries_.find(id);
    return found != entries_.end() ? &found->second : nullptr;
}

std::vector<wan::resume_token> batch_state::given_up() const {
    std::vector<wan::resume_token> tokens;
    for (const auto& [id, e] : entries_)
        for (std::size_t i = 0; i + 1 < e.attempts.size(); ++i)
            if (e.attempts[i].token.ending == wan::task_ending::submit_unknown)
                tokens.push_back(e.attempts[i].token);
    return tokens;
}

} // namespace cli
