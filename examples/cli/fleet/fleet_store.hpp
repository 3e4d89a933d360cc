// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The shots of an account in a database that several workers share.
#pragma once

#include "cli/batch_file.hpp"
#include "cli/files/storage.hpp"
#include "cli/fleet/lease.hpp"
#include "cli/store/database.hpp"
#include "cli/store/learned_times.hpp"
#include "cli/store/shot_state.hpp"

#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/scheduler/account_limits.hpp>
#include <wan/task/resume_token.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// A shot that this worker owns.
struct claimed_shot {
    std::int64_t id = 0;
    std::int64_t fence = 0; ///< the number of this claim
    std::string name;
    std::size_t line = 0;
    std::string folder;  ///< media of the request are relative to it
    std::string request; ///< JSON
    std::string request_hash;
    std::string model;
    bool is_new = true;                     ///< an unconfirmed submit is given up for another one
    int deaths = 0;                         ///< workers that died while they drove it
    std::optional<std::int64_t> cost;       ///< of one submit, in millionths of the currency's unit
    std::size_t attempts = 0;               ///< submits
    std::optional<wan::resume_token> token; ///< of the last attempt
    std::string damage;                     ///< why the token cannot be read; empty if it can
    std::optional<shot_end> end;            ///< of the previous owner
};

/// After so many deaths, a worker that drives nothing else drives the shot; if that one dies too, a person
/// must decide.
constexpr int most_deaths = 3;

/// What a worker has to write about a shot.
struct shot_change {
    const claimed_shot* shot = nullptr;
    std::size_t attempt = 0; ///< number of the attempt, from 1 on; 0: none yet
    const wan::resume_token* token = nullptr;
    const shot_end* end = nullptr;
    const shot_video* made = nullptr;
    /// Set: takes a permit for a submit that is over after this time.
    std::optional<std::chrono::milliseconds> submit_timeout = {};
    bool has_place = true;    ///< its task may be running
    bool is_kind_open = true; ///< its submit may be open
    /// The worker gives the shot up, and others may claim it after this time; nothing: the worker keeps it.
    std::optional<std::chrono::duration<double>> put_back = {};
    bool is_over = false; ///< the worker gives the shot up, and no worker may claim it
    bool got_further =
        false; ///< its task was accepted or has succeeded, or its video was saved, since the claim
};

/// What became of a commit.
struct committed {
    bool is_lease_lost = false;     ///< nothing was written
    std::vector<std::int64_t> lost; ///< shots that have another owner: nothing was written about them
    /// When each submit may leave, by shot. A submit without a permit must wait: the provider's list could
    /// not tell it from another one that is open.
    std::map<std::int64_t, std::chrono::steady_clock::time_point> permits;
    /// Shots whose submits would cost more than is allowed: nothing was written about them.
    std::set<std::int64_t> too_dear;
};

/// The life of a worker.
struct worker_terms {
    std::string name; ///< host and process
    std::chrono::milliseconds lease{15'000};
    std::chrono::milliseconds submit_timeout{60'000};
    bool sole_user = false;
    bool has_checked_clock = false; ///< the provider has confirmed this machine's clock
    std::function<wan::lane_limits(std::string_view model)> limits; ///< of the account
    std::set<std::int64_t> groups; ///< only the shots of these groups; none: all
    bool no_download = false;      ///< it leaves videos whose URL is known to others
    /// What all attempts of the account may cost together, in millionths of the currency's unit.
    std::optional<std::int64_t> max_cost;
};

/// What the attempts of an account cost, as far as the prices are known.
struct spending {
    std::int64_t cost = 0; ///< millionths of the currency's unit
    std::string currency;
    std::size_t waiting = 0; ///< shots that are not submitted because of `worker_terms::max_cost`
    std::size_t unknown = 0; ///< of these, shots of unknown cost
};

struct enqueued {
    std::size_t added = 0;
    std::size_t replaced = 0;      ///< changed shots that no worker had claimed
    std::set<std::int64_t> groups; ///< of all shots of the file, also of those that were there
};

/// The other submits of an account and model.
struct sibling_rows {
    std::vector<std::string> task_ids;
    struct open_submit {
        std::int64_t shot;
        std::size_t attempt;
        wan::resume_token token;
    };
    std::vector<open_submit> open; ///< submits that may be open, or stayed unconfirmed
};

/// Other functions than `enter` fail if the database does. Then nothing was written, or it is not known.
class fleet_store {
public:
    /// Opens the database, and finds the account; by default, its name is `account_of(who)`.
    static wan::result<std::unique_ptr<fleet_store>> open(const std::string& where, const wan::provider& who,
                                                          const std::optional<std::string>& account);

    const std::string& name() const noexcept { return database_->name(); }

    /// Adds the shots that are not there yet. Fails if one is there with another request, and was submitted
    /// or belongs to another group.
    /// `currency`: of the shots' costs. Fails if the account has another one.
    wan::result<enqueued> enqueue(const std::vector<shot>& shots, const std::string& folder,
                                  const std::string& group, int priority, const std::string& currency = {});
    /// Lets shots of the groups be claimed at once that were put back for later; with `also_failed`, also
    /// those that failed, expired or were canceled.
    /// With `not_downloaded`, also those of which only the URL is known.
    wan::result<void> wake(const std::set<std::int64_t>& groups, bool also_failed, bool not_downloaded);

    /// Lets the videos of these groups be downloaded again whose files are not in the folder. Fails if a file
    /// is there, but was changed, unless `replaces`.
    wan::result<void> download_missing(const std::set<std::int64_t>& groups, const std::string& folder,
                                       bool replaces);

    /// Continues a shot whose submit is unconfirmed with this task; without one, submits it again.
    wan::result<void> decide(const std::string& name, const std::optional<std::string>& task_id);
    wan::result<shots_there> shots_there_are();
    /// Returns the token of a shot whose submit is unconfirmed; nothing if it cannot be read.
    std::optional<wan::resume_token> unconfirmed(const std::string& name);
    /// Returns whether a shot has this task.
    wan::result<bool> has_task(const std::string& task_id);

    /// Registers this worker. Fails if its promise differs from the promise of the account's workers.
    wan::result<void> enter(const worker_terms& terms);
    /// Prolongs the lease, and gives the shots of dead workers back. Returns the number of living workers; 0
    /// if this one's lease has ended.
    wan::result<unsigned> beat();
    /// Gives up this worker's lease.
    wan::result<void> leave();
    const std::shared_ptr<lease>& held() const noexcept { return lease_; }
    /// Returns the currency of the account's costs when the worker was registered; empty: no prices were
    /// given.
    const std::string& currency() const noexcept { return currency_; }

    /// Claims up to that many shots: those that other workers left first, then waiting ones for which there
    /// is a running place and soon a permit. Nothing: the lease has ended.
    /// `driven` are the shots that the worker drives: it also gets those that a claim gave it whose answer
    /// was lost. If it drives none, it may get a single one that killed several workers.
    /// Without `takes_videos`, it gets none whose task has succeeded.
    wan::result<std::optional<std::vector<claimed_shot>>>
    claim(std::size_t at_most, const std::set<std::int64_t>& driven, bool takes_videos = true);
    /// Writes the changes in one transaction.
    wan::result<committed> commit(const std::vector<shot_change>& changes);
    /// Writes what this worker still knows after its lease has ended, of shots that no worker has claimed
    /// since.
    /// `driven`: all shots that it drove.
    wan::result<void> commit_late(const std::vector<shot_change>& changes,
                                  const std::set<std::int64_t>& driven);
    /// Returns the submits of other shots with this model since then.
    wan::result<sibling_rows>
    siblings(const std::string& model, std::int64_t since,
             const std::function<bool(std::int64_t shot, std::size_t attempt)>& is_own);
    wan::result<spending> spent();
    /// Returns the shots of this worker whose tasks a person wants to be canceled.
    wan::result<std::vector<std::int64_t>> to_cancel();
    /// Returns how long the account's tasks took, as workers have learned.
    wan::result<std::vector<wan::generation_time>> learned() { return read_learned(*database_, account_id_); }
    wan::result<void> keep_learned(const std::vector<wan::generation_time>& times) {
        return write_learned(*database_, account_id_, times);
    }
    /// Returns whether there is a shot, of this worker's groups, that some worker drives or may drive without
    /// a person.
    wan::result<bool> is_any_left();

private:
    bool begin_turn(soci::session& sql);
    wan::result<void> set_new_limits();
    void reap(soci::session& sql);
    std::string of_my_groups() const;
    std::string of_my_videos() const;
    void claim_own(soci::session& sql, const std::set<std::int64_t>& driven, std::vector<claimed_shot>& all);
    bool is_any_deadly(soci::session& sql);
    bool is_oldest(soci::session& sql);
    void claim_left(soci::session& sql, std::size_t at_most, std::string_view which,
                    std::vector<claimed_shot>& all);
    void claim_waiting(soci::session& sql, std::size_t at_most, std::string_view which,
                       std::vector<claimed_shot>& all);
    void take(soci::session& sql, const std::vector<std::int64_t>& ids, bool is_new,
              std::vector<claimed_shot>& all);
    bool write(soci::session& sql, const shot_change& change, bool is_late = false);
    void read_tokens(soci::session& sql, std::vector<claimed_shot>& all);
    void lock_costs(soci::session& sql, const std::vector<shot_change>& changes);
    bool is_within_max_cost(soci::session& sql, const shot_change& change);
    std::int64_t charge(soci::session& sql, const shot_change& change);
    std::string of_known_cost(soci::session& sql);
    std::string of_affordable(soci::session& sql);
    bool is_any_affordable(soci::session& sql);
    wan::result<void> set_currency(const std::string& currency);
    bool open_kind(soci::session& sql, const shot_change& change);
    void close_kinds(soci::session& sql, const std::string& kinds);
    std::chrono::steady_clock::time_point take_permit(soci::session& sql, const shot_change& change);

    std::unique_ptr<database> database_;
    file_lock lock_; ///< of an SQLite file
    std::string account_;
    std::shared_ptr<const wan::provider> who_;
    std::int64_t account_id_ = 0;
    worker_terms terms_;
    std::string currency_;
    std::int64_t worker_ = 0;
    std::int64_t transactions_ = 0;
    std::set<std::string, std::less<>> limited_; ///< models whose limits this worker has set
    bool is_claim_unknown_ = false;              ///< the answer to the last claim was lost
    std::int64_t last_group_ = 0;                ///< the last one whose turn it was
    std::shared_ptr<lease> lease_ = std::make_shared<lease>();
};

} // namespace cli
