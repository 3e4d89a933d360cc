// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many tasks in virtual time, against a model of DashScope that fails at random, by hosts that die at random.
// All that happens follows from a seed.
#pragma once

#include "support/http_date.hpp"
#include "support/scripted_peer.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

struct simulation_counts {
    std::uint64_t shots = 0;
    std::uint64_t steps = 0; ///< of all schedulers, answers included
    std::uint64_t requests = 0;
    std::uint64_t faults = 0;  ///< calls that went wrong
    std::uint64_t deaths = 0;  ///< of processes
    std::uint64_t resumed = 0; ///< shots that another process went on with
    /// The service made the task, and its answer did not come whole or in time.
    std::uint64_t lost_submits = 0;
    std::uint64_t second_submits = 0; ///< of a shot of which one was sent, and may have been accepted
    std::map<wan::task_ending, std::uint64_t> ends = {}; ///< of shots, by outcome
    /// Lost submits whose task was not found after an hour and three resumes, by cause.
    std::map<std::string, std::uint64_t, std::less<>> open = {};
    /// Lost submits whose task the list tells from all others: their prompts differ, and the clock is not
    /// fast, or the process that submitted went on and saw Date headers.
    std::uint64_t findable = 0;
    std::uint64_t findable_open = 0; ///< and it was not found
    /// Open ones whose task may as well be that of another open submit: no rule could tell them apart.
    std::uint64_t undecidable = 0;

    simulation_counts& operator+=(const simulation_counts& other) {
        shots += other.shots, steps += other.steps, requests += other.requests, faults += other.faults,
            deaths += other.deaths;
        resumed += other.resumed, lost_submits += other.lost_submits, second_submits += other.second_submits;
        for (const auto& [state, count] : other.ends) ends[state] += count;
        for (const auto& [cause, count] : other.open) open[cause] += count;
        findable += other.findable, findable_open += other.findable_open, undecidable += other.undecidable;
        return *this;
    }
};

struct simulated {
    simulation_counts counts = {};
    std::string violation = {}; ///< the first broken promise, with the seed; empty: none
};

/// splitmix64: the same numbers with every standard library.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t roll() {
        auto x = state_ += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
    std::uint64_t below(std::uint64_t n) { return roll() % n; }
    bool chance(double p) { return static_cast<double>(roll() >> 11) * 0x1p-53 < p; }
    std::chrono::milliseconds between(std::chrono::milliseconds least, std::chrono::milliseconds most) {
        return least +
               std::chrono::milliseconds{below(static_cast<std::uint64_t>((most - least).count()) + 1)};
    }
    template <class T, std::size_t N>
    T one_of(const T (&values)[N]) {
        return values[below(N)];
    }

private:
    std::uint64_t state_;
};

/// Who else uses the account.
enum class neighbourhood {
    /// A second program submits with the same prompts and other frames; nothing that is inferred may be
    /// adopted.
    shared,
    alone, ///< `policy::sole_user`, and there is no second program
    /// `policy::sole_user`, and what is not known at the end is resumed three times within an hour.
    searched,
    /// The same, and all that a lost submit can be found by: a checked clock, Date headers, prompts that
    /// differ.
    certain,
};

/// What all shots of a simulation share.
struct simulation_weather {
    neighbourhood who;
    double fault_rate;
    bool newest_first; ///< the rows of the list
    bool tells_pages;  ///< how many the list has
    bool sends_date;
    bool tells_running_prompts; ///< before a task is at its end
    std::size_t page_size;
    std::chrono::milliseconds listed_after; ///< its submit
    double jump_rate;                       ///< of replies with a list whose timestamps are 8 hours behind
    bool is_clock_checked;                  ///< by the host
    std::chrono::seconds clock_skew;        ///< of the host
    bool submit_again;
    double share_of_no_prompts;
    double share_of_same_prompts;
    unsigned deaths;
    wan::account_limits account;
    wan::lane_limits lane;

    simulation_weather(dice& d, double faults, neighbourhood others) : who(others), fault_rate(faults) {
        newest_first = d.chance(0.5);
        tells_pages = d.chance(0.8);
        sends_date = d.chance(0.8);
        tells_running_prompts = d.chance(0.7);
        page_size = d.one_of<std::size_t>({5, 10, 20});
        listed_after = d.chance(0.7) ? 0ms : d.between(0ms, 5s);
        jump_rate = d.chance(0.5) ? 0 : 0.2;
        is_clock_checked = d.chance(0.5);
        // Who says that their clock is right must be right.
        clock_skew = is_clock_checked || d.chance(0.5)
                         ? 0s
                         : d.one_of<std::chrono::seconds>({30s, -30s, 600s, -600s, 8h, -8h});
        submit_again = d.chance(0.7);
        share_of_no_prompts = d.one_of({0.0, 0.0, 0.3, 1.0});
        share_of_same_prompts = d.one_of({0.0, 0.0, 0.3, 1.0});
        deaths = static_cast<unsigned>(d.one_of({0, 1, 2, 4}));
        lane = {.submits_per_second = d.one_of({0.5, 1.0, 2.0, 5.0}),
                .running_tasks = d.one_of({0u, 3u, 5u, 10u})};
        account = {.queries_per_second = d.one_of({2.0, 5.0, 20.0}),
                   .requests_at_once = d.one_of({2u, 4u, 64u})};
        if (who != neighbourhood::certain) return;
        sends_date = is_clock_checked = submit_again = true;
        clock_skew = 0s;
        share_of_no_prompts = share_of_same_prompts = 0;
    }
};

/// DashScope's side of the account. It knows whose shot each submit was for: each has a first frame of its
/// own.
class dashscope_model {
public:
    static constexpr unsigned nobodys_shot = 0xFFFFFFFF; ///< of the second program
    static constexpr std::chrono::sys_seconds start{std::chrono::seconds{1'770'000'000}};

    struct made_task {
        unsigned shot;
        std::string prompt;
        std::chrono::milliseconds created; ///< since the start
        std::chrono::milliseconds runs_from;
        std::chrono::milliseconds ends;
        bool fails;
        bool canceled = false;
    };

    dashscope_model(const simulation_weather& weather, std::size_t shots, dice& d)
        : made_for(shots), weather_(weather), dice_(d) {}

    /// What the caller gets, and whether a task was made.
    wan::http_result operator()(const wan::http_request& request, std::chrono::milliseconds now) {
        now_ = now;
        if (weather_.who == neighbourhood::shared) second_program(request);
        if (!dice_.chance(weather_.fault_rate)) return serve(request);
        ++faults;
        switch (dice_.below(10)) {
        case 0: return not_sent();
        case 1: return maybe_sent();
        case 2: return failure(429, "Throttling.RateQuota");
        case 3: return failure(503, "ModelUnavailable");
        case 4: return failure(500, "InternalError");
        case 5: return answer(502, "<html>Bad Gateway</html>");
        default: break;
        }
        const auto done = serve(request); // and then its answer suffers
        switch (dice_.below(4)) {
        case 0: return maybe_sent();
        case 1: return failure(500, "InternalError");
        case 2: return answer(200, "");
        default: return answer(200, done->body.substr(0, done->body.size() / 2));
        }
    }

    /// The task of an id; null if there is none.
    const made_task* find(std::string_view id) const {
        const auto number = number_of(id);
        return number < tasks.size() ? &tasks[number] : nullptr;
    }
    static std::string id_of(std::size_t number) {
        char text[48];
        std::snprintf(text, sizeof text, "3f21a745-9f4b-4588-b643-%012zu", number);
        return text;
    }
    bool is_at_end(const made_task& t, std::chrono::milliseconds now) const {
        return t.canceled || now >= t.ends;
    }

    static unsigned shot_of(const wan::http_request& submit) {
        const auto body = *submit.body.flatten();
        return static_cast<unsigned>(number_after(body, "frames.example/"));
    }

    std::vector<made_task> tasks;
    std::vector<std::vector<std::size_t>> made_for; ///< the tasks of each shot
    std::uint64_t faults = 0;

private:
    static std::uint64_t number_after(std::string_view text, std::string_view mark) {
        std::uint64_t number = 0;
        const auto at = text.find(mark);
        if (at == std::string_view::npos) return 0;
        for (const char c : text.substr(at + mark.size())) {
            if (c < '0' || c > '9') break;
            number = number * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return number;
    }
    static std::size_t number_of(std::string_view id) {
        return id.size() == 36 ? static_cast<std::size_t>(number_after(id, "3f21a745-9f4b-4588-b643-"))
                               : (std::numeric_limits<std::size_t>::max)();
    }

    /// Another worker with the same presets: before, during and after our submits, and often with the prompt
    /// of one.
    void second_program(const wan::http_request& request) {
        if (!dice_.chance(0.15)) return;
        const bool is_submit = request.method == wan::http_method::post && !request.url.ends_with("/cancel");
        auto prompt = is_submit       ? prompt_of(*request.body.flatten())
                      : tasks.empty() ? std::string{}
                                      : tasks[static_cast<std::size_t>(dice_.below(tasks.size()))].prompt;
        if (!prompt.empty()) last_prompt_ = prompt;
        const auto runs_from = now_ + dice_.between(1s, 30s);
        tasks.push_back({nobodys_shot, dice_.chance(0.5) ? std::move(prompt) : last_prompt_, now_, runs_from,
                         runs_from + dice_.between(30s, 200s), dice_.chance(0.1)});
    }

    static std::string prompt_of(const std::string& body) {
        constexpr std::string_view mark = R"("prompt":")";
        const auto at = body.find(mark);
        return at == std::string::npos
                   ? std::string{}
                   : body.substr(at + mark.size(), body.find('"', at + mark.size()) - at - mark.size());
    }

    wan::http_result serve(const wan::http_request& request) {
        if (request.url.ends_with("/cancel")) return cancel(request.url);
        if (request.method == wan::http_method::post) return submit(request);
        if (request.url.find("/tasks/?") != std::string::npos) return list(request.url);
        return query(request.url);
    }

    wan::http_result submit(const wan::http_request& request) {
        const auto body = *request.body.flatten();
        auto prompt = prompt_of(body);
        const auto shot = shot_of(request);
        const auto runs_from = now_ + dice_.between(1s, 30s);
        if (shot < made_for.size()) made_for[shot].push_back(tasks.size());
        tasks.push_back(
            {shot, std::move(prompt), now_, runs_from, runs_from + dice_.between(30s, 200s), shot % 11 == 7});
        return answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id_of(tasks.size() - 1) +
                               R"("},"request_id":"4909100c-7b5a-9f92-bfe5-d9cdb7a4c9a1"})");
    }

    wan::http_result cancel(std::string_view url) {
        const auto ids = url.substr(0, url.size() - std::string_view{"/cancel"}.size());
        const auto number = number_of(ids.substr(ids.rfind('/') + 1));
        if (number >= tasks.size() || now_ >= tasks[number].runs_from)
            return failure(400, "UnsupportedOperation");
        tasks[number].canceled = true;
        return answer(200, R"({"request_id":"4909100c-7b5a-9f92-bfe5-d9cdb7a4c9a1"})");
    }

    wan::http_result query(const std::string& url) {
        const auto id = url.substr(url.rfind('/') + 1);
        const auto* t = find(id);
        if (t == nullptr)
            return answer(200, R"({"output":{"task_id":")" + id + R"(","task_status":"UNKNOWN"}})");
        const bool done = now_ >= t->ends;
        std::string body = R"({"request_id":"e5d70b02-ebd3-98ce-9fe8-759d7d7b107d","output":{"task_id":")" +
                           id + R"(","task_status":")";
        if (t->canceled)
            body += R"(CANCELED")";
        else if (done && t->fails)
            body += R"(FAILED","code":"InternalError","message":"no video")";
        else if (done)
            body += R"(SUCCEEDED","video_url":"https://result.example/)" + id + R"(.mp4")";
        else if (now_ < t->runs_from)
            body += R"(PENDING")";
        else
            body += dice_.chance(weather_.fault_rate / 4) ? R"(DREAMING")" : R"(RUNNING")";
        if (!t->prompt.empty() && (done || weather_.tells_running_prompts))
            body += R"(,"orig_prompt":")" + t->prompt + R"(")";
        return answer(200, body + "}}");
    }

    wan::http_result list(const std::string& url) {
        const auto page = static_cast<std::size_t>(number_after(url, "page_no="));
        const auto from = time_of(number_after(url, "start_time="));
        std::vector<std::size_t> listed;
        for (std::size_t i = 0; i < tasks.size(); ++i)
            if (start + tasks[i].created >= from && now_ >= tasks[i].created + weather_.listed_after)
                listed.push_back(i);
        if (weather_.newest_first) std::reverse(listed.begin(), listed.end());
        const auto jump = dice_.chance(weather_.jump_rate) ? std::chrono::hours{8} : std::chrono::hours{0};
        std::string rows;
        for (std::size_t i = (page - 1) * weather_.page_size;
             i < std::min(listed.size(), page * weather_.page_size); ++i)
            rows.append(rows.empty() ? "" : ",")
                .append(R"({"task_id":")")
                .append(id_of(listed[i]))
                .append(R"(","model_name":"wan2.2-kf2v-flash","gmt_create":)")
                .append(std::to_string(
                    std::chrono::milliseconds{start.time_since_epoch() + tasks[listed[i]].created - jump}
                        .count()))
                .append("}");
        const auto pages = (listed.size() + weather_.page_size - 1) / weather_.page_size;
        std::vector<wan::http_header> headers;
        if (weather_.sends_date) headers.push_back({"Date", date()});
        return answer(200,
                      R"({"data":[)" + rows + "]" +
                          (weather_.tells_pages ? R"(,"total_page":)" + std::to_string(pages) : "") + "}",
                      std::move(headers));
    }

    /// yyyymmddhhmmss at UTC+8.
    static std::chrono::sys_seconds time_of(std::uint64_t digits) {
        const auto two = [&] { return static_cast<unsigned>(std::exchange(digits, digits / 100) % 100); };
        const auto second = two(), minute = two(), hour = two(), day = two(), month = two();
        const std::chrono::sys_days date =
            std::chrono::year{static_cast<int>(digits)} / std::chrono::month{month} / std::chrono::day{day};
        return date + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second} -
               std::chrono::hours{8};
    }

    std::string date() const { return http_date(start + std::chrono::floor<std::chrono::seconds>(now_)); }

    const simulation_weather& weather_;
    dice& dice_;
    std::string last_prompt_;
    std::chrono::milliseconds now_{};
};

/// The caller's side: one process after another, which share a ledger alone.
class simulated_host {
public:
    simulated_host(std::uint64_t seed, double fault_rate, unsigned shots, neighbourhood who)
        : seed_(seed), dice_(seed), weather_(dice_, fault_rate, who), service_(weather_, shots, dice_) {
        for (unsigned i = 0; i < shots; ++i) {
            shot s;
            s.request = test_shot();
            s.request.first_frame_url = "https://frames.example/" + std::to_string(i) + ".png";
            if (dice_.chance(weather_.share_of_same_prompts))
                s.request.prompt = "the same";
            else if (!dice_.chance(weather_.share_of_no_prompts))
                s.request.prompt = "shot " + std::to_string(i);
            s.comes_at = dice_.chance(0.5) ? 0ms : dice_.between(0ms, 5min);
            ledger_.push_back(std::move(s));
        }
        counts_.shots = shots;
    }

    simulated run() {
        begin_process();
        const std::uint64_t most_steps = 20'000 * ledger_.size();
        constexpr std::chrono::hours longest{48};
        while (violation_.empty() && (!is_over() || searches_again())) {
            if (++counts_.steps > most_steps) return end("never comes to an end: too many steps");
            if (now_ > longest) return end("never comes to an end: too much time");
            if (counts_.steps >= dies_at_) {
                die();
                continue;
            }
            step();
        }
        return end({});
    }

private:
    struct shot {
        wan::keyframe_to_video request = {};
        std::chrono::milliseconds comes_at{};
        // What the ledger keeps on disk.
        std::string token = {};
        std::optional<wan::task_ending> ended = {};
        std::string id = {}; ///< at its end
        // What only the simulation knows.
        std::string known_id = {}; ///< that a process was told
        bool is_held = false;      ///< by this process
        bool was_canceled = false;
        bool was_stopped = false;
        bool may_be_paid = false;         ///< a submit was sent, and no answer said that it was not accepted
        bool is_never_to_be_sent = false; ///< lost before a death, by a clock that nobody checked
        bool is_lost = false;             ///< the service made its task, and the response was lost
        bool was_searched = false;        ///< a search for its task ended
        std::chrono::milliseconds first_sent{-1}, last_sent{-1}; ///< the submit
        bool is_sender_gone = false; ///< the process that submitted it died, or stopped, before that
        std::string cause = {};      ///< why its task is not known
    };
    struct due {
        wan::scheduler::handle of;
        unsigned shot;
        wan::http_result what;
        bool is_submit;
        bool is_surplus = false; ///< a second time, or so late that nobody waits for it any more
    };

    wan::time_point clock() const { return base_ + (now_ - began_); }

    bool is_over() const {
        return std::all_of(ledger_.begin(), ledger_.end(),
                           [](const shot& s) { return s.ended && !s.is_held; });
    }

    /// At most three times another process goes on with what is not known.
    bool searches_again() {
        const auto is_unknown = [](const shot& s) { return s.ended == wan::task_ending::submit_unknown; };
        if ((weather_.who != neighbourhood::certain && weather_.who != neighbourhood::searched) ||
            std::none_of(ledger_.begin(), ledger_.end(), is_unknown))
            return false;
        if (++searches_ > 3) {
            if (weather_.who == neighbourhood::certain)
                violate("an unconfirmed submit was never found, although it could be found");
            return false;
        }
        end_process(weather_.who == neighbourhood::certain ? 10min : 20min);
        return true;
    }

    void violate(const std::string& what) {
        if (violation_.empty())
            violation_ =
                "seed " + std::to_string(seed_) + ", after " + std::to_string(now_.count()) + " ms: " + what;
    }
    void violate(unsigned of, const std::string& what) { violate("shot " + std::to_string(of) + " " + what); }
    simulated end(const std::string& what) {
        if (!what.empty()) violate(what);
        for (const auto& s : ledger_)
            if (s.ended) ++counts_.ends[*s.ended];
        for (unsigned i = 0; i < ledger_.size(); ++i)
            counts_.findable += ledger_[i].is_lost && is_findable(i);
        for (unsigned i = 0; i < ledger_.size(); ++i)
            if (ledger_[i].ended == wan::task_ending::submit_unknown && ledger_[i].id.empty() &&
                !service_.made_for[i].empty())
                ++counts_.open[ledger_[i].cause], counts_.findable_open += is_findable(i),
                    counts_.undecidable += !is_findable(i) && is_undecidable(i);
        counts_.faults += service_.faults;
        return {counts_, violation_};
    }

    // Processes.

    void begin_process() {
        began_ = now_;
        base_ = wan::time_point{dice_.between(0ms, 1000h)};
        tasks_.emplace(weather_.account, weather_.lane);
        for (auto& times : sent_) times.clear();
        auto how = std::make_shared<wan::policy>();
        wall_clock_ = {
            dashscope_model::start + std::chrono::floor<std::chrono::seconds>(now_) + weather_.clock_skew,
            clock(), weather_.is_clock_checked ? wan::clock_trust::checked : wan::clock_trust::unchecked};
        how->known = {[](const void* self, std::string_view id) {
                          return static_cast<const simulated_host*>(self)->ended_ids_.contains(id);
                      },
                      this};
        how->submit_again_if_not_listed = weather_.submit_again;
        how->sole_user = weather_.who != neighbourhood::shared;
        how->jitter_seed = dice_.roll();
        if (!is_last_search() && dice_.chance(0.1)) how->deadline = dice_.between(20s, 5min);
        how_ = std::move(how);
        dies_at_ = counts_.deaths < weather_.deaths ? counts_.steps + 1 + dice_.below(30 * ledger_.size())
                                                    : (std::numeric_limits<std::uint64_t>::max)();
        // Before any of them takes a step: each must know what may belong to another. One that nobody could
        // tell of is looked for again, and stays in the others' way.
        for (unsigned i = 0; i < ledger_.size(); ++i) {
            auto& s = ledger_[i];
            if (s.token.empty() || (s.ended && *s.ended != wan::task_ending::submit_unknown)) continue;
            resume(i);
        }
    }

    void resume(unsigned i) {
        auto& s = ledger_[i];
        const auto token = wan::read_token(s.token);
        if (!token) return violate(i, "cannot be resumed: " + token.error().message);
        auto made = wan::resume_task(who_, *token, s.request, wall_clock_, how_);
        if (!made) return violate(i, "cannot be resumed: " + made.error().message);
        if (!s.known_id.empty() && made->task_id() != s.known_id)
            violate(i, "loses its known task when it is resumed");
        if (wan::is_submit_open(*token) && token->task_id.empty() &&
            token->clock != wan::clock_trust::checked)
            s.is_never_to_be_sent = true;
        if (wan::is_submit_open(*token) && token->task_id.empty() && !s.was_searched) s.is_sender_gone = true;
        ++counts_.resumed;
        hold(i, *std::move(made));
    }

    void hold(unsigned i, wan::task made) {
        auto& s = ledger_[i];
        held_.push_back(tasks_->add(std::move(made), i % 3, i));
        s.ended.reset();
        s.is_held = true;
    }

    void die() {
        ++counts_.deaths;
        end_process(weather_.who == neighbourhood::certain || dice_.chance(0.8) ? 10min
                                                                                : std::chrono::minutes{10h});
    }

    void end_process(std::chrono::minutes at_most) {
        answers_.clear();
        held_.clear();
        tasks_.reset();
        for (auto& s : ledger_) s.is_held = false;
        now_ += dice_.between(0ms, at_most);
        begin_process();
    }

    // One step.

    void step() {
        std::optional<std::chrono::milliseconds> next_comes_at;
        for (unsigned i = 0; i < ledger_.size(); ++i) {
            auto& s = ledger_[i];
            if (s.is_held || s.ended || !s.token.empty()) continue;
            if (s.comes_at > now_) {
                next_comes_at = std::min(next_comes_at.value_or(s.comes_at), s.comes_at);
                continue;
            }
            auto made = wan::make_task(who_, s.request, wall_clock_, how_);
            if (!made) return violate(i, "cannot be started: " + made.error().message);
            hold(i, *std::move(made));
        }
        const auto todo = tasks_->next(clock());
        if (tasks_->requests_in_flight() > weather_.account.requests_at_once)
            violate("too many requests are in flight");
        if (todo.step.is_send()) return send(todo);
        if (todo.step.is_done()) return keep(static_cast<unsigned>(todo.tag), todo.step.outcome());
        if (todo.step.wake_at() <= clock()) return violate("a wait until the current time");
        if (!is_last_search() && dice_.chance(0.005)) return change_mind();
        auto until = answers_.empty() ? std::chrono::milliseconds::max() : answers_.begin()->first;
        if (next_comes_at) until = std::min(until, *next_comes_at);
        if (todo.step.wake_at() != wan::time_point::max())
            until = std::min(
                until, now_ + std::chrono::ceil<std::chrono::milliseconds>(todo.step.wake_at() - clock()));
        if (until == std::chrono::milliseconds::max()) return violate("waits forever");
        now_ = std::max(now_, until);
        if (answers_.empty() || answers_.begin()->first > now_) return;
        auto a = std::move(answers_.begin()->second);
        answers_.erase(answers_.begin());
        receive(std::move(a));
    }

    void change_mind() {
        std::erase_if(held_, [&](auto of) { return tasks_->find(of) == nullptr; });
        if (held_.empty()) return;
        const auto of = held_[static_cast<std::size_t>(dice_.below(held_.size()))];
        auto& s = ledger_[static_cast<std::size_t>(*tasks_->tag(of))];
        if (!s.is_held) return;
        if (dice_.chance(0.7)) {
            (void)tasks_->cancel(of); // refused at its end
            s.was_canceled = true;
        } else {
            (void)tasks_->stop(of);
            s.was_stopped = true;
        }
    }

    /// No half-open second has more than the limit; below one per second, none as long as one request takes
    /// has two.
    void check_rate(wan::request_kind kind) {
        const auto& a = weather_.account;
        const auto& l = weather_.lane;
        const double limits[]{l.submits_per_second, a.queries_per_second,         a.lists_per_second,
                              a.cancels_per_second, l.upload_policies_per_second, 0};
        const auto limit = limits[static_cast<std::size_t>(kind)];
        auto& sent = sent_[static_cast<std::size_t>(kind)];
        sent.push_back(now_);
        if (limit <= 0) return;
        const std::chrono::duration<double> window{1 / std::min(limit, 1.0)};
        while (sent.back() - sent.front() >= window) sent.pop_front();
        if (static_cast<double>(sent.size()) > std::max(limit, 1.0))
            violate("too many requests of kind " + std::string{to_wire(kind)} + " per second, of " +
                    std::to_string(limit));
    }

    void send(const wan::scheduler::action& todo) {
        const auto i = static_cast<unsigned>(todo.tag);
        auto& s = ledger_[i];
        const auto& request = todo.step.request();
        const auto* task = tasks_->find(todo.task);
        if (task == nullptr) return violate(i, "is sent with a handle of no task");
        const bool is_submit = task->state() == wan::task_state::submitting;
        ++counts_.requests;
        check_rate(todo.step.request_kind());
        if (is_submit) {
            s.token = to_string(task->token());
            if (dashscope_model::shot_of(request) != i) violate(i, "sends the request of another shot");
            if (s.is_never_to_be_sent) violate(i, "is submitted again, although the clock is unchecked");
            if (s.may_be_paid) {
                ++counts_.second_submits;
                if (!weather_.submit_again)
                    violate(i, "is submitted again, although the policy leaves that to the caller");
            }
            s.may_be_paid = true;
            if (s.first_sent < 0ms) s.first_sent = now_;
            s.last_sent = now_;
            if (dice_.chance(0.002)) return die_now(); // saved, and not sent
        }
        const auto made_before = service_.made_for[i].size();
        auto reply = service_(request, now_);
        if (is_submit) check_submit(i, made_before, reply);
        // The executor keeps the time-out, or is late, or never tells.
        due a{todo.task, i, std::move(reply), is_submit};
        const auto timeout = request.timeout;
        auto at = now_ + dice_.between(20ms, 3s);
        if (dice_.chance(weather_.fault_rate / 10)) {
            ++service_.faults;
            if (dice_.chance(0.5)) return;
            at = now_ + dice_.between(timeout, timeout * 3);
        }
        a.is_surplus = at >= now_ + 2 * timeout;
        auto again = a;
        answers_.emplace(at, std::move(a));
        if (!dice_.chance(weather_.fault_rate / 10)) return;
        again.is_surplus = true;
        answers_.emplace(at + (dice_.chance(0.5) ? 0ms : dice_.between(0ms, 40s)), std::move(again));
    }

    void check_submit(unsigned i, std::size_t made_before, const wan::http_result& reply) {
        const auto& made = service_.made_for[i];
        if (made.size() > 1) violate(i, "is paid twice");
        if (made.size() == made_before) return;
        if (!reply || reply->body.find(dashscope_model::id_of(made.back())) == std::string::npos)
            ++counts_.lost_submits, ledger_[i].is_lost = true;
        if (weather_.lane.running_tasks == 0) return;
        std::size_t running = 0;
        for (const auto& t : service_.tasks)
            running += t.shot != dashscope_model::nobodys_shot && ledger_[t.shot].is_held &&
                       !service_.is_at_end(t, now_);
        if (running > weather_.lane.running_tasks) violate("too many tasks run at once");
    }

    void die_now() {
        dies_at_ = std::min(dies_at_, counts_.deaths < weather_.deaths ? counts_.steps : dies_at_);
    }

    void receive(due a) {
        const bool says_not_taken = !a.what ? a.what.error().sent == wan::delivery::not_sent
                                            : a.what->status == 429 || a.what->status == 503;
        const auto* before = tasks_->find(a.of);
        const bool is_late = before != nullptr && before->awaits_late_response();
        const auto taken = tasks_->receive(a.of, std::move(a.what), clock());
        if (!taken && !a.is_surplus)
            return violate(a.shot, "does not accept a response: " + taken.error().message);
        if (!taken) return;
        auto& s = ledger_[a.shot];
        if (a.is_submit && says_not_taken && (!a.is_surplus || is_late)) s.may_be_paid = false;
        const auto* task = tasks_->find(a.of);
        if (task == nullptr) return violate(a.shot, "accepts a response with a handle of no task");
        check_id(a.shot, task->task_id());
        if (dice_.chance(0.002)) return die_now(); // before it is saved
        s.token = to_string(task->token());
        // A guess may be taken back: it is then a candidate that the caller is told of.
        if (!task->task_id().empty() && !task->token().id) s.known_id = task->task_id();
    }

    /// What the task is known by is of this shot, and stays.
    void check_id(unsigned i, std::string_view id) {
        const auto& s = ledger_[i];
        if (!s.known_id.empty() && id != s.known_id)
            violate(i, "loses its known task " + s.known_id + "; now it has '" + std::string{id} + "'");
        if (id.empty()) return;
        const auto* t = service_.find(id);
        if (t == nullptr) return violate(i, "has a task that the provider never created: " + std::string{id});
        if (t->shot == dashscope_model::nobodys_shot) return violate(i, "has the task of the second program");
        if (t->shot != i) violate(i, "has the task of shot " + std::to_string(t->shot));
    }

    void keep(unsigned i, const wan::outcome& end) {
        using enum wan::task_ending;
        auto& s = ledger_[i];
        const auto& made = service_.made_for[i];
        check_id(i, end.task_id);
        if (made.size() > 1) violate(i, "is paid twice");
        if (end.ending != submit_unknown && end.task_id.empty() && !made.empty())
            violate(i, "ends as " + std::string{to_wire(end.ending)} + " without its task");
        const auto* t = service_.find(end.task_id);
        bool is_right = false;
        switch (end.ending) {
        case succeeded:
            is_right = t != nullptr && now_ >= t->ends && !t->fails && end.video &&
                       end.video->url.find(end.task_id) != std::string::npos;
            break;
        case failed: is_right = t != nullptr && now_ >= t->ends && t->fails; break;
        case canceled: is_right = s.was_canceled && (t != nullptr ? t->canceled : end.task_id.empty()); break;
        case rejected: is_right = t == nullptr && end.error; break;
        case stopped: is_right = s.was_stopped; break;
        case unreachable: is_right = end.error.has_value(); break;
        case deadline: is_right = true; break;
        case submit_unknown: is_right = end.task_id.empty(); break;
        default: break;
        }
        if (!is_right) violate(i, "ends as " + std::string{to_wire(end.ending)} + ", which it should not");
        s.is_held = false;
        s.ended = end.ending;
        s.id = end.task_id;
        s.cause = cause_of(i, end);
        s.was_searched = s.was_searched || s.cause.starts_with("its task is");
        if (!s.id.empty()) ended_ids_.insert(s.id);
    }

    /// The caller of a search that goes on after all others has patience.
    bool is_last_search() const { return weather_.who == neighbourhood::searched && searches_ > 0; }

    bool is_twin(unsigned i) const {
        const auto& s = ledger_[i];
        return std::any_of(ledger_.begin(), ledger_.end(), [&](const shot& other) {
            return &other != &s && other.request.prompt == s.request.prompt;
        });
    }
    bool is_findable(unsigned i) const {
        return ledger_[i].request.prompt && !is_twin(i) &&
               (weather_.clock_skew <= 0s || (weather_.sends_date && !ledger_[i].is_sender_gone));
    }

    /// Whether a task may be that of a submit, by its prompt and the time that a submit may take to arrive.
    bool may_have_made(unsigned i, const dashscope_model::made_task& t) const {
        const auto& s = ledger_[i];
        return s.request.prompt.value_or(std::string{}) == t.prompt && s.first_sent >= 0ms &&
               t.created >= s.first_sent && t.created <= s.last_sent + 2 * how_->submit_timeout;
    }
    /// Whether the list would be the same, had another open submit made the task of this one, and this one
    /// that of the other, or none. A fast clock that nobody can correct hides the time as well.
    bool is_undecidable(unsigned i) const {
        if (weather_.clock_skew > 0s && (!weather_.sends_date || ledger_[i].is_sender_gone)) return true;
        const auto& mine = service_.tasks[service_.made_for[i].front()];
        for (unsigned j = 0; j < ledger_.size(); ++j) {
            if (j == i || ledger_[j].ended != wan::task_ending::submit_unknown || !may_have_made(j, mine))
                continue;
            const auto& theirs = service_.made_for[j];
            if (theirs.empty() || may_have_made(i, service_.tasks[theirs.front()])) return true;
        }
        return false;
    }

    /// Why the task of a lost submit is not known at the end of a search.
    std::string cause_of(unsigned i, const wan::outcome& end) const {
        if (end.ending != wan::task_ending::submit_unknown) return {};
        const std::string_view why = end.error ? std::string_view{end.error->message} : std::string_view{};
        const auto says = [&](std::string_view words) { return why.find(words) != std::string_view::npos; };
        if (says("was stopped")) return "the caller stopped the search";
        if (says("deadline passed")) return "the deadline passed during the search";
        if (says("could not be read")) return "the list could not be read";
        if (says("the only candidate task"))
            return "its task came to another end than a video, and tells no prompt: it is named to the "
                   "caller";
        if (!says("task list")) return "not searched: the executor never reported the submit";
        const auto& s = ledger_[i];
        const std::string about = !s.request.prompt ? ", no prompt" : is_twin(i) ? ", same prompts" : "";
        const auto own = [&](const wan::candidate& c) {
            const auto* t = service_.find(c.task_id);
            return t != nullptr && t->shot == i;
        };
        const auto found = std::find_if(end.candidates.begin(), end.candidates.end(), own);
        const std::string skew = weather_.clock_skew < 0s    ? ", slow clock"
                                 : weather_.clock_skew == 0s ? ""
                                 : !weather_.sends_date      ? ", fast clock and no Date headers"
                                 : s.is_sender_gone          ? ", fast clock of another process"
                                                             : ", fast clock";
        if (found == end.candidates.end()) return "its task is not a candidate" + about + skew;
        return "its task is one of " + std::string{end.candidates.size() > 1 ? "several" : "one"} +
               ", prompt " + std::string{to_wire(found->prompt)} + ", " +
               std::string{to_wire(found->created)} + about + skew;
    }

    std::uint64_t seed_;
    dice dice_;
    simulation_weather weather_;
    dashscope_model service_;
    std::vector<shot> ledger_;
    std::set<std::string, std::less<>> ended_ids_;
    simulation_counts counts_;
    std::string violation_;
    std::chrono::milliseconds now_{};
    // Of one process.
    std::chrono::milliseconds began_{};
    wan::time_point base_{};
    std::shared_ptr<const wan::provider> who_ = std::make_shared<const wan::provider>(test_provider());
    std::shared_ptr<const wan::policy> how_;
    wan::wall_clock wall_clock_ = wan::no_wall_clock;
    std::optional<wan::scheduler> tasks_;
    std::vector<wan::scheduler::handle> held_; ///< tags are the shots' numbers
    std::multimap<std::chrono::milliseconds, due> answers_;
    std::array<std::deque<std::chrono::milliseconds>, 6> sent_; ///< by kind, within the latest window
    std::uint64_t dies_at_ = 0;
    unsigned searches_ = 0;
};

/// Some shots to their ends. The same arguments, the same run.
inline simulated simulate(std::uint64_t seed, double fault_rate, neighbourhood who, unsigned shots = 20) {
    return simulated_host{seed, fault_rate, shots, who}.run();
}

} // namespace support
