// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// WHEN: the state machine of one task, from a valid request to its outcome, without a socket or a clock.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/request/job.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/step.hpp>
#include <wan/validation/strictness.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI {

class task;
struct provider;
enum class query_verdict;
enum class task_event;
struct cancel_reply;
struct query_reply;
struct submit_reply;

namespace detail {
struct submit_draft;
struct upload;
class uploads;
} // namespace detail

/// A task that is ready to be submitted, or to upload its files first. Fails with `invalid_request` and all
/// violations if the request is refused. Many tasks may share one provider and one policy; neither may be
/// null. Bytes of media are referred to until the task has an id or is at its end; the request itself need
/// not outlive the call.
template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request,
                       std::shared_ptr<const policy> how, strictness strict = strictness::standard);
/// The same, with a copy of the policy.
template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const policy& how = {},
                       strictness strict = strictness::standard);
/// The same, with a provider and a policy of its own.
template <job_request Request>
result<task> make_task(provider who, const Request& request, const policy& how = {},
                       strictness strict = strictness::standard);

/// A task that goes on where the token was made, and that has its request, so that it can be submitted if it
/// certainly was not: at once where the token says so, or when it is not in the service's list and
/// `policy::submit_again_if_not_listed`. Fails with category `token` if the token is of another provider or
/// of another request (model, prompt), and with all violations if the request is refused. `strict` judges
/// what was certainly not submitted; what may have been was judged then.
template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, std::shared_ptr<const policy> how,
                         strictness strict = strictness::standard);
/// The same, with a copy of the policy.
template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const policy& how = {},
                         strictness strict = strictness::standard);
/// The same, with a provider and a policy of its own.
template <job_request Request>
result<task> resume_task(provider who, const resume_token& token, const Request& request,
                         const policy& how = {}, strictness strict = strictness::standard);

/// A task that goes on where the token was made: it asks for the task at once, whatever state it was in.
/// Without a task id it is `submit_unknown` from the start if a submit may have been accepted. Fails with
/// category `token` if the token is of another provider, or if certainly nothing was submitted.
WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  std::shared_ptr<const policy> how);
/// The same, with a copy of the policy.
WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const policy& how = {});
/// The same, with a provider and a policy of its own.
WAN_DECL result<task> resume_task(provider who, const resume_token& token, const policy& how = {});

/// One task, from its submit to its end. Drive it with `next`, do what the step says, and give every answer
/// to `receive`:
///
///     for (auto step = task.next(now()); !step.is_done(); step = task.next(now()))
///         if (step.is_send()) task.receive(my_http(step.request()), now());
///         else                sleep_until(step.wake_at());
///
/// A submit that may have been accepted is never handed out again. Not thread-safe; different tasks share
/// nothing but the provider and the policy, which do not change.
class task {
public:
    task(task&&) noexcept;            ///< the one that is moved from may only be assigned to or destroyed
    task& operator=(task&&) noexcept; ///< the same
    ~task();

    /// What to do now. Asking twice changes nothing: a request that is out is not handed out again. One whose
    /// end is not told by twice its time-out counts as lost.
    step next(time_point now);

    /// The end of the request that is out; every request that was handed out needs one. Fails with `misuse`
    /// if none is out, or if several are; nothing changes then, except that the late answer to a submit that
    /// was given up still names its task.
    result<void> receive(http_result answer, time_point now);

    /// The same, of the request that the step with this number handed out (`step::number`). Files that must
    /// be uploaded before the submit go side by side: `next` hands out the next request while others are out,
    /// until it says `is_awaiting`. A caller that carries out one after the other need not care. Fails with
    /// `misuse` if that request is not out.
    result<void> receive(unsigned number, http_result answer, time_point now);
    unsigned requests_out() const noexcept; ///< how many were handed out whose ends are not told
    /// What the request asks for that `next` would return at `now`, if it returned one: which limit of the
    /// account it needs.
    request_kind next_request(time_point now) const noexcept;
    /// Whether an upload that is out counts as lost by now.
    bool has_lost_upload(time_point now) const noexcept;

    /// End as `interrupted` as soon as no request is out. The task at the service goes on; resume it with
    /// `token()`.
    void stop() noexcept { stop_ = true; }

    /// Ask the service to cancel the task as soon as no request is out. A task that was not submitted ends as
    /// `canceled` at once, one that was when the service says so. A service that refuses (DashScope cancels
    /// only what is PENDING) is asked no more: the refusal is shown by `progress()`, and the task goes on.
    /// Fails with `misuse` at the end of the task, and with `invalid_request` if the service cancels nothing.
    result<void> cancel();

    /// For a task whose policy has none. The drivers do it.
    void set_wall_clock(const wall_clock& clock);

    /// Makes the waits and the names of uploaded files differ from those of a task with the same policy and
    /// request. `scheduler::add` does it with a number of its own for each task.
    void mix_seed(std::uint64_t number) noexcept;

    /// Whether a submit was given up whose answer, should it come after all, still names the task.
    bool awaits_late_answer() const noexcept { return gave_up_on_submit_; }

    /// Which tasks run beside this one. What the contexts point to must outlive the task or the next call.
    void set_siblings(const sibling_tasks& siblings) noexcept { siblings_ = siblings; }

    /// What another process needs to go on from here. Save it after each step that sends, before sending, and
    /// after each `receive`.
    resume_token token() const;

    task_state state() const noexcept { return state_; } ///< where the task is: see \ref task-states
    const std::string& task_id() const noexcept { return task_id_; } ///< the service's; empty: not known
    const std::string& model() const noexcept { return model_; } ///< that is asked for: whose limits it needs
    std::uint64_t prompt_hash() const noexcept {
        return prompt_hash_;
    } ///< for `scheduler::contest`; 0: it has no prompt
    time_point deadline() const noexcept {
        return started_ ? deadline_ : (time_point::max)();
    } ///< when the time is up; runs from the first `next` on

    /// Where the task stands, for a person who waits. Views that hold until the next call that changes the
    /// task.
    wan::progress progress() const noexcept;

private:
    /// \cond
    template <job_request Request>
    friend result<task> make_task(std::shared_ptr<const provider>, const Request&,
                                  std::shared_ptr<const policy>, strictness);
    template <job_request Request>
    friend result<task> resume_task(std::shared_ptr<const provider>, const resume_token&, const Request&,
                                    std::shared_ptr<const policy>, strictness);
    friend result<task> resume_task(std::shared_ptr<const provider>, const resume_token&,
                                    std::shared_ptr<const policy>);
    /// \endcond

    struct last_answer;
    struct search;
    struct service_urls;

    task(std::shared_ptr<const provider> who, std::shared_ptr<const wan::policy> how, std::string_view model,
         task_state state);

    backoff poll() const noexcept;
    void start_clock(time_point now) noexcept;
    time_point lost_at() const noexcept;
    void apply(task_event event);
    step finish(task_event event);
    void end(task_state state, std::string task_id);
    void end_in_doubt(task_event event, std::string_view said);

    step send_submit(time_point now);
    step send_query(time_point now);
    step send_result_query(time_point now);
    step send_cancel(time_point now);
    step send_query(task_event sent, result<http_request> query, time_point now);
    step send(time_point now, milliseconds timeout) noexcept;

    void set_draft(detail::submit_draft&& draft);
    step upload_on(time_point now);
    step leave_uploads(task_event event);
    void on_upload(detail::upload& file, const http_result& answer, time_point now);

    step search_on(time_point now);
    step send_list(time_point now);
    step decide(time_point now);
    bool is_within_list(time_point now) const;
    step look_again(time_point now);
    step give_up_search();
    void add_candidates(std::vector<listed_task>&& rows);
    void on_list(const http_result& answer, time_point now);
    void on_candidate(query_reply&& answer, time_point now);
    void on_search_failure(bool may_pass, std::optional<std::chrono::seconds> retry_after, time_point now);
    bool is_contested(std::optional<std::uint64_t> prompt_hash) const;
    void lose_submit(time_point now);
    bool may_be_this(const listed_task& row) const;
    creation creation_of(const listed_task& row) const noexcept;
    std::int64_t submitted_at() const noexcept;
    void compare_clocks(const http_result& answer, time_point now) noexcept;
    bool is_guess() const noexcept {
        return id_ == id_trust::inferred && inferred_from_ == prompt_match::not_reported;
    }
    bool is_older_than_kept(time_point now) const noexcept;
    bool has_prompt(std::string_view told) const noexcept;
    bool ends_as_another(query_verdict verdict);
    bool is_odd(const listed_task& row) const;

    void give_up(time_point now);
    void take(http_result answer, time_point now);
    result<void> receive_late(http_result& answer);
    void learn(reply&& said, std::optional<error>&& trouble, std::string&& body);
    void forget_last() noexcept;
    void learn_urls(reply& said);
    void on_submit(submit_reply&& answer, std::string&& body, time_point now);
    void on_submit_not_taken(bool unreachable, std::optional<std::chrono::seconds> retry_after,
                             time_point now);
    void on_query(query_reply&& answer, std::string&& body, time_point now);
    void on_cancel(cancel_reply&& answer, time_point now);

    std::string followed(std::string service_urls::* url) const;
    void wake_after(time_point now, milliseconds wait,
                    std::optional<std::chrono::seconds> at_least = {}) noexcept;
    std::uint64_t random_bits() noexcept;
    double random_part() noexcept;

    std::shared_ptr<const provider> who_;
    std::shared_ptr<const wan::policy> policy_;
    sibling_tasks siblings_ = {};
    std::string model_;
    std::string task_id_;
    std::string request_id_;
    std::string status_;
    std::unique_ptr<search> search_;
    std::unique_ptr<service_urls> urls_;
    std::unique_ptr<http_request> request_;    ///< that is out, or the submit that is to be sent
    std::unique_ptr<detail::uploads> uploads_; ///< until the submit is ready
    std::unique_ptr<last_answer> last_;
    std::unique_ptr<wan::outcome> outcome_; ///< at the end
    time_point deadline_ = {};
    time_point wake_at_ = {};
    std::uint64_t random_;
    std::uint64_t prompt_hash_ = 0; ///< 0: no prompt
    std::int64_t started_at_ = 0;   ///< when it was first submitted, seconds since 1970; 0: not known
    float percent_ = -1;            ///< negative: not said
    float eta_ = -1;
    unsigned queries_ = 0;
    unsigned failed_queries_ = 0; ///< in a row
    unsigned unreachable_submits_ = 0;
    unsigned throttled_submits_ = 0;
    unsigned lost_submits_ = 0;
    unsigned cancels_ = 0;
    task_state state_;
    clock_trust clock_ = clock_trust::unchecked;              ///< of `started_at_`
    id_trust id_ = id_trust::confirmed;                       ///< how `task_id_` is known
    prompt_match inferred_from_ = prompt_match::not_reported; ///< of an id that is inferred
    // A million tasks may wait.
    bool is_resumed_ : 1 = false;
    bool started_ : 1 = false;
    bool stop_ : 1 = false;
    bool cancel_ : 1 = false;
    bool gave_up_on_submit_ : 1 = false;
    bool is_trouble_over_ : 1 = false; ///< `last_` holds an error that a later response made good
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/task.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
