// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The calls of a plan, and those that cost nothing, in an order that depends on the replies alone: a
// recording replays.
#pragma once

#include "plan.hpp"

#include <wan/wan.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace live {

enum class call { submit, query, list, cancel };

/// A request and its end, as it was.
struct exchange {
    call kind;
    wan::http_request request;
    wan::http_result result;
    std::chrono::system_clock::time_point sent, ended;
};

struct made_call {
    std::string name; ///< "keyframe_to_video"
    wan::outcome outcome;
};

struct report {
    std::vector<exchange> exchanges;
    std::vector<made_call> jobs;
};

/// Carries out a plan. `http` is any blocking executor.
class caller {
public:
    caller(wan::provider who, std::function<wan::http_result(const wan::http_request&)> http,
           wan::run_options options = {})
        : who_(std::move(who)), http_(std::move(http)), options_(std::move(options)) {}

    template <class Timer = wan::steady_timer>
    report carry_out(const std::vector<planned_request>& all, Timer timer = {}) {
        for (const auto& one : all)
            std::visit(
                [&]<class Request>(const Request& asked) {
                    kind_ = {};
                    auto end = wan::run(
                        who_, asked, [this](const wan::http_request& r) { return exchanged(r); }, options_,
                        timer);
                    report_.jobs.push_back(
                        {std::string{wan::to_wire(wan::job_of<Request>::value)}, std::move(end)});
                },
                one.request);
        ask_for_nothing();
        return std::move(report_);
    }

private:
    /// Calls that cost nothing.
    void ask_for_nothing() {
        // Ids that no task has, and of the form that tasks have.
        (void)sent(call::query, wan::make_query(who_, "00000000-0000-4000-8000-000000000000"));
        (void)sent(call::list, wan::make_list(who_, {.page_size = 10}));
        for (const auto& job : report_.jobs)
            if (job.outcome.succeeded()) {
                (void)sent(call::cancel, wan::make_cancel(who_, job.outcome.task_id)); // too late: refused
                break;
            }
    }

    bool sent(call kind, const wan::result<wan::http_request>& request) {
        if (!request) return false; // not offered
        kind_ = kind;
        (void)exchanged(*request);
        return true;
    }

    wan::http_result exchanged(const wan::http_request& request) {
        const auto begun = std::chrono::system_clock::now();
        auto result = http_(request);
        const auto kind =
            kind_.value_or(request.method == wan::http_method::post ? call::submit : call::query);
        report_.exchanges.push_back({kind, request, result, begun, std::chrono::system_clock::now()});
        return result;
    }

    wan::provider who_;
    std::function<wan::http_result(const wan::http_request&)> http_;
    wan::run_options options_;
    std::optional<call> kind_; ///< of the calls that no task makes
    report report_;
};

} // namespace live
