// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the docs quote of Qt.
#include "executors/qt_network.hpp"

#include <wan/run/callback.hpp>
#include <wan/wan.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

wan::running_task begin_video(wan::provider provider, const wan::keyframe_to_video& shot,
                              std::function<void(wan::outcome)> on_done);

wan::running_task begin_video(wan::provider provider, const wan::keyframe_to_video& shot,
                              std::function<void(wan::outcome)> on_done) {
    // run_async copies its executor, but qt_network cannot be copied: the run shares it.
    const auto http = std::make_shared<wan::executors::qt_network>();
    const auto begin_http = [http](const wan::http_request& request, wan::http_done done) {
        (*http)(request, std::move(done));
    };
    return wan::run_async(std::move(provider), shot, begin_http, wan::executors::qt_timer{}, {},
                          std::move(on_done));
}

/// Makes a video. Closing the window abandons the run.
class video_window {
public:
    explicit video_window(std::function<void(wan::outcome)> show) : show_(std::move(show)) {}
    video_window(const video_window&) = delete;
    video_window& operator=(const video_window&) = delete;
    ~video_window() {
        if (running_) running_->abandon(); // on_done, which refers to the window, is not called any more
    }

    void make(wan::provider provider, const wan::keyframe_to_video& shot) {
        running_ =
            begin_video(std::move(provider), shot, [this](wan::outcome end) { show_(std::move(end)); });
    }

private:
    std::function<void(wan::outcome)> show_;
    std::optional<wan::running_task> running_;
};
