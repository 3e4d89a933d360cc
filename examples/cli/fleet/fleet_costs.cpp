// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the submits of an account cost, and what they may cost.
#include "cli/fleet/fleet_store.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <utility>

namespace cli {

/// Fails if the costs of the account are in another currency.
wan::result<void> fleet_store::set_currency(const std::string& currency) {
    if (currency.empty()) return {};
    column known;
    auto done = database_->transact([&](soci::session& sql) {
        known = {};
        sql << "UPDATE accounts SET currency = :currency WHERE id = :id AND currency IS NULL",
            soci::use(currency), soci::use(account_id_);
        sql << "SELECT currency FROM accounts WHERE id = :id", soci::use(account_id_),
            soci::into(known.text, known.is_there);
    });
    if (!done) return done;
    if (known.get() == currency) return {};
    return wan::error{.category = wan::error_category::invalid_request,
                      .message = "--prices: the prices are in " + wan::quoted(currency) +
                                 ", but those of account " + account_ + " are in " +
                                 wan::quoted(known.get()) + "; give prices in the same currency"};
}

/// Locks the account's costs, before any shot: all transactions lock in this order.
void fleet_store::lock_costs(soci::session& sql, const std::vector<shot_change>& changes) {
    const bool is_any_priced = std::any_of(
        changes.begin(), changes.end(), [](const shot_change& each) { return each.shot->cost.has_value(); });
    if (!is_any_priced) return;
    std::int64_t spent = 0;
    sql << database_->words().fill("SELECT cost FROM accounts WHERE id = :id{for no key update}"),
        soci::use(account_id_), soci::into(spent);
}

/// Adds to the account's costs what this attempt may cost, or takes it back if nothing is charged. Returns
/// what it may cost.
std::int64_t fleet_store::charge(soci::session& sql, const shot_change& change) {
    using enum wan::task_ending;
    if (!change.shot->cost) return 0;
    const auto& token = *change.token;
    const bool is_charged = (!token.task_id.empty() || wan::is_submit_open(token)) &&
                            token.ending != failed && token.ending != canceled && token.ending != rejected;
    const auto number = static_cast<long long>(change.attempt);
    const auto cost = is_charged ? *change.shot->cost : 0;
    std::int64_t before = 0;
    sql << "SELECT coalesce(sum(cost), 0) FROM attempts WHERE shot_id = :id AND number = :number",
        soci::use(change.shot->id), soci::use(number), soci::into(before);
    const auto more = cost - before;
    if (more != 0)
        sql << "UPDATE accounts SET cost = cost + :more WHERE id = :id", soci::use(more),
            soci::use(account_id_);
    return cost;
}

/// Returns whether the account's costs, with those of this submit, are at most what is allowed. The account
/// is locked until the end of the transaction.
bool fleet_store::is_within_max_cost(soci::session& sql, const shot_change& change) {
    if (!terms_.max_cost) return true;
    if (!change.shot->cost) return false;
    std::int64_t spent = 0, counted = 0;
    const auto number = static_cast<long long>(change.attempt);
    sql << database_->words().fill("SELECT cost FROM accounts WHERE id = :id{for no key update}"),
        soci::use(account_id_), soci::into(spent);
    sql << "SELECT coalesce(sum(cost), 0) FROM attempts WHERE shot_id = :id AND number = :number",
        soci::use(change.shot->id), soci::use(number), soci::into(counted);
    return spent - counted + *change.shot->cost <= *terms_.max_cost;
}

/// Returns the condition for waiting shots that may be submitted within `worker_terms::max_cost`.
std::string fleet_store::of_known_cost(soci::session& sql) {
    if (!terms_.max_cost) return "";
    std::int64_t spent = 0;
    sql << "SELECT cost FROM accounts WHERE id = :id", soci::use(account_id_), soci::into(spent);
    return " AND cost <= " + std::to_string(*terms_.max_cost - spent);
}

/// Returns the condition for shots that need no more submit, or whose submit is within
/// `worker_terms::max_cost`.
std::string fleet_store::of_affordable(soci::session& sql) {
    const auto within = of_known_cost(sql);
    return within.empty() ? within : " AND (owner IS NOT NULL OR state <> 'queued' OR (1 = 1" + within + "))";
}

/// Returns whether a waiting shot may be submitted within `worker_terms::max_cost`.
bool fleet_store::is_any_affordable(soci::session& sql) {
    if (!terms_.max_cost) return true;
    std::int64_t id = 0;
    sql << "SELECT id FROM shots WHERE account_id = :account AND owner IS NULL AND state = 'queued' AND "
           "claimable_at "
           "IS NOT NULL" +
               of_known_cost(sql) + " ORDER BY cost LIMIT 1",
        soci::use(account_id_), soci::into(id);
    return sql.got_data();
}

wan::result<spending> fleet_store::spent() {
    spending all;
    auto done = database_->read([&](soci::session& sql) {
        column currency;
        sql << "SELECT cost, currency FROM accounts WHERE id = :id", soci::use(account_id_),
            soci::into(all.cost), soci::into(currency.text, currency.is_there);
        all.currency = currency.get();
        long long waiting = 0, unknown = 0;
        if (terms_.max_cost)
            sql << "SELECT count(*), count(CASE WHEN cost IS NULL THEN 1 END) FROM shots WHERE account_id = "
                   ":id AND owner IS NULL AND state = 'queued' "
                   "AND "
                   "claimable_at IS NOT NULL AND NOT (cost IS NOT NULL" +
                       of_known_cost(sql) + ")" + of_my_groups(),
                soci::use(account_id_), soci::into(waiting), soci::into(unknown);
        all.waiting = static_cast<std::size_t>(waiting);
        all.unknown = static_cast<std::size_t>(unknown);
    });
    if (!done) return std::move(done).error();
    return all;
}

} // namespace cli
