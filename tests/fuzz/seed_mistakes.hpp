// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Inputs that go wrong, or are read in an unusual way: one for each reason that the library gives.
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A first input of a fuzz target.
struct seed {
    std::string target;
    std::string bytes;
};

namespace mistakes {

using namespace std::string_view_literals;

// Status, from where, ETag; headers, each with the number of its name; the last rows have four, and a URL.
inline constexpr std::string_view downloads[] = {
    "\0"
    "0\n\n"
    "\0x\n"sv,
    "\0"
    "0\n\n"
    "\5chunked\n"
    "\0"
    "9\n"sv,
    "\0"
    "0\n\n"
    "\3gzip\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1x\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1bytes 5-9/20\n"sv,
    "\1"
    "0\n\n"
    "\1bytes 0-4/20\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1bytes 10-19/20\n"
    "\2\"f\"\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1bytes 9-5/20\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1bytes 10-20/20\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1bytes 10-19/*\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1items 10-19/20\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1bytes 18446744073709551616-5/*\n"sv,
    "\1"
    "10\n\"e\"\n"
    "\1bytes x-y/20\n"
    "\1bytes 10\n"
    "\1bytes 10-19\n"
    "\1bytes */*\n"sv,
    "\2"
    "10\n\"e\"\n"
    "\1bytes */20\n"sv,
    "\2"
    "10\n\"e\"\n"
    "\6\n"sv,
    "\4"
    "0\n\n"
    "\4https://b.example/x\n"sv,
    "\4"
    "0\n\n"
    "\4/x\n"sv,
    "\4"
    "0\n\n"
    "\6\n"sv,
    "\7"
    "0\n\n"sv,
    "\x0a"
    "0\n\n"sv,
    "\x0b"
    "0\n\n"sv,
    "\x0d"
    "0\n\n"sv,
    "\0"
    "5\n\"e\"\n"
    "\6\n\6\n\6\n\6\n"
    "ftp://a.example/v.mp4"sv,
    "\0"
    "5\n\"e\"\n"
    "\6\n\6\n\6\n\6\n"
    "https://user:word@a.example/v.mp4"sv,
    "\0"
    "5\n\"e\"\n"
    "\6\n\6\n\6\n\6\n"
    "https://a.example/a b"sv,
    "\5"
    "0\n\n"
    "\6\n\6\n\6\n\6\n"
    "<Error><Code>AccessDenied</Code><RequestId>r</RequestId></Error>"sv,
};

// The number of the body; a line for each field. From \xF0 on the first line is the body.
inline constexpr std::string_view extra_fields[] = {
    "\0/x\t{bad\n"sv,
    "\0/x\t1e999\n/y\t[1e999]\n/z\t{\"a\":1e999}\n"sv,
    "\0/x\t'\xff\n"sv,
    "\0x\t1\n"sv,
    "\0/a~2\t1\n"sv,
    "\0\t1\n"sv,
    "\0/model\t1\n/input\t1\n"sv,
    "\0/model/x\t1\n"sv,
    "\0/parameters/duration/x\t1\n"sv,
    "\0/q\"q\t1\n/q\"q\t2\n/parameters/k\tnull\n/parameters/k/l\t[{}]\n"sv,
    "\1/a~1b~0c//y\t{\"k\":[1,\"]\\\"\"]}\n/list\t[]\n/image/x\t1\n"sv,
    "\2/a/b\t1\n/a/c\t2\n/a\t{}\n"sv,
    "\2/yes\tyes\n/size\tsize\n/half\thalf\n"sv,
    "\xf0{\"a\":\"cut\n/a\t1\n/b\t2\n"sv,
    "\xf0{\"a\":[{\"b\":1\n/a\t1\n/a/b\t2\n"sv,
    "\xf0 {\"\\ud800\":1, \"a\" : 1 }\n/a\t1\n/b\t2\n"sv,
    "\xf0{\"a\":1\n/a\t12\n"sv,
};

// Dialect, status, numbers of two headers, body.
inline constexpr std::string_view lists[] = {
    "\0\0\0\0{\"data\":[{\"task_id\":\"a\xff\",\"model_name\":\"m\"},{\"task_id\":\"b\"}],\"total_page\":1}"sv,
    "\0\0\0\0{\"data\":[{\"task_id\":\"a\\ud800\",\"gmt_create\":1.5,\"model_name\":null}],\"total_page\":-1}"sv,
    "\0\0\0\0{\"data\":[{\"task_id\":\"a\",\"n\":[[1],{\"b\":true}]},[{\"task_id\":\"b\"}],7]}"sv,
    "\0\0\0\0{\"data\":[{\"task_id\":\"a\",\"gmt_create\":18446744073709551615,\"status\":false}]}"sv,
    "\0\0\0\0{\"data\":{}}"sv,
    "\0\0\0\0{\"data\":[{\"task_id\":\"cut"sv,
    "\0\0\0\0{\"data\":[{\"task_id\":\"a\",\"gmt_create\":12"sv,
    "\0\0\0\0{\"code\":\"InvalidParameter\",\"message\":\"no\",\"data\":[]}"sv,
    "\0\x17\0\0reset"sv,
    "\2\0\0\0{}"sv,
    "\6\0\0\0{\"data\":[{\"task_id\":\"a\",\"at\":\"no time\"}],\"pages\":1e99}"sv,
};

// Dialect, whether the id is known, status, numbers of two headers, body.
inline constexpr std::string_view task_replies[] = {
    "\0\1\0\0\0{\"output\":{\"task_id\":\"task-1\",\"task_status\":\"CANCELED\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_id\":\"task-1\",\"task_status\":\"UNKNOWN\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_id\":\"task-2\",\"task_status\":\"RUNNING\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_id\":\"task-1\",\"task_status\":\"FAILED\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_id\":\"task-1\",\"task_status\":\"FAILED\",\"code\":\"Odd\"}}"sv,
    "\0\1\6\0\0{\"output\":{\"task_id\":\"task-1\",\"task_status\":\"FAILED\",\"message\":\"m\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_id\":\"task-1\",\"task_status\":\"SUCCEEDED\",\"video_url\":\"/1.mp4\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_id\":\"task-1\",\"task_status\":\"SUCCEEDED\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_status\":\"FAILED\",\"message\":\"\xff\",\"orig_prompt\":\"\xff\"}}"sv,
    "\0\1\0\0\0{\"output\":{\"task_status\":\"FAILED\",\"message\":\"cut"sv,
    "\0\0\3\0\0{}"sv,
    "\0\0\3\0\0"sv,
    "\0\0\4\0\0"sv,
    "\0\0\5\3https://b.example/\n\0"sv,
    "\0\0\5\0\0"sv,
    "\0\0\0\4gzip\n\0\x1f\x8b"sv,
    "\0\0\x12\0\0<html>bad gateway"sv,
    "\0\0\x17\0\0reset"sv,
    "\3\0\0\0\0{\"task\":{\"task_id\":\"t\",\"status\":\"TASK_STATUS_FAILED\",\"reason\":\"r\"}}"sv,
    "\3\1\0\0\0{\"status\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"m\"},\"code\":500}"sv,
    "\6\1\0\0\0{\"data\":{\"task_id\":\"task-1\",\"status\":\"OVER\",\"videos\":[[\"https://a.example/1.mp4\"]]}}"sv,
    "\6\1\0\0\0{\"data\":{\"status\":\"OVER\",\"videos\":[[\"a\",\"b\"],7]}}"sv,
    "\6\1\0\0\0{\"data\":{\"text\":\"{\\\"id\\\":7\",\"seconds\":\"x\"}}"sv,
    "\6\1\0\0\0{\"data\":{\"text\":7,\"seconds\":\"1e999\",\"a/b~c\":{\"\\n\":null}}}"sv,
};

// Dialect, status, numbers of two headers, body.
inline constexpr std::string_view submit_replies[] = {
    "\0\0\0\0{\"output\":{\"task_id\":\"..\"}}"sv,
    "\0\0\0\0{}"sv,
    "\0\0\0\0{\"message\":\"queued\"}"sv,
    "\0\0\0\0{\"output\":{\"task_id\":\"cut"sv,
    "\0\0\0\0{\"code\":\"404\",\"message\":\"m\"}"sv,
    "\0\0\0\0{\"code\":\"upstream_error\"}"sv,
    "\0\6\0\0{\"error\":{\"type\":\"invalid_request_error\"}}"sv,
    "\0\x11\0\0{\"code\":\"upstream_error\"}"sv,
    "\0\5\3https://b.example/\n\0"sv,
    "\0\x17\0\0even"sv,
    "\0\x17\0\0odd"sv,
};

// A flag and the dialect, status, numbers of two headers, body.
inline constexpr std::string_view uploads[] = {
    "\0\0\0\0{\"data\":{\"upload_dir\":\"d\",\"upload_host\":\"http://h.example\"}}"sv,
    "\0\0\0\0{\"data\":{\"upload_dir\":\"d\",\"upload_host\":\"https://h.example\"}}"sv,
    "\0\0\0\0{\"data\":{\"upload_host\":\"https://h.example\",\"policy\":\"a\\\"b\"}}"sv,
    "\0\0\0\0{\"data\":"sv,
    "\0\x17\0\0reset"sv,
    "\0\0\4gzip\n\0\x1f\x8b"sv,
    "\0\5\3https://b.example/\n\0"sv,
    "\1\2\0\0\0{}"sv,
};

// Behind the begin of an object with a job and a first frame.
inline constexpr std::string_view requests[] = {
    R"("prompt":{"a":1,"a":2},"id":{"b":1,"b":2},"seed":1,"seed":2})"sv,
    R"("extra":{"/x":null,"/y":-9223372036854775808,"/z":18446744073709551615,"/n":1e999,"/f":0.5,"/t":true}})"sv,
    R"("n\u0065w":null,"prompt":"a\nb\u00e4","duration":null,"resolution":7,"seed":{},"watermark":[]})"sv,
    R"("resolution":"481P","watermark":7,"seed":99999999999,"prompt":1.5,"last_frame_url":18446744073709551615})"sv,
    R"("job":7})"sv,
    R"("id":7})"sv,
    R"("prompt":")"
    "\xff"
    R"("})"sv,
    R"("promt":1,"durations":2,"x":3})"sv,
    R"("seed":1} 2)"sv,
    R"("seed":1)"sv,
};
inline constexpr std::string_view other_requests[] = {
    "\0{}"sv,
    "\0[]"sv,
    "\0"
    "7"sv,
    "\0null"sv,
    "\0{\"job\":null}"sv,
    "\0{\"job\":\"odd\"}"sv,
    "\0{\"job\":[1]}"sv,
};

// Behind the begin of a token: its version, dialect and base URL.
inline constexpr std::string_view tokens[] = {
    R"("state":"ended"})"sv,
    R"("state":"waiting","task_id":"t","ending":"failed"})"sv,
    R"("state":"ended","ending":"odd"})"sv,
    R"("state":"odd"})"sv,
    R"("state":"waiting"})"sv,
    R"("state":"ended","ending":"expired"})"sv,
    R"("state":"submit_lost","started_at":"x"})"sv,
    R"("state":"submit_lost","started_at":-1})"sv,
    R"("state":"waiting","task_id":"t","started_at":-1,"clock":"unchecked"})"sv,
    R"("state":"waiting","task_id":"t","clock":"odd"})"sv,
    R"("state":"waiting","task_id":"t","id":"odd"})"sv,
    R"("state":"waiting","task_id":"t","id":"confirmed"})"sv,
    R"("state":"waiting","task_id":"t","id":"inferred","inferred_from":"not_reported"})"sv,
    R"("state":"waiting","task_id":"t","id":"inferred","inferred_from":"odd"})"sv,
    R"("state":"submit_lost","prompt_hash":"x"})"sv,
    R"("state":"ended","ending":"submit_unknown","prompt_hash":"6b82d7899bd76b0f"})"sv,
    R"("state":"ready"})"sv,
    R"("state":"result_due","task_id":"t","result_url":"https://a.example/r"})"sv,
};
inline constexpr std::string_view other_tokens[] = {
    "\0{}"sv,
    "\0{"sv,
    R"(0{"wan_token":2})"sv,
    R"(0{"wan_token":1,"state":"ready"})"sv,
    R"(0{"wan_token":1,"state":"ready","dialect":"dashscope"})"sv,
};

// After a flag: lines of a recording; or method, the rest of the URL and the body, and a response.
inline constexpr std::string_view recordings[] = {
    "\1{\"method\":\"GET\",\"url\":\"u\",\"sent\":\"perhaps\",\"error\":\"e\"}"sv,
    "\1{\"method\":\"GET\",\"url\":\"u\",\"status\":-1,\"reply\":\"\"}"sv,
    "\1{\"method\":\"GET\",\"url\":\"u\",\"status\":200,\"reply\":\"\",\"headers\":[[\"a\"]]}"sv,
    "\1{\"method\":\"PUT\",\"url\":\"u\",\"status\":200,\"reply\":\"\"}"sv,
    "\1\n{\"method\":\"POST\",\"url_bytes\":\"\\u00c3\\u00a4\\u00ff\",\"status\":200,\"reply_bytes\":\"\\u00e9a\"}\n"sv,
    "\1{"sv,
    "\0\1\n--b\rContent-Disposition: form-data; name=\"policy\"\r\rSECRET\r--b\rContent-Disposition: "
    "form-data; "
    "name=\"key\"\r\rd/6b82d789-first.png\r--b\rContent-Disposition: form-data; name=\"file\"; "
    "filename=\"6b82d789-first.png\"\r\rbytes\r--b--\r\n\0\0\0"sv,
    "\0\1\n--b\rContent-Disposition: form-data; name=\"token\"\r\rSECRET\n\0\0\0"sv,
    "\0\1\n--b\rContent-Disposition: form-data; name=\"to\n\0\0\0"sv,
    "\0\1\n--b\rContent-Disposition: form-data; name=\"token\"\n\0\0\0"sv,
    "\0\1\n--a kitten\n\0\0\0"sv,
    "\0\1\n{\"token\": \"cut\n\0\0\0{\"list\":[\"?token=abcdef\",[\"?sig=s3cret\"]]}"sv,
    "\0\1\n{\"token\" : 7, \"n\": \"{\\\"token\\\":\\\"s3cret\\\\\\\"x\\\"}\"}\n\0\0\0"sv,
    "\0\1?sign=abcdef&again=abcdef\n{\"url\":\"https:\\/\\/b.example?a\\u003d1\\u0026sign\\u003ds3cret\"} "
    "abcdef "
    "%61bcdef \\u0061bcdef \\u00e4 \\\n\0\0\0abcdef"sv,
    "\0\1\na text that is much longer than what a message shows of a body, sk-fuzz-0123456789, \xff and "
    "so on\x01\n\0\0\0"sv,
    "\0\0v.mp4\n\0\0\0"sv,
};

// An address is read also without a URL around it.
inline constexpr std::string_view urls[] = {
    "fe80::1"sv,
    "1:2:3:4:5:6:7:8"sv,
    "::ffff:10.1.2.3"sv,
    "::1.2.3"sv,
    "1::2::3"sv,
    "1:2:3:"sv,
    "1:2:3"sv,
    "::1:2:3:4:5:6:7:1.2.3.4"sv,
    "12345::"sv,
    "::g"sv,
    "fc00::"sv,
    "::1"sv,
    "1:2:3:4:5:6:7:8:9"sv,
    "0x7f000001"sv,
    "0177.1"sv,
    "1.2.3.4.5"sv,
    "1..2"sv,
    "256.1.1.1"sv,
    "4294967296"sv,
    "123456789012"sv,
    "09"sv,
    "172.16.0.1"sv,
    "8.8.8.8"sv,
    "http://[1:2:3:4:5:6:1.2.3.4]/"sv,
    "http://[::1.2.3]/"sv,
    "http://[1:2:3:4:5:6:7]/"sv,
    "http://[12345::]/"sv,
    "http://[::g]/"sv,
    "http://a..b/"sv,
    "http://a.example:65536/"sv,
    "http://a.example:x/"sv,
    "http://a.LOCAL./"sv,
    "oss://bucket/a b.png"sv,
    "https://a.example/\xC3\xA4?q=\xFF#\xC2\xA0"sv,
    "//a.example/x"sv,
};

inline void add(std::vector<seed>& seeds) {
    const auto add_all = [&](std::string_view target, const auto& rows, std::string_view before = {}) {
        for (const auto row : rows) seeds.push_back({std::string{target}, std::string{before}.append(row)});
    };
    add_all("download", downloads);
    add_all("extra_fields", extra_fields);
    add_all("list", lists);
    add_all("task_reply", task_replies);
    add_all("submit_reply", submit_replies);
    add_all("upload", uploads);
    add_all("request", requests,
            "\0{\"job\":\"keyframe_to_video\",\"first_frame_url\":\"https://a.example/1.png\","sv);
    add_all("request", other_requests);
    add_all(
        "token", tokens,
        "\0{\"wan_token\":1,\"dialect\":\"dashscope\",\"base_url\":\"https://dashscope-intl.aliyuncs.com/api/v1\","sv);
    add_all("token", other_tokens);
    add_all("recording", recordings);
    add_all("url", urls);
}

} // namespace mistakes
