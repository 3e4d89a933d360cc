// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Wrong input of every kind: a clear message, the right exit code, and nothing sent.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/raw_peer.hpp"
#include "support/sandbox.hpp"

#include <wan/version.hpp>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("refusals");

using support::finished;
using support::secret;
using support::wan_cli;

namespace {

std::string repeated(const std::string& text, int times) {
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

const std::string frame = "https://example.com/first.png";

/// The rule by which `field` is refused; empty if it is not.
std::string rule_of(const finished& f, const char* field) {
    const auto json = f.json();
    if (!json.contains("violations")) return {};
    for (const auto& v : json.at("violations").as_array())
        if (v.at("field") == field && v.at("severity") == "error")
            return std::string{v.at("rule").as_string()};
    return {};
}

} // namespace

TEST_CASE("bad values are refused with field, rule and exit code 2, and the server hears nothing") {
    support::sandbox server;
    struct {
        const char* what;
        std::vector<std::string> arguments;
        const char* field;
        const char* rule;
    } const rows[] = {
        {"801 characters", {"--first-frame", frame, "--prompt", repeated("x", 801)}, "prompt", "max_length"},
        {"801 Chinese characters",
         {"--first-frame", frame, "--prompt", repeated("写", 801)},
         "prompt",
         "max_length"},
        {"501 characters",
         {"--first-frame", frame, "--negative-prompt", repeated("人", 501)},
         "negative_prompt",
         "max_length"},
        {"a negative seed", {"--first-frame", frame, "--seed", "-1"}, "seed", "range"},
        {"a large seed", {"--first-frame", frame, "--seed", "2147483648"}, "seed", "range"},
        {"no such tier", {"--first-frame", frame, "--resolution", "360P"}, "resolution", "one_of"},
        {"8 seconds", {"--first-frame", frame, "--duration", "8"}, "duration", "one_of"},
        {"ftp", {"--first-frame", "ftp://example.com/a.png"}, "first_frame_url", "url"},
        {"a line end", {"--first-frame", "https://example.com/a.png\nX: y"}, "first_frame_url", "url"},
        {"a broken data URL", {"--first-frame", "data:image/png;base64,###"}, "first_frame_url", "url"},
        {"no UTF-8", {"--first-frame", frame, "--prompt", "\xFF"}, "prompt", "encoding"},
        {"a tier of another model",
         {"--first-frame", frame, "--model", "wan2.1-kf2v-plus", "--resolution", "1080P"},
         "resolution",
         "one_of"},
        {"a model of another region",
         {"--first-frame", frame, "--provider", "dashscope-beijing", "--model", "wan2.1-kf2v-plus"},
         "model",
         "region"},
        {"a warning, when strict", {"--first-frame", frame, "--strict"}, "", ""},
        {"plain http to elsewhere",
         {"--first-frame", frame, "--base-url", "http://example.com/api/v1"},
         "base_url",
         "insecure"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        std::vector<std::string> arguments{"keyframe-to-video", "--base-url", server.base_url(), "--json"};
        if (std::string_view{row.field} == "base_url") arguments = {"keyframe-to-video", "--json"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        const auto got = wan_cli(arguments);
        CHECK(got.code == 2);
        CHECK(got.state() == "invalid");
        if (*row.field != '\0') CHECK(rule_of(got, row.field) == row.rule);
        CHECK_FALSE(got.json().at("error").at("message").as_string().empty());
    }
    CHECK(server.count("submits") == 0);
}

TEST_CASE("a request refused because of --strict says so") {
    for (const auto quiet : {false, true}) {
        std::vector<std::string> command{"keyframe-to-video", "--first-frame", frame, "--strict"};
        if (quiet) command.emplace_back("--quiet");
        const auto got = wan_cli(command);
        CHECK(got.code == 2);
        for (const auto* part :
             {"wan: warning: ", "wan: with --strict, warnings are errors; correct them, or "
                                "leave the option out\n"})
            CHECK_MESSAGE(got.err.find(part) != std::string::npos, got.err);
    }
}

TEST_CASE("what was given and refused is not said to be missing") {
    const auto got = wan_cli({"keyframe-to-video", "--first-frame", frame, "--resolution", "4K", "--json"});
    CHECK(got.code == 2);
    CHECK(rule_of(got, "resolution") == "one_of");
    int about_it = 0;
    const auto json = got.json();
    for (const auto& v : json.at("violations").as_array()) about_it += v.at("field") == "resolution";
    CHECK(about_it == 1);
    // What else is wrong is told as before.
    const auto more = wan_cli(
        {"keyframe-to-video", "--first-frame", frame, "--resolution", "4K", "--seed", "-1", "--json"});
    CHECK(rule_of(more, "resolution") == "one_of");
    CHECK(rule_of(more, "seed") == "range");
}

TEST_CASE("for a person the same, a line per violation") {
    const auto got =
        wan_cli({"keyframe-to-video", "--first-frame", "ftp://x", "--seed", "-1", "--duration", "8"});
    CHECK(got.code == 2);
    CHECK(got.out.empty());
    CHECK(got.err.find("seed: -1; wan2.2-kf2v-flash accepts 0 to 2147483647") != std::string::npos);
    CHECK(got.err.find("duration: 8 seconds; wan2.2-kf2v-flash accepts only 5 seconds") != std::string::npos);
    CHECK(got.err.find("ftp://x") != std::string::npos);
}

TEST_CASE("a wrong command line is refused, in the form that was asked for") {
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"no-such-command"},
        {"keyframe-to-video"},
        {"keyframe-to-video", "--last-frame", frame},
        {"keyframe-to-video", "--first-frame", frame, "--no-such-option"},
        {"keyframe-to-video", "--first-frame", frame, "--seed", "many"},
        {"keyframe-to-video", "--first-frame", frame, "--seed", "99999999999999999999"},
        {"keyframe-to-video", "--first-frame", frame, "--deadline", "-1"},
        {"keyframe-to-video", "--first-frame", frame, "--deadline", "0"},
        {"keyframe-to-video", "--first-frame", frame, "--deadline", "nan"},
        {"keyframe-to-video", "--first-frame", frame, "--poll-every", "soon"},
        {"keyframe-to-video", "--first-frame", frame, "--provider", "nobody"},
        {"keyframe-to-video", "--first-frame", frame, "--provider", "dashscope"},
        {"keyframe-to-video", "--first-frame", frame, "--watermark", "--no-watermark"},
        {"keyframe-to-video", "--first-frame", frame, "--api-key", secret},
        {"keyframe-to-video", "--first-frame", frame, "--api-key=" + secret},
        {"keyframe-to-video", "--first-frame", frame, "--api-key-env", secret},
        {"keyframe-to-video", "--first-frame", frame, secret},
        {"keyframe-to-video", "--first-frame", frame, "--api-key-env", ""},
        {"models", "--provider", "nobody"},
        {"models", "--provider"},
        {"resume"},
        {"resume", "--token", "/no/such/file"},
    };
    for (auto arguments : wrong) {
        const auto said = wan_cli(arguments);
        CHECK_MESSAGE(said.code == 2, (arguments.empty() ? "" : arguments.back()));
        CHECK_FALSE(said.err.empty());
        CHECK(said.out.empty());
        arguments.push_back("--json");
        const auto json = wan_cli(arguments);
        CHECK(json.code == 2);
        CHECK(json.state() == "invalid");
    }
}

TEST_CASE("what was not understood is named, with what was probably meant") {
    struct {
        std::vector<std::string> arguments;
        std::string said;
    } const rows[] = {
        {{"foo"}, "unknown command foo"},
        {{"keyframe-to-vidoe"}, "unknown command keyframe-to-vidoe; did you mean keyframe-to-video?"},
        {{"keyframe-to-vidoe", "--first-frame", frame},
         "unknown command keyframe-to-vidoe; did you mean keyframe-to-video?"},
        {{"resum", "--help"}, "unknown command resum; did you mean resume?"},
        {{"kf", "--help"}, "unknown command kf"},
        {{"check", "image-to-vide"}, "unknown command check image-to-vide; did you mean image-to-video?"},
        {{"check", "foo", "--help"}, "unknown command check foo"},
        {{"keyframe-to-video", "--frist-frame", frame},
         "unknown option --frist-frame; did you mean --first-frame?"},
        {{"keyframe-to-video", "--first-frame", frame, "--sede=1"},
         "unknown option --sede; did you mean --seed?"},
        {{"keyframe-to-video", "--first-frame", frame, "--xyzzy"}, "unknown option --xyzzy"},
        {{"check", "image-to-video", "--imgae", frame}, "unknown option --imgae; did you mean --image?"},
        {{"resume", "-token", "token.json"}, "unknown option -token; did you mean --token?"},
        {{"resume", "--tokne", "token.json"}, "unknown option --tokne; did you mean --token?"},
        {{"--jsno", "models"}, "unknown option --jsno; did you mean --json?"},
        {{"keyframe-to-video", "--first-frame", frame, "stray"},
         "unexpected value (not shown, because it may contain a key): no option accepts it"},
        {{"check", "image-to-video", "--image", frame, "--duration", "4.5"}, "\"4.5\" is not a whole number"},
        {{"list", "--hours", "30"}, "--hours: \"30\"; expected a number from 0.001 to 24\n"},
        {{"list", "--pages", "1.5"}, "--pages: \"1.5\"; expected a whole number from 1 to 1000\n"},
        {{"list", "--pages"}, "--pages needs a value\n"},
        {{"list", "--pages", "1", "--pages", "2"}, "--pages is given more than once; give one value\n"},
        {{"check", "text-to-video", "--shot-type", "Single"},
         "--shot-type: \"Single\"; expected single or multi\n"},
        {{"check", "text-to-video", "--prompt", "p", "--audio", "--no-audio"},
         "--audio and --no-audio contradict each other"},
        {{"--quiet", "list"}, "--quiet must follow the command list"},
        {{"--token", "token.json", "resume"}, "--token must follow the command resume"},
        {{}, "a command is required"},
        {{"check"}, "a job after check is required: text-to-video, "},
        {{"check", "--image", frame}, "a job after check is required: text-to-video, "},
        {{"image-to-video", "--first-frame", frame},
         "unknown option --first-frame: image-to-video takes --image; keyframe-to-video "
         "and reference-to-video take --first-frame"},
        {{"keyframe-to-video", "--image", frame},
         "unknown option --image: keyframe-to-video takes --first-frame; image-to-video takes --image"},
        {{"check", "image-to-video", "--first-frame", frame},
         "unknown option --first-frame: image-to-video takes --image; keyframe-to-video "
         "and reference-to-video take --first-frame"},
        {{"keyframe-to-video", "--first-frame", frame, "--audio-setting", "auto"},
         "unknown option --audio-setting; video-edit takes --audio-setting"},
        {{"video-continuation", "--clip", frame}, "unknown option --clip; did you mean --first-clip?"},
        {{"image-to-video", "--aspect-ratio", "16:9"},
         "unknown option --aspect-ratio; did you mean --ratio?"},
        {{"image-to-video", "--aspect", "16:9"}, "unknown option --aspect; did you mean --ratio?"},
        {{"gallery", "shots.jsonl.state"}, "no option accepts it; required: --state"},
        {{"keyframe-to-video"}, "--first-frame is required"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.said);
        const auto got = wan_cli(row.arguments);
        CHECK(got.code == 2);
        CHECK(got.out.empty());
        CHECK_MESSAGE(got.err.find(row.said) != std::string::npos, got.err);
        CHECK_MESSAGE((row.said.find("did you mean") != std::string::npos) ==
                          (got.err.find("did you mean") != std::string::npos),
                      got.err);
        CHECK(got.err.find("Run with --help for the commands and options.") != std::string::npos);
    }
}

TEST_CASE("values that were not understood are not repeated: one may be a key") {
    const std::vector<std::string> rows[] = {
        {secret},
        {secret, "--help"},
        {"check", secret},
        {"resume", secret},
        {"keyframe-to-video", "--first-frame", frame, secret},
        {"keyframe-to-video", "--key", secret},
        {"keyframe-to-video", "--key=" + secret},
        {"keyframe-to-video", "-k" + secret},
        {"list", "--" + secret},
    };
    for (const auto& arguments : rows) {
        const auto got = wan_cli(arguments); // which looks for the key in what is said
        CHECK(got.code == 2);
        CHECK_FALSE(got.err.empty());
    }
}

TEST_CASE("--help and --version are no errors") {
    CHECK(wan_cli({"--help"}).code == 0);
    const auto version = wan_cli({"--version"});
    CHECK(version.code == 0);
    CHECK(version.out == std::to_string(WAN_VERSION_MAJOR) + "." + std::to_string(WAN_VERSION_MINOR) + "." +
                             std::to_string(WAN_VERSION_PATCH) + "\n");
    for (const char* command : {"keyframe-to-video", "resume"}) {
        const auto got = wan_cli({command, "--help"});
        CHECK(got.code == 0);
        CHECK(got.out.find("--token") != std::string::npos);
        CHECK(got.out.find("Exit codes") != std::string::npos);
    }
    support::program sandbox{WAN_SANDBOX_PROGRAM, {"--help"}};
    CHECK(sandbox.wait() == 0);
}

TEST_CASE("a key that is missing or broken is refused, and the variable is named") {
    support::program p{"/usr/bin/env",
                       {"-u", "DASHSCOPE_API_KEY", WAN_PROGRAM, "keyframe-to-video", "--first-frame", frame}};
    const auto missing = support::wait_for(p);
    CHECK(missing.code == 2);
    CHECK(missing.err.find("DASHSCOPE_API_KEY") != std::string::npos);
    for (const auto& key : {secret + "\n", secret + "\r\nX: y", secret + " "}) {
        const auto got = wan_cli({"keyframe-to-video", "--first-frame", frame, "--json"}, key);
        CHECK(got.code == 2);
        CHECK(rule_of(got, "api_key") == "header_value");
    }
    support::program other{
        WAN_PROGRAM,
        {"keyframe-to-video", "--first-frame", frame, "--api-key-env", "OTHER_KEY", "--dry-run"},
        {"OTHER_KEY=" + secret}};
    CHECK(support::wait_for(other).code == 0);
}

TEST_CASE("a token that cannot be used is refused with the reason") {
    support::temporary_folder folder;
    const std::string good =
        R"({"wan_token":1,"dialect":"dashscope","base_url":"http://127.0.0.1:1/api/v1","model":"m","state":"waiting","task_id":"t"})";
    struct {
        std::string text, said;
    } const rows[] = {
        {"", "empty"},
        {"garbage", "invalid JSON"},
        {R"({"wan_token":2})", "version 2"},
        {"{}", "wan_token"},
        {R"({"wan_token":1,"dialect":"other","base_url":"http://127.0.0.1:1","state":"waiting","task_id":"t"})",
         "other"},
        {R"({"wan_token":1,"dialect":"dashscope","base_url":"http://example.com/api/v1","state":"waiting","task_id":"t"})",
         "http://example.com"},
        {R"({"wan_token":1,"dialect":"dashscope","base_url":"http://127.0.0.1:1/api/v1","state":"backing_off"})",
         "nothing was submitted"},
        {std::string(1 << 20, ' '), "larger than 64 KiB"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text.substr(0, 100));
        const auto file = folder / "token";
        std::ofstream{file} << row.text;
        const auto got = wan_cli({"resume", "--token", file, "--json"});
        CHECK(got.code == 2);
        const auto json = got.json();
        CHECK(json.at("error").at("message").as_string().find(row.said) != boost::json::string::npos);
        const auto person = wan_cli({"resume", "--token", file});
        CHECK(person.code == 2);
        CHECK(person.err.find(row.said) != std::string::npos);
    }
}

TEST_CASE("a token file alone does not decide where the key goes") {
    support::temporary_folder folder;
    const auto file = folder / "token";
    const std::string elsewhere = "https://elsewhere.invalid/api/v1";
    std::ofstream{file} << R"({"wan_token":1,"dialect":"dashscope","base_url":")" + elsewhere +
                               R"(","model":"m","state":"waiting","task_id":"t"})";
    const auto got = wan_cli({"resume", "--token", file, "--json", "--deadline", "1"});
    CHECK(got.code == 2);
    CHECK(got.json().at("error").at("message").as_string().find("elsewhere.invalid") !=
          boost::json::string::npos);
    CHECK(wan_cli({"resume", "--token", file, "--base-url", "https://other.invalid/api/v1"}).code == 2);
    // Said by the user as well, it is asked, in vain here.
    CHECK(wan_cli(
              {"resume", "--token", file, "--base-url", elsewhere, "--poll-every", "0.1", "--deadline", "1"})
              .code == 4);
}

TEST_CASE("a file that is no token is not overwritten, and a folder is no file") {
    support::temporary_folder folder;
    const auto file = folder / "notes.txt";
    std::ofstream{file} << "my notes";
    const auto got = wan_cli({"keyframe-to-video", "--first-frame", frame, "--base-url",
                              "http://127.0.0.1:1/api/v1", "--token", file});
    CHECK(got.code == 2);
    CHECK(support::contents(file) == "my notes");
    CHECK_MESSAGE(got.err.find("--token " + file +
                               " exists, and is not a resume token that wan can read; choose another "
                               "--token file") != std::string::npos,
                  got.err);
    CHECK(got.err.find("damaged") == std::string::npos);
    CHECK(wan_cli({"keyframe-to-video", "--first-frame", frame, "--base-url", "http://127.0.0.1:1/api/v1",
                   "--token", folder / "."})
              .code != 0);
}

TEST_CASE("a token or a video that cannot be written is found out before anything is sent") {
    support::sandbox server;
    for (const char* option : {"--token", "--out"}) {
        const auto got = wan_cli(support::keyframes(server, {option, "/no/such/folder/file", "--json"}));
        CHECK(got.code == 1);
        CHECK(got.json().at("error").at("category") == "storage");
        const std::string why{got.json().at("error").at("message").as_string()};
        if (std::string_view{option} == "--token")
            CHECK(why == "cannot create /no/such/folder/file.lock: No such file or directory; choose a "
                         "writable directory");
    }
    for (const auto& out : {std::string{"/dev/null"}, std::string{"/tmp"}, "/tmp/" + std::string(300, 'x')}) {
        const auto got = wan_cli(support::keyframes(server, {"--out", out, "--json"}));
        CHECK(got.code == 1);
        CHECK(got.json().at("error").at("category") == "storage");
    }
    CHECK(server.count("submits") == 0);
}

TEST_CASE("--dry-run shows the request, the key masked, and sends nothing") {
    support::sandbox server;
    const auto got = wan_cli({"keyframe-to-video", "--dry-run", "--first-frame",
                              "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/"
                              "ixdxvt/wan-kf2v-blue-1.png",
                              "--last-frame",
                              "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/"
                              "nhtdrc/wan-kf2v-blue-2.png",
                              "--prompt",
                              "A cute blue monster with a slightly sad expression stands in the rain. The "
                              "camera slowly zooms in and stops on the "
                              "moment it looks up at the sky.",
                              "--resolution", "720P", "--prompt-extend", "--watermark"});
    CHECK(got.code == 0);
    const auto json = got.json();
    CHECK(json.at("method") == "POST");
    CHECK(json.at("url") ==
          "https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(
        json.at("headers") ==
        support::parse_json(
            R"({"X-DashScope-Async":"enable","Accept-Encoding":"identity","Authorization":"Bearer ***","Content-Type":"application/json"})"));
    CHECK(json.at("body") == support::parse_json(support::golden("dashscope-guide-submit.json")));

    const auto relayed =
        wan_cli({"keyframe-to-video", "--dry-run", "--provider", "dashscope", "--base-url",
                 "https://relay.example/qwen/api/v1", "--first-frame",
                 "https://wanx.alicdn.com/material/20250318/first_frame.png", "--last-frame",
                 "https://wanx.alicdn.com/material/20250318/last_frame.png", "--prompt",
                 "Example prompt from provider documentation.", "--resolution", "480P", "--prompt-extend"});
    CHECK(relayed.json().at("url") ==
          "https://relay.example/qwen/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(relayed.json().at("body") == support::parse_json(support::golden("dashscope-proxy-submit.json")));

    const auto least = wan_cli({"keyframe-to-video", "--dry-run", "--first-frame", frame});
    CHECK(least.json().at("body") ==
          support::parse_json(R"({"model":"wan2.2-kf2v-flash","input":{"first_frame_url":")" + frame +
                              R"("},"parameters":{}})"));
    const auto off = wan_cli({"keyframe-to-video", "--dry-run", "--first-frame", frame, "--no-prompt-extend",
                              "--no-watermark", "--seed", "0"});
    CHECK(off.json().at("body").at("parameters") ==
          support::parse_json(R"({"prompt_extend":false,"watermark":false,"seed":0})"));
    CHECK(server.count("submits") == 0);
}

TEST_CASE("what is wrong with a file names the file, and says what to do") {
    support::temporary_folder folder;
    const auto empty = folder / "empty.png", alpha = folder / "my alpha.png",
               short_one = folder / "short.png", gone = folder / "gone.png";
    std::ofstream{empty};
    std::ofstream{short_one, std::ios::binary} << "\x89PNG";
    std::ofstream{alpha, std::ios::binary} << support::png({768, 512}, support::png_colour::rgba);
    const auto said = [](const std::string& file) {
        return wan_cli(
            {"check", "image-to-video", "--model", "wan2.7-i2v", "--resolution", "720P", "--image", file});
    };
    for (const auto& [file, words] :
         {std::pair{empty, empty + " is empty; use a URL or a readable, non-empty file"},
          std::pair{gone, "cannot read " + gone + ": No such file"},
          std::pair{short_one, "image_url: " + short_one + ": too few bytes"},
          std::pair{alpha, "convert '" + alpha + "' -background white -alpha remove -alpha off 'PNG24:" +
                               folder / "my alpha-opaque.png'"}}) {
        const auto got = said(file);
        CHECK(got.code == 2);
        CHECK_MESSAGE(got.err.find(words) != std::string::npos, got.err);
    }
}

TEST_CASE("a key that the service does not take: which variable it came from, and where it was sent") {
    support::raw_peer service{support::raw_peer::answering(
        "HTTP/1.1 401 Unauthorized\r\nConnection: "
        "close\r\n\r\n{\"code\":\"InvalidApiKey\",\"message\":\"Invalid API-key provided.\"}")};
    const auto hint = "the API key from the environment variable DASHSCOPE_API_KEY (use --api-key-env to "
                      "name another) was sent to " +
                      service.url() + "; keys of other regions are rejected there";
    for (const auto& command :
         {std::vector<std::string>{"keyframe-to-video", "--first-frame", frame, "--base-url", service.url()},
          std::vector<std::string>{"query", "t", "--base-url", service.url()},
          std::vector<std::string>{"list", "--base-url", service.url()}}) {
        const auto got = wan_cli(command);
        CHECK(got.code == 3);
        CHECK_MESSAGE(got.err.find(hint) != std::string::npos, got.err);
    }
}

TEST_CASE("a token that names no task says so, and that nothing is lost") {
    support::temporary_folder folder;
    const auto file = folder / "token";
    for (const char* state : {"ready", "uploading", R"(ended","ending":"rejected)"}) {
        std::ofstream{file}
            << R"({"wan_token":1,"dialect":"dashscope","base_url":"http://wrong.example/api/v1","model":"m","state":")"
            << state << "\"}";
        const auto got = wan_cli({"resume", "--token", file});
        CHECK(got.code == 2);
        const bool is_rejected = std::string_view{state}.find("rejected") != std::string_view::npos;
        const std::string said = is_rejected ? "the provider rejected the submit" : "nothing was submitted";
        CHECK_MESSAGE(got.err.find("contains no task ID: " + said) != std::string::npos, got.err);
        const auto adopting = wan_cli({"resume", "--token", file, "--adopt", "t"});
        CHECK(adopting.code == 2);
        CHECK(adopting.err == got.err);
    }
}
