// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Several `wan work` and `wan batch` on one state in PostgreSQL, with one provider.
#pragma once

#include "support/batch.hpp"
#include "support/postgres.hpp"
#include "support/sandbox.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace support {

/// Waits for a program that must end within that time.
inline finished end_of(program& p, std::chrono::seconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (p.runs() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    if (p.runs()) {
        FAIL_CHECK("not ended within " << within.count() << " s: " << p.err());
        p.kill(SIGKILL);
    }
    auto end = wait_for(p);
    // As it is, and as it is in a URL.
    for (const auto& password : {postgres_cluster::password(), std::string{"e2e%2Fsecret"}})
        CHECK((end.out + end.err).find(password) == std::string::npos);
    return end;
}

/// A database, a provider, and a file of shots. Every machine has the same folder for the videos.
class fleet {
public:
    using machine = std::unique_ptr<program>;

    explicit fleet(int shots, std::vector<std::string> options = {})
        : folder_(shots), server_(with_video(std::move(options), folder_.video())) {}

    postgres_cluster& database() { return database_; }
    batch_folder& folder() { return folder_; }
    const sandbox& server() const { return server_; }

    std::vector<std::string> enqueue_arguments(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"enqueue", folder_.file(), "--base-url", server_.base_url()});
        return with_state(std::move(more));
    }
    /// Tests are in a hurry, unless they are about that.
    std::vector<std::string> work_arguments(std::vector<std::string> more = {}) const {
        auto all = folder_.arguments(server_.base_url(), std::move(more));
        all.erase(all.begin() + 1); // the file
        all[0] = "work";
        if (std::find(all.begin(), all.end(), "--lease") == all.end())
            all.insert(all.end(), {"--lease", "2"});
        return with_state(std::move(all));
    }
    std::vector<std::string> batch_arguments(std::vector<std::string> more = {}) const {
        more.insert(more.end(), {"--state", database_.url()});
        return folder_.arguments(server_.base_url(), std::move(more));
    }

    /// Starts a program. Of a variable that is set twice, the first counts.
    machine start(std::vector<std::string> arguments, std::vector<std::string> environment = {}) const {
        environment.insert(environment.end(),
                           {"DASHSCOPE_API_KEY=" + secret, postgres_cluster::environment()});
        return std::make_unique<program>(WAN_PROGRAM, std::move(arguments), std::move(environment));
    }
    machine work(std::vector<std::string> more = {}) const { return start(work_arguments(std::move(more))); }

    finished run(std::vector<std::string> arguments, std::vector<std::string> environment = {}) const {
        const auto p = start(std::move(arguments), std::move(environment));
        return end_of(*p, std::chrono::seconds{60});
    }
    void enqueue(std::vector<std::string> more = {}) const {
        const auto got = run(enqueue_arguments(std::move(more)));
        REQUIRE_MESSAGE(got.code == 0, got.err);
    }
    boost::json::object status() const {
        const auto got = run({"status", "--state", database_.url(), "--json"});
        REQUIRE_MESSAGE(got.code == 0, got.err);
        return got.json();
    }
    std::int64_t open_shots() const { return status().at("open").to_number<std::int64_t>(); }

    /// Returns the first frames of all tasks, in the order in which they were first submitted.
    std::vector<std::string> frames() const {
        std::vector<std::string> urls;
        const auto stats = server_.stats();
        for (const auto& of : stats.at("frames").as_object()) urls.emplace_back(of.key());
        return urls;
    }
    static std::string frame(int shot) { return "https://example.com/shot-" + std::to_string(shot) + ".png"; }

    /// Every shot has its video and was paid for once, and the state says so.
    void check_made_once(std::size_t shots) const {
        const auto left = undone(); // it checks: within CAPTURE, doctest would wait for itself
        CAPTURE(left);
        CHECK(folder_.videos() == shots);
        const auto stats = server_.stats();
        CHECK(stats.at("created") == shots);
        CHECK(stats.at("frames").as_object().size() == shots);
        for (const auto& of : stats.at("frames").as_object()) {
            const std::string url{of.key()};
            CHECK_MESSAGE(of.value().at("created") == 1, url);
        }
        const auto now = status();
        CHECK(now.at("open") == 0);
        CHECK(now.at("states").as_object() == boost::json::object{{"done", shots}});
    }

private:
    /// What the state has of the shots without a video, for a person who looks into a failed test.
    std::string undone() const {
        std::string text;
        for (const auto& row : database_.query(
                 "SELECT name, shots.state, claims, deaths, open_kind, error, number, task_id, token "
                 "FROM shots LEFT JOIN attempts ON shot_id = id WHERE shots.state <> 'done' ORDER BY id, "
                 "number"))
            text += row + "\n";
        return text;
    }
    std::vector<std::string> with_state(std::vector<std::string> all) const {
        if (std::find(all.begin(), all.end(), "--state") == all.end())
            all.insert(all.end(), {"--state", database_.url()});
        return all;
    }
    static std::vector<std::string> with_video(std::vector<std::string> options, const std::string& video) {
        options.insert(options.end(), {"--video", video});
        return options;
    }

    postgres_cluster database_;
    batch_folder folder_;
    sandbox server_;
};

} // namespace support
