// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A whole task, whose peer, network and owner do whatever the bytes say.
#include "services.hpp"
#include "targets.hpp"
#include "task_answers.hpp"
#include "task_inputs.hpp"

#include <wan/http/url.hpp>
#include <wan/request/keyframe_to_video.hpp>
#include <wan/task/start.hpp>
#include <wan/task/task.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fuzz {

namespace {

using namespace std::chrono_literals;

class run {
public:
    explicit run(input in)
        : in_(in), provider_(provider_of(in_)), policy_(policy_of(in_)), shot_(shot_of(in_, provider_)),
          clock_(in_.flag() ? wan::wall_clock{std::chrono::sys_seconds{1'770'000'000s}, now_,
                                              wan::clock_trust::checked}
                            : wan::no_wall_clock) {}

    void operator()() {
        auto made = wan::make_task(provider_, shot_, clock_, policy_, wan::strictness::off);
        if (!made) return;
        task_.emplace(*std::move(made));
        began_ = now_;
        constexpr int most_steps = 20'000;
        for (int steps = 0; !is_done(); ++steps) require(steps < most_steps, "every task comes to an end");
        check_outcome();
    }

private:
    /// One step of the task and what its owner does beside it; whether it was the last.
    bool is_done() {
        act();
        const auto step = task_->next(now_);
        check_token();
        if (step.is_done()) return true;
        if (step.is_send())
            answer(step);
        else
            now_ = (std::max)(now_, step.wake_at());
        return false;
    }

    /// What the owner does. Most bytes: nothing.
    void act() {
        switch (in_.byte()) {
        case 0xF0: task_->stop(); break;
        case 0xF1: (void)task_->cancel(); break;
        case 0xF2: crash(true); break;
        case 0xF3: crash(false); break;
        case 0xF4: report_unasked(); break;
        default: break;
        }
    }

    /// If the submit is in flight, or was given up, this is its response after all.
    void report_unasked() {
        const auto given = response_to(wan::request_kind::submit);
        const bool is_its = task_->state() == wan::task_state::submitting || task_->awaits_late_response();
        report(0, given.result);
        if (is_its) may_be_accepted_ = given.may_be_accepted;
    }

    /// Another process goes on from the token.
    void crash(bool has_request) {
        const auto token = wan::read_token(to_string(task_->token()));
        require(token.has_value(), "a task's token can be read");
        auto next = has_request
                        ? wan::resume_task(provider_, *token, shot_, clock_, policy_, wan::strictness::off)
                        : wan::resume_task(provider_, *token, clock_, policy_);
        if (!next) {
            const bool is_proven = policy_.submit_again_if_not_listed; // that it was never accepted
            require(!has_request && task_->task_id().empty() && (!may_be_accepted_ || is_proven),
                    "a token of what may have been submitted resumes", to_string(next.error()));
            return;
        }
        require(next->task_id() == task_->task_id(), "a resumed task keeps its id");
        task_.emplace(*std::move(next));
        began_ = now_;
    }

    answered response_to(wan::request_kind kind) { return answered_by(in_, kind, *provider_.dialect); }

    void answer(const wan::step& step) {
        const auto& request = step.request();
        const auto kind = step.request_kind();
        check_request(request, kind);
        longest_ = (std::max)(longest_, wan::milliseconds{request.timeout});
        const auto number = step.number();
        const auto given = response_to(kind);
        if (kind == wan::request_kind::submit) {
            require(!may_be_accepted_ || policy_.submit_again_if_not_listed,
                    "what may have been accepted is not submitted again");
            may_be_accepted_ = may_be_accepted_ || given.may_be_accepted;
        }
        now_ += std::chrono::milliseconds{in_.byte() * 100};
        if (given.is_reported) report(number, given.result);
    }

    void report(unsigned number, const wan::http_result& result) {
        if (number != 0)
            (void)task_->receive(number, result, now_);
        else
            (void)task_->receive(result, now_);
        check_token();
    }

    void check_request(const wan::http_request& request, wan::request_kind kind) const {
        bool carries_key = false;
        for (const auto& h : request.headers) carries_key = carries_key || has_key(h.value);
        require(!carries_key || wan::is_same_origin(provider_.base_url, request.url),
                "the key goes to its own origin", request.url);
        require(carries_key == (kind != wan::request_kind::upload),
                "every request but an upload carries the key");
        require(request.body.size() < 16 * 1024, "a body is as small as its files");
    }

    /// An id that was reported stays, and is in the token from then on.
    void check_token() {
        const auto& id = task_->task_id();
        require(known_id_.empty() || !id.empty(), "an id that is known stays known", known_id_);
        known_id_ = id;
        const auto token = task_->token();
        require(token.task_id == id, "a token has the task's id", id);
        auto text = to_string(token);
        if (text == token_text_) return;
        const auto read = wan::read_token(text);
        require(read && to_string(*read) == text, "a task's token is read as it was written", text);
        token_text_ = std::move(text);
    }

    void check_outcome() const {
        const auto& outcome = *task_->outcome();
        require(outcome.succeeded() == outcome.video.has_value(),
                "a success has a video, and nothing else has");
        using enum wan::task_ending;
        const bool is_owners =
            outcome.ending == deadline || outcome.ending == stopped || outcome.ending == canceled;
        require(outcome.succeeded() || outcome.error || is_owners, "what did not succeed has a reason",
                wan::to_wire(outcome.ending));
        require(!outcome.succeeded() || !outcome.task_id.empty(), "a success has an id");
        require(now_ - began_ <= policy_.deadline + 2 * longest_ + 26s, "a task ends in time");
        require(!may_be_accepted_ || outcome.ending != wan::task_ending::rejected ||
                    policy_.submit_again_if_not_listed,
                "what may have been accepted was not rejected");
        const bool names_key = has_key(outcome.task_id) || has_key(outcome.reply.video_url) ||
                               has_key(outcome.reply.query_url) || has_key(outcome.reply.result_url);
        require(names_key ||
                    (!has_key(to_string(outcome)) && !has_key(outcome.raw_reply) && !has_key(outcome.status)),
                "an outcome has no key", to_string(outcome));
    }

    input in_;
    const wan::provider& provider_;
    wan::policy policy_;
    wan::keyframe_to_video shot_;
    wan::time_point now_{1h};
    wan::wall_clock clock_;
    std::optional<wan::task> task_;
    wan::time_point began_{};
    wan::milliseconds longest_{0};
    bool may_be_accepted_ = false; ///< a submit was, or nobody can tell
    std::string known_id_;
    std::string token_text_; ///< the latest
};

} // namespace

void run_task(input in) { run{in}(); }

} // namespace fuzz
