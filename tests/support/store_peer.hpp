// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// DashScope with its store for uploaded files, which takes no key, no name twice, and no form but the
// documented one.
#pragma once

#include "doctest.hpp"
#include "scripted_peer.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

inline wan::http_result store_refusal(unsigned status, const std::string& code, const std::string& message) {
    return answer(
        status,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>" + code + "</Code>\n  <Message>" +
            message +
            "</Message>\n  <RequestId>66D1</RequestId>\n  <HostId>dashscope-file-xxx</HostId>\n</Error>");
}

class store_peer {
public:
    /// Instead of the answer to the n-th request, from 0 on. What a lost or broken upload had sent is in the
    /// store.
    using fault =
        std::function<std::optional<wan::http_result>(std::size_t n, const wan::http_request& request)>;

    explicit store_peer(fault wrong = {}) : state_(std::make_shared<state>()) {
        state_->wrong = std::move(wrong);
    }

    wan::http_result operator()(const wan::http_request& request) {
        auto& s = *state_;
        const auto n = s.requests.size();
        s.requests.push_back(request);
        auto right = answered(request, *request.body.flatten());
        if (s.wrong)
            if (auto wrong = s.wrong(n, request)) return *std::move(wrong);
        return right;
    }

    const std::vector<wan::http_request>& requests() const { return state_->requests; }
    const std::map<std::string, std::string>& files() const { return state_->files; }
    std::size_t submits() const { return state_->submits.size(); }
    /// The bodies of the submits.
    const std::vector<std::string>& submitted_bodies() const { return state_->submits; }

    static bool is_policy(const wan::http_request& r) {
        return r.url.find("/uploads?action=getPolicy") != std::string::npos;
    }
    static bool is_file(const wan::http_request& r) { return r.url.starts_with(host); }
    static bool is_submit(const wan::http_request& r) { return r.url.ends_with("/video-synthesis"); }

    static constexpr std::string_view host = "https://dashscope-file-xxx.oss-cn-beijing.aliyuncs.com";

    /// The document's, but for the directory.
    static wan::http_result policy(const std::string& directory, unsigned max_megabytes = 100) {
        return answer(
            200,
            R"({"request_id":"52f4383a-c67d-9f8c-xxxxxx","data":{"policy":"eyJl...1ZSJ=","signature":"g5K...d40=","upload_dir":")" +
                directory + R"(","upload_host":")" + std::string{host} +
                R"(","expire_in_seconds":300,"max_file_size_mb":)" + std::to_string(max_megabytes) +
                R"(,"capacity_limit_mb":999999999,"oss_access_key_id":"LTA...",)"
                R"("x_oss_object_acl":"private","x_oss_forbid_overwrite":"true"}})");
    }

private:
    struct state {
        fault wrong;
        std::vector<wan::http_request> requests;
        std::map<std::string, std::string> files;
        std::vector<std::string> submits;
    };

    static bool has_key(const wan::http_request& r) {
        return wan::find_header(r.headers, "Authorization") != nullptr;
    }

    wan::http_result answered(const wan::http_request& request, const std::string& body) {
        auto& s = *state_;
        if (is_policy(request)) return policy("dashscope-instant/xxx/2024-07-18/xxx");
        if (is_file(request)) return stored(request, body);
        if (!is_submit(request)) return succeeded();
        const bool resolves = wan::find_header(request.headers, "X-DashScope-OssResourceResolve") != nullptr;
        CHECK(resolves == (body.find("oss://") != std::string::npos));
        for (auto at = body.find("oss://"); at != std::string::npos; at = body.find("oss://", at + 1)) {
            const auto key = body.substr(at + 6, body.find('"', at) - at - 6);
            CHECK_MESSAGE(s.files.contains(key), key, " is submitted, and is not in the store");
        }
        s.submits.push_back(body);
        return submitted();
    }

    wan::http_result stored(const wan::http_request& request, const std::string& body) {
        CHECK_MESSAGE(!has_key(request), "the key went to the store");
        CHECK(request.method == wan::http_method::post);
        const auto* type = wan::find_header(request.headers, "Content-Type");
        REQUIRE(type != nullptr);
        REQUIRE(type->starts_with("multipart/form-data; boundary="));
        const auto boundary = "--" + type->substr(30);
        // The parts, in order.
        std::vector<std::pair<std::string, std::string>> parts;
        auto at = body.find(boundary);
        REQUIRE(at == 0);
        while (body.compare(at + boundary.size(), 2, "--") != 0) {
            const auto head_end = body.find("\r\n\r\n", at);
            const auto next = body.find("\r\n" + boundary, head_end);
            REQUIRE(next != std::string::npos);
            const auto name_at = body.find("name=\"", at) + 6;
            parts.emplace_back(body.substr(name_at, body.find('"', name_at) - name_at),
                               body.substr(head_end + 4, next - head_end - 4));
            at = next + 2;
        }
        CHECK(body.substr(at + boundary.size()) == "--\r\n");
        std::vector<std::string> names;
        for (const auto& part : parts) names.push_back(part.first);
        CHECK(names == std::vector<std::string>{"OSSAccessKeyId", "Signature", "policy", "x-oss-object-acl",
                                                "x-oss-forbid-overwrite", "key", "success_action_status",
                                                "file"});
        if (names.size() != 8) return store_refusal(400, "MalformedPOSTRequest", "no");
        CHECK(parts[0].second == "LTA...");
        CHECK(parts[1].second == "g5K...d40=");
        CHECK(parts[2].second == "eyJl...1ZSJ=");
        CHECK(parts[3].second == "private");
        CHECK(parts[4].second == "true");
        CHECK(parts[6].second == "200");
        CHECK(parts[5].second.starts_with("dashscope-instant/xxx/2024-07-18/xxx/"));
        if (!state_->files.emplace(parts[5].second, parts[7].second).second)
            return store_refusal(409, "FileAlreadyExists",
                                 "The object you specified already exists and can not be overwritten.");
        return answer(200, "");
    }

    std::shared_ptr<state> state_;
};

} // namespace support
