// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// DashScope's upload of files as the wire shows it, and what the sandbox finds wrong with the media it is
// given.
#include "support/doctest.hpp"
#include "support/made_media.hpp"
#include "support/sandbox.hpp"

#include <chrono>
#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("uploads");

using namespace std::chrono_literals;
using support::data_url_of;
using support::image_of;
using support::secret;

namespace json = boost::json;

namespace {

const std::string keyframe_model = "wan2.2-kf2v-flash", media_model = "wan2.7-i2v";
const std::string first_frame = WAN_SOURCE_DIR "/examples/frames/first.png",
                  last_frame = WAN_SOURCE_DIR "/examples/frames/last.png";

using fields = std::vector<std::pair<std::string, std::string>>;

std::string form_of(const fields& all, const std::string& boundary) {
    std::string body;
    for (const auto& [name, value] : all) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"";
        if (name == "file")
            body += "; filename=\"a \\\"name\\\"; of a file\"\r\nContent-Type: application/octet-stream";
        body += "\r\n\r\n" + value + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

const std::string boundary = "----e2e-boundary";
const std::string content_type = "multipart/form-data; boundary=" + boundary;

/// In the order of the documents.
fields documented_form(const json::object& policy, const std::string& name, const std::string& content) {
    const auto text = [&](const char* key) { return std::string{policy.at(key).as_string()}; };
    return {{"OSSAccessKeyId", text("oss_access_key_id")},
            {"Signature", text("signature")},
            {"policy", text("policy")},
            {"x-oss-object-acl", text("x_oss_object_acl")},
            {"x-oss-forbid-overwrite", text("x_oss_forbid_overwrite")},
            {"key", text("upload_dir") + "/" + name},
            {"success_action_status", "200"},
            {"file", content}};
}

/// In the order of the SDKs, with their additional field.
fields form_of_sdks(const json::object& policy, const std::string& name, const std::string& content) {
    const auto from = documented_form(policy, name, content);
    return {from[0], from[1], from[2], from[5],
            from[3], from[4], from[6], {"x-oss-content-type", "image/png"},
            from[7]};
}

std::string xml_code(const std::string& body) {
    if (!body.starts_with("<?xml ")) return {};
    const auto begin = body.find("<Code>") + 6;
    return body.substr(begin, body.find("</Code>") - begin);
}

/// An account of the sandbox, in plain HTTP.
class client {
public:
    explicit client(const support::sandbox& server, std::string key = secret)
        : server_(server), key_(std::move(key)) {}

    wan::http_result ask_policy(const std::string& query) const {
        wan::executors::curl http;
        return http(
            {.url = server_.base_url() + "/uploads" + query, .headers = {authorization()}, .timeout = 5s});
    }
    json::object policy(const std::string& model = keyframe_model) const {
        const auto got = ask_policy("?action=getPolicy&model=" + model);
        REQUIRE(got);
        REQUIRE_MESSAGE(got->status == 200, got->body);
        return support::parse_json(got->body).at("data").as_object();
    }

    static wan::http_result post(const json::object& policy, std::string body,
                                 const std::string& type = content_type,
                                 std::vector<wan::http_header> more = {}) {
        wan::executors::curl http;
        more.push_back({"Content-Type", type, false});
        return http({.method = wan::http_method::post,
                     .url = std::string{policy.at("upload_host").as_string()},
                     .headers = std::move(more),
                     .body = std::move(body),
                     .timeout = 20s});
    }
    static wan::http_result post(const json::object& policy, const fields& form) {
        return post(policy, form_of(form, boundary));
    }

    /// The URL of what was uploaded.
    std::string upload(const std::string& content, const std::string& model = keyframe_model,
                       const std::string& name = "file") const {
        const auto given = policy(model);
        const auto form = documented_form(given, name, content);
        const auto got = post(given, form);
        REQUIRE(got);
        REQUIRE_MESSAGE(got->status == 200, got->body);
        return "oss://" + form[5].second;
    }

    wan::http_result submit(const json::object& body, bool resolve = true) const {
        const bool keyframes = body.at("model").as_string().find("kf2v") != json::string::npos;
        wan::executors::curl http;
        std::vector<wan::http_header> headers{authorization(),
                                              {"X-DashScope-Async", "enable", false},
                                              {"Content-Type", "application/json", false}};
        if (resolve) headers.push_back({"X-DashScope-OssResourceResolve", "enable", false});
        return http({.method = wan::http_method::post,
                     .url = server_.base_url() + "/services/aigc/" +
                            (keyframes ? "image2video" : "video-generation") + "/video-synthesis",
                     .headers = std::move(headers),
                     .body = json::serialize(body),
                     .timeout = 20s});
    }
    /// The reply to a query of the task once it has ended.
    json::object end_of(const json::object& body) const {
        const auto got = submit(body);
        REQUIRE(got);
        REQUIRE_MESSAGE(got->status == 200, got->body);
        const std::string id{support::parse_json(got->body).at("output").at("task_id").as_string()};
        json::object reply;
        REQUIRE(support::eventually([&] {
            wan::executors::curl http;
            reply =
                support::parse_json(
                    http({.url = server_.base_url() + "/tasks/" + id, .headers = {authorization()}})->body)
                    .as_object();
            const auto& status = reply.at("output").at("task_status");
            return status == "SUCCEEDED" || status == "FAILED";
        }));
        return reply;
    }
    /// `SUCCEEDED`, or the code of the failure.
    std::string end_code(const json::object& body) const {
        const auto output = end_of(body).at("output").as_object();
        return std::string{
            output.at(output.at("task_status") == "FAILED" ? "code" : "task_status").as_string()};
    }

private:
    wan::http_header authorization() const { return {"Authorization", "Bearer " + key_, true}; }

    const support::sandbox& server_;
    std::string key_;
};

json::object keyframes_of(const std::string& first, const std::string& last = {},
                          const std::string& model = keyframe_model) {
    json::object input{{"first_frame_url", first}};
    if (!last.empty()) input["last_frame_url"] = last;
    return {
        {"model", model}, {"input", std::move(input)}, {"parameters", json::object{{"resolution", "480P"}}}};
}

json::object media_of(json::array media, int seconds = 4) {
    return {{"model", media_model},
            {"input", json::object{{"media", std::move(media)}}},
            {"parameters", json::object{{"resolution", "720P"}, {"duration", seconds}}}};
}

json::object medium(const char* type, const std::string& url) { return {{"type", type}, {"url", url}}; }

/// No medium is looked at, and to the sandbox a file is a file.
const std::vector<std::string> ready_made{"--video", first_frame};

std::vector<std::string> ready_made_with(std::vector<std::string> options) {
    options.insert(options.end(), ready_made.begin(), ready_made.end());
    return options;
}

/// What an exchange came to: `broken`, or the status with the code of an error.
std::string kind_of(const wan::http_result& got) {
    if (!got) return "broken";
    const auto code = xml_code(got->body);
    return std::to_string(got->status) + (code.empty() ? "" : " ") + code;
}

} // namespace

TEST_CASE("a policy has the documented members, and a directory of its own") {
    support::sandbox server{ready_made};
    const client mine{server}, other{server, "sk-another"};
    const auto policy = mine.policy();
    std::vector<std::string> keys;
    for (const auto& [key, value] : policy) keys.emplace_back(key);
    CHECK(keys == std::vector<std::string>{"policy", "signature", "upload_dir", "upload_host",
                                           "expire_in_seconds", "max_file_size_mb", "capacity_limit_mb",
                                           "oss_access_key_id", "x_oss_object_acl",
                                           "x_oss_forbid_overwrite"});
    CHECK(policy.at("expire_in_seconds") == 300);
    CHECK(policy.at("max_file_size_mb") == 100);
    CHECK(policy.at("x_oss_object_acl") == "private");
    CHECK(policy.at("x_oss_forbid_overwrite") == "true");
    CHECK(policy.at("upload_dir").as_string().starts_with("dashscope-instant/"));
    CHECK_FALSE(policy.at("upload_host").as_string().starts_with(server.base_url()));
    CHECK(policy.at("upload_dir") != mine.policy().at("upload_dir"));
    CHECK(policy.at("upload_dir") != other.policy().at("upload_dir"));
    CHECK(server.count("policies") == 3);
    const auto reply =
        support::parse_json(mine.ask_policy("?model=wan2.7-i2v&action=getPolicy")->body).as_object();
    CHECK(reply.contains("request_id"));
    CHECK_FALSE(reply.contains("output"));

    support::temporary_folder folder;
    std::ofstream{folder / "policy"} << std::string{policy.at("policy").as_string()};
    const auto text = support::parse_json(support::output_of("base64 -d " + folder / "policy")).as_object();
    CHECK(text.contains("expiration"));
    CHECK(text.at("conditions").as_array().size() == 4);
}

TEST_CASE("a policy needs a key, the action and a model that there is") {
    support::sandbox server{ready_made};
    const client mine{server};
    for (const char* query :
         {"", "?action=getPolicy", "?action=getPolicy&model=", "?action=getPolicy&model=wan9",
          "?model=wan2.7-i2v", "?action=other&model=wan2.7-i2v"}) {
        CAPTURE(std::string{query});
        const auto got = mine.ask_policy(query);
        REQUIRE(got);
        CHECK(got->status == 400);
        const auto error = support::parse_json(got->body).as_object();
        CHECK(error.at("code") == "InvalidParameter");
        CHECK(error.contains("message"));
        CHECK(error.contains("request_id"));
    }
    wan::executors::curl http;
    CHECK(http({.url = server.base_url() + "/uploads?action=getPolicy&model=wan2.7-i2v"})->status == 401);
    CHECK(server.count("policies") == 0);
}

TEST_CASE("a file is taken in the documents' order of fields and in the SDKs', once under a name") {
    support::sandbox server{ready_made};
    const client mine{server};
    const auto policy = mine.policy();
    const auto got = client::post(policy, documented_form(policy, "a.png", "one"));
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(got->body.empty());
    CHECK(kind_of(client::post(policy, form_of_sdks(policy, "b.png", "two"))) == "200");
    CHECK(kind_of(client::post(policy, documented_form(policy, "a.png", "three"))) ==
          "409 FileAlreadyExists");
    auto without_status = documented_form(policy, "c.png", "four");
    without_status.erase(without_status.begin() + 6);
    CHECK(kind_of(client::post(policy, without_status)) == "204");
    CHECK(server.count("uploads") == 3);
    CHECK(server.count("uploads_refused") == 1);
}

TEST_CASE("a form that the policy does not allow is refused in XML") {
    support::sandbox server{ready_made};
    const client mine{server};
    const auto policy = mine.policy(), other = mine.policy();
    const auto good = documented_form(policy, "a.png", "content");
    const auto without = [&](std::size_t field) {
        auto form = good;
        form.erase(form.begin() + static_cast<std::ptrdiff_t>(field));
        return form;
    };
    const auto with = [&](std::size_t field, const std::string& value) {
        auto form = good;
        form[field].second = value;
        return form;
    };
    auto file_first = good, two_files = good, twice = good;
    std::swap(file_first.front(), file_first.back());
    two_files.push_back({"file", "more"});
    twice.insert(twice.begin(), {"key", "elsewhere"});
    const std::string directory{policy.at("upload_dir").as_string()};
    struct {
        const char* what;
        fields form;
        const char* kind;
    } const rows[] = {
        {"no key id", without(0), "403 InvalidAccessKeyId"},
        {"no signature", without(1), "403 SignatureDoesNotMatch"},
        {"no policy", without(2), "403 AccessDenied"},
        {"no access rule", without(3), "403 AccessDenied"},
        {"overwriting", without(4), "403 AccessDenied"},
        {"no key", without(5), "403 AccessDenied"},
        {"no file", without(7), "400 IncorrectNumberOfFilesInPOSTRequest"},
        {"another signature", with(1, std::string{other.at("signature").as_string()}),
         "403 SignatureDoesNotMatch"},
        {"another policy", with(2, "e30="), "403 AccessDenied"},
        {"public", with(3, "public-read"), "403 AccessDenied"},
        {"overwriting on purpose", with(4, "false"), "403 AccessDenied"},
        {"another policy's directory", with(5, std::string{other.at("upload_dir").as_string()} + "/a.png"),
         "403 AccessDenied"},
        {"the directory itself", with(5, directory + "/"), "403 AccessDenied"},
        {"a longer directory", with(5, directory + "x/a.png"), "403 AccessDenied"},
        {"the file first", file_first, "400 InvalidArgument"},
        {"two files", two_files, "400 IncorrectNumberOfFilesInPOSTRequest"},
        {"a field twice", twice, "400 InvalidArgument"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const auto got = client::post(policy, row.form);
        CHECK(kind_of(got) == row.kind);
        for (const char* member : {"<Message>", "<RequestId>", "<HostId>"})
            CHECK(got->body.find(member) != std::string::npos);
    }
    CHECK(client::post(policy, without(4))->body.find("<Message>Invalid according to Policy: ") !=
          std::string::npos);
    CHECK(server.count("uploads") == 0);
    CHECK(server.count("uploads_refused") == std::ssize(rows) + 1);
    CHECK(kind_of(client::post(policy, good)) == "200");
}

TEST_CASE("a policy is good for its time only") {
    support::sandbox server{ready_made_with({"--policy-lifetime", "1"})};
    const client mine{server};
    const auto policy = mine.policy();
    CHECK(policy.at("expire_in_seconds") == 1);
    CHECK(kind_of(client::post(policy, documented_form(policy, "a.png", "content"))) == "200");
    std::this_thread::sleep_for(1100ms);
    const auto got = client::post(policy, documented_form(policy, "b.png", "content"));
    CHECK(kind_of(got) == "403 AccessDenied");
    CHECK(got->body.find("Invalid according to Policy: Policy expired.") != std::string::npos);
}

TEST_CASE("a file may have 100 MiB") {
    support::sandbox server{ready_made};
    const client mine{server};
    const auto policy = mine.policy();
    constexpr std::size_t most = std::size_t{100} << 20;
    CHECK(kind_of(client::post(policy, documented_form(policy, "fits", std::string(most, '\r')))) == "200");
    CHECK(kind_of(client::post(policy, documented_form(policy, "large", std::string(most + 1, '\n')))) ==
          "400 EntityTooLarge");
}

TEST_CASE("the upload host must not see the key") {
    support::sandbox server{ready_made};
    const client mine{server};
    const auto policy = mine.policy();
    const auto body = form_of(documented_form(policy, "a.png", "content"), boundary);
    CHECK(kind_of(client::post(policy, body, content_type, {{"Authorization", "Bearer " + secret, true}})) ==
          "400 InvalidArgument");
    CHECK(server.count("keys_at_upload_host") == 1);
    CHECK(server.count("uploads") == 0);
}

TEST_CASE("a body that is no whole form is malformed, whatever it holds") {
    support::sandbox server{ready_made};
    const client mine{server};
    const auto policy = mine.policy();
    const auto whole = form_of(documented_form(policy, "a.png", "content"), boundary);
    const auto check_malformed = [&](const std::string& body, const std::string& type = content_type) {
        CAPTURE(type);
        CHECK(kind_of(client::post(policy, body, type)) == "400 MalformedPOSTRequest");
    };
    for (std::size_t cut : {4UL, 5UL, 30UL, whole.size() / 2, whole.size() - 30})
        check_malformed(whole.substr(0, whole.size() - cut));
    check_malformed("");
    check_malformed("--" + boundary + "\r\n\r\nno name\r\n--" + boundary + "--\r\n");
    check_malformed("--" + boundary + "\r\nContent-Disposition: form-data; name=\"open\r\n\r\nx\r\n--" +
                    boundary + "--\r\n");
    check_malformed("--" + boundary + "\r\nX: " + std::string(100'000, 'x') + "\r\n\r\nx\r\n--" + boundary +
                    "--\r\n");
    check_malformed(form_of(fields(10'000, {"key", "x"}), boundary));
    check_malformed(whole, "multipart/form-data");
    check_malformed(whole, "multipart/form-data; boundary=");
    check_malformed(whole, "multipart/form-data; boundary=\"" + boundary);
    check_malformed(whole, "multipart/form-data; boundary=other");
    check_malformed(whole, "multipart/mixed; boundary=" + boundary);
    check_malformed(whole, "application/json");
    CHECK(server.count("uploads") == 0);
    for (const auto& type :
         {"Multipart/Form-Data; charset=\"a;b\"; Boundary=\"" + boundary + "\"", content_type + " ; x=y"})
        CHECK(kind_of(client::post(policy,
                                   form_of(documented_form(policy, type.substr(0, 5), "content"), boundary),
                                   type)) == "200");
}

TEST_CASE("what looks like the end of a field in a file is part of the file") {
    support::sandbox server;
    const client mine{server};
    auto image = image_of(360, 360);
    std::size_t at = 1000;
    const std::string parts[] = {"\r\n--" + boundary + "-and-more\r\n", "\r\n--" + boundary.substr(0, 5),
                                 "--" + boundary + "--", std::string{"\r\n\0\r\n\r\n", 7}};
    for (const auto& part : parts) {
        image.replace(at, part.size(), part);
        at += 1000;
    }
    CHECK(mine.end_code(keyframes_of(mine.upload(image))) == "SUCCEEDED");
}

TEST_CASE("uploaded frames become the video") {
    support::sandbox server;
    const client mine{server};
    const auto end = mine.end_of(keyframes_of(mine.upload(support::contents(first_frame)),
                                              mine.upload(support::contents(last_frame))));
    REQUIRE(end.at("output").at("task_status") == "SUCCEEDED");
    wan::executors::curl http;
    const auto video =
        http({.url = std::string{end.at("output").at("video_url").as_string()}, .max_reply_bytes = 64 << 20});
    REQUIRE(video);
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    std::ofstream{file, std::ios::binary} << video->body;
    CHECK(support::alike(support::mean_colour("-i " + file), support::mean_colour("-i " + first_frame)));
    CHECK(support::alike(support::mean_colour("-sseof -0.2 -i " + file),
                         support::mean_colour("-i " + last_frame)));
}

TEST_CASE("uploaded clips and sounds are used, and a frame as data beside them") {
    support::sandbox server;
    const client mine{server};
    const auto clip = mine.upload(support::clip_of("3"), media_model),
               sound = mine.upload(support::sound_of("3"), media_model);
    const auto frame = data_url_of(image_of(360, 360));
    const auto end = mine.end_of(media_of({medium("first_clip", clip), medium("last_frame", frame)}, 5));
    REQUIRE(end.at("output").at("task_status") == "SUCCEEDED");
    CHECK(end.at("usage").at("input_video_duration") == 3);
    CHECK(mine.end_code(media_of({medium("first_frame", frame), medium("driving_audio", sound)})) ==
          "SUCCEEDED");
}

TEST_CASE("an oss:// URL needs the header") {
    support::sandbox server{ready_made};
    const client mine{server};
    const auto url = mine.upload("content");
    const auto got = mine.submit(keyframes_of(url), false);
    REQUIRE(got);
    CHECK(got->status == 400);
    CHECK(support::parse_json(got->body).at("code") == "InvalidParameter.DataInspection");
    CHECK(server.count("created") == 0);
    CHECK(mine.end_code(keyframes_of(url)) == "SUCCEEDED");
    CHECK(mine.submit(keyframes_of("https://example.com/a.png"), false)->status == 200);
}

TEST_CASE("an oss:// URL is good for the account and the model of its policy") {
    support::sandbox server{ready_made};
    const client mine{server}, other{server, "sk-another"};
    const auto url = mine.upload("content"), clip = mine.upload("content", media_model);
    const auto check_failed = [](const client& who, const json::object& body, const std::string& named) {
        const auto output = who.end_of(body).at("output").as_object();
        CHECK(output.at("task_status") == "FAILED");
        CHECK(output.at("code") == "InvalidParameter.DataInspection");
        CHECK(std::string{output.at("message").as_string()} == "Failed to download " + named);
    };
    check_failed(other, keyframes_of(url), url);
    check_failed(mine, keyframes_of("https://example.com/a.png", clip), clip);
    check_failed(mine, media_of({medium("first_clip", url)}), url);
    check_failed(mine, keyframes_of(url + "x"), url + "x");
    check_failed(mine, keyframes_of("oss://elsewhere/a.png"), "oss://elsewhere/a.png");
    CHECK(mine.end_code(keyframes_of(url, url)) == "SUCCEEDED");
    CHECK(mine.end_code(media_of({medium("first_clip", clip)})) == "SUCCEEDED");
}

TEST_CASE("an uploaded file is there for its time only") {
    support::sandbox server{ready_made_with({"--upload-lifetime", "1"})};
    const client mine{server};
    const auto url = mine.upload("content");
    CHECK(mine.end_code(keyframes_of(url)) == "SUCCEEDED");
    std::this_thread::sleep_for(1100ms);
    CHECK(mine.end_code(keyframes_of(url)) == "InvalidParameter.DataInspection");
}

TEST_CASE("images are examined, however they are given") {
    const auto png = [](const std::string& arguments) {
        return support::made_by_ffmpeg(arguments, "image.png");
    };
    const auto source = [](const std::string& size) {
        return "-f lavfi -i testsrc=size=" + size + " -frames:v 1";
    };
    const auto whole = support::contents(first_frame);
    struct {
        const char* what;
        std::string image;
        const char* end;
    } const rows[] = {
        {"a PNG", whole, "SUCCEEDED"},
        {"a JPEG", support::made_by_ffmpeg(source("400x400"), "image.jpg"), "SUCCEEDED"},
        {"a WEBP", support::made_by_ffmpeg(source("400x400"), "image.webp"), "SUCCEEDED"},
        {"a PNG in grey", png(source("400x400") + " -pix_fmt gray"), "SUCCEEDED"},
        {"a PNG with alpha", png(source("400x400") + " -pix_fmt rgba"), "InvalidImageFormat"},
        {"a grey PNG with alpha", png(source("400x400") + " -pix_fmt ya8"), "InvalidImageFormat"},
        {"half a PNG", whole.substr(0, whole.size() / 2), "InvalidImageFormat"},
        {"the first bytes of a PNG", whole.substr(0, 40), "InvalidImageFormat"},
        {"a GIF", support::made_by_ffmpeg(source("400x400"), "image.gif"), "InvalidImageFormat"},
        {"a text", "no image", "InvalidImageFormat"},
        {"nothing", "", "InvalidImageFormat"},
        {"a narrow one", png(source("238x400")), "InvalidImageResolution"},
        {"a high one", png(source("400x8002")), "InvalidImageResolution"},
        {"many bytes", image_of(2000, 1750), "InvalidFile.Size"},
    };
    support::sandbox server;
    const client mine{server};
    const auto frame = mine.upload(whole);
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const auto url = mine.upload(row.image);
        CHECK(mine.end_code(keyframes_of(url)) == row.end);
        if (std::string_view{row.end} == "SUCCEEDED") continue; // makes a video
        CHECK(mine.end_code(keyframes_of(frame, url)) == row.end);
        CHECK(mine.end_code(keyframes_of(data_url_of(row.image))) == row.end);
    }
    const auto long_one = png(source("2250x250"));
    CHECK(mine.end_code(media_of({medium("first_frame", mine.upload(long_one, media_model))})) ==
          "InvalidFile.AspectRatio");
    CHECK(mine.end_code(keyframes_of(mine.upload(long_one))) == "SUCCEEDED"); // no ratio is documented for it
}

TEST_CASE("clips and sounds are examined") {
    const auto clip = support::clip_of("3"), sound = support::sound_of("3");
    const auto silent = support::made_by_ffmpeg("-f lavfi -i sine=duration=3", "sound.mp4");
    struct {
        const char* what;
        const char* type;
        std::string content;
        const char* end;
    } const rows[] = {
        {"a clip of 1 s", "first_clip", support::clip_of("1"), "InvalidFile.Duration"},
        {"a clip of 11 s", "first_clip", support::clip_of("11"), "InvalidFile.Duration"},
        {"a clip of few pixels", "first_clip", support::clip_of("3", "", "320x200"),
         "InvalidFile.Resolution"},
        {"a long clip", "first_clip", support::clip_of("3", "", "2250x250"), "InvalidFile.AspectRatio"},
        {"an AVI", "first_clip",
         support::made_by_ffmpeg("-f lavfi -i testsrc=size=320x240:duration=3", "clip.avi"),
         "InvalidFile.Format"},
        {"a sound as a clip", "first_clip", sound, "InvalidFile.Format"},
        {"an MP4 of sound alone", "first_clip", silent, "InvalidFile.Openerror"},
        {"a third of a clip", "first_clip", clip.substr(0, clip.size() / 3), "InvalidFile.Openerror"},
        {"a sound of 1 s", "driving_audio", support::sound_of("1"), "InvalidFile.Duration"},
        {"a sound of 31 s", "driving_audio", support::sound_of("31"), "InvalidFile.Duration"},
        {"a clip as a sound", "driving_audio", clip, "InvalidFile.Format"},
        {"the first bytes of a sound", "driving_audio", sound.substr(0, 20), "InvalidFile.Openerror"},
        {"a sound of many bytes", "driving_audio", sound + std::string(std::size_t{15} << 20, '\0'),
         "InvalidFile.Size"},
    };
    support::sandbox server;
    const client mine{server};
    const auto frame = mine.upload(support::contents(first_frame), media_model);
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        json::array media{medium(row.type, mine.upload(row.content, media_model))};
        if (std::string_view{row.type} == "driving_audio") media.push_back(medium("first_frame", frame));
        CHECK(mine.end_code(media_of(std::move(media))) == row.end);
    }
}

TEST_CASE("30 MB of images fit into a submit") {
    support::sandbox server;
    const client mine{server};
    const auto image = data_url_of(image_of(2300, 1750)); // 12 MB
    REQUIRE(image.size() > std::size_t{15} << 20);
    CHECK(mine.end_code(media_of({medium("first_frame", image), medium("last_frame", image)}, 2)) ==
          "SUCCEEDED");
}

TEST_CASE("faults of a policy show twice, and give none unless it is the reply that suffers") {
    struct {
        const char* fault;
        const char* kind;
        int given;
    } const rows[] = {
        {"policy-500", "500", 1},    {"policy-503", "503", 1},      {"policy-429", "429", 1},
        {"policy-html", "502", 1},   {"policy-reset", "broken", 1}, {"policy-drop", "broken", 3},
        {"policy-cut", "broken", 3}, {"policy-garbage", "200", 3},  {"policy-repeated-keys", "200", 3},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.fault});
        support::sandbox server{ready_made_with({"--fault", row.fault})};
        const client mine{server};
        for (int i = 0; i < 2; ++i)
            CHECK(kind_of(mine.ask_policy("?action=getPolicy&model=wan2.7-i2v")) == row.kind);
        CHECK(mine.policy().contains("policy"));
        CHECK(server.count("policies") == row.given);
        CHECK(server.stats().at("faults").at(row.fault) == 2);
    }
}

TEST_CASE("faults of an upload show twice, and store nothing unless it is the reply that suffers") {
    struct {
        const char* fault;
        const char* kind;
        int stored;
    } const rows[] = {
        {"upload-500", "500 InternalError", 0},
        {"upload-503", "503 ServiceUnavailable", 0},
        {"upload-expired", "403 AccessDenied", 0},
        {"upload-forbidden", "403 AccessDenied", 0},
        {"upload-html", "502", 0},
        {"upload-reset", "broken", 0},
        {"upload-drop", "broken", 0},
        {"upload-lost", "broken", 2},
        {"upload-duplicate", "409 FileAlreadyExists", 2},
        {"upload-long-length", "broken", 2},
        {"upload-trickle", "200", 2},
    };
    const std::string content(1 << 20, 'x');
    for (const auto& row : rows) {
        CAPTURE(std::string{row.fault});
        support::sandbox server{ready_made_with({"--fault", row.fault})};
        const client mine{server};
        const auto policy = mine.policy();
        for (const char* name : {"a", "b"})
            CHECK(kind_of(client::post(policy, documented_form(policy, name, content))) == row.kind);
        CHECK(server.count("uploads") == row.stored);
        CHECK(server.count("uploads_refused") == 0);
        CHECK(server.stats().at("faults").at(row.fault) == 2);
        CHECK(kind_of(client::post(policy, documented_form(policy, "a", content))) ==
              (row.stored == 0 ? "200" : "409 FileAlreadyExists"));
        CHECK(kind_of(client::post(policy, documented_form(policy, "c", content))) == "200");
    }
}

TEST_CASE("an upload that is dropped is dropped in its middle") {
    support::sandbox server{ready_made_with({"--fault", "upload-drop"})};
    const client mine{server};
    const auto policy = mine.policy();
    // More than the buffers of both sides hold: sending it fails.
    const auto got =
        client::post(policy, documented_form(policy, "a", std::string(std::size_t{64} << 20, 'x')));
    REQUIRE_FALSE(got);
    CHECK(server.count("uploads") == 0);
}

TEST_CASE("at random, uploads get the faults that a patient client survives") {
    support::sandbox server{
        ready_made_with({"--fault-rate", "0.5", "--seed", "3", "--fault", "upload-expired", "--fault",
                         "upload-drop", "--fault", "policy-429"})};
    const client mine{server};
    int uploads = 0;
    for (int i = 0; i < 60; ++i) {
        const auto asked = mine.ask_policy("?action=getPolicy&model=wan2.7-i2v");
        REQUIRE(asked);
        if (asked->status != 200) continue;
        const auto policy = support::parse_json(asked->body).at("data").as_object();
        uploads += kind_of(client::post(policy, documented_form(policy, "a", "content"))) == "200";
    }
    CHECK(uploads > 5);
    CHECK(server.count("uploads") == uploads);
    const auto stats = server.stats();
    const auto& faults = stats.at("faults").as_object();
    CHECK(faults.size() == 3);
    for (const char* name : {"upload-expired", "upload-drop", "policy-429"}) CHECK(faults.contains(name));
}

TEST_CASE("the faults and the times of uploads are in the help; one at another call is none") {
    support::program help{WAN_SANDBOX_PROGRAM, {"--help"}};
    CHECK(help.wait() == 0);
    for (const char* word : {"--policy-lifetime", "--upload-lifetime", "--policies-per-second", "expired",
                             "forbidden", "duplicate", "keys_at_upload_host"})
        CHECK_MESSAGE(help.out().find(word) != std::string::npos, word);
    for (const char* name : {"submit-expired", "upload-429", "upload-garbage", "policy-duplicate"}) {
        support::program wrong{WAN_SANDBOX_PROGRAM, {"--fault", name}};
        CHECK(wrong.wait() == 2);
    }
}
