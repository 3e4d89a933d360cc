// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "catalog_file.hpp"
#include "sandbox/http/server.hpp"
#include "sandbox/log.hpp"
#include "sandbox/media/video.hpp"
#include "sandbox/options.hpp"
#include "sandbox/services/dashscope.hpp"
#include "sandbox/services/jiekou.hpp"
#include "sandbox/services/router.hpp"
#include "sandbox/services/sinancode.hpp"
#include "sandbox/store/tasks.hpp"
#include "sandbox/store/upload_store.hpp"
#include "sandbox/workers.hpp"

#include <wan/error.hpp>
#include <wan/model/dashscope_models.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <stdlib.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <functional>
#include <stdexcept>

namespace sandbox {

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

class temporary_directory {
public:
    temporary_directory() {
        auto name = (fs::temp_directory_path() / "wan-sandbox-XXXXXX").string();
        if (!mkdtemp(name.data()))
            throw std::runtime_error("cannot create a temporary directory " + name + ": " +
                                     std::strerror(errno) + "; set TMPDIR to a writable directory");
        path_ = std::move(name);
    }
    ~temporary_directory() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;

    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// A function like `make_video`.
using video_maker = std::function<outcome(const video_order&, const std::stop_token&)>;

/// Passes every video to a worker, and its outcome back to the thread that owns the tasks.
class studio {
public:
    studio(asio::io_context& context, task_store& tasks, video_maker make)
        : context_(context), tasks_(tasks), make_(std::move(make)) {}

    void start(video_order order) {
        workers_.add([this, order = std::move(order)](const std::stop_token& stop) {
            outcome result;
            try {
                result = make_(order, stop);
            } catch (const std::exception& error) {
                result = internal_failure("make the video of task " + order.id, error.what());
            }
            asio::post(context_, [this, id = order.id, result = std::move(result)]() mutable {
                tasks_.finish(id, std::move(result));
            });
        });
    }

private:
    static constexpr unsigned renders_at_once = 2;

    asio::io_context& context_;
    task_store& tasks_;
    video_maker make_;
    workers workers_{renders_at_once};
};

video_maker maker_of(const options& chosen, const fs::path& directory) {
    if (!chosen.video.empty()) return [](const video_order&, const std::stop_token&) { return outcome{}; };
    if (const auto missing = missing_programs(directory); !missing.empty()) throw std::runtime_error(missing);
    return [directory](const video_order& order, const std::stop_token& stop) {
        return make_video(order, directory, stop);
    };
}

void announce(const std::string& url) {
    std::printf("listening on %s\n", url.c_str());
    std::fflush(stdout);
}

int run(const options& chosen) {
    // Before the directory exists: from then on, every way out of the program must remove it.
    asio::io_context context{1};
    asio::signal_set signals(context, SIGINT, SIGTERM, SIGHUP);
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (!error) context.stop();
    });
    const temporary_directory directory;
    auto make = maker_of(chosen, directory.path());
    server http(context, chosen.port);
    const auto url = "http://127.0.0.1:" + std::to_string(http.port());

    std::shared_ptr<const wan::model_catalog> catalog;
    if (!chosen.catalog.empty()) {
        auto read = load_catalog(chosen.catalog, wan::dashscope_models);
        if (!read) throw std::runtime_error(wan::to_string(read.error()));
        catalog = *std::move(read);
    }
    counters counts;
    fault_plan faults(chosen.faults, chosen.fault_rate, chosen.seed);
    task_store tasks(context, chosen.pace, chosen.running);
    studio videos(context, tasks, std::move(make));
    const service::setup parts{.tasks = tasks,
                               .counts = counts,
                               .faults = faults,
                               .limits = chosen.limits,
                               .start_video = [&](video_order order) { videos.start(std::move(order)); },
                               .videos_url = url + "/videos/",
                               .prompt_while_running = chosen.prompt_while_running,
                               .key = chosen.key,
                               .catalog = std::move(catalog)};
    upload_store files({.directory = directory.path() / "uploads",
                        .host = url + std::string{upload_path},
                        .policy_lifetime = chosen.policy_lifetime,
                        .file_lifetime = chosen.upload_lifetime,
                        .counts = counts});
    dashscope first(parts, files);
    sinancode second(parts);
    jiekou third(parts);
    router routes({.tasks = tasks,
                   .counts = counts,
                   .faults = faults,
                   .services = {&first, &second, &third},
                   .files = files,
                   .videos = directory.path(),
                   .video = chosen.video,
                   .assets = chosen.assets});
    http.start(routes);
    announce(url);
    context.run();
    log("stopping");
    return 0;
}

} // namespace

} // namespace sandbox

int main(int argc, char** argv) {
    const auto parsed = sandbox::parse_options(argc, argv);
    if (const auto* const code = std::get_if<int>(&parsed)) return *code;
    const auto& chosen = std::get<sandbox::options>(parsed);
    // A closed stderr pipe must not end the sandbox before it has cleaned up.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return sandbox::run(chosen);
    } catch (const boost::system::system_error& error) {
        sandbox::log("wan-sandbox: cannot listen on 127.0.0.1:" + std::to_string(chosen.port) + ": " +
                     error.code().message() + "; choose another --port, or 0");
    } catch (const std::exception& error) { sandbox::log(std::string{"wan-sandbox: "} + error.what()); }
    return 1;
}
