// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What is measured: the request and the replies of DashScope's own documents.
#pragma once

#include <wan/provider/dashscope.hpp>
#include <wan/request/job.hpp>

#include <string_view>

namespace bench {

/// How long one benchmark runs in one round, and how many rounds there are. Medians of a few short rounds in
/// random order are steadier than one long run: what else the machine does then meets all peers alike.
inline constexpr double seconds_per_run = 0.1;
inline constexpr int rounds = 5;

inline wan::keyframe_to_video sample_request() {
    return {
        .first_frame_url =
            "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/ixdxvt/"
            "wan-kf2v-blue-1.png",
        .last_frame_url =
            "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/nhtdrc/"
            "wan-kf2v-blue-2.png",
        .prompt = "A cute blue monster with a slightly sad expression stands in the rain. The camera slowly "
                  "zooms in "
                  "and stops on the moment it looks up at the sky.",
        .model = "wan2.2-kf2v-flash",
        .resolution = wan::resolution::p720,
        .prompt_extend = true,
        .watermark = true,
    };
}

/// The same as the documents spell it; every encoder must give this text's value.
inline constexpr std::string_view sample_body = R"({
    "model": "wan2.2-kf2v-flash",
    "input": {
        "first_frame_url": "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/ixdxvt/wan-kf2v-blue-1.png",
        "last_frame_url": "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/nhtdrc/wan-kf2v-blue-2.png",
        "prompt": "A cute blue monster with a slightly sad expression stands in the rain. The camera slowly zooms in and stops on the moment it looks up at the sky."
    },
    "parameters": {
        "resolution": "720P",
        "prompt_extend": true,
        "watermark": true
    }
})";

inline constexpr std::string_view accepted_reply =
    R"({"output":{"task_status":"PENDING","task_id":"3f21a745-9f4b-4588-b643-xxxxxx"},)"
    R"("request_id":"4909100c-7b5a-9f92-bfe5-xxxxxx"})";

inline constexpr std::string_view running_reply =
    R"({"request_id":"e5d70b02-ebd3-98ce-9fe8-xxxxxx","output":{"task_id":"3f21a745-9f4b-4588-b643-xxxxxx",)"
    R"("task_status":"RUNNING","submit_time":"2025-04-18 10:36:58.394","scheduled_time":"2025-04-18 10:37:13.802"}})";

inline constexpr std::string_view succeeded_reply =
    R"({"request_id":"ec016349-6b14-9ad6-8009-xxxxxx","output":{"task_id":"3f21a745-9f4b-4588-b643-xxxxxx",)"
    R"("task_status":"SUCCEEDED","submit_time":"2025-04-18 10:36:58.394","scheduled_time":"2025-04-18 10:37:13.802",)"
    R"("end_time":"2025-04-18 10:45:23.004",)"
    R"("video_url":"https://dashscope-result-wlcb.oss-cn-wulanchabu.aliyuncs.com/xxx.mp4?xxxxx",)"
    R"("orig_prompt":"...","actual_prompt":"..."},"usage":{"video_duration":5,"video_count":1,"SR":480}})";

} // namespace bench
