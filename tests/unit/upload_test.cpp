// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/drivers.hpp"
#include "support/files.hpp"
#include "support/golden.hpp"
#include "support/store_peer.hpp"

#include <wan/detail/text.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace support;
using wan::media_transfer;
using wan::task_ending;
using wan::task_state;

namespace {

wan::media uploaded(const std::string& bytes, std::string name = {}) {
    return wan::media{shared_bytes(bytes, true), std::move(name), media_transfer::upload};
}

const std::string first_frame = png({750, 1000});
const std::string last_frame = png({1000, 750});

wan::keyframe_to_video two_files() {
    return {.first_frame_url = uploaded(first_frame),
            .last_frame_url = uploaded(last_frame),
            .prompt = "a cat",
            .resolution = wan::resolution::p720};
}

/// What is handed out until it says that it waits: requests side by side.
std::vector<wan::step> all_due(wan::task& task, wan::time_point now) {
    std::vector<wan::step> sends;
    for (auto step = task.next(now); step.is_send(); step = task.next(now)) sends.push_back(step);
    return sends;
}

} // namespace

TEST_CASE("the permission to upload is asked for of the service, with the key and for the model") {
    const auto asked = wan::make_upload_policy(test_provider(), "wan2.2-kf2v-flash");
    REQUIRE(asked);
    CHECK(asked->method == wan::http_method::get);
    CHECK(asked->url ==
          "https://dashscope-intl.aliyuncs.com/api/v1/uploads?action=getPolicy&model=wan2.2-kf2v-flash");
    REQUIRE(wan::find_header(asked->headers, "Authorization") != nullptr);
    CHECK(*wan::find_header(asked->headers, "Authorization") == "Bearer sk-test-secret");
    CHECK(!wan::make_upload_policy(wan::jiekou::provider("k"), "wan2.7-i2v"));
}

TEST_CASE("a policy is read as the service documents it") {
    const auto read =
        wan::parse_upload_policy(test_provider(), store_peer::policy("dashscope-instant/xxx/2024-07-18/xxx"));
    REQUIRE(read.verdict == wan::upload_verdict::done);
    CHECK(read.policy.host == "https://dashscope-file-xxx.oss-cn-beijing.aliyuncs.com");
    CHECK(read.policy.directory == "dashscope-instant/xxx/2024-07-18/xxx");
    CHECK(read.policy.expires_in == 300s);
    CHECK(read.policy.max_bytes == 100u << 20);
    CHECK(wan::uploaded_url(test_provider(), read.policy, "cat.png") ==
          "oss://dashscope-instant/xxx/2024-07-18/xxx/cat.png");
}

TEST_CASE("a policy that is none, or that leads astray, is not used") {
    const auto who = test_provider();
    const auto whole = store_peer::policy("dir")->body;
    const auto with = [&](const std::string& from, const std::string& to) {
        auto text = whole;
        text.replace(text.find(from), from.size(), to);
        return wan::parse_upload_policy(who, answer(200, text));
    };
    const std::string host{store_peer::host};
    for (const auto* other : {"http://elsewhere.example", "ftp://elsewhere.example",
                              "https://user@elsewhere.example", "http://127.0.0.1:80", "https://127.0.0.1:80",
                              "https://[::1]/", "https://oss.example/#@evil.example", ""}) {
        const auto read = with(host, other);
        CHECK_MESSAGE(read.verdict != wan::upload_verdict::done, other);
        REQUIRE(read.error);
    }
    CHECK(with(host, "http://elsewhere.example").error->message ==
          "the upload policy names \"http://elsewhere.example\" as the upload address; this library uploads "
          "only to public https URLs without credentials or fragment; pass the file by URL, or ask the "
          "provider");
    CHECK(with(host, "").error->message ==
          "the upload policy names no upload address; pass the file by URL, or ask the provider");
    CHECK(with("\"dir\"", "\"\"").verdict != wan::upload_verdict::done);
    CHECK(with("\"g5K...d40=\"", "\"a\\r\\n--b\"").verdict != wan::upload_verdict::done);
    CHECK(with("\"g5K...d40=\"", R"("a\"; name=\"key")").verdict != wan::upload_verdict::done);
    CHECK(with("\"g5K...d40=\"", "null").error->message.find("Signature") != std::string::npos);

    // To a loopback address only from one.
    const auto sandbox = wan::dashscope::at("http://127.0.0.1:8080/api/v1", "sk-test-secret");
    auto local = whole;
    local.replace(local.find(host), host.size(), "http://127.0.0.1:8080/oss");
    CHECK(wan::parse_upload_policy(sandbox, answer(200, local)).verdict == wan::upload_verdict::done);

    CHECK(wan::parse_upload_policy(who, failure(401, "InvalidApiKey")).verdict ==
          wan::upload_verdict::refused);
    CHECK(wan::parse_upload_policy(who, failure(403, "AccessDenied")).verdict ==
          wan::upload_verdict::refused);
    CHECK(wan::parse_upload_policy(who, failure(429, "Throttling.RateQuota")).verdict ==
          wan::upload_verdict::again);
    CHECK(wan::parse_upload_policy(who, failure(500, "InternalError.Upload")).verdict ==
          wan::upload_verdict::again);
    CHECK(wan::parse_upload_policy(who, maybe_sent()).verdict == wan::upload_verdict::again);
    CHECK(wan::parse_upload_policy(who, answer(200, "{}")).verdict == wan::upload_verdict::again);
    CHECK(wan::parse_upload_policy(who, answer(200, "")).verdict == wan::upload_verdict::again);
}

TEST_CASE("a name, a value or a type of a form cannot become another field of it") {
    const auto bytes = shared_bytes(first_frame, true);
    const wan::upload_policy policy{.host = "https://oss.example",
                                    .directory = "d",
                                    .form = {{"policy", "abc=", false}, {"key", "", true}}};
    const wan::upload_file file{.bytes = bytes, .name = "a.png", .type = "image/png"};
    REQUIRE(wan::make_upload(policy, file));
    CHECK(wan::make_upload(policy, file)->body.flatten()->find("filename=\"a.png\"") != std::string::npos);
    CHECK(*wan::find_header(wan::make_upload(policy, file)->headers, "Accept-Encoding") == "identity");
    const auto refuses = [](const wan::upload_policy& p, const wan::upload_file& f) {
        const auto made = wan::make_upload(p, f);
        REQUIRE_FALSE(made);
        CHECK(made.error().category == wan::error_category::invalid_request);
        CHECK(
            std::none_of(made.error().message.begin(), made.error().message.end(), wan::detail::is_control));
        return made.error().violations.size();
    };
    for (const auto& bad :
         {std::string{"a\"\r\nX-Injected: 1\r\n\r\n--"}, std::string{"a\rb"}, std::string{"a\nb"},
          std::string{"a\"b"}, std::string{"a\0b", 3}, std::string{"\x7f"}, std::string{}}) {
        CAPTURE(bad);
        auto p = policy;
        auto f = file;
        f.name = bad;
        CHECK(refuses(policy, f) == 1);
        f = file;
        f.type = bad;
        CHECK(refuses(policy, f) == 1);
        p.directory = bad;
        CHECK(refuses(p, file) == 1);
        p = policy;
        p.form[0].name = bad;
        CHECK(refuses(p, file) == 1);
        p = policy;
        p.form[0].value = bad;
        CHECK(refuses(p, file) == 1);
        p = policy;
        p.host = "https://h" + bad + "\r\nX: y";
        CHECK(refuses(p, file) == 1);
    }
    CHECK(refuses(policy, {.bytes = nullptr, .name = "a.png", .type = "image/png"}) == 1);
}

TEST_CASE("a boundary follows from what the policy grants, which no file can know") {
    const auto boundary_of = [](const std::string& directory, const std::string& signature) {
        const wan::upload_policy policy{.host = "https://store.example",
                                        .directory = directory,
                                        .form = {{"Signature", signature}, {"key", "", true}}};
        const auto request = wan::make_upload(
            policy, {.bytes = shared_bytes("x", true), .name = "a.png", .type = "image/png"});
        REQUIRE(request);
        return *wan::find_header(request->headers, "Content-Type");
    };
    CHECK(boundary_of("d", "granted") == boundary_of("d", "granted"));
    CHECK(boundary_of("d", "granted") != boundary_of("d", "granted later"));
    CHECK(boundary_of("d", "granted") != boundary_of("e", "granted"));
}

TEST_CASE("the store's XML says whether to try again") {
    using wan::upload_verdict;
    const auto verdict = [](const wan::http_result& said) { return wan::parse_upload(said).verdict; };
    CHECK(verdict(answer(200, "")) == upload_verdict::done);
    CHECK(verdict(answer(204, "")) == upload_verdict::done);
    CHECK(verdict(store_refusal(403, "AccessDenied", "Invalid according to Policy: Policy expired.")) ==
          upload_verdict::again);
    CHECK(verdict(store_refusal(409, "FileAlreadyExists", "exists")) == upload_verdict::again);
    CHECK(verdict(store_refusal(500, "InternalError", "oops")) == upload_verdict::again);
    CHECK(verdict(maybe_sent()) == upload_verdict::again);
    CHECK(verdict(not_sent()) == upload_verdict::again);
    CHECK(verdict(store_refusal(400, "EntityTooLarge",
                                "Your proposed upload exceeds the maximum allowed object size.")) ==
          upload_verdict::refused);

    const auto refused = wan::parse_upload(
        store_refusal(403, "AccessDenied", "Invalid according to Policy: &lt;key&gt; &amp; more"));
    CHECK(refused.verdict == upload_verdict::refused);
    REQUIRE(refused.error);
    CHECK(refused.error->code == "AccessDenied");
    CHECK(refused.error->message == "upload: Invalid according to Policy: <key> & more");
    CHECK(refused.error->request_id == "66D1");
    CHECK(refused.error->http_status == 403);
    CHECK(wan::parse_upload(answer(403, "<html>no")).error->message.find("<html>no") != std::string::npos);
}

TEST_CASE("files are uploaded before the submit, which names them, whoever drives") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        store_peer peer;
        const auto end = drive(test_provider(), two_files(), peer, {.policy = exact_policy()});
        CHECK(end.ending == task_ending::succeeded);
        REQUIRE(peer.submits() == 1);
        REQUIRE(peer.files().size() == 2);
        std::set<std::string> stored;
        for (const auto& [key, bytes] : peer.files()) {
            stored.insert(bytes);
            CHECK(peer.submitted_bodies()[0].find("\"oss://" + key + "\"") != std::string::npos);
            CHECK(key.ends_with(".png"));
        }
        CHECK(stored == std::set<std::string>{first_frame, last_frame});
    }
}

TEST_CASE("what is in each place of the submit is the file of that place") {
    store_peer peer;
    virtual_timer timer;
    auto shot = two_files();
    shot.last_frame_url = "https://frames.example/last.png";
    shot.driving_audio_url = uploaded(wav(5000));
    shot.model = "wan2.7-i2v";
    const auto end = wan::run(test_provider(), shot, peer, {.policy = exact_policy()}, timer);
    REQUIRE(end.ending == task_ending::succeeded);
    const auto body = parse_json(peer.submitted_bodies().at(0));
    for (const auto& medium : body.at("input").at("media").as_array()) {
        const std::string type = medium.at("type").as_string().c_str(),
                          url = medium.at("url").as_string().c_str();
        if (type == "last_frame")
            CHECK(url == "https://frames.example/last.png");
        else
            CHECK(peer.files().at(url.substr(6)) == (type == "first_frame" ? first_frame : wav(5000)));
    }
}

TEST_CASE("several files go side by side") {
    auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
    store_peer peer;
    wan::time_point now{};
    CHECK(task.state() == task_state::uploading);
    const auto asked = all_due(task, now);
    REQUIRE(asked.size() == 2);
    CHECK(task.next(now).is_awaiting());
    CHECK(task.requests_in_flight() == 2);
    CHECK(asked[0].number() != asked[1].number());

    CHECK_MESSAGE(!task.receive(store_peer::policy("dir"), now), "of which one is not said");
    CHECK_MESSAGE(!task.receive(99, store_peer::policy("dir"), now), "of none that is out");
    REQUIRE(task.receive(asked[1].number(), peer(asked[1].request()), now));
    const auto file = all_due(task, now); // the second file does not wait for the first one's policy
    REQUIRE(file.size() == 1);
    CHECK(store_peer::is_file(file[0].request()));
    REQUIRE(task.receive(asked[0].number(), peer(asked[0].request()), now));
    const auto other = all_due(task, now);
    REQUIRE(other.size() == 1);
    REQUIRE(task.receive(other[0].number(), peer(other[0].request()), now));
    CHECK(task.next(now).is_awaiting()); // no submit while a file is on its way
    REQUIRE(task.receive(file[0].number(), peer(file[0].request()), now));
    const auto submit = task.next(now);
    REQUIRE(submit.is_send());
    CHECK(store_peer::is_submit(submit.request()));
    CHECK(task.state() == task_state::submitting);
    CHECK(submit.number() == 0);
}

TEST_CASE("whatever goes wrong at whatever step: no submit without all files, one submit at most, an end") {
    struct wrong {
        const char* name;
        wan::http_result answer;
    };
    const std::vector<wrong> faults{
        {"not sent", not_sent()},
        {"dropped", maybe_sent()},
        {"429", failure(429, "Throttling.RateQuota")},
        {"500", failure(500, "InternalError")},
        {"503", failure(503, "ModelUnavailable")},
        {"401", failure(401, "InvalidApiKey")},
        {"garbage", answer(200, "\x1f\x8b")},
        {"policy expired",
         store_refusal(403, "AccessDenied", "Invalid according to Policy: Policy expired.")},
        {"forbidden", store_refusal(403, "AccessDenied", "Invalid according to Policy.")},
        {"taken", store_refusal(409, "FileAlreadyExists", "exists")},
        {"502 page", answer(502, "<html>")},
    };
    for (const auto& f : faults)
        for (std::size_t at = 0; at < 5; ++at)
            for (const bool for_ever : {false, true}) {
                CAPTURE(std::string{f.name});
                CAPTURE(at);
                CAPTURE(for_ever);
                for (const auto& drive : drivers()) {
                    CAPTURE(drive.name);
                    // Of the five requests up to the submit; what follows is not of this test.
                    store_peer peer{
                        [&](std::size_t n, const wan::http_request& r) -> std::optional<wan::http_result> {
                            const bool is_upload = store_peer::is_policy(r) || store_peer::is_file(r);
                            const bool is_here = for_ever ? n >= at : n == at;
                            return is_here && is_upload ? std::optional{f.answer} : std::nullopt;
                        }};
                    virtual_timer timer;
                    const auto end =
                        drive(test_provider(), two_files(), peer, {.policy = exact_policy()}, timer);
                    CHECK(end.ending != task_ending::invalid);
                    CHECK(timer.elapsed() <= 1h);
                    CHECK(peer.requests().size() < 100);
                    CHECK(peer.submits() <= 1);
                    CHECK((end.ending == task_ending::succeeded) == (peer.submits() == 1));
                    if (peer.submits() == 0) CHECK(end.error.has_value());
                }
            }
}

TEST_CASE(
    "a file that never gets through is given up after so many tries, however often its policy is granted") {
    struct ending {
        wan::http_result answer;
        task_ending end;
        std::size_t tries;
    };
    const std::vector<ending> endings{
        {not_sent(), task_ending::unreachable, 5},
        {maybe_sent(), task_ending::unreachable, 5},
        {store_refusal(500, "InternalError", "oops"), task_ending::rejected, 5},
        {store_refusal(403, "AccessDenied", "Invalid according to Policy: Policy expired."),
         task_ending::rejected, 5},
        {answer(429, ""), task_ending::rejected, 10}};
    for (const auto& [wrong, expected, tries] : endings) {
        const auto said = wrong;
        store_peer peer{[&](std::size_t, const wan::http_request& r) {
            return store_peer::is_file(r) ? std::optional{said} : std::nullopt;
        }};
        virtual_timer timer;
        auto shot = two_files();
        shot.last_frame_url.reset();
        const auto end = wan::run(test_provider(), shot, peer, {.policy = exact_policy()}, timer);
        CHECK(end.ending == expected);
        CHECK(timer.elapsed() < 10min);
        CHECK(peer.submits() == 0);
        const auto tried = static_cast<std::size_t>(
            std::count_if(peer.requests().begin(), peer.requests().end(), store_peer::is_file));
        CHECK(tried == tries);
    }
}

TEST_CASE("an expired policy, a taken name and a drop in the middle are got over, each under another name") {
    for (const auto& once :
         {store_refusal(403, "AccessDenied", "Invalid according to Policy: Policy expired."),
          store_refusal(409, "FileAlreadyExists", "exists"), maybe_sent()}) {
        int wrong = 0;
        store_peer peer{[&](std::size_t, const wan::http_request& r) {
            return store_peer::is_file(r) && wrong++ == 0 ? std::optional{once} : std::nullopt;
        }};
        virtual_timer timer;
        auto shot = two_files();
        shot.last_frame_url.reset();
        const auto end = wan::run(test_provider(), shot, peer, {.policy = exact_policy()}, timer);
        CHECK(end.ending == task_ending::succeeded);
        CHECK(peer.submits() == 1);
        CHECK(peer.files().size() == 2); // the lost one lies there under its own name
        CHECK(std::count_if(peer.requests().begin(), peer.requests().end(), store_peer::is_policy) == 2);
    }
}

TEST_CASE("a store that says no ends the task as refused, with the store's words, and nothing is submitted") {
    store_peer peer{[](std::size_t, const wan::http_request& r) {
        return store_peer::is_file(r)
                   ? std::optional{store_refusal(403, "AccessDenied", "Invalid according to Policy.")}
                   : std::nullopt;
    }};
    virtual_timer timer;
    const auto end = wan::run(test_provider(), two_files(), peer, {.policy = exact_policy()}, timer);
    CHECK(end.ending == task_ending::rejected);
    REQUIRE(end.error);
    CHECK(end.error->code == "AccessDenied");
    CHECK(end.error->request_id == "66D1");
    CHECK(peer.submits() == 0);
}

TEST_CASE("a file that is larger than the policy allows is not sent") {
    store_peer peer{[](std::size_t, const wan::http_request& r) {
        return store_peer::is_policy(r) ? std::optional{store_peer::policy("dir", 1)} : std::nullopt;
    }};
    virtual_timer timer;
    auto shot = two_files();
    shot.first_frame_url = uploaded(png({750, 1000}, png_colour::rgb, 2 << 20));
    shot.last_frame_url.reset();
    const auto end = wan::run(test_provider(), shot, peer, {.policy = exact_policy()}, timer);
    CHECK(end.ending == task_ending::rejected);
    CHECK(peer.files().empty());
    REQUIRE(end.error);
    CHECK(end.error->message.find("first_frame_url: 2097") != std::string::npos);
    CHECK(end.error->message.find(" bytes; the provider's file store accepts at most 1048576 bytes") !=
          std::string::npos);
}

TEST_CASE("no end while a file is being sent: its bytes may still be read") {
    wan::time_point now{};
    const auto begun = [&](wan::task& task) {
        store_peer peer;
        const auto asked = all_due(task, now);
        REQUIRE(asked.size() == 2);
        REQUIRE(task.receive(asked[0].number(), peer(asked[0].request()), now));
        REQUIRE(task.receive(asked[1].number(), peer(asked[1].request()), now));
        return all_due(task, now);
    };
    SUBCASE("stopped") {
        auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
        const auto files = begun(task);
        task.stop();
        CHECK(task.next(now).is_awaiting());
        REQUIRE(task.receive(files[0].number(), answer(200, ""), now));
        CHECK(task.next(now).is_awaiting());
        REQUIRE(task.receive(files[1].number(), answer(200, ""), now));
        CHECK(task.next(now).is_done());
        CHECK(task.outcome()->ending == task_ending::stopped);
    }
    SUBCASE("canceled") {
        auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
        const auto files = begun(task);
        REQUIRE(task.cancel());
        for (const auto& f : files) REQUIRE(task.receive(f.number(), maybe_sent(), now));
        CHECK(task.next(now).is_done());
        CHECK(task.outcome()->ending == task_ending::canceled);
    }
    SUBCASE("at the deadline") {
        auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
        const auto files = begun(task);
        now += 2h;
        for (const auto& f : files) task.receive(f.number(), maybe_sent(), now);
        CHECK(task.next(now).is_done());
        CHECK(task.outcome()->ending == task_ending::deadline);
    }
    SUBCASE("refused") {
        auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
        const auto files = begun(task);
        REQUIRE(task.receive(files[0].number(), store_refusal(403, "AccessDenied", "no"), now));
        CHECK(task.next(now).is_awaiting());
        REQUIRE(task.receive(files[1].number(), answer(200, ""), now));
        CHECK(task.next(now).is_done());
        CHECK(task.outcome()->ending == task_ending::rejected);
        REQUIRE(task.next(now).outcome().error);
        CHECK(task.next(now).outcome().error->code == "AccessDenied");
    }
    SUBCASE("never told") {
        auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
        const auto files = begun(task);
        const auto lost = task.next(now);
        REQUIRE(lost.is_awaiting());
        CHECK(lost.wake_at() == now + 2 * files[0].request().timeout);
        now = lost.wake_at();
        CHECK(task.next(now).is_wait()); // both are lost, and wait for their second try
        CHECK(!task.receive(files[0].number(), answer(200, ""), now));
    }
}

TEST_CASE("while one file is out and another is due, an end waits for the first alone, whoever drives") {
    const auto who = std::make_shared<const wan::provider>(test_provider());
    enum class ending { stop, cancel, deadline, refusal };
    for (const auto how : {ending::stop, ending::cancel, ending::deadline, ending::refusal}) {
        CAPTURE(static_cast<int>(how));
        wan::scheduler tasks{{.queries_per_second = 0}, {.submits_per_second = 0, .running_tasks = 0}};
        auto policy = exact_policy();
        if (how == ending::deadline) policy.deadline = 4s;
        const auto of = tasks.add(*wan::make_task(who, two_files(), wan::no_wall_clock, policy));
        wan::time_point now{};
        const auto first = tasks.next(now);
        const auto second = tasks.next(now);
        REQUIRE((first.step.is_send() && second.step.is_send()));
        // One comes back with trouble, so that it is due again; the other is out.
        REQUIRE(tasks.receive(
            first.task,
            how == ending::refusal ? failure(403, "AccessDenied") : failure(503, "ModelUnavailable"), now));
        now += 5s;
        if (how == ending::stop) REQUIRE(tasks.stop(of));
        if (how == ending::cancel) REQUIRE(tasks.cancel(of));
        const auto waits = tasks.next(now);
        CHECK(waits.step.is_wait());
        CHECK(waits.step.wake_at() > now);
        REQUIRE(tasks.receive(second.task, maybe_sent(), now));
        CHECK(tasks.next(now).step.is_done());
    }
}

TEST_CASE("what waits for the answers that are out wakes when they count as lost, not before") {
    auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
    const auto sent = task.next({});
    REQUIRE(sent.is_send());
    task.stop();
    const wan::time_point later{5s};
    const auto waits = task.next(later);
    REQUIRE(waits.is_awaiting());
    CHECK(waits.wake_at() == wan::time_point{} + 2 * sent.request().timeout);
    CHECK(task.next(waits.wake_at()).is_done());
}

TEST_CASE("the late answer to an upload is not taken for that of a submit that was given up") {
    auto shot = two_files();
    shot.last_frame_url.reset();
    auto task = *wan::make_task(test_provider(), shot, wan::no_wall_clock, exact_policy());
    wan::time_point now{};
    const auto lost = task.next(now);
    const auto number = lost.number();
    now += 2 * lost.request().timeout;
    REQUIRE(task.next(now).is_wait());
    store_peer peer;
    for (auto step = task.next(now);
         task.state() == task_state::uploading || task.state() == task_state::ready; step = task.next(now))
        if (step.is_send())
            REQUIRE(task.receive(step.number(), peer(step.request()), now));
        else
            now = step.wake_at();
    REQUIRE(task.state() == task_state::submitting);
    now = task.next(now).wake_at();
    REQUIRE(task.next(now).is_done());
    REQUIRE(task.outcome()->ending == task_ending::submit_unknown);
    CHECK(!task.receive(number, answer(504, ""), now));
    CHECK(task.receive(submitted(), now));
    CHECK(task.task_id() == "task-1");
}

namespace {

/// The names that a task gives its files in the store, in order.
std::vector<std::string> names_of_files(wan::task task, wan::time_point now) {
    store_peer peer;
    for (auto step = task.next(now); task.state() == task_state::uploading; step = task.next(now)) {
        REQUIRE(step.is_send());
        REQUIRE(task.receive(step.number(), peer(step.request()), now));
    }
    std::vector<std::string> names;
    for (const auto& request : peer.requests())
        if (store_peer::is_file(request)) {
            const auto body = *request.body.flatten();
            const auto at = body.find("filename=\"") + 10;
            names.push_back(body.substr(at, body.find('"', at) - at));
        }
    return names;
}

} // namespace

TEST_CASE("files have the same names again for the same seed and clock, wherever the task is in memory") {
    auto how = exact_policy();
    how.jitter_seed = 42;
    const wan::time_point now{1h};
    auto clock = wan::no_wall_clock;
    const auto begin = [&](const wan::keyframe_to_video& shot) {
        return *wan::make_task(test_provider(), shot, clock, how);
    };
    const auto names = names_of_files(begin(two_files()), now);
    REQUIRE(names.size() == 2);
    CHECK(names[0] != names[1]);
    const std::vector<std::string> other_place(100);
    CHECK(names_of_files(begin(two_files()), now) == names);
    how.jitter_seed = 0;
    CHECK(names_of_files(begin(two_files()), now) == names_of_files(begin(two_files()), now));

    // And other names where anything differs.
    std::set<std::string> all;
    const auto add = [&](wan::task task, wan::time_point at) {
        for (const auto& name : names_of_files(std::move(task), at))
            all.insert(name.substr(0, name.find('-')));
    };
    add(begin(two_files()), now);
    add(begin(two_files()), now + 1ns);
    how.jitter_seed = 42;
    add(begin(two_files()), now);
    add(begin(two_files()), now + 1ns);
    clock = {std::chrono::sys_seconds{1'770'000'000s}, now};
    add(begin(two_files()), now);
    auto shot = two_files();
    shot.prompt = "a dog";
    add(begin(shot), now);
    CHECK(all.size() == 12);
}

TEST_CASE("tasks of one scheduler that share all give their files different names") {
    store_peer peer;
    wan::scheduler tasks{{}, {.upload_policies_per_second = 0}};
    const auto who = std::make_shared<const wan::provider>(test_provider());
    for (int i = 0; i < 8; ++i)
        tasks.add(*wan::make_task(who, two_files(), wan::no_wall_clock, exact_policy()));
    for (auto todo = tasks.next({}); peer.submits() < 8; todo = tasks.next({})) {
        REQUIRE(todo.step.is_send());
        REQUIRE(tasks.receive(todo.task, peer(todo.step.request()), {}));
    }
    CHECK(peer.files().size() == 16);
}

TEST_CASE("an upload that its executor never told of does not hold the account's only request for ever") {
    wan::scheduler tasks{{.queries_per_second = 0, .requests_at_once = 1},
                         {.submits_per_second = 0, .running_tasks = 0}};
    tasks.add(*wan::make_task(std::make_shared<const wan::provider>(test_provider()), two_files(),
                              wan::no_wall_clock, exact_policy()));
    wan::time_point now{};
    const auto sent = tasks.next(now);
    REQUIRE(sent.step.is_send());
    now += 2 * sent.step.request().timeout;
    auto again = tasks.next(now);
    for (int i = 0; i < 5 && again.step.is_wait(); ++i) again = tasks.next(now = again.step.wake_at());
    CHECK(again.step.is_send());
    CHECK(now < wan::time_point{} + 2min);
}

TEST_CASE("first uploads keep to the rate of upload policies, not to that of queries") {
    wan::scheduler tasks{{.queries_per_second = 0.001, .requests_at_once = 1000},
                         {.upload_policies_per_second = 2}};
    const auto who = std::make_shared<const wan::provider>(test_provider());
    auto shot = two_files();
    shot.last_frame_url.reset();
    for (int i = 0; i < 50; ++i) tasks.add(*wan::make_task(who, shot, wan::no_wall_clock, exact_policy()));
    std::size_t sent = 0;
    wan::time_point now{};
    while (now < wan::time_point{10s}) {
        const auto todo = tasks.next(now);
        if (todo.step.is_send())
            ++sent;
        else
            now = todo.step.wake_at();
    }
    CHECK(sent >= 19);
    CHECK(sent <= 20);
}

TEST_CASE("two hundred uploads do not wait for the rate of queries") {
    wan::scheduler tasks{{.requests_at_once = 1000}};
    const auto who = std::make_shared<const wan::provider>(test_provider());
    auto shot = two_files();
    shot.last_frame_url.reset();
    for (int i = 0; i < 200; ++i) tasks.add(*wan::make_task(who, shot, wan::no_wall_clock, exact_policy()));
    wan::time_point now{};
    std::size_t files = 0;
    for (int i = 0; i < 10'000 && files < 200; ++i) {
        const auto todo = tasks.next(now);
        if (!todo.step.is_send()) {
            now = todo.step.wake_at();
            continue;
        }
        const bool is_policy = todo.step.request_kind() == wan::request_kind::upload_policy;
        CHECK(is_policy == store_peer::is_policy(todo.step.request()));
        if (is_policy) REQUIRE(tasks.receive(todo.task, store_peer::policy("dir"), now));
        files += !is_policy;
    }
    CHECK(files == 200);
    CHECK(now < wan::time_point{2200ms});
}

TEST_CASE("a task that goes back to its uploads after a back-off waits for the rate of upload policies") {
    auto how = exact_policy();
    how.submit_again_if_not_listed = true;
    how.submit_timeout = 1s; // so that the first look counts
    const auto who = std::make_shared<const wan::provider>(test_provider());
    auto begun = *wan::make_task(who, two_files(), checked_clock, how);
    auto token = begun.token();
    token.state = task_state::submitting; // as one whose process died then
    token.started_at = 1'770'000'000;
    token.clock = wan::clock_trust::checked;

    wan::scheduler tasks{{}, {.upload_policies_per_second = 0.01}};
    wan::time_point now{};
    auto single = two_files();
    single.last_frame_url.reset();
    tasks.add(*wan::make_task(who, single, wan::no_wall_clock, exact_policy()));
    REQUIRE(tasks.next(now).step.request_kind() == wan::request_kind::upload_policy);
    const auto lost = tasks.add(*wan::resume_task(who, token, two_files(), checked_clock, how));
    bool was_backing_off = false;
    std::vector<wan::http_header> dated{{"Date", "Mon, 02 Feb 2026 02:40:00 GMT"}};
    for (int i = 0; i < 1000 && now < wan::time_point{90s}; ++i) {
        const auto todo = tasks.next(now);
        was_backing_off = was_backing_off || tasks.find(lost)->state() == task_state::backing_off;
        if (!todo.step.is_send()) {
            now = std::min(todo.step.wake_at(), wan::time_point{90s});
            continue;
        }
        CAPTURE(now.time_since_epoch().count());
        REQUIRE(todo.step.request_kind() == wan::request_kind::list);
        REQUIRE(tasks.receive(
            todo.task,
            answer(200, R"({"total":0,"data":[],"total_page":1,"page_no":1,"page_size":10})", dated), now));
    }
    CHECK(was_backing_off);
    CHECK(tasks.find(lost)->state() == task_state::backing_off);
}

TEST_CASE("a policy that expired before its file went out is asked for again, and is no failure") {
    auto how = exact_policy();
    how.max_failed_uploads = 1;
    auto shot = two_files();
    shot.last_frame_url.reset();
    auto task = *wan::make_task(test_provider(), shot, wan::no_wall_clock, how);
    REQUIRE(task.next({}).is_send());
    REQUIRE(task.receive(store_peer::policy("dir"), {}));
    const auto again = task.next(wan::time_point{300s});
    REQUIRE(again.is_send());
    CHECK(store_peer::is_policy(again.request()));
}

TEST_CASE("a policy that is too short for any file is not asked for without end") {
    auto shot = two_files();
    shot.last_frame_url.reset();
    unsigned policies = 0;
    auto granted = *store_peer::policy("dir");
    const auto at = granted.body.find("\"expire_in_seconds\"");
    REQUIRE(at != std::string::npos);
    granted.body.replace(at, granted.body.find_first_of(",}", at) - at, "\"expire_in_seconds\":0");
    const auto peer = [&](const wan::http_request&) -> wan::http_result { return ++policies, granted; };
    const auto end = wan::run(test_provider(), shot, peer, {.policy = exact_policy()}, virtual_timer{});
    CHECK(end.ending == task_ending::rejected);
    CHECK(end.error->message ==
          "the upload policy expired (valid for 0 s) before the upload began; try again "
          "later, or pass the file by URL");
    CHECK(policies == exact_policy().max_failed_uploads);
}

TEST_CASE("an upload ends by the deadline") {
    auto how = exact_policy();
    how.deadline = 10s;
    auto shot = two_files();
    shot.last_frame_url.reset();
    auto task = *wan::make_task(test_provider(), shot, wan::no_wall_clock, how);
    CHECK(task.next({}).request().timeout == 10s);
    REQUIRE(task.receive(store_peer::policy("dir"), wan::time_point{9s}));
    CHECK(task.next(wan::time_point{9s}).request().timeout == 1s);
}

TEST_CASE("a task that is resumed without its request submits nothing, whatever the list says") {
    auto how = exact_policy();
    how.submit_again_if_not_listed = true;
    auto begun = *wan::make_task(test_provider(), test_shot(), checked_clock, how);
    REQUIRE(begun.next({}).is_send());
    auto task = *wan::resume_task(test_provider(), begun.token(), checked_clock, how);
    wan::time_point now{};
    int requests = 0;
    for (auto step = task.next(now); !step.is_done() && requests < 100; step = task.next(now)) {
        if (!step.is_send()) {
            now = step.wake_at();
            continue;
        }
        ++requests;
        CHECK(task.state() != task_state::submitting);
        REQUIRE(task.receive(
            answer(200, R"({"total":0,"data":[],"total_page":1,"page_no":1,"page_size":10})"), now));
    }
    CHECK(task.outcome()->ending == task_ending::submit_unknown);
}

TEST_CASE("a large file has the time that a slow line takes") {
    auto how = exact_policy();
    how.slowest_upload = 1000;
    auto shot = two_files();
    shot.first_frame_url = uploaded(png({750, 1000}, png_colour::rgb, 100'000));
    shot.last_frame_url.reset();
    auto task = *wan::make_task(test_provider(), shot, wan::no_wall_clock, how);
    const auto asked = task.next({});
    CHECK(asked.request().timeout == 30s);
    REQUIRE(task.receive(store_peer::policy("dir"), {}));
    const auto file = task.next({});
    REQUIRE(file.is_send());
    CHECK(file.request().timeout >= 160s);
    CHECK(file.request().timeout < 170s);
}

TEST_CASE("a process that dies while it uploads goes on from the token with the request") {
    auto task = *wan::make_task(test_provider(), two_files(), wan::no_wall_clock, exact_policy());
    const auto asked = all_due(task, {});
    const auto token = task.token();
    CHECK(token.task_id.empty());
    // there is nothing to go on with but the request
    CHECK(!wan::resume_task(test_provider(), token, wan::no_wall_clock, exact_policy()));
    auto again = wan::resume_task(test_provider(), token, two_files(), wan::no_wall_clock, exact_policy());
    REQUIRE(again);
    store_peer peer;
    virtual_timer timer;
    CHECK(wan::run(*std::move(again), peer, {}, timer).ending == task_ending::succeeded);
    CHECK(peer.submits() == 1);
}

TEST_CASE("among many tasks an upload takes the place that its submit then has") {
    wan::scheduler tasks{{.queries_per_second = 0}, {.running_tasks = 2, .upload_policies_per_second = 0}};
    const auto who = std::make_shared<const wan::provider>(test_provider());
    for (int i = 0; i < 6; ++i)
        tasks.add(*wan::make_task(who, two_files(), wan::no_wall_clock, exact_policy()));
    store_peer peer;
    wan::time_point now{};
    std::size_t done = 0, uploads_before_the_first_submit = 0, most_at_once = 0;
    for (int i = 0; i < 10'000 && tasks.size() > 0; ++i) {
        // All that may go goes at once.
        std::vector<std::pair<wan::scheduler::handle, wan::http_result>> answers;
        auto todo = tasks.next(now);
        for (; todo.step.is_send(); todo = tasks.next(now)) {
            if (peer.submits() == 0)
                uploads_before_the_first_submit += store_peer::is_file(todo.step.request());
            answers.emplace_back(todo.task, peer(todo.step.request()));
            most_at_once = (std::max)(most_at_once, answers.size());
            CHECK(tasks.requests_in_flight() == answers.size());
        }
        CHECK(tasks.running() <= 2);
        if (todo.step.is_done()) {
            CHECK(todo.step.outcome().ending == task_ending::succeeded);
            ++done;
        }
        for (auto& [of, said] : answers) CHECK(tasks.receive(of, std::move(said), now));
        for (auto& [of, said] : answers) CHECK_MESSAGE(!tasks.receive(of, submitted(), now), "told twice");
        if (answers.empty() && !todo.step.is_done() && tasks.size() > 0) now = todo.step.wake_at();
    }
    CHECK(done == 6);
    CHECK(peer.submits() == 6);
    CHECK(peer.files().size() == 12);
    CHECK(uploads_before_the_first_submit == 4); // of the two that may run
    CHECK(most_at_once == 4);
}
