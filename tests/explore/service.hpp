// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A service: what it accepted, what its list shows, and what it writes.
#pragma once

#include "explore/choices.hpp"
#include "explore/fingerprint.hpp"
#include "explore/setting.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace explore {

enum class owner : std::uint8_t { us, us_before, second };

/// A task at the service.
struct ledger_entry {
    std::string id;
    owner whose;
    std::uint8_t shot;       ///< of ours: which of our tasks it was made for
    std::int64_t created_ms; ///< since the start
    enum class progress : std::uint8_t { pending, running, succeeded, failed, canceled } at = {};
    bool has_our_prompt = true;
    bool tells_prompt = true;

    bool is_finished() const noexcept { return at > progress::running; }
};

class service {
public:
    explicit service(const setting& s) noexcept : settings_(&s) {}

    const std::vector<ledger_entry>& ledger() const noexcept { return ledger_; }
    const ledger_entry* find(std::string_view id) const noexcept {
        for (const auto& e : ledger_)
            if (e.id == id) return &e;
        return nullptr;
    }
    unsigned accepted(unsigned shot) const noexcept {
        return static_cast<unsigned>(
            std::count_if(ledger_.begin(), ledger_.end(),
                          [&](const ledger_entry& e) { return e.whose == owner::us && e.shot == shot; }));
    }

    /// Whether the row is possible for a request about that task.
    bool allows(const response_row& row, std::string_view id, std::int64_t now_ms) const noexcept;

    /// What the request does at the service.
    void act(const response_row& row, std::string_view id, unsigned shot, std::int64_t now_ms);

    /// Notes when the submits of a shot began: other tasks are older or later than that.
    void note_submit(std::int64_t now_ms) noexcept {
        if (first_submit_ms_ < 0) first_submit_ms_ = now_ms;
    }

    /// What the caller gets, if anything.
    wan::http_result answer(const response_row& row, std::string_view id, unsigned page, std::int64_t now_ms,
                            unsigned shot = 0) const;

    /// The tasks that a page of the list shows, without those of lags.
    std::vector<const ledger_entry*> listed(unsigned page, damage part) const;
    unsigned pages() const noexcept { return is_split_ && !ledger_.empty() ? 2 : 1; }

    /// All of it decides later behaviour. Times are seen from now.
    void hash(hasher& h, std::int64_t now_ms) const;

private:
    bool is_possible(effect does) const noexcept;
    void accept(unsigned shot, std::int64_t now_ms);
    void add(const char* id, owner whose, std::int64_t now_ms, std::int64_t before_submit, bool ours,
             bool tells);
    const ledger_entry* newest_of_ours(std::optional<unsigned> shot = {}) const noexcept;
    std::string text_of(const response_row& row, std::string_view id, unsigned page, unsigned shot) const;
    std::string_view prompt_of(const ledger_entry& e) const noexcept;
    bool is_sinancode() const noexcept { return settings_->of->service == service_kind::sinancode; }
    std::string accepted_text(const std::string& id) const;
    std::string error_text(std::string_view code, const std::string& message) const;
    std::string state_text(std::string_view word, std::string_view id) const;
    static std::string sinancode_state(std::string_view word, std::string_view id, const std::string& url);
    std::string list_text(unsigned page, damage part) const;
    static std::string policy_text(std::string_view seconds);
    static std::string date(std::int64_t now_ms);

public:
    /// The next answer is that of the query for the video.
    void set_result(bool is_result) noexcept { is_result_ = is_result; }

private:
    const setting* settings_;
    std::vector<ledger_entry> ledger_ = {}; ///< in the order of creation, older ones of others first
    std::int64_t first_submit_ms_ = -1;
    bool is_split_ = false;
    bool is_result_ = false;
};

} // namespace explore
