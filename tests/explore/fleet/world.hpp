// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Two workers, their database and the provider, from one event to the next. Copies are independent.
#pragma once

#include "explore/coverage.hpp"
#include "explore/fleet/events.hpp"
#include "explore/fleet/store.hpp"
#include "explore/fleet/worker.hpp"
#include "explore/service.hpp"
#include "explore/setting.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace explore::fleet {

/// What all worlds of a scenario share.
struct fleet_setting {
    const fleet_scenario* of;
    const rules* protocol;
    setting task; ///< the provider, the policy and the request

    wan::keyframe_to_video request_of(unsigned shot) const;
};

fleet_setting setting_of(const fleet_scenario& of, const rules& protocol);

class world {
public:
    /// Two workers begin, and the first one claims a shot.
    explicit world(const fleet_setting& s);

    std::vector<choice> choices() const;
    static std::string name_of(const choice& c) { return fleet::name_of(c); }
    /// That the database is down is one fault, and not one for each statement that fails.
    static unsigned faults_of(const choice& c) { return c.is_late ? 0 : row_of(event_of(c)).faults; }
    void take(const choice& c);
    fingerprint hash() const;
    fingerprint hash_of_end() const;
    bool has_ended() const noexcept;

    const fleet_setting* settings;
    service peer;
    store database;
    std::array<worker, 2> workers{};
    std::vector<late_submit> late{};
    std::vector<std::string> first_ids; ///< by shot: the first id in the database
    std::int64_t now = 0;
    std::int64_t database_back_at = 0;
    std::string violation{};
    coverage* covered = nullptr;
    std::string* transcript = nullptr;

private:
    void add_worker(std::vector<choice>& all, unsigned w) const;
    void add_faults(std::vector<choice>& all, unsigned w) const;
    void add_duty(std::vector<choice>& all, unsigned w) const;
    void add_driven(std::vector<choice>& all, unsigned w, unsigned shot) const;
    void add_statement(std::vector<choice>& all, event done, unsigned w, int shot = -1) const;
    bool is_database_up() const noexcept { return now >= database_back_at; }
    std::int64_t reaches_from(const worker& w) const noexcept {
        return w.reaches_from < database_back_at ? database_back_at : w.reaches_from;
    }
    std::int64_t wakes_by(const worker& w) const noexcept;
    std::int64_t next_due() const noexcept;

    void pass_time();
    void happen(event e, unsigned w);
    void wake(worker& w);
    void drain(worker& w);
    void end(worker& w);
    void serve(event e, worker& w);
    void drive(event e, unsigned w, unsigned shot);
    void submit(event e, worker& w, driven& d);
    void beat(worker& w);
    void go_on_claiming(worker& w);
    void end_round(worker& w);
    void begin(worker& w, claimed c);
    void settle(worker& w, driven& d);
    void settle_due(worker& w);
    void answer_query(worker& w, driven& d, std::string_view id);
    void receive(worker& w, driven& d, wan::http_result response);
    void intend(event e, worker& w, driven& d);
    void save(event e, worker& w, driven& d);
    void finish(event e, worker& w, driven& d);
    void obey(worker& w, driven& d, change what);
    void forget(worker& w, unsigned shot);
    void forget_all(worker& w);
    void accept(unsigned shot);
    std::int64_t retry_at(const worker& w) const noexcept {
        return now + retry_ms < reaches_from(w) ? reaches_from(w) : now + retry_ms;
    }
    std::int64_t wall_now() const noexcept { return setting::start.time_since_epoch().count() + now / 1000; }
    void violate(std::string what) {
        if (violation.empty()) violation = std::move(what);
    }
    void write(const std::string& line) {
        if (transcript != nullptr) transcript->append("    ").append(line).append("\n");
    }
};

/// The first promise that is broken, and how; empty: none is.
std::string broken_promise(const world& w);

} // namespace explore::fleet
