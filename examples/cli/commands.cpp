// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "commands.hpp"

#include "adopt.hpp"
#include "cli/downloads/download.hpp"
#include "cli/files/media_files.hpp"
#include "cli/files/storage.hpp"
#include "cli/files/token_file.hpp"
#include "cli/output/report.hpp"
#include "model_hint.hpp"
#include "out_file.hpp"
#include "providers.hpp"
#include "session.hpp"

#include <wan/model/media_kind_of.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/task/start.hpp>
#include <wan/validation/validate.hpp>

#include <cstdio>
#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

namespace cli {

namespace {

template <class Request>
wan::strictness strictness_of(const job_options<Request>& options) {
    return options.strict ? wan::strictness::strict : wan::strictness::standard;
}

/// Replaces each file that must be uploaded by a descriptive name, to show the request.
template <class Request>
std::vector<planned_upload> name_uploads(const wan::provider& who, Request& request) {
    std::vector<planned_upload> uploads;
    const auto ways = wan::media_support_of(*who.dialect);
    wan::for_each_medium(
        request, [&](std::string_view field, wan::media& medium, std::optional<wan::media_kind> kind) {
            if (wan::media_route_of(ways, kind ? *kind : wan::media_kind_of(field), medium) !=
                wan::media_route::upload)
                return;
            uploads.push_back({std::string{field}, std::string{medium.name()}, medium.bytes()->size()});
            medium = wan::media{"oss://<" + std::string{medium.name()} + ", " +
                                std::to_string(medium.bytes()->size()) + " bytes, uploaded>"};
        });
    return uploads;
}

/// The mistakes in the options and the request, and whether they are errors.
struct findings {
    std::vector<wan::violation> violations;
    bool are_refused = false;

    void add(std::vector<wan::violation> found, bool refuse) {
        are_refused = are_refused || (refuse && !found.empty());
        std::move(found.begin(), found.end(), std::back_inserter(violations));
    }
};

/// Completes `request` with the options, and validates it.
template <class Request>
findings complete(Request& request, const wan::provider& who, const job_options<Request>& options) {
    findings found;
    if (options.what_for != purpose::check) found.add(check(who, options.wait), true);
    if (options.resolution) {
        if (const auto tier = wan::parse_resolution(*options.resolution))
            request.resolution = *tier;
        else
            found.add(tier.error().violations, true);
    }
    auto broken = open_media(request, options.transfer);
    found.are_refused = found.are_refused || !broken.empty();
    if (broken.empty()) broken = wan::validate(who, request);
    name_files(request, broken);
    if (options.resolution && !request.resolution) // it was given, and is reported above: it is not missing
        std::erase_if(broken, [](const wan::violation& v) { return v.field == "resolution"; });
    found.add(std::move(broken), false);
    for (const auto& v : found.violations)
        found.are_refused = found.are_refused || wan::refuses(strictness_of(options), v.rule, v.severity);
    return found;
}

void print_warnings(const findings& found, const wait_options& wait) {
    if (wait.quiet || wait.json) return;
    for (const auto& v : found.violations) std::fprintf(stderr, "wan: warning: %s\n", v.message.c_str());
}

template <class Request>
int dry_run(Request request, const wan::provider& who, const findings& found, const wait_options& wait) {
    const auto uploads = name_uploads(who, request);
    // The request was validated before.
    const auto submit = wan::make_submit(who, request, wan::strictness::off);
    if (!submit) return refuse(submit.error(), wait);
    print_warnings(found, wait);
    print_dry_run(*submit, uploads);
    return video_made;
}

template <class Request>
int make_video(const Request& request, const wan::provider& who, findings found,
               const job_options<Request>& options) {
    const auto& wait = options.wait;
    if (auto writable = check_out(wait); !writable) return refuse(writable.error(), wait);
    file_lock lock;
    if (wait.token) {
        if (auto locked = lock.acquire(*wait.token); !locked) return refuse(locked.error(), wait);
        if (auto free = may_overwrite(wait); !free) return refuse(free.error(), wait);
    }
    auto ways = ways_on_from(who, wait);
    auto task = wan::make_task(who, request, clock_here(), to_policy(wait), strictness_of(options));
    if (!task) return refuse(std::move(task).error(), wait);
    print_warnings(found, wait);
    auto done = session{wait, std::move(ways)}.wait_for(
        *std::move(task), wait.json ? std::move(found.violations) : std::vector<wan::violation>{});
    suggest_model(done.outcome, who, wan::job_of<Request>::value);
    return print(done, wait.json, wait.quiet);
}

template <class Request>
int run_job(const job_options<Request>& options) {
    const auto& wait = options.wait;
    auto who = find_provider(options.provider, wait);
    if (!who) return refuse(std::move(who).error(), wait);
    auto request = options.request;
    auto found = complete(request, *who, options);
    if (found.are_refused) return refuse(wan::refusal(std::move(found.violations)), wait);
    if (options.what_for == purpose::check)
        return print({.outcome = {},
                      .state = wan::task_state::ready,
                      .saved = {},
                      .violations = std::move(found.violations)},
                     wait.json, wait.quiet);
    if (options.what_for == purpose::dry_run) return dry_run(std::move(request), *who, found, wait);
    return make_video(request, *who, std::move(found), options);
}

} // namespace

#define CLI_JOB(name)                                                                                        \
    int name(const job_options<wan::name>& options) { return run_job(options); }
WAN_FOR_EACH_JOB(CLI_JOB)
#undef CLI_JOB

namespace {

std::string absolute(const std::string& file) {
    return std::filesystem::absolute(file).lexically_normal().string();
}

/// Returns whether the file is the task's video. If that was downloaded before, only the file of that
/// download is.
bool is_its_video(const kept_token& kept, const std::string& file) {
    const bool may_be = !kept.is_fetched || kept.fetched_file == absolute(file);
    return may_be && is_video_of(kept.token, file);
}

int take_what_is_there(const kept_token& kept, const wait_options& options) {
    report r{.outcome = {.ending = wan::task_ending::succeeded,
                         .task_id = kept.token.task_id,
                         .model = kept.token.model},
             .saved = {},
             .violations = {}};
    r.outcome.video.emplace();
    std::error_code ignored;
    r.saved = saved_video{*options.out, std::filesystem::file_size(*options.out, ignored)};
    r.advice = *options.out + " already exists, is complete and was written after the submit, so it is "
                              "treated as the task's video; --force downloads it again";
    if (!kept.is_fetched)
        if (auto saved = write_token(*options.token, {kept.token, true, absolute(*options.out)}); !saved)
            return refuse(saved.error(), options);
    return print(r, options.json, options.quiet);
}

/// Replaces the message if the token contains no task: nothing was lost.
wan::error about_no_task(wan::error why, const kept_token& kept, const wait_options& options) {
    if (kept.token.task_id.empty() && !wan::is_submit_open(kept.token))
        why.message =
            "the token in " + *options.token + " contains no task ID: " +
            (kept.token.ending == wan::task_ending::rejected ? "the provider rejected the submit"
                                                             : "nothing was submitted before it was saved") +
            " (state: " + std::string{kept.token.state_name()} +
            "), so nothing is lost; remove the file, or repeat the command that saved it";
    return why;
}

/// Fails if the token already has a task ID other than the given one.
wan::result<void> check_adopt_option(const kept_token& kept, const wait_options& options) {
    const auto& id = kept.token.task_id;
    if (!options.adopt || id.empty() || id == *options.adopt) return {};
    return bad_option("--adopt: the token in " + *options.token + " already has the task ID " +
                      wan::printable(id, 4096) + "; remove the option");
}

/// Puts the task ID of --adopt into the token and its file, if the provider knows the task.
wan::result<void> adopt_task(kept_token& kept, const wan::provider& who, const wait_options& options) {
    if (!options.adopt || !is_unconfirmed(kept.token)) return {};
    if (auto known = check_adopted_task(who, *options.adopt, &kept.token, options); !known) return known;
    auto with_id = wan::adopt(kept.token, *options.adopt);
    if (!with_id) return std::move(with_id).error();
    kept.token = *std::move(with_id);
    return write_token(*options.token, kept);
}

} // namespace

int resume(const wait_options& options) {
    if (const auto readable = load_token(*options.token); !readable) return refuse(readable.error(), options);
    file_lock lock;
    if (auto locked = lock.acquire(*options.token); !locked) return refuse(locked.error(), options);
    auto kept = load_token(*options.token); // again, because another process may have held the lock
    if (!kept) return refuse(kept.error(), options);
    if (auto fits = check_adopt_option(*kept, options); !fits) return refuse(fits.error(), options);
    if (options.out && !options.force && is_its_video(*kept, *options.out))
        return take_what_is_there(*kept, options);
    auto who = provider_of(kept->token, options);
    if (!who) return refuse(about_no_task(std::move(who).error(), *kept, options), options);
    if (auto found = check(*who, options); !found.empty())
        return refuse(wan::refusal(std::move(found)), options);
    if (auto writable = check_out(options); !writable) return refuse(writable.error(), options);
    if (auto adopted = adopt_task(*kept, *who, options); !adopted)
        return refuse(std::move(adopted).error(), options);
    auto ways = ways_on_from(*who, options);
    auto task = wan::resume_task(*std::move(who), kept->token, clock_here(), to_policy(options));
    if (!task) return refuse(about_no_task(std::move(task).error(), *kept, options), options);
    return print(session{options, std::move(ways), *std::move(kept)}.wait_for(*std::move(task), {}),
                 options.json, options.quiet);
}

} // namespace cli
