// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/shots.hpp"

#include "cli/joined.hpp"
#include "cli/options.hpp"
#include "cli/output/report.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <string_view>

namespace cli {

namespace {

struct order_row {
    shot_order what;
    const char* name;
    const char* help;
    std::string_view done; ///< "3 shots are paused"
};

constexpr order_row order_rows[] = {
    {shot_order::pause, "pause", "Shots that no worker has taken yet wait until they are resumed", "paused"},
    {shot_order::resume, "resume", "Paused shots wait for a worker again", "no longer paused"},
    {shot_order::download, "download",
     "Videos that `wan work --no-download` left, or whose files are not here any more, are downloaded by the "
     "next worker without that option",
     "to be downloaded"},
    {shot_order::cancel, "cancel",
     "Shots that were not submitted never are; the workers cancel tasks that have not started",
     "to be canceled; a task that has started continues"},
    {shot_order::retry, "retry",
     "Shots that failed, expired, were canceled or rejected are submitted again, and paid for again; shots "
     "that were set aside continue",
     "tried again"},
};

int carry_out(const order_row& order, const shots_options& options) {
    const auto done = give_order(options.state, order.what, options.names);
    if (!done) return print(refusal(done.error()), options.json, false);
    if (!done->others.empty() && !options.json)
        std::fprintf(stderr, "wan: not changed: %s\n", joined(done->others, ", ").c_str());
    if (options.json) {
        boost::json::array others;
        for (const auto& each : done->others) others.emplace_back(each);
        print_json({{"changed", done->changed}, {"not_changed", std::move(others)}});
    } else {
        const auto* const shots = done->changed == 1 ? "shot is" : "shots are";
        std::printf("%zu %s %s\n", done->changed, shots, std::string{order.done}.c_str());
    }
    return done->others.empty() ? 0 : refused_here;
}

} // namespace

void shots_command::add_to(CLI::App& app) {
    command_ = app.add_subcommand(
        "shots", "Pause, resume, cancel, retry or download shots of a state that workers share");
    command_->require_subcommand(1);
    for (const auto& each : order_rows) {
        auto* const order = orders_[each.what] = command_->add_subcommand(each.name, each.help);
        order->add_option("ID", options_.names, "Ids of the shots")->type_name("ID");
        order->add_flag("--all", options_.all, "All shots to which this applies");
        order
            ->add_option("--state", options_.state,
                         "The state of `wan enqueue`: a directory, or a postgresql:// URL")
            ->type_name("WHERE")
            ->required();
        order->add_flag("--json", options_.json, "Print one JSON object and nothing else");
        order->footer(
            "Exit codes: 0 done; 2 a shot was in another state, there is no such shot or state, or wrong "
            "usage; 1 the\nstate cannot be written.");
    }
}

int shots_command::run() const {
    if (options_.names.empty() != options_.all)
        return print(refusal(bad_option(options_.all ? "give the ids of shots, or --all, not both"
                                                     : "give the ids of shots, or --all")),
                     options_.json, false);
    for (const auto& each : order_rows)
        if (*orders_.at(each.what)) return carry_out(each, options_);
    return refused_here;
}

} // namespace cli
