// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The statements of the database, with their conditions.
#include "explore/fleet/store.hpp"

#include <algorithm>
#include <cstdlib>

namespace explore::fleet {

store::store(const rules& r, const fleet_scenario& of) : rules_(&r), of_(&of), shots_(of.shots) {
    for (unsigned i = 0; i < of.shots; ++i) shots_[i].kind = of.same_kind ? 0 : i;
}

bool store::holds_lease(int me, std::int64_t now) const noexcept {
    const auto& w = workers_[static_cast<std::size_t>(me)];
    return !w.has_ended && w.lease_until > now;
}

bool store::is_owner(int me, const claimed& c) const noexcept {
    const auto& s = shots_[c.shot];
    return s.owner == me && s.claims == c.fence;
}

change store::check(int me, const claimed& c, std::int64_t now) const noexcept {
    if (!holds_lease(me, now)) return change::lease_lost;
    return is_owner(me, c) ? change::done : change::shot_lost;
}

int store::enroll(std::int64_t now) {
    workers_.push_back({now + lease_ms});
    return static_cast<int>(workers_.size()) - 1;
}

bool store::beat(int me, std::int64_t now) {
    if (!holds_lease(me, now)) return false;
    workers_[static_cast<std::size_t>(me)].lease_until = now + lease_ms;
    return true;
}

bool store::would_reap(std::int64_t now) const noexcept {
    return std::any_of(workers_.begin(), workers_.end(),
                       [&](const worker_row& w) { return !w.has_ended && w.lease_until < now; });
}

void store::reap(std::int64_t now) {
    for (std::size_t i = 0; i < workers_.size(); ++i) {
        auto& w = workers_[i];
        if (w.has_ended || w.lease_until >= now) continue;
        w.has_ended = true;
        for (auto& s : shots_) {
            if (s.owner != static_cast<int>(i)) continue;
            s.owner = nobody;
            const bool waits = s.is_kind_open && rules_->open_submit_waits;
            s.claimable_at = waits ? w.lease_until + submit_timeout_ms : now;
            if (!rules_->reap_keeps_open_kind) s.is_kind_open = false;
        }
    }
}

/// A shot without an id may have to be submitted: it needs a place, and no other open submit of its kind.
bool store::is_claimable(unsigned shot, std::int64_t now) const noexcept {
    const auto& s = shots_[shot];
    if (s.owner != nobody || s.claimable_at == never || s.claimable_at > now) return false;
    if (!s.task_id.empty()) return true;
    const auto places = std::count_if(shots_.begin(), shots_.end(),
                                      [&](const shot_row& o) { return o.has_place && &o != &s; });
    if (!s.has_place && places >= static_cast<std::ptrdiff_t>(of_->running_limit)) return false;
    if (s.token.empty() && next_submit_at_ >= now + 1000) return false;
    return !rules_->one_open_submit_per_kind ||
           std::none_of(shots_.begin(), shots_.end(),
                        [&](const shot_row& o) { return &o != &s && o.kind == s.kind && o.is_kind_open; });
}

bool store::would_claim(int me, unsigned held, std::int64_t now) const {
    for (unsigned i = 0; i < shots_.size(); ++i) {
        if (is_claimable(i, now)) return true;
        if (rules_->claim_resumes_own && shots_[i].owner == me && (held >> i & 1) == 0) return true;
    }
    return false;
}

std::optional<std::vector<claimed>> store::claim(int me, unsigned held, std::int64_t now) {
    if (rules_->claim_checks_lease && !holds_lease(me, now)) return std::nullopt;
    std::vector<claimed> all;
    for (unsigned i = 0; i < shots_.size(); ++i) {
        auto& s = shots_[i];
        const bool is_own = rules_->claim_resumes_own && s.owner == me && (held >> i & 1) == 0;
        if (!is_own && !is_claimable(i, now)) continue;
        s.owner = me;
        ++s.claims;
        if (s.task_id.empty()) s.has_place = s.is_kind_open = true;
        all.push_back({i, s.claims, s.token});
        break;
    }
    return all;
}

void store::write(shot_row& s, const wan::resume_token& token) {
    s.token = to_string(token);
    s.task_id = token.task_id;
    s.is_submit_open = token.task_id.empty() && wan::is_submit_open(token);
    s.has_ended = token.ending.has_value();
    s.is_unsettled = is_unsettled(token);
}

intent_result store::intent(int me, const claimed& c, const wan::resume_token& token, std::int64_t now) {
    if (const auto what = check(me, c, now); what != change::done) return {what};
    write(shots_[c.shot], token);
    const auto slot = std::max(now, next_submit_at_);
    next_submit_at_ = slot + spacing_ms;
    return {change::done, slot};
}

change store::save(int me, const claimed& c, const wan::resume_token& token, std::int64_t now) {
    if (rules_->save_checks_owner)
        if (const auto what = check(me, c, now); what != change::done) return what;
    auto& s = shots_[c.shot];
    write(s, token);
    if (s.has_ended && !s.is_unsettled) s.has_place = false;
    if (!s.task_id.empty() || (s.has_ended && !s.is_unsettled)) s.is_kind_open = false;
    return change::done;
}

change store::finish(int me, const claimed& c, std::int64_t claimable_at, std::int64_t now) {
    if (rules_->save_checks_owner)
        if (const auto what = check(me, c, now); what != change::done) return what;
    auto& s = shots_[c.shot];
    s.owner = nobody;
    s.claimable_at = claimable_at;
    if (claimable_at == never) {
        s.has_place = false;
        if (!s.is_submit_open || rules_->unknown_end_frees_kind) s.is_kind_open = false;
    } else if (s.is_unsettled) {
        if (!rules_->drain_keeps_submit && s.is_submit_open) {
            s.token.clear();
            s.is_submit_open = false;
        }
        if (s.task_id.empty() && !s.is_submit_open) s.has_place = s.is_kind_open = false;
    }
    return change::done;
}

/// The shots of others are none of its business. Its own, if it has any, go on as if it had died.
void store::leave(int me, std::int64_t now) {
    auto& w = workers_[static_cast<std::size_t>(me)];
    if (w.has_ended) return;
    w.lease_until = std::min(w.lease_until, now);
    w.has_ended =
        std::none_of(shots_.begin(), shots_.end(), [me](const shot_row& s) { return s.owner == me; });
}

sibling_rows store::siblings_of(unsigned shot) const {
    sibling_rows all;
    for (unsigned i = 0; i < shots_.size(); ++i) {
        const auto& s = shots_[i];
        if (i == shot || s.token.empty()) continue;
        if (!s.task_id.empty()) all.ids.push_back(s.task_id);
        if (!s.is_submit_open || (!rules_->all_kinds_contest && s.kind != shots_[shot].kind)) continue;
        auto token = wan::read_token(s.token);
        if (!token) std::abort();
        all.open.push_back(*std::move(token));
    }
    return all;
}

bool store::are_all_over() const noexcept {
    return std::all_of(shots_.begin(), shots_.end(),
                       [](const shot_row& s) { return s.owner == nobody && s.claimable_at == never; });
}

void store::hash(hasher& h) const {
    h.add(next_submit_at_);
    for (const auto& w : workers_) {
        h.add(w.lease_until);
        h.add(w.has_ended);
    }
    h.add(workers_.size());
    for (const auto& s : shots_) {
        h.add(s.owner);
        h.add(s.claims);
        h.add(s.claimable_at);
        h.add(s.has_place | s.is_kind_open << 1);
        h.add(s.token);
    }
}

} // namespace explore::fleet
