// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The power is cut at each sync of a batch, and what was not synced is lost (tests/power/power_cut.cpp).
#include "support/batch.hpp"
#include "support/database.hpp"
#include "support/doctest.hpp"
#include "support/sandbox.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("power");

#ifdef WAN_POWER_CUT_LIBRARY

using support::batch_folder;

namespace {

constexpr int shots = 3;
constexpr std::size_t never = 1'000'000;

struct cut {
    std::size_t at;    ///< number of the sync
    std::string keeps; ///< how much of what was not synced: nothing, some, all
    unsigned seed;     ///< of what "some" is
};

/// A batch with its own folder and its own provider.
class world {
public:
    world(const std::string& video, cut where)
        : folder_(shots, video), server_({"--prompt-while-running", "--video", video}),
          where_(std::move(where)) {}

    void begin_with_cut() {
        run_.emplace(WAN_PROGRAM, arguments(),
                     std::vector<std::string>{
                         "DASHSCOPE_API_KEY=" + support::secret, "LD_PRELOAD=" WAN_POWER_CUT_LIBRARY,
                         "WAN_CUT_FOLDER=" + root(), "WAN_CUT_IMAGE=" + image(),
                         "WAN_CUT_AT=" + std::to_string(where_.at), "WAN_CUT_KEEPS=" + where_.keeps,
                         "WAN_CUT_SEED=" + std::to_string(where_.seed)});
    }
    /// Waits until the power is cut. Returns whether it was; otherwise the run had fewer syncs.
    bool is_cut() {
        const auto end = support::wait_for(*run_);
        run_.reset();
        if (end.code == 0) return false;
        CHECK_MESSAGE(end.code == 128 + SIGKILL, text() << end.err);
        return true;
    }
    /// Returns how many syncs a run had whose power was not cut.
    std::size_t syncs() const { return std::stoul(support::contents(image() + ".syncs")); }

    /// Leaves in the batch's folder what is on the disk.
    void lose_the_rest() {
        std::filesystem::remove_all(root());
        std::filesystem::rename(image(), root());
    }
    void begin_again() {
        run_.emplace(WAN_PROGRAM, arguments(),
                     std::vector<std::string>{"DASHSCOPE_API_KEY=" + support::secret});
    }
    /// Every shot has its video, and the state says so.
    void check_files() const {
        const auto file = state() + "state.db";
        const std::vector<std::string> good{"ok"}, done{"done|" + std::to_string(shots)};
        CHECK_MESSAGE(support::query(file, "PRAGMA integrity_check") == good, text());
        CHECK_MESSAGE(support::query(file, "SELECT state, count(*) FROM shots GROUP BY state") == done,
                      text());
        const auto original = support::contents(folder_.video());
        for (int i = 0; i < shots; ++i)
            CHECK_MESSAGE(support::contents(folder_.out("shot-" + std::to_string(i) + ".mp4")) == original,
                          text());
    }
    /// Waits for the run, which made the missing videos and paid for nothing twice.
    void check() {
        const auto end = support::wait_for(*run_);
        CHECK_MESSAGE(end.code == 0, text() << end.err);
        check_files();
        const auto stats = server_.stats();
        CHECK_MESSAGE(stats.at("created") == shots, text());
        const auto& prompts = stats.at("prompts").as_object();
        CHECK_MESSAGE(prompts.size() == shots, text());
        for (const auto& of : prompts) CHECK_MESSAGE(of.value().at("created") == 1, text());
    }

    const support::sandbox& server() const { return server_; }

private:
    std::string root() const { return std::filesystem::path{folder_.file()}.parent_path().string(); }
    std::string image() const { return beside_ / "image"; }
    /// A folder in a folder, both of which the run creates.
    std::string state() const { return root() + "/states/shots/"; }
    std::vector<std::string> arguments() const {
        return folder_.arguments(server_.base_url(), {"--sole-user", "--state", state()});
    }
    std::string text() const {
        return "sync " + std::to_string(where_.at) + ", keeps " + where_.keeps + ", seed " +
               std::to_string(where_.seed) + "\n";
    }

    batch_folder folder_;
    support::temporary_folder beside_;
    support::sandbox server_;
    cut where_;
    std::optional<support::program> run_;
};

/// Returns the first 20 syncs and a spread of the others.
std::vector<std::size_t> chosen(std::size_t syncs) {
    constexpr std::size_t all_of = 20, of_others = 30;
    std::vector<std::size_t> numbers;
    const auto step = syncs > all_of + of_others ? (syncs - all_of + of_others - 1) / of_others : 1;
    for (std::size_t i = 1; i <= syncs; i += i < all_of ? 1 : step) numbers.push_back(i);
    return numbers;
}

} // namespace

TEST_CASE("power is lost at any sync: every shot has its video, and was paid for once" *
          doctest::skip(support::is_sanitized)) {
    constexpr std::size_t at_once = 6;
    const auto seed = std::random_device{}();
    const batch_folder original{shots};
    world whole{original.video(), {.at = never, .keeps = "nothing", .seed = seed}};
    whole.begin_with_cut();
    REQUIRE(!whole.is_cut());
    std::vector<cut> cuts;
    for (const auto at : chosen(whole.syncs()))
        for (const auto* keeps : {"nothing", "some", "all"}) cuts.push_back({at, keeps, seed});
    std::size_t done = 0;
    for (std::size_t first = 0; first < cuts.size(); first += at_once) {
        std::vector<std::unique_ptr<world>> worlds;
        for (auto i = first; i < std::min(first + at_once, cuts.size()); ++i)
            worlds.push_back(std::make_unique<world>(original.video(), cuts[i]));
        for (const auto& each : worlds) each->begin_with_cut();
        // The runs differ a little, and so do the numbers of their syncs.
        std::erase_if(worlds, [](const auto& each) { return !each->is_cut(); });
        for (const auto& each : worlds) each->lose_the_rest();
        for (const auto& each : worlds) each->begin_again();
        for (const auto& each : worlds) each->check();
        done += worlds.size();
    }
    MESSAGE(whole.syncs() << " syncs, " << done << " cuts");
    CHECK(done >= cuts.size() / 2);
}

TEST_CASE("power is lost after the end of a batch: the videos and the state are there" *
          doctest::skip(support::is_sanitized)) {
    const batch_folder original{shots};
    world one{original.video(), {.at = never, .keeps = "nothing", .seed = 0}};
    one.begin_with_cut();
    REQUIRE(!one.is_cut());
    one.lose_the_rest();
    one.check_files();
    one.begin_again();
    one.check();
    CHECK(one.server().count("submits") == shots);
    CHECK(one.server().count("downloads") == shots);
}

#endif
