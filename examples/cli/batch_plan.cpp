// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "batch_plan.hpp"

#include "adopt.hpp"
#include "cli/files/media_files.hpp"
#include "cli/prices.hpp"
#include "cli/store/shot_rows.hpp"
#include "out_file.hpp"
#include "providers.hpp"

#include <wan/printable.hpp>
#include <wan/wan.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

namespace cli {

namespace {

bool is_final(const wan::resume_token& token) {
    using enum wan::task_ending;
    return token.ending == failed || token.ending == canceled;
}

/// Returns the token with the provider's current spelling of its address, if both are the same address.
wan::resume_token at_address_of(const wan::provider& who, wan::resume_token token) {
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

wan::error at_line(const shot& s, wan::error why) {
    why.message.insert(0, "line " + std::to_string(s.line) + ": ");
    return why;
}

} // namespace

wan::result<void> batch_plan::read() {
    auto made = find_provider(options_.provider, options_.wait);
    if (!made) return std::move(made).error();
    who = std::make_shared<const wan::provider>(*std::move(made));
    auto found = options_.dry_run ? std::vector<wan::violation>{} : check(*who, options_.wait);
    auto all = read_batch(options_.file, options_.transfer);
    if (!all) {
        const auto why = all.error();
        if (why.violations.empty()) return why;
        found.insert(found.end(), why.violations.begin(), why.violations.end());
        return wan::refusal(std::move(found));
    }
    shots = *std::move(all);
    judge(found);
    if (!found.empty()) return wan::refusal(std::move(found));
    return estimate_costs();
}

wan::result<void> batch_plan::estimate_costs() {
    if (!options_.prices) return {};
    auto prices = price_table::read(*options_.prices);
    if (!prices) return std::move(prices).error();
    currency = prices->currency();
    for (auto& s : shots) {
        const auto cost = prices->cost_of(*who, s.request);
        if (cost) {
            s.cost = {cost->amount, cost->is_lower_bound};
            continue;
        }
        const wan::violation unknown{.field = "prices",
                                     .rule = wan::rule::unknown,
                                     .severity = wan::severity::warning,
                                     .message = "no cost: " + cost.error().message};
        warnings.push_back(of_line(s.line, s.id, {unknown})[0]);
    }
    return {};
}

/// Leaves out what would cost more than allowed, in the order of the file.
void batch_plan::keep_to_max_cost() {
    if (!options_.max_cost) return;
    std::int64_t spent = 0;
    for (std::size_t i = 0; i < shots.size(); ++i)
        if (plans[i].token && !plans[i].is_given_up && shots[i].cost) spent += shots[i].cost->amount;
    for (std::size_t i = 0; i < shots.size(); ++i) {
        if (plans[i].token || plans[i].is_over()) continue;
        plans[i].is_too_dear = !shots[i].cost || spent + shots[i].cost->amount > *options_.max_cost;
        if (!plans[i].is_too_dear) spent += shots[i].cost->amount;
    }
}

wan::result<void> batch_plan::make() {
    if (auto good = read(); !good) return good;
    // A refused file makes no state: the user may want to rename the former one.
    if (is_first_run())
        if (auto good = check_first_run(); !good) return good;
    if (auto opened = book.open(state(), *who, options_.account); !opened) return opened;
    if (auto decided = decide(); !decided) return decided;
    for (const auto& s : shots) book.record_shot(s.id, {s.line, folder(), s.json});
    return book.commit();
}

std::string batch_plan::state() const { return options_.state.value_or(options_.file + ".state"); }

bool batch_plan::is_first_run() const {
    std::error_code ignored;
    return !std::filesystem::exists(state() + "/state.db", ignored);
}

wan::result<void> batch_plan::check_first_run() const {
    if (auto readable = check_media(); !readable) return readable;
    for (const auto& s : shots)
        if (auto free = check_new(s); !free) return std::move(free).error();
    return options_.state ? wan::result<void>{} : check_not_submitted();
}

wan::result<void> batch_plan::check_media() const {
    std::vector<wan::violation> unreadable;
    for (const auto& s : shots) unreadable.insert(unreadable.end(), s.unreadable.begin(), s.unreadable.end());
    if (unreadable.empty()) return {};
    return wan::refusal(std::move(unreadable));
}

wan::result<void> batch_plan::check_not_submitted() const {
    std::set<std::pair<std::string_view, std::string_view>> ours;
    for (const auto& s : shots) ours.emplace(s.id, s.json);
    std::error_code failed;
    for (std::filesystem::directory_iterator at{folder(), failed}, end; !failed && at != end;
         at.increment(failed)) {
        if (at->path().extension() != ".state") continue;
        const auto rows = read_shot_rows(at->path().string());
        if (!rows) continue; // it is no state
        for (const auto& row : *rows)
            if (row.attempts != 0 && ours.contains({row.name, row.request}))
                return bad_option(row.name + " was submitted, with the same request, as a shot of " +
                                  wan::printable(at->path().stem().string(), 200) + "; if " + options_.file +
                                  " was that file, continue with --state " + shell_word(at->path().string()) +
                                  "; to pay for its shots again, give another --state");
    }
    return {};
}

std::string batch_plan::folder() const {
    return std::filesystem::absolute(options_.file).parent_path().string();
}

std::string batch_plan::video_of(const shot& s) const {
    return (std::filesystem::path{options_.out_dir} / (s.id + ".mp4")).string();
}

void batch_plan::judge(std::vector<wan::violation>& found) {
    const auto strictness = options_.strict ? wan::strictness::strict : wan::strictness::standard;
    std::map<std::string, std::size_t> seen; // number of lines with each warning
    std::vector<std::string> texts;          // the warnings without their line numbers
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
            warnings[i].message +=
                " (also in " + std::to_string(lines - 1) + (lines == 2 ? " more line)" : " more lines)");
}

wan::result<void> batch_plan::decide() {
    auto ids = adopted_ids();
    if (!ids) return std::move(ids).error();
    auto& adopted = *ids;
    std::vector<wan::violation> unreadable;
    std::set<std::string> again{options_.submit_again.begin(), options_.submit_again.end()};
    for (const auto& s : shots) {
        auto task_id = adopted.extract(s.id);
        auto planned = plan_of(s, !task_id.empty() ? std::optional{task_id.mapped()} : std::nullopt,
                               again.erase(s.id) != 0);
        if (!planned) return std::move(planned).error();
        plans.push_back(*std::move(planned));
        const auto& p = plans.back();
        const bool needs_files = !p.is_done && !p.is_given_up &&
                                 (!p.token || (p.token->task_id.empty() && !wan::is_submit_open(*p.token)));
        if (needs_files) unreadable.insert(unreadable.end(), s.unreadable.begin(), s.unreadable.end());
    }
    if (!unreadable.empty()) return wan::refusal(std::move(unreadable));
    if (!again.empty()) return no_such_shot("--submit-again", *again.begin());
    keep_to_max_cost();
    return {};
}

bool batch_plan::has_shot(const std::string& id) const {
    return std::any_of(shots.begin(), shots.end(), [&](const shot& s) { return s.id == id; });
}

wan::error batch_plan::no_such_shot(const std::string& option, const std::string& id) const {
    return bad_option(option + ": no shot has the id " + wan::quoted(id) + "; the ids are those in " +
                      options_.file);
}

/// Returns the task ids of `--adopt` by shot.
wan::result<std::map<std::string, std::string>> batch_plan::adopted_ids() const {
    std::map<std::string, std::string> adopted;
    for (const auto& pair : options_.adopt) {
        const auto at = pair.find('=');
        if (at == std::string::npos)
            return bad_option("--adopt expects ID=TASK_ID, got " + wan::quoted(pair));
        const auto id = pair.substr(0, at);
        if (!has_shot(id)) return no_such_shot("--adopt", id);
        if (auto good = check_adopted(id, pair.substr(at + 1), adopted); !good)
            return std::move(good).error();
        if (!adopted.try_emplace(id, pair.substr(at + 1)).second)
            return bad_option("--adopt is given twice for " + id + "; keep one");
    }
    return adopted;
}

/// Checks that the provider knows the task, and that no other shot has it.
wan::result<void> batch_plan::check_adopted(const std::string& id, const std::string& task_id,
                                            const std::map<std::string, std::string>& before) const {
    const bool is_taken =
        book.task_ids().contains(task_id) ||
        std::any_of(before.begin(), before.end(), [&](const auto& pair) { return pair.second == task_id; });
    if (is_taken)
        return bad_option("--adopt: task " + wan::quoted(task_id) +
                          " belongs to another shot; give another TASK_ID");
    const auto* const known = book.find(id);
    const auto* const submitted = known != nullptr ? known->current() : nullptr;
    return check_adopted_task(*who, task_id, submitted != nullptr ? &submitted->token : nullptr,
                              options_.wait);
}

wan::result<shot_plan> batch_plan::plan_of(const shot& s, const std::optional<std::string>& task_id,
                                           bool submit_again) const {
    const auto* known = book.find(s.id);
    const auto* submitted = known != nullptr ? known->current() : nullptr;
    const bool is_lost = submitted != nullptr && is_unconfirmed(submitted->token);
    if ((task_id || submit_again) && !is_lost)
        return bad_option((task_id ? "--adopt: " : "--submit-again: ") + s.id +
                          " has no unconfirmed submit; remove the option");
    if (submit_again && submitted->token.ending != wan::task_ending::submit_unknown)
        return bad_option(
            "--submit-again: " + s.id +
            ": the search for its task is not finished; run the batch without --submit-again first");
    if (submit_again) return shot_plan{};
    if (submitted == nullptr) return check_new(s);
    // A shot that certainly was not submitted may change.
    if (!is_lost && submitted->token.task_id.empty()) return check_new(s);
    return plan_of_submitted(s, *known, task_id);
}

wan::result<shot_plan> batch_plan::plan_of_submitted(const shot& s, const batch_state::entry& known,
                                                     const std::optional<std::string>& task_id) const {
    const auto token = at_address_of(*who, known.current()->token);
    const bool may_retry = is_final(token) || token.ending == wan::task_ending::expired;
    if (may_retry && options_.retry_failed) return shot_plan{};
    if (known.current()->fingerprint != s.fingerprint)
        return bad_option("line " + std::to_string(s.line) + ": " + s.id +
                          " was submitted with a different request; give the changed shot a new id" +
                          (may_retry ? ", or add --retry-failed to submit it again" : ""));
    const bool has_file = known.made && !known.made->file.empty();
    if (has_file) {
        const auto there =
            check_recorded_file(video_of(s), known.made->bytes, options_.wait.force || options_.no_download);
        if (!there) return at_line(s, there.error());
        if (*there) return shot_plan{.token = token, .is_done = true};
    }
    if (known.made && !has_file && options_.no_download) return shot_plan{.token = token, .is_done = true};
    if (!has_file && !options_.wait.force && is_video_of(token, video_of(s)))
        return shot_plan{.token = token, .is_done = true};
    if (!options_.no_download && !has_file && !is_final(token) && token.ending != wan::task_ending::expired)
        if (auto free = check_shot_file(video_of(s), options_.wait); !free) return at_line(s, free.error());
    if (task_id) {
        auto with_id = wan::adopt(token, *task_id);
        if (!with_id) return std::move(with_id).error();
        return shot_plan{.token = *std::move(with_id), .is_done = false, .is_given_up = false};
    }
    return shot_plan{.token = token, .is_done = false, .is_given_up = is_final(token)};
}

wan::result<shot_plan> batch_plan::check_new(const shot& s) const {
    if (auto free = check_new_shot_file(video_of(s), options_.wait); !free) return at_line(s, free.error());
    return shot_plan{};
}

} // namespace cli
