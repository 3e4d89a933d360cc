// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/fleet_store.hpp"

#include "cli/store/batch_state.hpp"

#include <wan/wan.hpp>

#include <utility>
#include <vector>

namespace cli {

namespace {

/// The end of a shot that killed more workers than it may.
shot_end set_aside() {
    return {.ending = wan::task_ending::stopped,
            .status = {},
            .error = wan::error{.category = wan::error_category::storage,
                                .message =
                                    std::to_string(most_deaths + 1) +
                                    " workers died while they drove this shot, the last one drove no other; "
                                    "find out why, then use `wan shots retry`"}};
}

double seconds_of(std::chrono::milliseconds time) { return std::chrono::duration<double>(time).count(); }

} // namespace

wan::result<std::unique_ptr<fleet_store>> fleet_store::open(const std::string& where,
                                                            const wan::provider& who,
                                                            const std::optional<std::string>& account) {
    auto made = std::make_unique<fleet_store>();
    auto opened = database::open(where);
    if (!opened) return std::move(opened).error();
    made->database_ = *std::move(opened);
    made->account_ = account.value_or(account_of(who));
    made->who_ = std::make_shared<const wan::provider>(who);
    auto found = find_account(*made->database_, who, account);
    if (!found) return std::move(found).error();
    made->account_id_ = *found;
    return made;
}

wan::result<void> fleet_store::enter(const worker_terms& terms) {
    terms_ = terms;
    if (&database_->words() == &words_of_sqlite)
        if (auto locked = lock_.acquire(database_->name()); !locked) return locked;
    std::optional<wan::error> refused;
    const auto asked_at = lease::now();
    auto done = database_->transact([&](soci::session& sql) {
        const auto& words = database_->words();
        const int promise = terms.sole_user ? 1 : 0;
        int known = 0, others = 0;
        std::string name;
        column currency;
        soci::indicator has_known = soci::i_null;
        sql << words.fill("SELECT sole_user, name, currency FROM accounts WHERE id = :id{for no key update}"),
            soci::use(account_id_), soci::into(known, has_known), soci::into(name),
            soci::into(currency.text, currency.is_there);
        currency_ = currency.get();
        if (name != account_) {
            refused = wan::error{.category = wan::error_category::invalid_request,
                                 .message = database_->name() + " belongs to account " + name +
                                            " by now; use another --state"};
            return;
        }
        sql << words.fill("SELECT count(*) FROM workers WHERE account_id = :id AND ended_at IS NULL AND "
                          "lease_until > {now}"),
            soci::use(account_id_), soci::into(others);
        if (has_known == soci::i_ok && known != promise && others != 0) {
            refused =
                wan::error{.category = wan::error_category::invalid_request,
                           .message = "--sole-user: " + std::to_string(others) +
                                      (others == 1 ? " worker" : " workers") + " of account " + account_ +
                                      (known == 1 ? " made this promise" : " did not make this promise") +
                                      "; give all of them the same, or wait until they have ended"};
            return;
        }
        sql << "UPDATE accounts SET sole_user = :promise WHERE id = :id", soci::use(promise),
            soci::use(account_id_);
        const double length = seconds_of(terms.lease), submit = seconds_of(terms.submit_timeout);
        sql << words.fill(
            "INSERT INTO workers (account_id, name, started_at, seen_at, lease_until, submit_seconds) VALUES "
            "(:account, :name, {now}, {now}, " +
            words.plus("{now}", ":length") + ", :submit) RETURNING id"),
            soci::use(account_id_), soci::use(terms.name), soci::use(length), soci::use(submit),
            soci::into(worker_);
    });
    if (!done) return done;
    if (refused) return *std::move(refused);
    transactions_ = 0;
    limited_.clear();
    is_claim_unknown_ = false;
    lease_ = std::make_shared<lease>();
    lease_->prolong(asked_at, terms.lease);
    return {};
}

/// Returns whether this worker's lease holds by the database's clock. Until the end of the transaction,
/// others cannot take its shots; and a transaction of this worker that began earlier can no longer commit.
bool fleet_store::begin_turn(soci::session& sql) {
    const auto number = ++transactions_;
    soci::statement turn =
        (sql.prepare << database_->words().fill(
             "UPDATE workers SET transactions = :number WHERE id = :id AND ended_at IS NULL "
             "AND lease_until > {now} AND transactions < :number2"),
         soci::use(number, "number"), soci::use(worker_, "id"), soci::use(number, "number2"));
    turn.execute(true);
    return turn.get_affected_rows() == 1;
}

wan::result<unsigned> fleet_store::beat() {
    if (auto known = database_->check_version(); !known) return std::move(known).error();
    if (auto set = set_new_limits(); !set) return std::move(set).error();
    int living = 0;
    const auto asked_at = lease::now();
    auto done = database_->transact([&](soci::session& sql) {
        living = 0;
        if (!begin_turn(sql)) return;
        const auto& words = database_->words();
        const double length = seconds_of(terms_.lease);
        sql << words.fill("UPDATE workers SET seen_at = {now}, lease_until = " +
                          words.plus("{now}", ":length") + " WHERE id = :id"),
            soci::use(length), soci::use(worker_);
        reap(sql);
        sql << words.fill("SELECT count(*) FROM workers WHERE account_id = :account AND ended_at IS NULL AND "
                          "lease_until > {now}"),
            soci::use(account_id_), soci::into(living);
    });
    if (!done) return std::move(done).error();
    if (living == 0)
        lease_->end();
    else
        lease_->prolong(asked_at, terms_.lease);
    return static_cast<unsigned>(living);
}

/// Gives the shots of workers whose lease has ended to the others: those with an open submit only when that
/// submit cannot reach the provider any more.
void fleet_store::reap(soci::session& sql) {
    const auto& words = database_->words();
    std::vector<std::int64_t> dead;
    std::int64_t id = 0;
    soci::statement all =
        (sql.prepare << words.fill("SELECT id FROM workers WHERE account_id = :account AND ended_at IS "
                                   "NULL AND lease_until < {now}{skip locked}"),
         soci::use(account_id_), soci::into(id));
    all.execute();
    while (all.fetch()) dead.push_back(id);
    for (const auto worker : dead) {
        // From now on, not from the end of the lease: after a failure of the database, a worker that was cut
        // off comes back with the responses that it has got.
        const auto later = words.plus("{now}", "(SELECT submit_seconds FROM workers WHERE id = :w)");
        sql << words.fill(
            "UPDATE shots SET owner = NULL, state = CASE WHEN state = 'queued' AND cancel_asked = 1 THEN "
            "'canceled' ELSE state END, ending = CASE WHEN state = 'queued' AND cancel_asked = 1 THEN "
            "'canceled' ELSE ending END, deaths = deaths + CASE WHEN state = 'submit_lost' THEN 0 ELSE "
            "(SELECT "
            "1 - has_left FROM workers WHERE id = :dead) END, claimable_at = CASE WHEN state = 'queued' AND "
            "cancel_asked = 1 THEN "
            "NULL WHEN open_kind IS NOT NULL "
            "AND state IN ('submitting', 'submit_lost', 'listing', 'identifying') THEN " +
            later +
            " ELSE {now} END, place = CASE WHEN state = 'queued' THEN NULL ELSE place END, open_kind = CASE "
            "WHEN state = 'queued' THEN NULL ELSE open_kind END WHERE owner = :owner"),
            soci::use(worker, "dead"), soci::use(worker, "w"), soci::use(worker, "owner");
        const auto why = error_text(set_aside());
        const std::string ending{to_wire(set_aside().ending)};
        sql << "UPDATE shots SET claimable_at = NULL, ending = :ending, error = :why, place = CASE WHEN "
               "state IN "
               "('uploading', 'ready', 'backing_off') THEN NULL ELSE place END, open_kind = CASE WHEN state "
               "IN "
               "('submitting', 'submit_lost', 'listing', 'identifying') THEN open_kind END WHERE account_id "
               "= "
               ":account AND owner IS NULL AND deaths > 0 AND deaths > :most AND claimable_at IS NOT NULL",
            soci::use(ending), soci::use(why), soci::use(account_id_), soci::use(most_deaths);
        sql << words.fill("UPDATE workers SET ended_at = {now} WHERE id = :id"), soci::use(worker);
    }
}

wan::result<void> fleet_store::leave() {
    lease_->end();
    return database_->transact([&](soci::session& sql) {
        sql << database_->words().fill(
            "UPDATE workers SET seen_at = {now}, lease_until = {now}, has_left = 1 WHERE id = :id AND "
            "ended_at IS NULL"),
            soci::use(worker_);
        // Whatever it still owns goes to the others as if it had died.
        sql << database_->words().fill(
            "UPDATE workers SET ended_at = {now} WHERE id = :id AND NOT EXISTS (SELECT 1 FROM shots "
            "WHERE owner = workers.id)"),
            soci::use(worker_);
    });
}

/// Sets the limits of the models that were added since.
wan::result<void> fleet_store::set_new_limits() {
    std::vector<std::string> models;
    auto found = database_->read([&](soci::session& sql) {
        std::string model;
        soci::statement all = (sql.prepare << "SELECT model FROM lanes WHERE account_id = :id ORDER BY model",
                               soci::use(account_id_), soci::into(model));
        all.execute();
        while (all.fetch())
            if (!limited_.contains(model)) models.push_back(model);
    });
    if (!found || models.empty()) return found;
    auto set = database_->transact([&](soci::session& sql) {
        for (const auto& each : models) {
            const auto of = terms_.limits(each);
            const auto running = static_cast<long long>(of.running_tasks);
            sql << "UPDATE lanes SET running_tasks = :running, submits_per_second = :rate WHERE account_id = "
                   ":id AND model = :model",
                soci::use(running), soci::use(of.submits_per_second), soci::use(account_id_), soci::use(each);
        }
    });
    if (set) limited_.insert(models.begin(), models.end());
    return set;
}

/// Returns the condition for shots whose video this worker need not download.
std::string fleet_store::of_my_videos() const {
    return terms_.no_download ? " AND (owner IS NOT NULL OR state <> 'succeeded' OR video_url IS NULL)" : "";
}

std::string fleet_store::of_my_groups() const {
    return terms_.groups.empty() ? "" : " AND group_id IN (" + list_of(terms_.groups) + ")";
}

wan::result<bool> fleet_store::is_any_left() {
    long long count = 0;
    auto done = database_->read([&](soci::session& sql) {
        sql << "SELECT count(*) FROM (SELECT 1 FROM shots WHERE account_id = :id AND (owner IS NOT NULL OR "
               "claimable_at IS "
               "NOT NULL) AND (owner IS NOT NULL OR ending IS NULL)" +
                   of_affordable(sql) + of_my_videos() + of_my_groups() + " LIMIT 1) AS any_shot",
            soci::use(account_id_), soci::into(count);
    });
    if (!done) return std::move(done).error();
    return count != 0;
}

} // namespace cli
