// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Calls a service with the user's own key, and tells where its replies differ from what is known of it.
#include "calls.hpp"
#include "cli/providers.hpp"
#include "differences.hpp"
#include "plan.hpp"

#include "executors/curl.hpp"
#include "executors/recording.hpp"

#include <wan/protocol/redact_key.hpp>
#include <wan/wan.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr const char* usage =
    "Usage: sh tests/live.sh [OPTION]...\n"
    "\n"
    "Calls a provider with your own key: the cheapest request of each job that it offers, and some free\n"
    "calls. It COSTS MONEY: it prints the costs and asks before it sends anything. Prints every difference\n"
    "between the responses and the provider's documents or wan-sandbox, and saves a recording without\n"
    "secrets, which the tests replay from then on.\n"
    "\n"
    "  --provider NAME     dashscope-singapore (default), dashscope-beijing, dashscope-virginia, dashscope, "
    "sinancode,\n"
    "                      yutoai, jiekou, novita, ppio\n"
    "  --base-url URL      address of the API (default: the provider's address)\n"
    "  --api-key-env NAME  environment variable that holds the key (default: DASHSCOPE_API_KEY, ..., by "
    "provider)\n"
    "  --first-frame URL   an image that the provider fetches (default: the image of DashScope's guides)\n"
    "  --last-frame URL    the last frame, likewise\n"
    "  --clip URL          an MP4 of 2 to 4 seconds (default: none, and video_continuation is not tested)\n"
    "  --recordings DIR    folder for the recording (default: tests/live/recordings)\n"
    "  --poll-every S      seconds between queries (default: the default of the provider's dialect)\n"
    "  --yes               do not ask before sending\n"
    "  --replay FILE       instead: repeat the calls of the recording FILE (NAME.json); sends nothing\n"
    "\n"
    "Exit codes: 0 no difference; 1 differences, or a video was not made; 2 wrong usage, or nothing was "
    "sent\n";

using arguments = std::map<std::string, std::string>;

std::optional<arguments> parse(int argc, char** argv) {
    arguments given;
    const std::vector<std::string> with_value{"--provider",    "--base-url",   "--api-key-env",
                                              "--first-frame", "--last-frame", "--clip",
                                              "--recordings",  "--poll-every", "--replay"};
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--yes" || name == "--help" || name == "-h")
            given[name == "-h" ? "--help" : name] = "";
        else if (std::find(with_value.begin(), with_value.end(), name) != with_value.end() && i + 1 < argc)
            given[name] = argv[++i];
        else
            return std::nullopt;
    }
    return given;
}

std::optional<std::string> value(const arguments& given, const char* name) {
    const auto found = given.find(name);
    return found == given.end() ? std::nullopt : std::optional{found->second};
}

bool agrees(const std::vector<live::planned_request>& all, const wan::provider& who) {
    std::int64_t total = 0;
    bool is_known = true;
    std::cout << "At " << who.base_url << ":\n";
    for (const auto& one : all) {
        std::cout << "  " << to_string(one) << '\n';
        is_known = is_known && one.cost;
        if (one.cost) total += one.cost->amount;
    }
    if (total != 0)
        std::cout << "Total: " << to_string(wan::cost_estimate{.amount = total, .currency = "CNY"})
                  << (is_known ? "" : ", plus requests without a known price") << ".\n";
    std::cout << "These are older list prices; only the provider's bill is binding. Type yes to continue: "
              << std::flush;
    std::string answer;
    return std::getline(std::cin, answer) && answer == "yes";
}

std::string today() {
    char text[32] = {};
    const auto now = std::time(nullptr);
    std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", std::gmtime(&now));
    return text;
}

/// What a test needs besides the recording to make the same calls.
boost::json::object about(const std::string& provider, const wan::provider& who, const live::media_urls& urls,
                          const live::report& report) {
    boost::json::array jobs;
    for (const auto& job : report.jobs)
        jobs.push_back(
            {{"job", job.name}, {"model", job.outcome.model}, {"state", wan::to_wire(job.outcome.ending)}});
    return {{"provider", provider},          {"base_url", who.base_url}, {"first_frame", urls.first_frame},
            {"last_frame", urls.last_frame}, {"clip", urls.clip},        {"jobs", std::move(jobs)}};
}

int run(const arguments& given) {
    cli::wait_options options;
    options.base_url = value(given, "--base-url");
    options.api_key_env = value(given, "--api-key-env");
    auto name = value(given, "--provider");
    // Somewhere else, but in DashScope's form.
    if (!name) name = options.base_url ? "dashscope" : "dashscope-singapore";
    const auto names = cli::provider_names();
    if (std::find(names.begin(), names.end(), *name) == names.end()) {
        std::cerr << "wan-live: unknown provider " << wan::printable(*name) << "; see --help" << '\n';
        return 2;
    }
    const auto who = cli::find_provider(name, options);
    if (!who) {
        std::cerr << "wan-live: " << to_string(who.error()) << '\n';
        return 2;
    }
    if (who->key.empty()) {
        std::cerr << "wan-live: no API key: set DASHSCOPE_API_KEY, or the variable of the chosen provider "
                     "(see --help)\n";
        return 2;
    }
    live::media_urls urls;
    urls.first_frame = value(given, "--first-frame").value_or(urls.first_frame);
    urls.last_frame = value(given, "--last-frame").value_or(urls.last_frame);
    urls.clip = value(given, "--clip").value_or(urls.clip);
    const auto all = live::plan(*who, urls);
    if (all.empty()) {
        std::cerr << "wan-live: the provider offers none of the tested jobs at this address\n";
        return 2;
    }
    if (given.count("--yes") == 0 && !agrees(all, *who)) {
        std::cout << "Nothing was sent.\n";
        return 2;
    }

    const fs::path folder = value(given, "--recordings").value_or(WAN_SOURCE_DIR "/tests/live/recordings");
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    const auto file = folder / (std::string{who->dialect->name} + '-' + today());
    std::ofstream lines{file.string() + ".jsonl"};
    if (!lines) {
        std::cerr << "wan-live: cannot write " << file.string() << ".jsonl\n";
        return 2;
    }
    wan::executors::curl curl;
    wan::executors::recorder http{[&](const wan::http_request& r) { return curl(r); },
                                  [&](const wan::executors::recorded_exchange& e) {
                                      auto line = to_json(e);
                                      wan::redact_key(who->key, line);
                                      lines << line << '\n' << std::flush;
                                  }};
    wan::run_options how;
    how.on_progress = [](const wan::progress& p) { std::cout << "  " << wan::to_wire(p.state) << '\n'; };
    if (const auto every = value(given, "--poll-every")) {
        const wan::milliseconds wait{static_cast<std::int64_t>(1000 * std::atof(every->c_str()))};
        how.policy.poll = wan::backoff{wait, 1.0, wait};
    }
    // The recording knows no account: that one's other tasks are not looked at, and a lost submit ends as
    // such.
    live::caller caller{*who, http, how};
    const auto report = caller.carry_out(all);

    live::difference_finder found{*who};
    for (const auto& one : report.exchanges) found.look_at(one);
    bool all_made = true;
    for (const auto& job : report.jobs) {
        std::string line = job.name + ": " + to_string(job.outcome);
        wan::redact_key(who->key, line);
        std::cout << line << '\n';
        all_made = all_made && job.outcome.succeeded();
        if (job.outcome.video)
            found.look_at_download(curl({.url = job.outcome.video->url,
                                         .timeout = std::chrono::minutes{5},
                                         .max_reply_bytes = std::size_t{1} << 30}));
    }
    std::ofstream{file.string() + ".json"} << boost::json::serialize(about(*name, *who, urls, report))
                                           << '\n';
    std::cout << "Recorded: " << file.string() << ".jsonl\n";
    for (const auto& line : found.all()) std::cout << "differs: " << line << '\n';
    std::cout << found.all().size() << " differences from the documents and the sandbox.\n";
    return all_made && found.all().empty() ? 0 : 1;
}

std::string contents(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// Waits in no time.
struct replayed_time {
    std::shared_ptr<wan::time_point> at = std::make_shared<wan::time_point>(std::chrono::steady_clock::now());

    std::chrono::sys_seconds today() const noexcept {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    wan::time_point now() const noexcept { return *at; }
    void sleep_until(wan::time_point until) const noexcept { *at = (std::max)(*at, until); }
};

/// What was recorded comes to the same ends.
int replay(const fs::path& file) {
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(contents(file), failed);
    const auto recorded =
        wan::executors::read_recording(contents(fs::path{file}.replace_extension(".jsonl")));
    if (failed || !parsed.is_object() || !recorded) {
        std::cerr << "wan-live: " << file.string() << " is not a recording"
                  << (recorded ? "" : ": " + to_string(recorded.error())) << '\n';
        return 2;
    }
    const auto text = [&](const char* name) { return std::string{parsed.at(name).as_string()}; };
    cli::wait_options options;
    options.base_url = text("base_url");
    auto who = cli::find_provider(text("provider"), options);
    if (!who) {
        std::cerr << "wan-live: " << to_string(who.error()) << '\n';
        return 2;
    }
    who->key = "sk-of-no-account";
    const live::media_urls urls{text("first_frame"), text("last_frame"), text("clip")};
    wan::executors::replayer http{*recorded};
    live::caller caller{*who, [&](const wan::http_request& r) { return http(r); }};
    const auto report = caller.carry_out(live::plan(*who, urls), replayed_time{});
    const auto& expected = parsed.at("jobs").as_array();
    bool same = expected.size() == report.jobs.size();
    for (std::size_t i = 0; same && i < report.jobs.size(); ++i) {
        const auto& job = report.jobs[i];
        std::cout << job.name << ": " << to_string(job.outcome) << '\n';
        same = expected[i].at("job").as_string() == job.name &&
               expected[i].at("state").as_string() == wan::to_wire(job.outcome.ending);
    }
    for (const auto& left : http.left())
        std::cout << "not repeated: " << wan::to_wire(left.method) << ' ' << left.url << '\n';
    std::cout << (same && http.left().empty() ? "Same outcomes as recorded.\n"
                                              : "Outcomes differ from the recording.\n");
    return same && http.left().empty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const auto given = parse(argc, argv);
    if (!given) {
        std::cerr << usage;
        return 2;
    }
    if (given->count("--help") != 0) {
        std::cout << usage;
        return 0;
    }
    if (const auto file = value(*given, "--replay")) return replay(*file);
    return run(*given);
}
