// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/faults/faults.hpp"
#include "sandbox/ids.hpp"

#include <wan/model/limits.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sandbox {

enum class task_status { pending, running, succeeded, failed, canceled };

std::string_view to_word(task_status status) noexcept;

/// The outcome of a task.
struct outcome {
    task_status status = task_status::succeeded;
    std::string code = {};
    std::string message = {};
    double clip_seconds = 0; ///< the part of the video that is the given clip
    double reference_seconds =
        0;           ///< of reference videos, or of the video to edit: billed in addition to the video
    int seconds = 0; ///< of the video, if the request does not set it
};

inline outcome failure(std::string code, std::string message) {
    return {.status = task_status::failed, .code = std::move(code), .message = std::move(message)};
}

/// Returns the failure of the sandbox itself, and logs it.
outcome internal_failure(std::string_view action, std::string_view reason);

/// The parts of the request that responses and statistics repeat. The frames are not kept.
struct task_request {
    std::string model = {};
    std::string prompt = {};
    std::string first_frame_url = {}; ///< empty if the request has none, or has the frame itself
    bool prompt_extend = true;
    wan::resolution tier = wan::resolution::p720;
    std::string ratio = {}; ///< "16:9"; empty: the ratio of a frame or clip
    std::string size = {};  ///< "1280*720", if the request has one
    int seconds = 0;
    bool sound = false;
    const wan::model_limits* limits = nullptr; ///< the row of the model
    std::string account = {};                  ///< the owner of the task
};

struct task {
    task(boost::asio::io_context& context, std::string its_id, task_request its_request)
        : id(std::move(its_id)), request(std::move(its_request)), timer(context) {}

    std::string id;
    std::string request_id = new_id(); ///< of the request that created it
    task_request request;
    task_status status = task_status::pending;
    std::chrono::system_clock::time_point submitted = std::chrono::system_clock::now();
    std::optional<std::chrono::system_clock::time_point> scheduled;
    std::optional<std::chrono::system_clock::time_point> ended;
    std::optional<outcome> result; ///< known early, but reported only when due
    bool time_is_up = false;
    fault_counts faults;
    boost::asio::steady_timer timer;
};

/// All tasks of all services. Only the thread that runs the context may touch it.
class task_store {
public:
    /// At most `running` tasks of an account run at once; 0: no limit.
    task_store(boost::asio::io_context& context, std::chrono::milliseconds pace, std::size_t running)
        : context_(context), pace_(pace), running_(running) {}

    task& create(task_request request, std::string id = new_id());

    /// Failures are reported soon after the task is RUNNING, other outcomes not before both paces have
    /// passed.
    void finish(std::string_view id, outcome result);

    /// Cancels the task. Returns false and does nothing unless it is PENDING.
    bool cancel(task& t);

    task* find(std::string_view id);
    const std::deque<task>& all() const { return tasks_; }

private:
    void begin(task& t);
    void run(task& t);
    void settle(task& t);
    void take_place(task& t);
    void make_room(const std::string& account);

    struct queue {
        std::size_t running = 0;
        std::deque<task*> waiting;
    };

    boost::asio::io_context& context_;
    std::chrono::milliseconds pace_;
    std::size_t running_;
    std::unordered_map<std::string, queue> queues_; // by account
    std::deque<task> tasks_;                        // a deque, since timers and the index hold references
    std::unordered_map<std::string_view, task*> index_;
};

} // namespace sandbox
