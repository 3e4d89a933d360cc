// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the docs quote and no example holds.
#include "executors/curl.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

wan::outcome make_anywhere(const wan::provider& who, const wan::keyframe_to_video& shot);
std::vector<wan::provider> services(const char* dashscope_key, const char* sinancode_key, const char* jiekou_key);
wan::provider frankfurt(const std::string& workspace, wan::api_key key);
wan::provider yuto(const std::string& host, wan::api_key key);
wan::outcome make_and_wait(const wan::provider& who, const wan::keyframe_to_video& shot,
                           std::function<wan::result<void>(const wan::resume_token&)> save);

wan::outcome make_anywhere(const wan::provider& who, const wan::keyframe_to_video& shot) {
    return wan::run(who, shot, wan::executors::curl{});
}

std::vector<wan::provider> services(const char* dashscope_key, const char* sinancode_key, const char* jiekou_key) {
    return {
        wan::dashscope::singapore(dashscope_key),
        wan::dashscope::at("https://ws-1.ap-southeast-1.maas.aliyuncs.com/api/v1", dashscope_key), // a workspace's own host
        wan::sinancode::provider(sinancode_key),
        wan::jiekou::provider(jiekou_key),
    };
}

wan::provider frankfurt(const std::string& workspace, wan::api_key key) {
    return wan::dashscope::at("https://" + workspace + ".eu-central-1.maas.aliyuncs.com/api/v1", std::move(key));
}

wan::provider yuto(const std::string& host, wan::api_key key) {
    return wan::yutoai::at("https://" + host + "/qwen/api/v1", std::move(key));
}

wan::outcome make_and_wait(const wan::provider& who, const wan::keyframe_to_video& shot,
                           std::function<wan::result<void>(const wan::resume_token&)> save) {
    return wan::run(who, shot, wan::executors::curl{}, {.save_token = std::move(save)});
}
