// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "batch.hpp"

#include "batch_file.hpp"
#include "display.hpp"
#include "download.hpp"
#include "downloads.hpp"
#include "executors/curl_multi.hpp"
#include "interrupt.hpp"
#include "ledger.hpp"
#include "media_files.hpp"
#include "providers.hpp"
#include "report.hpp"
#include "storage.hpp"

#include <wan/printable.hpp>
#include <wan/protocol/detail/redact.hpp>
#include <wan/protocol/detail/redact_key.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/start.hpp>
#include <wan/wan.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <unistd.h>
#include <utility>
#include <variant>

namespace cli {

namespace {

namespace json = boost::json;
using clock = std::chrono::steady_clock;

int refuse(wan::error why, const wait_options& options) {
    return print(refusal(std::move(why)), options.json, options.quiet);
}

wan::error bad_option(std::string message) {
    return {.category = wan::error_category::invalid_request, .message = std::move(message)};
}

std::chrono::seconds longest_stall(const wait_options& options) {
    return (std::max)(std::chrono::seconds{1},
                      std::chrono::ceil<std::chrono::seconds>(2 * to_policy(options).query_timeout));
}

bool is_final(const wan::resume_token& token) {
    using enum wan::task_ending;
    return token.ending == failed || token.ending == canceled;
}

/// What a shot is to go on from.
struct plan {
    std::optional<wan::resume_token> token; ///< none: it is submitted
    bool is_done = false;
    bool is_given_up = false; ///< the service said no to it before
};

/// Reads the file and the ledger, and refuses what must not be sent, before anything is.
class preparation {
public:
    explicit preparation(const batch_options& options) : options_(options) {}

    wan::result<void> run() {
        auto made = find_provider(options_.provider, options_.wait);
        if (!made) return std::move(made).error();
        who = std::make_shared<const wan::provider>(*std::move(made));
        auto found = check(*who, options_.wait);
        auto read = read_batch(options_.file, options_.transfer);
        if (!read) {
            const auto why = read.error();
            if (why.violations.empty()) return why;
            found.insert(found.end(), why.violations.begin(), why.violations.end());
            return wan::refusal(std::move(found));
        }
        shots = *std::move(read);
        judge(found);
        if (!found.empty()) return wan::refusal(std::move(found));
        if (auto opened =
                book.open(options_.state.value_or(options_.file + ".state"), *who, options_.same_account);
            !opened)
            return opened;
        return decide();
    }

    std::string video_of(const shot& s) const {
        return (std::filesystem::path{options_.out_dir} / (s.id + ".mp4")).string();
    }

    std::shared_ptr<const wan::provider> who;
    std::vector<shot> shots;
    std::vector<plan> plans; ///< of each shot
    std::vector<wan::violation> warnings;
    ledger book;

private:
    void judge(std::vector<wan::violation>& found) {
        const auto strictness = options_.strict ? wan::strictness::strict : wan::strictness::standard;
        std::map<std::string, std::size_t> seen; // of a warning, how many lines have it
        std::vector<std::string> texts;          // of the warnings, without their lines
        for (const auto& s : shots) {
            if (!s.unreadable.empty()) continue;
            auto said = wan::validate(*who, s.request);
            std::visit([&](const auto& r) { name_files(r, said); }, s.request);
            for (auto& v : said) {
                const bool refused = wan::refuses(strictness, v.rule, v.severity);
                if (!refused && seen[v.message]++ != 0) continue;
                if (!refused) texts.push_back(v.message);
                auto told = of_line(s.line, s.id, {std::move(v)});
                (refused ? found : warnings).push_back(std::move(told[0]));
            }
        }
        for (std::size_t i = 0; i < warnings.size(); ++i)
            if (const auto lines = seen[texts[i]]; lines > 1)
                warnings[i].message += " (and in " + std::to_string(lines - 1) + " more lines)";
    }

    wan::result<void> decide() {
        std::map<std::string, std::string> adopted;
        for (const auto& pair : options_.adopt) {
            const auto at = pair.find('=');
            if (at == std::string::npos)
                return bad_option("--adopt takes ID=TASK_ID, not " + wan::quoted(pair));
            if (auto good = check_adopted(pair.substr(at + 1), adopted); !good) return good;
            if (!adopted.try_emplace(pair.substr(0, at), pair.substr(at + 1)).second)
                return bad_option("--adopt names " + pair.substr(0, at) + " twice");
        }
        std::vector<wan::violation> unreadable;
        std::set<std::string> again{options_.submit_again.begin(), options_.submit_again.end()};
        for (const auto& s : shots) {
            auto task_id = adopted.extract(s.id);
            auto planned = plan_of(s, !task_id.empty() ? std::optional{task_id.mapped()} : std::nullopt,
                                   again.erase(s.id) != 0);
            if (!planned) return std::move(planned).error();
            plans.push_back(*std::move(planned));
            const auto& p = plans.back();
            const bool needs_files =
                !p.is_done && !p.is_given_up &&
                (!p.token || (p.token->task_id.empty() && !wan::is_submit_open(*p.token)));
            if (needs_files) unreadable.insert(unreadable.end(), s.unreadable.begin(), s.unreadable.end());
        }
        if (!unreadable.empty()) return wan::refusal(std::move(unreadable));
        if (!adopted.empty())
            return bad_option("--adopt: no shot is named " + wan::quoted(adopted.begin()->first));
        if (!again.empty())
            return bad_option("--submit-again: no shot is named " + wan::quoted(*again.begin()));
        return {};
    }

    /// A task belongs to one shot, and must be one.
    wan::result<void> check_adopted(const std::string& task_id,
                                    const std::map<std::string, std::string>& before) const {
        const bool is_taken = book.task_ids().contains(task_id) ||
                              std::any_of(before.begin(), before.end(),
                                          [&](const auto& pair) { return pair.second == task_id; });
        if (is_taken) return bad_option("--adopt: task " + wan::quoted(task_id) + " belongs to another shot");
        auto query = wan::make_query(*who, task_id);
        if (!query) return std::move(query).error();
        query->timeout = to_policy(options_.wait).query_timeout;
        wan::executors::curl http{[] { return interrupted(); }};
        for (int attempt = 1;; ++attempt) {
            const auto said = wan::parse_query(*who->dialect, http(*query), task_id);
            const bool is_unknown =
                said.verdict == wan::query_verdict::expired || said.verdict == wan::query_verdict::lost;
            if (is_unknown)
                return bad_option("--adopt: the service does not know a task " + wan::quoted(task_id));
            if (said.verdict != wan::query_verdict::retry) return {};
            if (attempt == 5 || interrupted())
                return bad_option("--adopt: the service could not be asked for task " + wan::quoted(task_id));
            std::this_thread::sleep_for(std::chrono::milliseconds{300 * attempt});
        }
    }

    wan::result<plan> plan_of(const shot& s, const std::optional<std::string>& task_id,
                              bool submit_again) const {
        const auto* known = book.find(s.id);
        const bool is_lost = known != nullptr && known->token && known->token->task_id.empty() &&
                             wan::is_submit_open(*known->token);
        if ((task_id || submit_again) && !is_lost)
            return bad_option((task_id ? "--adopt: " : "--submit-again: ") + s.id +
                              " has no submit without an answer");
        if (submit_again && known->token->ending != wan::task_ending::submit_unknown)
            return bad_option("--submit-again: " + s.id +
                              " was not looked for to the end yet; start without it first");
        if (submit_again) return plan{};
        if (known == nullptr || !known->token) return is_free(s);
        const auto token = at_address_of(*who, *known->token);
        // What certainly was not submitted may change.
        const bool was_submitted = is_lost || !token.task_id.empty();
        if (!was_submitted) return is_free(s);
        if ((is_final(token) || token.ending == wan::task_ending::expired) && options_.retry_failed)
            return plan{};
        if (known->fingerprint != s.fingerprint)
            return bad_option("line " + std::to_string(s.line) + ": " + s.id +
                              " was submitted with another request; give the changed shot another id");
        std::error_code missing;
        if (known->bytes && std::filesystem::file_size(video_of(s), missing) == *known->bytes && !missing)
            return plan{.token = token, .is_done = true};
        if (is_its_video(known->bytes ? std::nullopt : std::optional{token}, s))
            return plan{.token = token, .is_done = true};
        if (!known->bytes && !is_final(token) && token.ending != wan::task_ending::expired)
            if (auto free = is_free(s); !free) return free;
        if (task_id) {
            auto with_id = wan::adopt(token, *task_id);
            if (!with_id) return std::move(with_id).error();
            return plan{.token = *std::move(with_id), .is_done = false, .is_given_up = false};
        }
        return plan{.token = token, .is_done = false, .is_given_up = is_final(token)};
    }

    /// The token with the address as it is written now, if it is the same.
    static wan::resume_token at_address_of(const wan::provider& who, wan::resume_token token) {
        if (normalized_url(token.base_url) != normalized_url(who.base_url)) return token;
        const auto origin = [](const std::string& url) {
            return url.substr(0, url.size() - wan::parse_url(url)->rest.size());
        };
        if (!wan::parse_url(token.base_url) || !wan::parse_url(who.base_url)) return token;
        const auto before = origin(token.base_url);
        for (auto* url : {&token.query_url, &token.result_url})
            if (url->starts_with(before + "/")) url->replace(0, before.size(), origin(who.base_url));
        token.base_url = who.base_url;
        return token;
    }

    /// Whether the ledger lacks only the last line about a video: the task has succeeded, and the file is
    /// whole and was written after the submit.
    bool is_its_video(const std::optional<wan::resume_token>& token, const shot& s) const {
        if (!token || token->ending != wan::task_ending::succeeded || options_.wait.force) return false;
        const auto written = written_at(video_of(s));
        return written && *written >= token->started_at.value_or(0) && is_whole_video(video_of(s));
    }

    /// Whether the video of a shot would take no other's place.
    wan::result<plan> is_free(const shot& s) const {
        std::error_code ignored;
        if (options_.wait.force || !std::filesystem::exists(video_of(s), ignored)) return plan{};
        return bad_option("line " + std::to_string(s.line) + ": " + video_of(s) +
                          " exists and is not of this ledger; take it away, give another --out-dir, or "
                          "--force to replace it");
    }

    const batch_options& options_;
};

class batch_run {
public:
    batch_run(const batch_options& options, preparation& prepared)
        : options_(options), prepared_(prepared), reports_(prepared.shots.size()),
          display_(options.wait.quiet || options.wait.json),
          downloads_([] { return interrupted(); }, longest_stall(options.wait)) {}

    int run() {
        for (const auto& v : prepared_.warnings) note("wan: warning: " + v.message);
        if (auto ready = start(); !ready) return refuse(std::move(ready).error(), options_.wait);
        if (said_no_) return print(*said_no_, options_.wait.json, options_.wait.quiet);
        while (is_busy()) turn();
        display_.end_live_line();
        return print_all();
    }

private:
    /// The tasks of one model: limits are of each.
    struct lane {
        explicit lane(const wan::account_limits& limits) : tasks(limits) {}
        wan::scheduler tasks;
        std::map<std::uint32_t, std::size_t> shot_at; ///< by the handle's index
    };

    wan::result<void> start() {
        const bool has_work = std::any_of(prepared_.plans.begin(), prepared_.plans.end(),
                                          [](const plan& p) { return !p.is_done && !p.is_given_up; });
        auto how = to_policy(options_.wait);
        if (has_work) {
            auto checked = checked_clock(*how.wall_clock, how.query_timeout);
            if (!checked) {
                said_no_ = service_said_no_to(std::move(checked).error());
                said_no_->advice = about_the_key(*said_no_->outcome.error, *prepared_.who, options_.wait);
                return {};
            }
            how.wall_clock = *checked;
        }
        how.known = {[](const void* ids, std::string_view id) {
                         return static_cast<const std::set<std::string, std::less<>>*>(ids)->contains(id);
                     },
                     &prepared_.book.task_ids()};
        how.submit_again_if_not_listed = true;
        how.max_lost_submits = 10; // each was certainly not accepted
        const auto shared = std::make_shared<const wan::policy>(how);
        for (const auto& s : prepared_.shots) models_.emplace(wan::model_of(*prepared_.who, s.request));
        std::size_t done_before = 0;
        for (std::size_t i = 0; i < prepared_.shots.size(); ++i) {
            auto& p = prepared_.plans[i];
            if (p.is_done || p.is_given_up) {
                if (auto kept = record_found(i); !kept) return kept;
                ++done_before;
                settle_before(i);
                continue;
            }
            if (const auto* entry = prepared_.book.find(prepared_.shots[i].id);
                entry != nullptr && entry->end) {
                earlier_[i] = *entry->end;
                note(prepared_.shots[i].id + "  the run before ended as " + in_words(*entry->end));
            }
            const bool has_files = prepared_.shots[i].unreadable.empty();
            auto task =
                p.token
                    ? (has_files
                           ? wan::resume_task(prepared_.who, *p.token, prepared_.shots[i].request, shared)
                           : wan::resume_task(prepared_.who, *p.token,
                                              shared)) // to fetch it, or to look for it
                    : wan::make_task(prepared_.who, prepared_.shots[i].request, shared,
                                     options_.strict ? wan::strictness::strict : wan::strictness::standard);
            if (!task) {
                auto why = std::move(task).error();
                why.message = "line " + std::to_string(prepared_.shots[i].line) + " (" +
                              prepared_.shots[i].id + "): " + why.message;
                return why;
            }
            auto& l = lane_of(wan::model_of(*prepared_.who, prepared_.shots[i].request));
            l.shot_at[l.tasks.add(*std::move(task)).index] = i;
        }
        contest_others();
        if (done_before != 0)
            note(std::to_string(done_before) + " of " + std::to_string(prepared_.shots.size()) +
                 " shots had come to their ends before");
        return {};
    }

    /// Submits that may have been accepted, of shots that are no longer in the file or were submitted again:
    /// their tasks are nobody else's.
    void contest_others() {
        std::set<std::string> here;
        for (const auto& s : prepared_.shots) here.insert(s.id);
        auto hashes = prepared_.book.given_up();
        for (const auto& [id, entry] : prepared_.book.entries())
            if (!here.contains(id) && entry.token && entry.token->task_id.empty() &&
                wan::is_submit_open(*entry.token))
                hashes.push_back(prompt_hash_of(*entry.token));
        for (std::size_t i = 0; i < prepared_.plans.size(); ++i)
            if (const auto* e = prepared_.book.find(prepared_.shots[i].id);
                e != nullptr && e->token && !prepared_.plans[i].token && e->token->task_id.empty() &&
                wan::is_submit_open(*e->token))
                hashes.push_back(prompt_hash_of(*e->token));
        for (auto& each : lanes_)
            for (const auto hash : hashes) each.second->tasks.contest(hash);
    }

    /// One request that costs nothing: the key is tried before anything is submitted, and the reply shows
    /// whether this machine's clock is right, without which a lost submit is never sent again.
    wan::result<wan::wall_clock> checked_clock(wan::wall_clock clock_here, wan::milliseconds timeout) {
        auto list = wan::make_list(*prepared_.who, {.page_size = 1});
        if (!list) return clock_here;
        list->timeout = timeout;
        constexpr int attempts = 8;
        for (int attempt = 1;; ++attempt) {
            wan::executors::curl http{[] { return interrupted(); }};
            const auto answer = http(*list);
            if (wan::agrees(clock_here, answer, clock::now())) clock_here.trust = wan::clock_trust::checked;
            const auto said = wan::parse_list(*prepared_.who->dialect, answer);
            auto why = said ? wan::error{} : said.error();
            wan::detail::hide_key(prepared_.who->key, why.message);
            const bool was_reached = said || why.category != wan::error_category::transport;
            if (!said && why.category == wan::error_category::authentication) return why;
            const bool will_not_help = said || (was_reached && !wan::detail::may_pass(why.category));
            if (will_not_help || clock_here.trust == wan::clock_trust::checked) break;
            if (attempt == attempts || interrupted()) {
                if (!was_reached) return why;
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{250 * attempt});
        }
        if (clock_here.trust == wan::clock_trust::unchecked)
            note("wan: warning: the service did not show that the clock of this machine is right; a submit "
                 "without an answer will "
                 "not be sent again");
        return clock_here;
    }

    lane& lane_of(std::string_view model) {
        auto& made = lanes_[std::string{model}];
        if (made == nullptr) {
            auto limits = wan::limits_of(*prepared_.who, model);
            // These limits are of all models.
            for (auto* limit :
                 {&limits.queries_per_second, &limits.lists_per_second, &limits.cancels_per_second})
                *limit /= static_cast<double>((std::max)(models_.size(), std::size_t{1}));
            if (options_.max_running) limits.running_tasks = *options_.max_running;
            if (options_.submits_per_second) limits.submits_per_second = *options_.submits_per_second;
            made = std::make_unique<lane>(limits);
        }
        return *made;
    }

    /// A video that is there, but not in the ledger yet.
    wan::result<void> record_found(std::size_t i) {
        const auto& s = prepared_.shots[i];
        if (!prepared_.plans[i].is_done || prepared_.book.find(s.id)->bytes) return {};
        std::error_code ignored;
        return prepared_.book.record_video(s.id, std::filesystem::file_size(prepared_.video_of(s), ignored));
    }

    void settle_before(std::size_t i) {
        auto& end = reports_[i].outcome;
        const auto& entry = *prepared_.book.find(prepared_.shots[i].id);
        end.task_id = entry.token->task_id;
        end.model = entry.token->model;
        if (entry.token->ending)
            end.ending = *entry.token->ending;
        else
            reports_[i].state = entry.token->state;
        if (entry.end && !prepared_.plans[i].is_done) {
            end.status = entry.end->status;
            end.error = entry.end->error;
            note(line_of(i));
        }
        if (prepared_.plans[i].is_done)
            reports_[i].saved = saved_video{prepared_.video_of(prepared_.shots[i]), *entry.bytes};
        ++ended_;
    }

    bool is_busy() const {
        return http_.running() != 0 || downloads_.size() != 0 ||
               std::any_of(lanes_.begin(), lanes_.end(),
                           [](const auto& l) { return l.second->tasks.size() != 0; });
    }

    void turn() {
        if ((interrupted() || disk_) && !std::exchange(stopping_, true)) {
            note("stopping; what is out is awaited");
            for (auto& [model, l] : lanes_) l->tasks.stop_all();
        }
        auto wake_at = wan::time_point::max();
        for (auto& [model, l] : lanes_) wake_at = (std::min)(wake_at, advance(*l));
        while (const auto retry = downloads_.next_retry())
            note(prepared_.shots[retry->which].id + "  " + retry->what);
        while (auto end = downloads_.next()) on_download(*end);
        show();
        constexpr std::chrono::milliseconds slice{50};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(wake_at - clock::now());
        const auto at_most =
            wake_at == wan::time_point::max() ? slice : std::clamp(left, std::chrono::milliseconds{0}, slice);
        if (http_.running() != 0)
            (void)http_.poll(at_most);
        else
            std::this_thread::sleep_for(at_most);
    }

    wan::time_point advance(lane& l) {
        for (;;) {
            const auto todo = l.tasks.next(clock::now());
            if (todo.step.is_send())
                send(l, todo);
            else if (todo.step.is_done())
                finish(l, todo);
            else
                return todo.step.wake_at();
        }
    }

    void note(std::string_view line) {
        if (!options_.wait.quiet && !options_.wait.json) display_.say(line);
    }

    bool save(lane& l, wan::scheduler::handle of) {
        const auto* t = l.tasks.find(of);
        if (t == nullptr) return true;
        const auto& s = prepared_.shots[l.shot_at.at(of.index)];
        auto saved = prepared_.book.record(s.id, s.fingerprint, t->token());
        if (saved) return true;
        if (!disk_) display_.say("wan: " + to_string(saved.error()));
        disk_ = std::move(saved).error();
        return false;
    }

    void send(lane& l, const wan::scheduler::action& todo) {
        const bool is_submit = l.tasks.find(todo.task)->state() == wan::task_state::submitting;
        if (is_submit && !save(l, todo.task)) { // what could not be found again must not be paid for
            l.tasks.receive(todo.task, wan::transport_error{wan::delivery::not_sent, disk_->message},
                            clock::now());
            return;
        }
        http_(todo.step.request(), [this, &l, of = todo.task](wan::http_result answer) {
            l.tasks.receive(of, std::move(answer), clock::now());
            (void)save(l, of);
        });
    }

    void finish(lane& l, const wan::scheduler::action& todo) {
        const auto i = l.shot_at.at(todo.task.index);
        (void)save(l, todo.task);
        auto& r = reports_[i];
        r.outcome = todo.step.outcome();
        r.stopped_by_user = stopping_;
        // else its id may still come
        if (!l.tasks.find(todo.task)->awaits_late_answer()) l.shot_at.erase(todo.task.index);
        if (r.outcome.video && !stopping_) {
            const auto file = prepared_.video_of(prepared_.shots[i]);
            return downloads_.add({.which = i,
                                   .url = r.outcome.video->url,
                                   .file = file,
                                   .expires_at = expiry_of(*r.outcome.video)});
        }
        if (r.outcome.video) r.outcome.error = not_downloaded({.message = "stopped"});
        tell_end(i);
    }

    void on_download(const downloads::end& end) {
        auto& r = reports_[end.which];
        const auto& s = prepared_.shots[end.which];
        if (end.video) {
            r.saved = saved_video{
                .file = prepared_.video_of(s), .bytes = end.video->bytes, .warning = end.video->warning};
            if (auto kept = prepared_.book.record_video(s.id, end.video->bytes); !kept)
                disk_ = std::move(kept).error();
        } else {
            r.stopped_by_user = interrupted();
            r.outcome.error = not_downloaded(end.video.error());
            wan::detail::redact(prepared_.who->key, *r.outcome.error);
        }
        tell_end(end.which);
    }

    static std::string in_words(const shot_end& end) {
        auto text = std::string{to_wire(end.ending)};
        if (end.error) text += ": " + wan::printable(to_string(*end.error), 4096);
        return text;
    }

    void tell_end(std::size_t i) {
        ++ended_;
        const auto& r = reports_[i];
        if (!r.saved && !r.stopped_by_user)
            if (auto kept = prepared_.book.record_end(prepared_.shots[i].id, r.outcome); !kept && !disk_)
                disk_ = std::move(kept).error();
        const auto line = line_of(i);
        if (disk_)
            display_.say(line); // what the ledger does not have
        else
            note(line);
    }

    std::string line_of(std::size_t i) const {
        const auto& r = reports_[i];
        std::string line = prepared_.shots[i].id + "  " + std::string{state_name(r)};
        if (r.saved) line += "  " + r.saved->file;
        if (r.saved && !r.saved->warning.empty())
            line += "  warning: " + wan::printable(r.saved->warning, 300);
        if (!r.saved && !r.outcome.task_id.empty())
            line += "  [task_id " + wan::printable(r.outcome.task_id, 4096) + "]";
        if (r.outcome.id == wan::id_trust::inferred && !r.outcome.task_id.empty())
            line += "  (its id is inferred, not confirmed)";
        if (!r.saved && !r.outcome.status.empty()) line += "  " + wan::printable(r.outcome.status, 4096);
        if (r.outcome.error) line += "  " + wan::printable(to_string(*r.outcome.error), 4096);
        for (const auto& c : r.outcome.candidates) line += "\n    " + to_line(c);
        return line;
    }

    void show() {
        if (!display_.is_due()) return;
        std::size_t running = 0, waiting = 0;
        std::string who_runs;
        for (const auto& each : lanes_) {
            const auto& l = *each.second;
            running += l.tasks.running();
            l.tasks.for_each([&](wan::scheduler::handle of, const wan::task& t) {
                const bool waits =
                    t.state() == wan::task_state::ready || t.state() == wan::task_state::backing_off;
                waiting += waits;
                if (waits || who_runs.size() > 200) return;
                const auto word =
                    t.progress().status.empty() ? std::string_view{to_wire(t.state())} : t.progress().status;
                who_runs.append(who_runs.empty() ? "" : ", ")
                    .append(prepared_.shots[l.shot_at.at(of.index)].id)
                    .append(" ")
                    .append(wan::printable(word, 20));
            });
        }
        display_.show(std::to_string(ended_) + " of " + std::to_string(reports_.size()) + " done, " +
                      std::to_string(running) + " running, " + std::to_string(waiting) + " waiting, " +
                      std::to_string(downloads_.size()) + " downloading" +
                      (who_runs.empty() ? "" : ": " + who_runs));
    }

    int print_all() {
        // The worst first.
        constexpr exit_code by_weight[] = {other_trouble, refused_here,    submit_outcome_unknown,
                                           lost_contact,  stopped_waiting, service_said_no,
                                           gone};
        std::map<exit_code, int> codes;
        for (auto& r : reports_) ++codes[code_of(r)];
        if (disk_) ++codes[other_trouble];
        if (options_.wait.json) print_json(codes[video_made]);
        if (!options_.wait.json && !options_.wait.quiet) {
            std::fprintf(stderr, "%d of %zu videos are in %s\n", codes[video_made], reports_.size(),
                         options_.out_dir.c_str());
            if (stopping_) std::fprintf(stderr, "the same command goes on where this one stopped\n");
            if (codes[submit_outcome_unknown] != 0)
                std::fprintf(stderr,
                             "%d submits may have been accepted without an answer: start again to look for "
                             "them once more, or see\n"
                             "--adopt and --submit-again\n",
                             codes[submit_outcome_unknown]);
        }
        for (const auto code : by_weight)
            if (codes[code] != 0) return code;
        return video_made;
    }

    void print_json(int made) {
        json::array all;
        for (std::size_t i = 0; i < reports_.size(); ++i) {
            auto o = to_json(reports_[i]);
            o["id"] = prepared_.shots[i].id;
            if (const auto before = earlier_.find(i); before != earlier_.end()) {
                json::object end{{"state", std::string{to_wire(before->second.ending)}}};
                if (!before->second.status.empty()) end["status"] = before->second.status;
                if (before->second.error) end["error"] = to_json(*before->second.error);
                o["earlier"] = std::move(end);
            }
            all.push_back(std::move(o));
        }
        json::object o{{"videos", made}, {"shots", std::move(all)}};
        if (!prepared_.warnings.empty()) {
            json::array warnings;
            for (const auto& w : prepared_.warnings) warnings.emplace_back(w.message);
            o["warnings"] = std::move(warnings);
        }
        cli::print_json(o);
    }

    const batch_options& options_;
    preparation& prepared_;
    std::vector<report> reports_;
    display display_;
    downloads downloads_;
    std::set<std::string, std::less<>> models_;
    std::map<std::string, std::unique_ptr<lane>> lanes_; ///< by model
    wan::executors::curl_multi http_;
    std::optional<report> said_no_;           ///< the service, before anything was submitted
    std::optional<wan::error> disk_;          ///< the ledger cannot be written
    std::map<std::size_t, shot_end> earlier_; ///< how the run before left a shot that goes on
    std::size_t ended_ = 0;
    bool stopping_ = false;
};

} // namespace

int batch(const batch_options& options) {
    preparation prepared{options};
    if (auto good = prepared.run(); !good) return refuse(std::move(good).error(), options.wait);
    std::error_code failed;
    std::filesystem::create_directories(options.out_dir, failed);
    if (failed || ::access(options.out_dir.c_str(), W_OK | X_OK) != 0)
        return refuse({.category = wan::error_category::storage,
                       .message = "--out-dir: cannot write to " + options.out_dir},
                      options.wait);
    return batch_run{options, prepared}.run();
}

} // namespace cli
