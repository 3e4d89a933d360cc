// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/store/tasks.hpp"

#include "sandbox/log.hpp"

#include <wan/printable.hpp>

#include <boost/asio/post.hpp>

namespace sandbox {

std::string_view to_word(task_status status) noexcept {
    constexpr std::string_view words[] = {"PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED"};
    return words[static_cast<std::size_t>(status)];
}

outcome internal_failure(std::string_view action, std::string_view reason) {
    auto message = "The sandbox could not " + std::string{action};
    if (!reason.empty()) message += ": " + wan::printable(reason, 400);
    log(message);
    return failure("InternalError", message + "; see the sandbox's stderr");
}

task& task_store::create(task_request request, std::string id) {
    auto& t = tasks_.emplace_back(context_, std::move(id), std::move(request));
    index_.emplace(t.id, &t);
    t.timer.expires_after(pace_);
    t.timer.async_wait([this, &t](const boost::system::error_code& error) {
        if (!error) begin(t);
    });
    log("task " + t.id + ": PENDING, " + t.request.model);
    return t;
}

void task_store::begin(task& t) {
    if (t.status != task_status::pending) return; // canceled before the timer expired
    auto& all = queues_[t.request.account];
    if (running_ != 0 && all.running == running_) return all.waiting.push_back(&t);
    ++all.running;
    run(t);
}

void task_store::take_place(task& t) {
    if (t.status == task_status::pending)
        run(t);
    else
        make_room(t.request.account);
}

void task_store::make_room(const std::string& account) {
    auto& all = queues_[account];
    --all.running;
    while (!all.waiting.empty()) {
        auto& next = *all.waiting.front();
        all.waiting.pop_front();
        if (next.status != task_status::pending) continue;
        ++all.running;
        // Posted: a series of tasks that fail at once would recurse too deeply.
        return boost::asio::post(context_, [this, &next] { take_place(next); });
    }
}

void task_store::run(task& t) {
    t.status = task_status::running;
    t.scheduled = std::chrono::system_clock::now();
    log("task " + t.id + ": RUNNING");
    t.timer.expires_after(pace_);
    t.timer.async_wait([this, &t](const boost::system::error_code& error) {
        if (error) return;
        t.time_is_up = true;
        settle(t);
    });
    settle(t);
}

void task_store::finish(std::string_view id, outcome result) {
    if (auto* const t = find(id)) {
        t->result = std::move(result);
        settle(*t);
    }
}

void task_store::settle(task& t) {
    if (!t.result || t.status != task_status::running) return;
    if (t.result->status != task_status::failed && !t.time_is_up) return;
    t.status = t.result->status;
    t.ended = std::chrono::system_clock::now();
    std::string line = "task " + t.id + ": " + std::string{to_word(t.status)};
    if (!t.result->code.empty()) line += " " + t.result->code + ": " + t.result->message;
    log(std::move(line));
    make_room(t.request.account);
}

bool task_store::cancel(task& t) {
    if (t.status != task_status::pending) return false;
    t.timer.cancel();
    t.status = task_status::canceled;
    t.ended = std::chrono::system_clock::now();
    log("task " + t.id + ": CANCELED");
    return true;
}

task* task_store::find(std::string_view id) {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : found->second;
}

} // namespace sandbox
