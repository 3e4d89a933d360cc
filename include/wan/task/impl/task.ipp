// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/text.hpp>
#include <wan/detail/time_limits.hpp>
#include <wan/http/url.hpp>
#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/cancel.hpp>
#include <wan/protocol/detail/draft_submit.hpp>
#include <wan/protocol/detail/redact.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/detail/submit_draft.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/list.hpp>
#include <wan/protocol/query.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/validate.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/detail/later.hpp>
#include <wan/task/detail/upload_fsm.hpp>
#include <wan/task/task.hpp>
#include <wan/task/transitions.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <utility>

namespace wan::inline WAN_ABI {

/// The latest answer, where it ends the task or tells of trouble. Of others nothing is kept: many tasks wait.
struct task::last_answer {
    wan::reply reply = {};
    std::optional<wan::error> error = {};
    std::string body = {};
};

/// What is known of a submit whose answer was lost, while the service's list is looked through.
struct task::search {
    struct candidate {
        listed_task task;
        std::optional<std::uint64_t> prompt = {}; ///< hash of its original prompt, where the service tells it
        bool answered = false;                    ///< the service was asked for it, and told of it
        creation created = creation::not_reported;
        bool is_repeated = false; ///< by the same page
    };
    struct seen_id {
        std::uint64_t hash;
        std::size_t candidate;
    };
    static bool by_hash(const seen_id& a, const seen_id& b) noexcept { return a.hash < b.hash; }
    void index_candidates() {
        seen.clear();
        for (const auto& c : candidates) seen.push_back({detail::hash_of(c.task.task_id), seen.size()});
        std::sort(seen.begin(), seen.end(), by_hash);
    }

    std::vector<candidate> candidates = {}; ///< of all looks
    std::vector<seen_id> seen = {};         ///< of them, by hash
    std::size_t asked = 0;                  ///< how many of them
    time_point arrived_by = {};             ///< until then the submit may still be on its way
    unsigned page = 1;
    unsigned looks = 1;                        ///< at the whole list, this one included, from `arrived_by` on
    unsigned in_vain = 0;                      ///< whole lists without a candidate
    bool is_whole = false;                     ///< the list that is being read
    bool is_over = false;                      ///< the service says no, or too many failures in a row
    std::string_view doubt = {};               ///< why it ended without a task
    std::unique_ptr<http_request> submit = {}; ///< that is looked for, while other requests are out
    /// Seconds by which the service's clock is at least ahead of the caller's; 0: they agree.
    std::int64_t clock_difference = 0;
    bool ignores_filter = false; ///< the list has tasks that are older than what was asked for
    // One page that is odd must not void what hundreds of others show: it is asked for again, and each look
    // is judged alone.
    unsigned page_tries = 1;
    unsigned proofs = 0; ///< looks without a candidate that prove that there is no task
    /// This look: read to the end so far, from a time on that was surely before the submit.
    bool proves_absence = true;
    bool clocks_agreed = false; ///< a page showed so
};

/// What the service said of where the task is.
struct task::service_urls {
    std::string query = {};
    std::string result = {};
    std::string unusable_id = {}; ///< that it named the task by, and that cannot be asked for
};

WAN_DECL task::task(task&&) noexcept = default;
WAN_DECL task& task::operator=(task&&) noexcept = default;
WAN_DECL task::~task() = default;

WAN_DECL step task::next(time_point now) {
    if (!started_) start_clock(now);
    if (is_terminal(state_)) return step::done(*outcome_);
    if (state_ == task_state::uploading) return upload_on(now);
    if (is_in_flight(state_) && now < lost_at()) return step::awaiting(lost_at());
    if (is_in_flight(state_)) give_up(now);
    if (is_terminal(state_)) return step::done(*outcome_);
    if (stop_) return finish(task_event::stop);
    if (cancel_ && task_id_.empty() && state_ != task_state::submit_lost) return finish(task_event::cancel);
    if (cancel_ && is_guess() && state_ == task_state::waiting) {
        end_in_doubt(task_event::search_failed, "was not canceled: it may be somebody else's");
        return step::done(*outcome_);
    }
    if (now >= deadline_) return finish(task_event::deadline_passed);
    if (now < wake_at_) return step::wait((std::min)(wake_at_, deadline_));
    if (state_ == task_state::result_due) return send_result_query(now);
    if (state_ == task_state::submit_lost) return search_on(now);
    if (task_id_.empty() && uploads_ != nullptr) {
        apply(task_event::upload_due);
        return upload_on(now);
    }
    if (task_id_.empty()) return send_submit(now);
    return cancel_ ? send_cancel(now) : send_query(now);
}

/// What was taken for this task is left to the caller as a candidate.
WAN_DECL void task::end_in_doubt(task_event event, std::string_view said) {
    const auto to = next_state(state_, event);
    if (!to) std::abort();
    auto why = error{.category = error_category::protocol,
                     .message = "the submit was never answered, and the only task that could be it, " +
                                printable(task_id_) + ", "};
    why.message.append(said);
    auto left = std::make_unique<search>();
    left->candidates.push_back({.task = {.task_id = task_id_, .status = status_, .model = model_}});
    if (last_ == nullptr) last_ = std::make_unique<last_answer>();
    last_->error = std::move(why);
    is_trouble_over_ = false;
    search_ = std::move(left);
    end(*to, {});
}

WAN_DECL result<void> task::receive(http_result answer, time_point now) {
    return receive(0, std::move(answer), now);
}

WAN_DECL result<void> task::receive(unsigned number, http_result answer, time_point now) {
    if (gave_up_on_submit_ && number == 0 && is_terminal(state_)) return receive_late(answer);
    const auto misuse = [&](std::string_view said) {
        return error{
            .category = error_category::misuse,
            .message =
                std::string{"receive: "}.append(said).append("; the task is ").append(to_wire(state_))};
    };
    const auto out = requests_out();
    if (out == 0) return misuse("no request is out");
    if (out > 1 && number == 0)
        return misuse("several requests are out; the step's number says which one ended");
    auto* const file = uploads_ != nullptr ? uploads_->with(number) : nullptr;
    if (number != 0 && file == nullptr) return misuse("that request is not out");
    const auto most = policy_->max_reply_bytes;
    // What a submit's response says for certain is read, however large the rest is: its task may be paid for.
    if (answer && answer->body.size() > most &&
        !(state_ == task_state::submitting &&
          parse_submit(*who_->dialect, answer).verdict != submit_verdict::unknown))
        answer = transport_error{delivery::maybe_sent,
                                 "the reply has " + std::to_string(answer->body.size()) + " bytes; at most " +
                                     std::to_string(most) + " are read"};
    gave_up_on_submit_ = false; // was set here only if no memory was left to say so
    if (file != nullptr)
        on_upload(*file, answer, now);
    else
        take(std::move(answer), now);
    return {};
}

WAN_DECL bool task::has_lost_upload(time_point now) const noexcept {
    return uploads_ != nullptr && uploads_->lost_at() <= now;
}

WAN_DECL request_kind task::next_request(time_point now) const noexcept {
    if (is_in_flight(state_)) return detail::kind_of(state_);
    if (state_ == task_state::submit_lost)
        return search_ != nullptr && !search_->is_whole ? request_kind::list : request_kind::query;
    if (!task_id_.empty())
        return cancel_ && state_ == task_state::waiting ? request_kind::cancel : request_kind::query;
    return uploads_ != nullptr ? uploads_->next_request(now) : request_kind::submit;
}

WAN_DECL unsigned task::requests_out() const noexcept {
    return state_ == task_state::uploading ? uploads_->out() : is_in_flight(state_);
}

WAN_DECL result<void> task::cancel() {
    if (is_terminal(state_))
        return error{.category = error_category::misuse,
                     .message = "cancel: the task is " + std::string{to_wire(state_)}};
    if (!task_id_.empty() && !who_->dialect->cancel.offered())
        return detail::not_offered(*who_, "cancels no tasks");
    cancel_ = true;
    if (!is_in_flight(state_) && started_) wake_at_ = {};
    return {};
}

WAN_DECL void task::set_wall_clock(const wall_clock& clock) {
    if (policy_->wall_clock) return;
    auto how = std::make_shared<wan::policy>(*policy_);
    how->wall_clock = clock;
    policy_ = std::move(how);
}

WAN_DECL void task::mix_seed(std::uint64_t number) noexcept { random_ ^= detail::spread(number); }

WAN_DECL resume_token task::token() const {
    return {.dialect = std::string{who_->dialect->name},
            .base_url = who_->base_url,
            .model = model_,
            .state = state_,
            .task_id = task_id_,
            .id = id_ != id_trust::confirmed && !task_id_.empty() ? std::optional{id_} : std::nullopt,
            .inferred_from =
                id_ == id_trust::inferred && !task_id_.empty() ? std::optional{inferred_from_} : std::nullopt,
            .started_at = started_at_ != 0 ? std::optional{started_at_} : std::nullopt,
            .clock = started_at_ != 0 ? std::optional{clock_} : std::nullopt,
            .prompt_hash = prompt_hash_ != 0 ? detail::show_hash(prompt_hash_) : std::string{},
            .query_url = followed(&service_urls::query),
            .result_url = followed(&service_urls::result),
            .unusable_id = urls_ != nullptr ? urls_->unusable_id : std::string{}};
}

WAN_DECL wan::progress task::progress() const noexcept {
    const auto said = [](float value) { return value < 0 ? std::optional<double>{} : double{value}; };
    return {state_,
            task_id_,
            status_,
            queries_,
            (std::min)(wake_at_, deadline_),
            outcome_ != nullptr ? (outcome_->error ? &*outcome_->error : nullptr)
            : last_ != nullptr && last_->error && !is_trouble_over_ ? &*last_->error
                                                                    : nullptr,
            said(percent_),
            said(eta_)};
}

WAN_DECL task::task(std::shared_ptr<const provider> who, std::shared_ptr<const wan::policy> how,
                    std::string_view model, task_state state)
    : who_(std::move(who)), policy_(detail::sane(std::move(how))), model_(model),
      random_(policy_->jitter_seed), state_(state) {}

/// A URL that no request would go to is not worth keeping.
WAN_DECL std::string task::followed(std::string service_urls::* url) const {
    return urls_ != nullptr && is_same_origin(who_->base_url, (*urls_).*url) ? (*urls_).*url : std::string{};
}

WAN_DECL backoff task::poll() const noexcept {
    return policy_->poll ? *policy_->poll : detail::sane(who_->dialect->poll);
}

WAN_DECL void task::start_clock(time_point now) noexcept {
    started_ = true;
    wake_at_ = now;
    if (policy_->jitter_seed == 0) mix_seed(static_cast<std::uint64_t>(now.time_since_epoch().count()));
    deadline_ = detail::later(now, policy_->deadline);
    if (search_ != nullptr) search_->arrived_by = detail::later(now, policy_->submit_timeout);
}

/// When the request that is out counts as lost.
WAN_DECL time_point task::lost_at() const noexcept {
    // null: no memory was left to take its end
    return request_ != nullptr ? detail::later(wake_at_, request_->timeout) : wake_at_;
}

WAN_DECL void task::apply(task_event event) {
    const auto to = next_state(state_, event);
    if (!to) std::abort();
    if (is_terminal(*to))
        end(*to, task_id_);
    else
        state_ = *to;
}

WAN_DECL step task::finish(task_event event) {
    apply(event);
    return step::done(*outcome_);
}

/// What may throw comes first: a task that ran out of memory is still what it was.
WAN_DECL void task::end(task_state state, std::string task_id) {
    auto ended = std::make_unique<wan::outcome>();
    auto& o = *ended;
    o.state = state;
    o.task_id = task_id;
    o.id = task_id.empty() ? id_trust::confirmed : id_;
    if (o.id == id_trust::inferred) o.inferred_from = inferred_from_;
    o.request_id = request_id_;
    o.model = model_;
    o.status = status_;
    if (search_ != nullptr) o.candidates.reserve(search_->candidates.size());
    std::string doubt;
    if (search_ != nullptr) doubt = search_->doubt;
    if (!doubt.empty() && urls_ != nullptr && !urls_->unusable_id.empty())
        doubt.append("; the service named the task in a form that no request can be made of: ")
            .append(quoted(urls_->unusable_id, detail::shown_whole));
    if (!doubt.empty() && last_ != nullptr && last_->error && !last_->error->message.empty())
        doubt.append("; last error: ").append(last_->error->message);
    if (state == task_state::succeeded) {
        const auto* row = find_model(who_->dialect->models, model_);
        o.video = video_of(last_->reply, (row != nullptr ? *row : general_limits).video_url_lifetime);
    }
    if (search_ != nullptr)
        for (auto& c : search_->candidates) {
            if (prompt_hash_ != 0 && c.prompt && *c.prompt != prompt_hash_) continue; // somebody else's
            const bool is_equal = prompt_hash_ != 0 && c.prompt == prompt_hash_;
            o.candidates.push_back(
                {std::move(c.task), is_equal ? prompt_match::equal : prompt_match::not_reported, c.created});
        }
    if (last_ != nullptr) {
        o.reply = std::move(last_->reply);
        const bool says_why = state == task_state::deadline || state == task_state::interrupted;
        if (!is_trouble_over_ || says_why) o.error = std::move(last_->error);
        o.raw_reply = std::move(last_->body);
    }
    if (!doubt.empty()) {
        if (!o.error) o.error.emplace().category = error_category::protocol;
        o.error->message = std::move(doubt);
    }
    search_.reset();
    last_.reset();
    request_.reset();
    uploads_.reset();
    task_id_ = std::move(task_id);
    outcome_ = std::move(ended);
    state_ = state;
}

WAN_DECL step task::send_submit(time_point now) {
    if (started_at_ == 0 && policy_->wall_clock) {
        const auto seconds = (*policy_->wall_clock)(now).time_since_epoch().count();
        const bool is_a_time = seconds > 0 && seconds <= detail::last_second;
        started_at_ = is_a_time ? seconds : 0;
        clock_ = is_a_time ? policy_->wall_clock->trust : clock_trust::unchecked;
    }
    apply(task_event::submit_sent);
    return send(now, detail::timeout_of(*policy_, request_->body.size()));
}

WAN_DECL void task::set_draft(detail::submit_draft&& draft) {
    if (draft.needs_uploads())
        uploads_ = std::make_unique<detail::uploads>(std::move(draft));
    else
        request_ = std::make_unique<http_request>(detail::finished(*who_, std::move(draft), {}));
}

/// Ends wait for the answers that are still out: each has a caller who tells it.
WAN_DECL step task::leave_uploads(task_event event) {
    return uploads_->out() == 0 ? finish(event) : step::awaiting(uploads_->lost_at());
}

WAN_DECL step task::upload_on(time_point now) {
    bool was_lost = false;
    while (auto* file = uploads_->lost(now)) {
        on_upload(*file,
                  transport_error{delivery::maybe_sent, "the executor never told how the request ended"},
                  now);
        was_lost = true;
    }
    if (uploads_->end) return leave_uploads(*uploads_->end);
    if (stop_) return leave_uploads(task_event::stop);
    if (cancel_) return leave_uploads(task_event::cancel);
    if (now >= deadline_) return leave_uploads(task_event::deadline_passed);
    // nothing is sent by the same step: among many tasks a request waits for its turn
    if (was_lost) return step::wait(now);
    if (uploads_->complete()) {
        request_ = std::make_unique<http_request>(uploads_->finish(*who_));
        uploads_.reset();
        wake_at_ = now;
        apply(task_event::upload_complete);
        return next(now);
    }
    auto* const file = uploads_->due(now);
    if (file == nullptr) {
        wake_at_ = uploads_->wake_at();
        const auto at = (std::min)(wake_at_, deadline_);
        return uploads_->out() == 0 ? step::wait(at) : step::awaiting(at);
    }
    // One that lasts as long as the turn of its file is normal; one that is too short for that would be asked
    // for again and again.
    constexpr std::chrono::seconds shortest{10};
    if (uploads_->drop_expired(*file, now) && *file->policy.expires_in < shortest) {
        const bool may_try_again = ++file->failures < policy_->max_failed_uploads;
        learn({},
              error{.category = error_category::protocol,
                    .message = "the permission to upload expired before the upload began"},
              {});
        wake_after(now, policy_->submit.after(file->failures - 1));
        file->at = std::exchange(wake_at_, now);
        if (!may_try_again) uploads_->end = task_event::upload_refused;
        return upload_on(now);
    }
    if (auto sent = uploads_->send(*file, *who_, model_, *policy_, random_bits(), now, deadline_); !sent) {
        learn({}, std::move(sent).error(), {});
        uploads_->end = task_event::upload_refused;
        return upload_on(now);
    }
    apply(task_event::upload_sent);
    return step::send(*file->request, file->number, detail::kind_of(file->state));
}

/// Nothing is submitted, so that nothing is lost: a file that may be half in the store is uploaded again,
/// under another name.
WAN_DECL void task::on_upload(detail::upload& file, const http_result& answer, time_point now) {
    auto said = uploads_->take(file, *who_, answer, now);
    apply(task_event::upload_answered);
    wake_at_ = now;
    if (uploads_->end) return; // the reason stands
    if (said.verdict == upload_verdict::done) return last_.reset();
    const bool unreachable = said.error && said.error->category == error_category::transport;
    const bool throttled = said.error && said.error->category == error_category::throttled;
    const bool may_try_again =
        ++file.failures < (throttled ? policy_->max_throttled_submits : policy_->max_failed_uploads);
    learn({}, std::move(said.error), {});
    wake_after(now, policy_->submit.after(file.failures - 1), said.retry_after);
    file.at = std::exchange(wake_at_, now);
    if (said.verdict == upload_verdict::again && may_try_again) return;
    uploads_->end = unreachable ? task_event::upload_unreachable : task_event::upload_refused;
}

WAN_DECL step task::send_query(time_point now) {
    const std::string_view named = urls_ != nullptr ? std::string_view{urls_->query} : std::string_view{};
    return send_query(task_event::query_sent,
                      detail::make_task_request(*who_, who_->dialect->query, task_id_, named), now);
}

WAN_DECL step task::send_result_query(time_point now) {
    const std::string_view named = urls_ != nullptr ? std::string_view{urls_->result} : std::string_view{};
    return send_query(task_event::result_query_sent,
                      detail::make_task_request(*who_, who_->dialect->result, task_id_, named), now);
}

WAN_DECL step task::send_cancel(time_point now) {
    auto cancel = who_->dialect->cancel.offered()
                      ? detail::make_task_request(*who_, who_->dialect->cancel, task_id_, {})
                      : detail::not_offered(*who_, "cancels no tasks");
    if (!cancel) {
        cancel_ = false;
        learn({}, std::move(cancel).error(), {});
        wake_after(now, poll().after(queries_));
        return next(now);
    }
    request_ = std::make_unique<http_request>(*std::move(cancel));
    ++cancels_;
    apply(task_event::cancel_sent);
    return send(now, policy_->query_timeout);
}

WAN_DECL step task::send_query(task_event sent, result<http_request> query, time_point now) {
    if (!query) {
        learn({}, std::move(query).error(), {});
        apply(sent);
        return finish(task_event::query_lost);
    }
    request_ = std::make_unique<http_request>(*std::move(query));
    apply(sent);
    ++queries_;
    // The deadline is kept by the query as well, but for the second that any answer may take.
    constexpr milliseconds least{1000};
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - now);
    return send(now, (std::min)(policy_->query_timeout, (std::max)(left, least)));
}

WAN_DECL step task::send(time_point now, milliseconds timeout) noexcept {
    request_->timeout = timeout;
    // The id of an accepted submit fits into this, whatever the policy says.
    constexpr std::size_t least_for_submit = 64 * 1024;
    request_->max_reply_bytes = state_ == task_state::submitting
                                    ? (std::max)(policy_->max_reply_bytes, least_for_submit)
                                    : policy_->max_reply_bytes;
    wake_at_ = detail::later(now, timeout);
    return step::send(*request_, 0, detail::kind_of(state_));
}

/// The executor never told the end of a request.
WAN_DECL void task::give_up(time_point now) {
    gave_up_on_submit_ = state_ == task_state::submitting;
    take(transport_error{delivery::maybe_sent, "the executor never told how the request ended"}, now);
}

WAN_DECL void task::take(http_result answer, time_point now) {
    const auto& d = *who_->dialect;
    std::string none;
    auto& body = answer ? answer->body : none;
    switch (state_) {
    case task_state::submitting: return on_submit(parse_submit(d, answer), std::move(body), now);
    case task_state::listing: return on_list(answer, now);
    case task_state::identifying:
        return on_candidate(parse_query(d, answer, search_->candidates[search_->asked].task.task_id), now);
    case task_state::canceling: return on_cancel(parse_cancel(d, answer), now);
    case task_state::fetching_result:
        return on_query(parse_result(d, answer, task_id_, who_->base_url), std::move(body), now);
    default: return on_query(parse_query(d, answer, task_id_, who_->base_url), std::move(body), now);
    }
}

/// The outcome was reported as `submit_unknown`; what is certain since then corrects it.
WAN_DECL result<void> task::receive_late(http_result& answer) {
    auto late = parse_submit(*who_->dialect, answer);
    gave_up_on_submit_ = false;
    switch (late.verdict) {
    case submit_verdict::accepted:
        learn_urls(late.reply);
        id_ = outcome_->id = id_trust::confirmed;
        task_id_ = outcome_->task_id = std::move(late.reply.task_id);
        return {};
    case submit_verdict::unknown: return {};
    case submit_verdict::refused:
    case submit_verdict::not_accepted: break;
    }
    const bool is_unreachable = late.error && late.error->category == error_category::transport;
    const auto to =
        late_state(state_, is_unreachable ? task_event::submit_unreachable : task_event::submit_refused);
    if (!to) return {};
    learn(std::move(late.reply), std::move(late.error), answer ? std::move(answer->body) : std::string{});
    auto last = std::exchange(last_, nullptr);
    state_ = outcome_->state = *to;
    outcome_->status = status_;
    outcome_->request_id = request_id_;
    outcome_->reply = std::move(last->reply);
    outcome_->error = std::move(last->error);
    outcome_->raw_reply = std::move(last->body);
    outcome_->candidates.clear();
    return {};
}

/// Where to ask is said once, often in the answer to the submit alone.
WAN_DECL void task::learn_urls(reply& said) {
    if (said.query_url.empty() && said.result_url.empty()) return;
    if (urls_ == nullptr) urls_ = std::make_unique<service_urls>();
    if (!said.query_url.empty()) urls_->query = said.query_url;
    if (!said.result_url.empty()) urls_->result = said.result_url;
}

/// What is shown is searched for the key; what must be used as it is, ids and URLs, is not: see `redact`.
WAN_DECL void task::learn(reply&& said, std::optional<error>&& trouble, std::string&& body) {
    detail::redact(who_->key, said);
    detail::redact(who_->key, trouble);
    detail::redact(who_->key, body);
    if (!said.request_id.empty()) request_id_ = said.request_id;
    if (trouble && !trouble->request_id.empty()) request_id_ = trouble->request_id; // a store says it in XML
    if (!said.status.empty()) status_ = said.status;
    constexpr double largest = (std::numeric_limits<float>::max)();
    if (said.progress) percent_ = static_cast<float>(std::clamp(*said.progress, -largest, largest));
    if (said.eta) eta_ = static_cast<float>(std::clamp(*said.eta, -largest, largest));
    learn_urls(said);
    if (trouble) {
        trouble->task_id = task_id_;
        trouble->request_id = request_id_;
    }
    auto latest =
        std::make_unique<last_answer>(last_answer{std::move(said), std::move(trouble), std::move(body)});
    is_trouble_over_ = !latest->error && last_ != nullptr && last_->error;
    if (is_trouble_over_) latest->error = std::move(last_->error);
    last_ = std::move(latest);
}

/// All is well again; the error is kept for an end without a better one.
WAN_DECL void task::forget_last() noexcept {
    if (!is_trouble_over_) return last_.reset();
    last_->reply = {};
    last_->body = {};
}

WAN_DECL void task::on_submit(submit_reply&& answer, std::string&& body, time_point now) {
    const bool unreachable = answer.error && answer.error->category == error_category::transport;
    if (answer.verdict == submit_verdict::accepted)
        task_id_ = answer.reply.task_id;
    else if (answer.verdict == submit_verdict::unknown && answer.names_a_task) {
        if (urls_ == nullptr) urls_ = std::make_unique<service_urls>();
        urls_->unusable_id =
            answer.reply.task_id.empty() ? printable(body, detail::shown_begin) : answer.reply.task_id;
        detail::redact(who_->key, urls_->unusable_id);
    }
    learn(std::move(answer.reply), std::move(answer.error), std::move(body));
    switch (answer.verdict) {
    case submit_verdict::accepted:
        request_.reset();
        last_.reset();
        random_ ^= detail::hash_of(task_id_); // many tasks share a policy, and so the seed
        wake_after(now, poll().after(0));
        if (cancel_) wake_at_ = now;
        return apply(task_event::submit_accepted);
    case submit_verdict::not_accepted: return on_submit_not_taken(unreachable, answer.retry_after, now);
    case submit_verdict::refused: return apply(task_event::submit_refused);
    case submit_verdict::unknown: return lose_submit(now);
    }
}

/// It is looked for where there is a list, and a time from which on to look: an older task is never taken for
/// this one.
WAN_DECL void task::lose_submit(time_point now) {
    if (!who_->dialect->list.offered() || started_at_ == 0 || gave_up_on_submit_)
        return apply(task_event::submit_ambiguous);
    ++lost_submits_;
    failed_queries_ = 0;
    search_ = std::make_unique<search>();
    search_->arrived_by = wake_at_;
    search_->submit = std::move(request_);
    wake_after(now, policy_->submit.after(0));
    apply(task_event::submit_searchable);
}

/// A page of the list, then what is not known of each candidate, then a decision.
WAN_DECL step task::search_on(time_point now) {
    auto& s = *search_;
    if (s.is_over) return give_up_search();
    if (!s.is_whole) return send_list(now);
    for (; prompt_hash_ != 0 && s.asked < s.candidates.size(); ++s.asked) {
        if (s.candidates[s.asked].prompt) continue; // does not change
        auto query =
            detail::make_task_request(*who_, who_->dialect->query, s.candidates[s.asked].task.task_id, {});
        if (!query) continue;
        request_ = std::make_unique<http_request>(*std::move(query));
        apply(task_event::candidate_sent);
        return send(now, policy_->query_timeout);
    }
    return decide(now);
}

WAN_DECL step task::send_list(time_point now) {
    auto list = make_list(
        *who_, {.from = std::chrono::sys_seconds{std::chrono::seconds{started_at_}} - clock_tolerance,
                .model = model_,
                .page = search_->page});
    if (!list) {
        learn({}, std::move(list).error(), {});
        return give_up_search();
    }
    request_ = std::make_unique<http_request>(*std::move(list));
    apply(task_event::list_sent);
    return send(now, policy_->query_timeout);
}

WAN_DECL bool task::may_be_this(const listed_task& row) const {
    if (!detail::is_usable_task_id(row.task_id) || policy_->known(row.task_id) ||
        siblings_.known(row.task_id))
        return false;
    return row.model.empty() || detail::equal_ignoring_case(row.model, model_);
}

/// Whether a row may stand for this task though it cannot be taken for it: without an id, or of a model that
/// was not asked for.
WAN_DECL bool task::is_odd(const listed_task& row) const {
    if (!detail::is_usable_task_id(row.task_id)) return true;
    const bool is_filtered = !who_->dialect->list.model.empty();
    return is_filtered && !row.model.empty() && !detail::equal_ignoring_case(row.model, model_);
}

/// Seconds since 1970 by the service's clock.
WAN_DECL std::int64_t task::submitted_at() const noexcept {
    return started_at_ + (search_ != nullptr ? search_->clock_difference : 0);
}

WAN_DECL creation task::creation_of(const listed_task& row) const noexcept {
    if (!row.created_ms) return creation::not_reported;
    return *row.created_ms < static_cast<double>(submitted_at()) * 1000 ? creation::before_submit
                                                                        : creation::after_submit;
}

/// Clocks within some seconds are treated as the same. Of one that is further ahead, tasks from before the
/// submit would seem to be later ones; the list of one that is further behind does not show the task at all.
WAN_DECL void task::compare_clocks(const http_result& answer, time_point now) noexcept {
    const auto date = policy_->wall_clock ? date_of(answer) : std::nullopt;
    if (!date) return;
    // both are without their fractions
    const auto ahead = *date - (*policy_->wall_clock)(now)-std::chrono::seconds{1};
    constexpr std::chrono::seconds same{10}; // on the way, and between a service's own machines
    search_->clock_difference = ahead > same ? ahead.count() : 0;
}

WAN_DECL bool task::is_contested(std::optional<std::uint64_t> prompt_hash) const {
    return siblings_.has_open_submit != nullptr &&
           siblings_.has_open_submit(siblings_.known.context, prompt_hash);
}

/// The same page, or the same candidate, is asked for again: what was learned so far stays.
WAN_DECL void task::on_search_failure(bool may_pass, std::optional<std::chrono::seconds> retry_after,
                                      time_point now) {
    search_->is_over = !may_pass || ++failed_queries_ >= policy_->max_failed_queries;
    if (search_->is_over)
        wake_at_ = now;
    else
        wake_after(now, policy_->submit.after(failed_queries_ - 1), retry_after);
    apply(task_event::search_continues);
}

WAN_DECL void task::on_list(const http_result& answer, time_point now) {
    auto& s = *search_;
    constexpr unsigned most_pages = 50;
    auto page = parse_list(*who_->dialect, answer);
    if (!page) {
        auto why = std::move(page).error();
        const bool may_pass = why.category == error_category::transport || detail::may_pass(why.category);
        learn({}, std::move(why), {});
        return on_search_failure(may_pass, {}, now);
    }
    failed_queries_ = 0;
    detail::redact(who_->key, page->tasks);
    const bool is_odd_page =
        page->unreadable > 0 || std::any_of(page->tasks.begin(), page->tasks.end(),
                                            [&](const listed_task& row) { return is_odd(row); });
    const bool is_cut_off = page->tasks.empty() && page->pages && s.page < *page->pages;
    const bool is_last = page->tasks.empty() || (page->pages && s.page >= *page->pages);
    // If the clock had been fast, the lost task would seem to be an older one. A clock that is right now
    // shows nothing of the one in another process.
    const bool agrees_now = policy_->wall_clock && agrees(*policy_->wall_clock, answer, now);
    const bool was_clock_right = clock_ == clock_trust::checked || (!is_resumed_ && agrees_now);
    // How old the submit is, a clock tells that is right now: in the process that sent it any, as it goes on
    // evenly.
    const bool is_age_right = !is_resumed_ || agrees_now;
    compare_clocks(answer, now);
    add_candidates(std::move(page->tasks));
    wake_at_ = now;
    constexpr unsigned most_tries = 4;
    const bool is_once_odd = is_odd_page || is_cut_off || (s.clocks_agreed && !agrees_now);
    s.clocks_agreed = s.clocks_agreed || agrees_now;
    if (is_once_odd && s.page_tries < most_tries) {
        ++s.page_tries;
        return apply(task_event::search_continues);
    }
    s.page_tries = 1;
    s.is_whole = is_last || s.page >= most_pages;
    s.proves_absence = s.proves_absence && is_last == s.is_whole && !is_cut_off && !is_odd_page &&
                       was_clock_right && is_age_right && is_within_list(now);
    ++s.page;
    apply(task_event::search_continues);
}

/// A page may repeat rows of the one before it, when tasks are created in between.
WAN_DECL void task::add_candidates(std::vector<listed_task>&& rows) {
    auto& s = *search_;
    const auto asked_from =
        static_cast<double>(started_at_ - std::chrono::seconds{clock_tolerance}.count()) * 1000;
    // memory ran out, or the host's function threw
    if (s.seen.size() != s.candidates.size()) s.index_candidates();
    std::vector<search::seen_id> fresh;
    for (auto& row : rows) {
        s.ignores_filter = s.ignores_filter || (row.created_ms && *row.created_ms < asked_from);
        if (!may_be_this(row)) continue;
        const auto created = creation_of(row);
        const search::seen_id id{detail::hash_of(row.task_id), s.candidates.size()};
        const auto [first, last] = std::equal_range(s.seen.begin(), s.seen.end(), id, search::by_hash);
        const auto known = std::find_if(first, last, [&](const search::seen_id& seen) {
            return s.candidates[seen.candidate].task.task_id == row.task_id;
        });
        if (known == last) {
            s.candidates.push_back({.task = std::move(row), .created = created});
            fresh.push_back(id);
        } else {
            s.candidates[known->candidate].task = std::move(row);
            if (created != creation::not_reported) s.candidates[known->candidate].created = created;
        }
    }
    // Within the page, too: of the same id only the first stays.
    std::sort(fresh.begin(), fresh.end(), [](const search::seen_id& a, const search::seen_id& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.candidate < b.candidate;
    });
    const auto is_same = [&](const search::seen_id& a, const search::seen_id& b) {
        return a.hash == b.hash &&
               s.candidates[a.candidate].task.task_id == s.candidates[b.candidate].task.task_id;
    };
    if (std::adjacent_find(fresh.begin(), fresh.end(), is_same) != fresh.end()) {
        for (auto a = fresh.begin(), b = a + 1; b != fresh.end(); ++a, ++b)
            if (is_same(*a, *b)) s.candidates[b->candidate].is_repeated = true;
        std::erase_if(s.candidates, [](const search::candidate& c) { return c.is_repeated; });
        return s.index_candidates();
    }
    std::vector<search::seen_id> both;
    both.reserve(s.seen.size() + fresh.size());
    std::merge(s.seen.begin(), s.seen.end(), fresh.begin(), fresh.end(), std::back_inserter(both),
               search::by_hash);
    s.seen = std::move(both);
}

/// Whether the list still reaches back to the submit.
WAN_DECL bool task::is_within_list(time_point now) const {
    if (!policy_->wall_clock) return false;
    const auto age = (*policy_->wall_clock)(now)-std::chrono::sys_seconds{std::chrono::seconds{started_at_}};
    return age > -clock_tolerance && age < who_->dialect->list.reach - std::chrono::hours{1};
}

WAN_DECL void task::on_candidate(query_reply&& answer, time_point now) {
    auto& s = *search_;
    auto& c = s.candidates[s.asked];
    if (const auto& told = answer.reply.orig_prompt; !told.empty())
        c.prompt = has_prompt(told) ? prompt_hash_ : detail::hash_of_prompt(told);
    // A service that does not know one candidate may still be asked for the others.
    const bool may_pass = !answer.error || answer.error->category == error_category::transport ||
                          detail::may_pass(answer.error->category);
    if (const auto made_at = detail::parse_service_time(answer.reply.submit_time);
        made_at && c.created == creation::not_reported)
        c.created = made_at->time_since_epoch().count() < submitted_at() ? creation::before_submit
                                                                         : creation::after_submit;
    const bool is_unanswered =
        answer.verdict == query_verdict::retry || answer.verdict == query_verdict::lost;
    if (is_unanswered && may_pass && !c.prompt) return on_search_failure(true, answer.retry_after, now);
    failed_queries_ = 0;
    c.answered = !is_unanswered;
    ++s.asked;
    wake_at_ = now;
    apply(task_event::search_continues);
}

/// Only where nobody else submits is a listed task taken for this one: the one with the same prompt, or at
/// the last look the only one whose prompt is not known; unless it is older than the submit, or a sibling
/// without a response may have made it. In all other cases the candidates are left to the caller. If two
/// complete reads show no candidate, the submit never arrived. A list with a candidate that is older proves
/// nothing, nor does any list from before the submit's timeout: the service may still be working on it.
WAN_DECL step task::decide(time_point now) {
    auto& s = *search_;
    // The answer to a sibling's submit may have come since its task was listed.
    if (std::erase_if(s.candidates, [&](const search::candidate& c) { return !may_be_this(c.task); }) > 0)
        s.index_candidates();
    const auto is_later = [&](const search::candidate& c) {
        return c.created == creation::after_submit ||
               (c.created == creation::not_reported && !s.ignores_filter);
    };
    const auto fits = [&](const search::candidate& c) {
        return prompt_hash_ != 0 && c.prompt && *c.prompt == prompt_hash_;
    };
    const auto has = [&](const search::candidate& c) { return is_later(c) && fits(c); };
    const auto open = [&](const search::candidate& c) {
        return is_later(c) && (prompt_hash_ == 0 || !c.prompt);
    };
    const auto is_doubt = [&](const search::candidate& c) {
        return !is_later(c) && (fits(c) || prompt_hash_ == 0 || !c.prompt);
    };
    const auto found = std::count_if(s.candidates.begin(), s.candidates.end(), has);
    const auto undecided = std::count_if(s.candidates.begin(), s.candidates.end(), open);
    const bool all_answered = std::all_of(s.candidates.begin(), s.candidates.end(),
                                          [](const search::candidate& c) { return c.answered; });
    const bool may_guess = found == 0 && undecided == 1 && s.looks >= policy_->max_searches &&
                           (prompt_hash_ == 0 || all_answered) && !cancel_;
    if (policy_->sole_user &&
        ((found == 1 && !is_contested(prompt_hash_)) || (may_guess && !is_contested({})))) {
        id_ = id_trust::inferred;
        inferred_from_ = found == 1 ? prompt_match::equal : prompt_match::not_reported;
        const auto one = found == 1 ? std::find_if(s.candidates.begin(), s.candidates.end(), has)
                                    : std::find_if(s.candidates.begin(), s.candidates.end(), open);
        task_id_ = std::move(one->task.task_id);
        status_ = std::move(one->task.status);
        search_.reset();
        uploads_.reset();
        request_.reset();
        last_.reset();
        wake_at_ = now;
        apply(task_event::task_found);
        return next(now);
    }
    const bool is_in_vain = now >= s.arrived_by && found == 0 && undecided == 0 &&
                            std::none_of(s.candidates.begin(), s.candidates.end(), is_doubt);
    s.in_vain += is_in_vain;
    s.proofs += is_in_vain && s.proves_absence;
    // More looks cannot tell whose it is.
    if (!policy_->sole_user && found > 0 && s.looks >= 2) return give_up_search();
    const bool may_submit = policy_->submit_again_if_not_listed &&
                            (s.submit != nullptr || uploads_ != nullptr) &&
                            lost_submits_ < policy_->max_lost_submits &&
                            // which the service accepted, whatever its list shows
                            (urls_ == nullptr || urls_->unusable_id.empty());
    if ((may_submit ? s.proofs : s.in_vain) < 2) return look_again(now);
    if (!may_submit) return give_up_search();
    request_ = std::move(s.submit);
    search_.reset();
    last_.reset();
    wake_at_ = now;
    apply(task_event::submit_not_listed);
    return step::wait(now); // not sent by the same step: among many tasks a submit waits for its turn
}

WAN_DECL step task::look_again(time_point now) {
    auto& s = *search_;
    if (s.looks >= policy_->max_searches) return give_up_search();
    s.looks += now >= s.arrived_by;
    s.page = 1;
    s.is_whole = false;
    s.proves_absence = true;
    s.asked = 0;
    for (auto& c : s.candidates) c.answered = c.prompt.has_value();
    wake_after(now, policy_->search_interval);
    return next(now);
}

WAN_DECL step task::give_up_search() {
    search_->doubt =
        search_->in_vain >= 2
            ? "the submit got no response, and the service's task list does not show its task"
        : search_->is_over
            ? "the submit got no response, and the service's task list could not be read"
            : "the submit got no response, and the service's task list does not tell which task is its";
    return finish(task_event::search_failed);
}

/// Whether this is the task with the request's prompt, as far as hashes tell. Tokens of before have a hash of
/// all of it.
WAN_DECL bool task::has_prompt(std::string_view told) const noexcept {
    return detail::hash_of_prompt(told) == prompt_hash_ || detail::hash_of(told) == prompt_hash_;
}

/// Ends the task if the one that was taken for it turns out to be somebody else's, or ends in a way that may
/// be somebody else's.
WAN_DECL bool task::ends_as_another(query_verdict verdict) {
    if (!is_guess()) return false;
    const auto& prompt = last_->reply.orig_prompt;
    if (prompt_hash_ != 0 && !prompt.empty()) {
        if (has_prompt(prompt)) {
            inferred_from_ = prompt_match::equal;
            return false;
        }
        end_in_doubt(task_event::task_mismatch, "has another prompt");
        return true;
    }
    const bool ends_badly = verdict == query_verdict::failed || verdict == query_verdict::canceled ||
                            verdict == query_verdict::expired;
    if (ends_badly)
        end_in_doubt(task_event::task_mismatch, "came to another end (" + std::string{to_wire(verdict)} +
                                                    ") and does not tell its prompt");
    return ends_badly;
}

WAN_DECL void task::on_submit_not_taken(bool unreachable, std::optional<std::chrono::seconds> retry_after,
                                        time_point now) {
    auto& count = unreachable ? unreachable_submits_ : throttled_submits_;
    wake_after(now, policy_->submit.after(count), retry_after);
    if (++count < (unreachable ? policy_->max_unreachable_submits : policy_->max_throttled_submits))
        apply(task_event::submit_not_taken);
    else
        apply(unreachable ? task_event::submit_unreachable : task_event::submit_refused);
}

/// By the time that this task was watched, or by the wall clock. A clock that was never set proves nothing.
WAN_DECL bool task::is_older_than_kept(time_point now) const noexcept {
    const auto kept = who_->dialect->keeps_tasks_for;
    if (now - (deadline_ - policy_->deadline) >= kept) return true;
    constexpr std::int64_t first_wan_task = 1'735'689'600; // 2025-01-01
    if (started_at_ < first_wan_task || !policy_->wall_clock) return false;
    return (*policy_->wall_clock)(now)-std::chrono::sys_seconds{std::chrono::seconds{started_at_}} >= kept;
}

WAN_DECL void task::on_query(query_reply&& answer, std::string&& body, time_point now) {
    // DashScope says so of tasks that it has only just accepted, too.
    if (answer.verdict == query_verdict::expired && !is_older_than_kept(now)) {
        answer.verdict = query_verdict::retry;
        answer.error = error{.category = error_category::not_found,
                             .message = "the service reports the status " + printable(answer.reply.status) +
                                        " of a task that it should still keep; it keeps tasks for " +
                                        std::to_string(who_->dialect->keeps_tasks_for.count()) + " h",
                             .request_id = answer.reply.request_id};
    }
    const bool may_ask_again = ++failed_queries_ < policy_->max_failed_queries;
    learn(std::move(answer.reply), std::move(answer.error), std::move(body));
    wake_after(now, poll().after(queries_), answer.retry_after);
    if (ends_as_another(answer.verdict)) return;
    request_.reset();
    switch (answer.verdict) {
    case query_verdict::working:
        failed_queries_ = 0;
        forget_last();
        if (cancel_) wake_at_ = now;
        return apply(task_event::task_running);
    case query_verdict::succeeded: return apply(task_event::task_succeeded);
    case query_verdict::result_due:
        failed_queries_ = 0;
        forget_last();
        wake_at_ = now;
        return apply(task_event::result_elsewhere);
    case query_verdict::failed: return apply(task_event::task_failed);
    case query_verdict::canceled: return apply(task_event::task_canceled);
    case query_verdict::expired: return apply(task_event::task_expired);
    case query_verdict::retry:
        return apply(may_ask_again ? task_event::query_failed : task_event::query_lost);
    case query_verdict::lost: return apply(task_event::query_lost);
    }
}

/// Whatever the answer, the next query tells what became of the task.
WAN_DECL void task::on_cancel(cancel_reply&& answer, time_point now) {
    request_.reset();
    learn(std::move(answer.reply), std::move(answer.error), {});
    if (!last_->error || is_trouble_over_) forget_last();
    const bool again = answer.verdict == cancel_verdict::retry && cancels_ < policy_->max_cancels;
    cancel_ = again;
    if (again)
        wake_after(now, policy_->submit.after(cancels_ - 1), answer.retry_after);
    else
        wake_after(now, poll().after(queries_));
    if (answer.verdict == cancel_verdict::canceled) wake_at_ = now;
    apply(task_event::cancel_answered);
}

WAN_DECL void task::wake_after(time_point now, milliseconds wait,
                               std::optional<std::chrono::seconds> at_least) noexcept {
    const auto jittered = static_cast<double>(wait.count()) * (1 + policy_->jitter * (2 * random_part() - 1));
    wait = (std::max)(detail::shortest_wait, milliseconds{static_cast<std::int64_t>(jittered)});
    if (at_least)
        wait = (std::max)(wait, milliseconds{(std::min)(*at_least, std::chrono::floor<std::chrono::seconds>(
                                                                       detail::longest_wait))});
    wake_at_ = detail::later(now, wait);
}

/// splitmix64
WAN_DECL std::uint64_t task::random_bits() noexcept { return detail::spread(random_ += 0x9E3779B97F4A7C15); }

/// From 0 to 1.
WAN_DECL double task::random_part() noexcept { return static_cast<double>(random_bits() >> 11) * 0x1p-53; }

template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request,
                       std::shared_ptr<const policy> how, strictness strict) {
    auto draft = detail::draft_submit(*who, request, strict);
    if (!draft) return std::move(draft).error();
    task made{who, std::move(how), model_of(*who, request),
              draft->needs_uploads() ? task_state::uploading : task_state::ready};
    made.set_draft(*std::move(draft));
    if (request.prompt) made.prompt_hash_ = detail::hash_of_prompt(*request.prompt);
    made.mix_seed(made.prompt_hash_); // many tasks share a policy, and so the seed
    return made;
}

template <job_request Request>
result<task> make_task(std::shared_ptr<const provider> who, const Request& request, const policy& how,
                       strictness strict) {
    return make_task(std::move(who), request, std::make_shared<const policy>(how), strict);
}

template <job_request Request>
result<task> make_task(provider who, const Request& request, const policy& how, strictness strict) {
    return make_task(std::make_shared<const provider>(std::move(who)), request, how, strict);
}

namespace detail {

inline error bad_token(std::string message) {
    return error{.category = error_category::token, .message = "resume token: " + std::move(message)};
}

inline result<void> check_origin(const provider& who, const resume_token& token) {
    if (token.dialect == who.dialect->name && joined_url(token.base_url, {}) == joined_url(who.base_url, {}))
        return {};
    return bad_token("is of " + printable(token.dialect) + " at " + shown_url(token.base_url) + ", not of " +
                     std::string{who.dialect->name} + " at " + shown_url(who.base_url) +
                     (token.task_id.empty() && !is_submit_open(token.state)
                          ? "; it names no task, and nothing was submitted: start anew"
                          : ""));
}

} // namespace detail

template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, std::shared_ptr<const policy> how, strictness strict) {
    if (auto found = validate(*who); !found.empty()) return refusal(std::move(found));
    if (auto same = detail::check_origin(*who, token); !same) return std::move(same).error();
    if (!token.task_id.empty()) return resume_task(std::move(who), token, std::move(how));
    if (const auto model = model_of(*who, request); model != token.model)
        return detail::bad_token("is of a task of " + printable(token.model) + ", the request of " +
                                 printable(model));
    const bool is_same =
        request.prompt ? token.prompt_hash == detail::show_hash(detail::hash_of_prompt(*request.prompt)) ||
                             token.prompt_hash == detail::show_hash(detail::hash_of(*request.prompt))
                       : token.prompt_hash.empty();
    if (!is_same) return detail::bad_token("is of a request with another prompt");
    if (!is_submit_open(token.state)) return make_task(std::move(who), request, std::move(how), strict);
    auto draft = detail::draft_submit(*who, request, strictness::off);
    if (!draft) return std::move(draft).error();
    auto made = resume_task(std::move(who), token, std::move(how));
    if (made && made->search_ != nullptr) {
        made->set_draft(*std::move(draft));
        made->search_->submit = std::move(made->request_);
    }
    return made;
}

template <job_request Request>
result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                         const Request& request, const policy& how, strictness strict) {
    return resume_task(std::move(who), token, request, std::make_shared<const policy>(how), strict);
}

template <job_request Request>
result<task> resume_task(provider who, const resume_token& token, const Request& request, const policy& how,
                         strictness strict) {
    return resume_task(std::make_shared<const provider>(std::move(who)), token, request, how, strict);
}

WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  std::shared_ptr<const policy> how) {
    if (auto found = validate(*who); !found.empty()) return refusal(std::move(found));
    if (auto same = detail::check_origin(*who, token); !same) return std::move(same).error();
    for (const auto& url : {token.query_url, token.result_url})
        if (!url.empty() && !is_same_origin(who->base_url, url))
            return detail::bad_token("names " + printable(url, 120) + ", which is not of " + who->base_url);
    if (token.task_id.empty() && !is_submit_open(token.state))
        return detail::bad_token("nothing was submitted (" + std::string{to_wire(token.state)} +
                                 "); there is nothing to go on with");
    task made{std::move(who), std::move(how), token.model,
              token.task_id.empty() ? task_state::submit_unknown : task_state::waiting};
    made.task_id_ = token.task_id;
    made.random_ ^= detail::hash_of(token.task_id);
    if (!token.query_url.empty() || !token.result_url.empty() || !token.unusable_id.empty())
        made.urls_ = std::make_unique<task::service_urls>(
            task::service_urls{token.query_url, token.result_url, token.unusable_id});
    made.started_at_ = token.started_at.value_or(0);
    made.clock_ = token.clock.value_or(clock_trust::unchecked);
    if (!token.task_id.empty()) made.id_ = token.id.value_or(id_trust::confirmed);
    made.inferred_from_ = token.inferred_from.value_or(prompt_match::not_reported);
    made.is_resumed_ = true;
    made.prompt_hash_ = detail::read_hash(token.prompt_hash).value_or(0);
    made.mix_seed(made.prompt_hash_);
    if (!token.task_id.empty()) return made;
    if (made.who_->dialect->list.offered() && made.started_at_ != 0) {
        made.state_ = task_state::submit_lost;
        made.lost_submits_ = 1;
        made.search_ = std::make_unique<task::search>();
        return made;
    }
    made.learn({},
               error{.category = error_category::protocol,
                     .message = "a submit was sent, but its answer never arrived; the task may exist"},
               {});
    made.end(task_state::submit_unknown, {});
    return made;
}

WAN_DECL result<task> resume_task(std::shared_ptr<const provider> who, const resume_token& token,
                                  const policy& how) {
    return resume_task(std::move(who), token, std::make_shared<const policy>(how));
}

WAN_DECL result<task> resume_task(provider who, const resume_token& token, const policy& how) {
    return resume_task(std::make_shared<const provider>(std::move(who)), token, how);
}

} // namespace wan::inline WAN_ABI
