// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the docs quote of Qt.
#include "executors/qt_network.hpp"

#include <wan/run/callback.hpp>
#include <wan/wan.hpp>

#include <functional>
#include <memory>
#include <utility>

wan::running_task begin_video(wan::provider provider, const wan::keyframe_to_video& shot, std::function<void(wan::outcome)> on_done);

wan::running_task begin_video(wan::provider provider, const wan::keyframe_to_video& shot, std::function<void(wan::outcome)> on_done) {
    // run_async copies its executor, and qt_network is none to copy. The run keeps it.
    const auto http = std::make_shared<wan::executors::qt_network>();
    const auto begin_http = [http](const wan::http_request& request, wan::http_done done) { (*http)(request, std::move(done)); };
    return wan::run_async(std::move(provider), shot, begin_http, wan::executors::qt_timer{}, {}, std::move(on_done));
}
