// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/counters.hpp"
#include "sandbox/http/message.hpp"
#include "sandbox/media/video.hpp"
#include "sandbox/services/checks.hpp"
#include "sandbox/services/rates.hpp"
#include "sandbox/store/tasks.hpp"

#include <wan/model/model_catalog.hpp>

#include <boost/json/object.hpp>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace sandbox {

/// An error response of a service.
struct refusal {
    unsigned status;
    std::string_view code;
    std::string_view message;
};

/// The errors and statuses that all services have, in the wording of one.
struct wording {
    refusal no_key;
    refusal wrong_key;
    refusal unreadable_body;
    refusal broken;
    refusal unavailable;
    refusal throttled;
    refusal no_task;
    std::string_view statuses[5]; ///< in the order of task_status
    std::string_view strange_status;
};

/// A service with tasks: the common handling of requests, independent of their format.
class service {
public:
    struct setup {
        task_store& tasks;
        counters& counts;
        fault_plan& faults;
        call_rates limits;                            ///< for each account
        std::function<void(video_order)> start_video; ///< reports its outcome to the task store
        std::string videos_url;                       ///< the prefix of the URLs of videos
        bool prompt_while_running = false;
        std::string key = {};                                   ///< the only accepted key; empty: any key
        std::shared_ptr<const wan::model_catalog> catalog = {}; ///< of DashScope; null: the library's
    };

    service(setup parts, const wording& words, std::span<const wan::model_limits> models)
        : parts_(std::move(parts)), words_(words), models_(models), guard_(parts_.limits) {}
    virtual ~service() = default;
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    /// Returns nothing if the request belongs to another service.
    virtual std::optional<reply> answer(const request& asked) = 0;

protected:
    /// Calls `take` with the body of a request that has a key.
    reply submit(const request& asked, const std::function<reply(const boost::json::object&)>& take);
    reply create(read_request read);
    reply query(const request& asked, std::string_view id);
    /// Calls `take` with the account that may list tasks.
    reply list(const request& asked, const std::function<reply(std::string_view)>& take);
    /// Calls `take` with the account that may upload files for that model.
    reply policy(const request& asked, std::string_view model,
                 const std::function<reply(std::string_view)>& take);
    /// Cancels a task; `refused` is the error if the task is already running.
    reply cancel(const request& asked, std::string_view id, const refusal& refused);

    const setup& parts() const { return parts_; }
    // About the current call.
    std::optional<fault> current_fault() const { return fault_; }
    const std::string& account() const { return account_; }
    bool is_own(const task& t) const;
    std::span<const wan::model_limits> models() const { return models_; }
    std::string_view word_for(task_status status) const {
        return words_.statuses[static_cast<std::size_t>(status)];
    }
    /// Returns the URL of a video; empty if a fault removes it.
    std::string video_url(const task& t) const;

private:
    /// Checks the requirements of a submit other than the key.
    virtual std::optional<refusal> refused(const request&) const { return std::nullopt; }
    virtual reply error(const refusal& why) const = 0;
    /// Returns the response to a submit; null: a response without an id.
    virtual boost::json::object submitted(const task* t) const = 0;
    virtual reply unknown_task(std::string_view id) const = 0;
    /// Returns the minimal members of a response to a query.
    virtual boost::json::object status_of(std::string_view id, std::string_view word) const = 0;
    virtual boost::json::object describe(const task& t) const = 0;

    /// Returns why the request's key is not accepted; null if it is.
    const refusal* identify(const request& asked);
    bool is_throttled(call kind, std::string_view purpose);
    /// Returns the response to a call, or the response that a fault or the account's limits cause. Each
    /// `purpose` has its own limits.
    reply serve(call kind, fault_counts* shown, std::string_view id, const std::function<reply()>& answer,
                std::string_view purpose = {});
    std::optional<reply> answer_of_fault(std::string_view id);
    std::optional<outcome> task_fault() const;
    filled_content huge_answer(std::string_view id) const;
    task* find(std::string_view id) const;
    virtual reply canceled() const { return json_reply(200, {}); }

    setup parts_;
    const wording& words_;
    std::span<const wan::model_limits> models_;
    rate_guard guard_;
    std::array<fault_counts, call_count> shown_; ///< of calls that concern no task
    // About the current call: there is one at a time.
    std::string account_;
    std::optional<fault> fault_;
};

std::string_view text_member(const boost::json::object& object, std::string_view key);

/// Returns the id at the end of a path, after `before`; empty if there is none.
std::string_view id_after(std::string_view path, std::string_view before);

} // namespace sandbox
