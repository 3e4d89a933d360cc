// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the docs quote and no example holds.
#include "custom_gateway.hpp"
#include "executors/curl.hpp"
#include "executors/recording.hpp"

#include <wan/media/inspect.hpp>
#include <wan/model/catalog_json.hpp>
#include <wan/wan.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ios>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

wan::outcome make_anywhere(const wan::provider& who, const wan::keyframe_to_video& shot);
std::vector<wan::provider> services(const char* dashscope_key, const char* sinancode_key,
                                    const char* jiekou_key);
wan::provider frankfurt(const std::string& workspace, wan::api_key key);
wan::provider yuto(const std::string& host, wan::api_key key);
wan::result<wan::provider> with_catalog(wan::provider who, std::string_view text);
wan::outcome make_and_wait(const wan::provider& who, const wan::keyframe_to_video& shot,
                           std::function<wan::result<void>(const wan::resume_token&)> save);
wan::result<wan::task> go_on(const wan::provider& who, const std::string& saved,
                             const wan::keyframe_to_video& shot, const wan::wall_clock& clock,
                             const wan::policy& how);
wan::result<wan::task> take_for_it(const wan::provider& who, const wan::resume_token& token,
                                   const wan::outcome& end);
wan::wall_clock checked_clock(const wan::provider& who);
wan::policy impatient();
wan::policy patient();
wan::outcome make_and_log(const wan::provider& who, const wan::keyframe_to_video& shot);
void log_request(const wan::http_request& request);
wan::outcome make_and_show(const wan::provider& who, const wan::keyframe_to_video& shot);
wan::result<void> save_token(const std::filesystem::path& file, const wan::resume_token& token);
wan::outcome make_and_save(const wan::provider& who, const wan::keyframe_to_video& shot,
                           const std::filesystem::path& file);
wan::outcome make_behind_a_proxy(const wan::provider& who, const wan::keyframe_to_video& shot);
void set_up_libcurl();
wan::media read_whole(const std::string& file);
wan::outcome test_rejected(const wan::provider& who, const wan::keyframe_to_video& shot);
bool check_shot(const wan::provider& who, const wan::image_to_video& shot);
wan::outcome make_without_warnings(const wan::provider& who, const wan::image_to_video& shot);
wan::outcome make_or_explain(const wan::provider& who, const wan::keyframe_to_video& shot);
void show_requests(const wan::provider& who, const wan::image_to_video& shot);
void check_table();
void share_the_account(wan::scheduler& tasks, std::string_view model);
void drive(wan::scheduler& tasks);
std::vector<wan::generation_time> drive_and_learn(wan::scheduler& tasks,
                                                  const std::vector<wan::generation_time>& known);
std::vector<wan::outcome> make_in_turn(const wan::provider& who,
                                       const std::vector<wan::keyframe_to_video>& shots);

/// A file of the host's.
struct partial_file {
    std::uint64_t size() const;
    std::string_view etag() const;
    void go_on_at(std::uint64_t offset, std::string_view etag);
    bool append(std::string_view piece);
    const wan::byte_source& bytes() const;
};
wan::result<void> check_budget(const wan::provider& who, const wan::keyframe_to_video& shot,
                               std::int64_t& budget);
wan::result<wan::video_check> fetch_rest(const wan::video& video, partial_file& file);
wan::step begin_all(wan::task& task, wan::time_point now,
                    const std::function<void(unsigned number, const wan::http_request&)>& begin_http);
wan::keyframe_to_video shot_of(const std::string& first, std::vector<std::byte> rendered,
                               std::span<const std::byte> sound);
wan::result<wan::task> begin(const wan::provider& who, const std::string& first,
                             std::vector<std::byte> rendered, std::span<const std::byte> sound);
std::string describe(std::span<const std::byte> first_frame);
wan::result<std::string> upload_once(const wan::provider& who, std::string_view model,
                                     std::shared_ptr<const wan::byte_source> png,
                                     const std::string& unique_name);

/// The HTTP that a host has, as it is in many an engine.
class host_exchange {
public:
    host_exchange(std::string_view method, const std::string& url);
    ~host_exchange();
    void add_header(const std::string& name, const std::string& value);
    void set_body(std::uint64_t size, std::function<std::ptrdiff_t(char* to, std::size_t size)> pull);
    void follow_redirects(bool on);
    void repeat(bool on);
    void keep_connection(bool on);
    void set_time_out(std::chrono::milliseconds whole);
    void set_max_reply(std::size_t bytes);

    enum class end { answered, unknown_host, refused, tls_failed, other };
    end carry_out();
    unsigned status() const;
    std::vector<std::pair<std::string, std::string>> reply_headers() const;
    std::string take_reply();
    std::string message() const;
};
wan::http_result carry_out(const wan::http_request& request);
void test_with(const std::string& recorded, const wan::provider& who, const wan::keyframe_to_video& shot);
wan::outcome run_and_record(const wan::provider& who, const wan::keyframe_to_video& shot,
                            const std::string& file);
void check(bool);

wan::http_result carry_out(const wan::http_request& request) {
    host_exchange exchange{to_wire(request.method), request.url};
    for (const auto& h : request.headers) exchange.add_header(h.name, h.value);
    exchange.follow_redirects(false); // the key would travel along
    exchange.repeat(false);           // a submit that is sent twice is paid for twice
    exchange.set_time_out(request.timeout);
    exchange.set_max_reply(request.max_reply_bytes);

    wan::http_body_reader body{request.body};
    std::optional<wan::unreadable_body> broken;
    if (request.method == wan::http_method::post) {
        // The server may just be closing a kept connection: what it has read would be unknown.
        exchange.keep_connection(false);
        exchange.set_body(request.body.size(), [&](char* to, std::size_t size) -> std::ptrdiff_t {
            const auto n = body.read({to, size});
            if (!n) broken = n.error();
            return n ? static_cast<std::ptrdiff_t>(*n) : -1; // -1: hang up
        });
    }

    const auto end = exchange.carry_out();
    if (broken) return wan::transport_error{wan::delivery::not_sent, to_string(*broken)};
    if (end != host_exchange::end::answered) {
        const bool nothing_left = end == host_exchange::end::unknown_host ||
                                  end == host_exchange::end::refused || end == host_exchange::end::tls_failed;
        return wan::transport_error{nothing_left ? wan::delivery::not_sent : wan::delivery::maybe_sent,
                                    exchange.message()};
    }
    wan::http_response response{.status = exchange.status()};
    for (auto& [name, value] : exchange.reply_headers()) response.headers.push_back({name, value});
    response.body = exchange.take_reply();
    return response;
}

wan::outcome run_and_record(const wan::provider& who, const wan::keyframe_to_video& shot,
                            const std::string& file) {
    std::ofstream out{file};
    wan::executors::recorder http{wan::executors::curl{},
                                  [&](const auto& exchange) { out << to_json(exchange) << '\n'; }};
    return wan::run(who, shot, http);
}

void test_with(const std::string& recorded, const wan::provider& who, const wan::keyframe_to_video& shot) {
    const auto all = wan::executors::read_recording(recorded);
    // all.error().message: "line 3 is not a recorded exchange; record the run again"
    if (!all) return check(false);
    const wan::executors::replayer http{*all};
    // With a timer that jumps as the last argument, the run takes no time.
    const auto end = wan::run(who, shot, http);
    check(end && http.left().empty());
}

wan::outcome make_anywhere(const wan::provider& who, const wan::keyframe_to_video& shot) {
    return wan::run(who, shot, wan::executors::curl{});
}

std::vector<wan::provider> services(const char* dashscope_key, const char* sinancode_key,
                                    const char* jiekou_key) {
    return {
        wan::dashscope::provider(dashscope_key, wan::region::singapore),
        // a workspace's own host
        wan::dashscope::at("https://ws-1.ap-southeast-1.maas.aliyuncs.com/api/v1", dashscope_key),
        wan::sinancode::provider(sinancode_key),
        wan::jiekou::provider(jiekou_key),
    };
}

wan::provider frankfurt(const std::string& workspace, wan::api_key key) {
    return wan::dashscope::at("https://" + workspace + ".eu-central-1.maas.aliyuncs.com/api/v1",
                              std::move(key));
}

wan::result<wan::provider> with_catalog(wan::provider who, std::string_view text) {
    auto catalog = wan::read_catalog(text);
    if (!catalog) return catalog.error();      // every mistake, with its line
    catalog->add_missing(wan::models_of(who)); // what it does not name is as before
    who.catalog = std::make_shared<const wan::model_catalog>(*std::move(catalog));
    return who;
}

wan::provider yuto(const std::string& host, wan::api_key key) {
    return wan::yutoai::at("https://" + host + "/qwen/api/v1", std::move(key));
}

wan::outcome make_and_wait(const wan::provider& who, const wan::keyframe_to_video& shot,
                           std::function<wan::result<void>(const wan::resume_token&)> save) {
    return wan::run(who, shot, wan::executors::curl{}, {.save_token = std::move(save)});
}

wan::result<wan::task> go_on(const wan::provider& who, const std::string& saved,
                             const wan::keyframe_to_video& shot, const wan::wall_clock& clock,
                             const wan::policy& how) {
    const auto token = wan::read_token(saved);
    if (!token) return token.error();
    return wan::resume_task(who, *token, shot, clock, how); // without `shot`: nothing is ever submitted
}

wan::result<wan::task> take_for_it(const wan::provider& who, const wan::resume_token& token,
                                   const wan::outcome& end) {
    if (end.candidates.size() != 1) return *end.error; // a person must choose
    const auto with_id = wan::adopt(token, end.candidates.front().task_id);
    if (!with_id) return with_id.error();
    return wan::resume_task(who, *with_id,
                            {std::chrono::system_clock::now(), std::chrono::steady_clock::now()});
}

wan::wall_clock checked_clock(const wan::provider& who) {
    wan::wall_clock clock{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
    if (const auto list = wan::make_list(who, {.page_size = 1})) { // costs nothing
        const auto answer = wan::executors::curl{}(*list);
        if (wan::agrees(clock, answer, std::chrono::steady_clock::now()))
            clock.trust = wan::clock_trust::checked;
    }
    return clock;
}

wan::policy impatient() {
    wan::policy how;
    how.poll = {{.first = std::chrono::seconds{5}, .factor = 1.2, .longest = std::chrono::seconds{15}}};
    how.deadline = std::chrono::minutes{20};
    return how;
}

wan::policy patient() {
    wan::policy how;
    how.submit_timeout = std::chrono::minutes{2};
    how.slowest_upload = 16 * 1024; // bytes per second
    how.query_timeout = std::chrono::minutes{1};
    how.deadline = std::chrono::hours{3};
    return how;
}

wan::outcome make_and_log(const wan::provider& who, const wan::keyframe_to_video& shot) {
    wan::executors::recorder http{wan::executors::curl{},
                                  [](const auto& exchange) { std::clog << to_json(exchange) << '\n'; }};
    return wan::run(who, shot, http);
}

void log_request(const wan::http_request& request) {
    std::clog << to_wire(request.method) << ' ' << request.url << '\n';
    // Authorization: Bearer ***
    for (const auto& h : request.headers) std::clog << h.name << ": " << masked(h) << '\n';
}

wan::outcome make_and_show(const wan::provider& who, const wan::keyframe_to_video& shot) {
    const auto show = [](const wan::progress& p) {
        std::clog << to_wire(p.state) << (p.status.empty() ? "" : " ") << p.status; // "waiting RUNNING"
        if (p.percent) std::clog << ' ' << *p.percent << " %";
        if (p.trouble != nullptr) std::clog << ": " << to_string(*p.trouble);
        std::clog << '\n';
    };
    return wan::run(who, shot, wan::executors::curl{}, {.on_progress = show});
}

/// Replaces the file in one step: it holds the old token or the new one, whole.
wan::result<void> save_token(const std::filesystem::path& file, const wan::resume_token& token) {
    auto fresh = file;
    fresh += ".new";
    std::ofstream out{fresh, std::ios::binary};
    out << to_string(token) << '\n';
    out.close();
    std::error_code failed;
    if (out) std::filesystem::rename(fresh, file, failed);
    if (!out || failed)
        return wan::error{.category = wan::error_category::storage,
                          .message = "cannot write " + file.string()};
    return {};
}

wan::outcome make_and_save(const wan::provider& who, const wan::keyframe_to_video& shot,
                           const std::filesystem::path& file) {
    return wan::run(who, shot, wan::executors::curl{},
                    {.save_token = [&](const auto& token) { return save_token(file, token); }});
}

wan::outcome make_behind_a_proxy(const wan::provider& who, const wan::keyframe_to_video& shot) {
    // The first argument is a function that aborts the exchange.
    return wan::run(who, shot, wan::executors::curl{{}, "/etc/ssl/certs/our-proxy.pem"});
}

void set_up_libcurl() {
    curl_global_init(CURL_GLOBAL_DEFAULT); // in main, before the first executor and before any other thread
}

/// A file that cannot be read becomes empty bytes, which are invalid.
wan::media read_whole(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    const std::string all{std::istreambuf_iterator<char>{in}, {}};
    const auto bytes = std::as_bytes(std::span{all});
    return wan::media::owned({bytes.begin(), bytes.end()}, file);
}

wan::outcome test_rejected(const wan::provider& who, const wan::keyframe_to_video& shot) {
    const auto refuses = [](const wan::http_request&) -> wan::http_result {
        return wan::http_response{.status = 400, .body = R"({"code": "InvalidParameter", "message": "no"})"};
    };
    return wan::run(who, shot, refuses); // its ending is `rejected`
}

/// Prints every error and every warning. Returns whether the request has no errors.
bool check_shot(const wan::provider& who, const wan::image_to_video& shot) {
    const std::vector<wan::violation> found = wan::validate(who, shot);
    for (const auto& v : found)
        std::clog << to_wire(v.severity) << ": " << v.message << '\n'; // the message contains the field
    return std::none_of(found.begin(), found.end(), wan::is_error);
}

wan::outcome make_without_warnings(const wan::provider& who, const wan::image_to_video& shot) {
    return wan::run(who, shot, wan::executors::curl{}, {.strictness = wan::strictness::strict});
}

wan::outcome make_or_explain(const wan::provider& who, const wan::keyframe_to_video& shot) {
    auto end = wan::run(who, shot, wan::executors::curl{});
    if (end.error)
        for (const auto& v : end.error->violations)
            std::cerr << to_wire(v.severity) << ": " << v.message << '\n'; // the message contains the field
    return end;
}

/// Prints the mistakes in the table, and the requests that would be sent. Sends nothing.
void show_requests(const wan::provider& who, const wan::image_to_video& shot) {
    for (const auto& v : wan::validate(who)) std::cout << v.message << '\n';
    for (const auto& v : wan::validate(who, shot)) std::cout << v.message << '\n';
    for (const auto& request : {wan::make_submit(who, shot), wan::make_query(who, "task-1")}) {
        if (!request) {
            std::cout << to_string(request.error()) << '\n';
            continue;
        }
        std::cout << to_wire(request->method) << ' ' << request->url << '\n';
        for (const auto& h : request->headers) std::cout << h.name << ": " << masked(h) << '\n';
        const auto body = request->body.flatten(); // fails if the bytes of a medium cannot be read
        if (body) std::cout << *body << '\n';
    }
}

void check_table() {
    const auto submitted = wan::parse_submit(
        fal::api,
        wan::http_response{.status = 200, .body = R"({"request_id": "r-1", "status": "IN_QUEUE"})"});
    check(submitted.verdict == wan::submit_verdict::accepted);
    check(submitted.reply.task_id == "r-1");

    const auto rejected = wan::parse_submit(
        fal::api,
        wan::http_response{.status = 422, .body = R"({"detail": "no", "error_type": "bad_input"})"});
    check(rejected.verdict == wan::submit_verdict::refused);
    check(rejected.error && rejected.error->message == "no");

    for (const auto* word : {"IN_QUEUE", "IN_PROGRESS", "COMPLETED"})
        check(wan::find_status(fal::api.statuses, word).has_value());

    const auto video = wan::parse_result(
        fal::api, wan::http_response{.status = 200, .body = R"({"video": {"url": "https://x/v.mp4"}})"});
    check(video.verdict == wan::query_verdict::succeeded);
    check(video.reply.video_url == "https://x/v.mp4");
}

void share_the_account(wan::scheduler& tasks, std::string_view model) {
    auto account = tasks.limits();
    account.queries_per_second /= 2; // another program also sends queries
    account.requests_at_once = 16;
    tasks.set_limits(account);
    auto lane = tasks.limits(model);
    lane.running_tasks = 1;
    tasks.set_limits(model, lane);
}

std::vector<wan::generation_time> drive_and_learn(wan::scheduler& tasks,
                                                  const std::vector<wan::generation_time>& known) {
    tasks.set_learned(known); // from the previous run
    drive(tasks);             // your loop
    return tasks.learned();   // for the next run: model, resolution, duration, median, spread, tasks
}

/// One request at a time; a task's tag is the index of its shot. Saves no tokens: a crash loses the tasks.
std::vector<wan::outcome> make_in_turn(const wan::provider& who,
                                       const std::vector<wan::keyframe_to_video>& shots) {
    using clock = std::chrono::steady_clock;
    std::vector<wan::outcome> outcomes(shots.size());
    wan::scheduler tasks{who}; // with the documented limits of the account
    for (std::size_t i = 0; i < shots.size(); ++i) {
        auto task = wan::make_task(who, shots[i], {std::chrono::system_clock::now(), clock::now()});
        if (task)
            tasks.add(*std::move(task), 0, i);
        else
            outcomes[i] = {.ending = wan::task_ending::invalid, .error = task.error()};
    }
    wan::executors::curl http;
    while (tasks.size() != 0) {
        const auto todo = tasks.next(clock::now());
        if (todo.step.is_send())
            tasks.receive(todo.task, http(todo.step.request()), clock::now());
        else if (todo.step.is_done())
            outcomes[static_cast<std::size_t>(todo.tag)] = todo.step.outcome();
        else
            std::this_thread::sleep_until(todo.step.wake_at());
    }
    return outcomes;
}

// The snapshot in docs/prices.md.
constexpr wan::price_row snapshot[] = {
    // 0.10 CNY
    {.model = "wan2.2-kf2v-flash", .tier = wan::resolution::p480, .per_second = 100'000, .currency = "CNY"},
    {.model = "wan2.2-kf2v-flash", .tier = wan::resolution::p720, .per_second = 200'000, .currency = "CNY"},
    {.model = "wan2.2-kf2v-flash", .tier = wan::resolution::p1080, .per_second = 480'000, .currency = "CNY"},
    {.model = "wan2.6-i2v-flash",
     .tier = wan::resolution::p720,
     .sound = true,
     .per_second = 300'000,
     .currency = "CNY"},
    {.model = "wan2.6-i2v-flash",
     .tier = wan::resolution::p720,
     .sound = false,
     .per_second = 150'000,
     .currency = "CNY"},
};

wan::result<void> check_budget(const wan::provider& who, const wan::keyframe_to_video& shot,
                               std::int64_t& budget) {
    const auto cost = wan::estimate_cost(who, shot, snapshot);
    // not_found: "the price table has no row for wan2.2-kf2v-flash at 1080P, ..."
    if (!cost) return cost.error();
    if (cost->amount > budget)
        // "too dear: 1.00 CNY"
        return wan::error{.category = wan::error_category::billing,
                          .message = "too dear: " + to_string(*cost)};
    budget -= cost->amount;
    return {};
}

wan::result<wan::video_check> fetch_rest(const wan::video& video, partial_file& file) {
    const auto request = wan::make_download(video.url, file.size(), file.etag());
    if (!request) return request.error();

    wan::result<wan::download_head> head =
        wan::error{.category = wan::error_category::transport, .message = "no answer"};
    const wan::executors::answer_taker taker{
        .head =
            [&](unsigned status, const auto& headers) {
                head = wan::parse_download_head(status, headers, file.size(), file.etag());
                if (!head || head->is_complete())
                    return false;                        // no byte of what follows belongs into the file
                file.go_on_at(head->offset, head->etag); // 0: the server sends all of it, from the start
                return true;
            },
        .body = [&](std::string_view piece) { return file.append(piece); },
    };
    const auto end = wan::executors::curl{}.stream(*request, taker);
    if (!head) return head.error();
    if (!end && !head->is_complete())
        return wan::error{.category = wan::error_category::transport, .message = end.error().message};
    return wan::check_video(file.bytes(), head->size); // a whole MP4, whatever the server said
}

/// A file that stays open. Only one thread at a time may call `read`.
class file_source final : public wan::byte_source {
public:
    explicit file_source(const std::filesystem::path& path) : in_(path, std::ios::binary) {
        std::error_code failed;
        const auto size = std::filesystem::file_size(path, failed);
        if (in_ && !failed) size_ = size; // else it is empty, and refused as unreadable
    }

    std::uint64_t size() const noexcept override { return size_; }

    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        in_.clear(); // the end may have been reached before
        in_.seekg(static_cast<std::streamoff>(offset));
        in_.read(reinterpret_cast<char*>(to.data()), static_cast<std::streamsize>(to.size()));
        return static_cast<std::size_t>(in_.gcount());
    }

private:
    mutable std::ifstream in_;
    std::uint64_t size_ = 0;
};

wan::keyframe_to_video shot_of(const std::string& first, std::vector<std::byte> rendered,
                               std::span<const std::byte> sound) {
    return {
        .first_frame_url = wan::media{std::make_shared<file_source>(first), first}, // read while it is sent
        .last_frame_url = wan::media::owned(std::move(rendered)),
        .driving_audio_url = wan::media::borrowed(sound, "steps.wav"), // not copied: must outlive the submit
        .model = "wan2.7-i2v",
        .resolution = wan::resolution::p720,
    };
}

wan::result<wan::task> begin(const wan::provider& who, const std::string& first,
                             std::vector<std::byte> rendered, std::span<const std::byte> sound) {
    const wan::keyframe_to_video shot{
        .first_frame_url = wan::media{std::make_shared<file_source>(first), first}, // read while it is sent
        .last_frame_url = wan::media::owned(std::move(rendered)),
        .driving_audio_url = wan::media::borrowed(sound, "steps.wav"), // the caller keeps it valid
        .model = "wan2.7-i2v",
        .resolution = wan::resolution::p720,
    };
    return wan::make_task(who, shot, {std::chrono::system_clock::now(), std::chrono::steady_clock::now()});
}

std::string describe(std::span<const std::byte> first_frame) {
    const auto image = wan::inspect_image(first_frame);
    if (!image) return to_string(image.error()); // "not a JPEG, PNG, BMP or WebP image"
    const auto seen = wan::upright_size(*image); // turned as its EXIF orientation says: 750x1000
    const auto video = wan::predict_output(seen, wan::resolution::p720).size; // 816x1104
    return std::to_string(seen.width) + "x" + std::to_string(seen.height) + " becomes " +
           std::to_string(video.width) + "x" + std::to_string(video.height);
}

wan::result<std::string> upload_once(const wan::provider& who, std::string_view model,
                                     std::shared_ptr<const wan::byte_source> png,
                                     const std::string& unique_name) {
    wan::executors::curl http;
    const auto ask = wan::make_upload_policy(who, model);
    if (!ask) return ask.error();
    const auto granted = wan::parse_upload_policy(who, http(*ask));
    if (granted.error) return *granted.error;
    auto form =
        wan::make_upload(granted.policy, {.bytes = std::move(png), .name = unique_name, .type = "image/png"});
    if (!form) return form.error();
    form->timeout = std::chrono::minutes{10};
    if (const auto stored = wan::parse_upload(http(*form)); stored.error) return *stored.error;
    return wan::uploaded_url(who, granted.policy, unique_name); // oss://..., for every request to that model
}

/// Starts every request that may be sent now. Complete each with `task.receive(number, response, now)`.
wan::step begin_all(wan::task& task, wan::time_point now,
                    const std::function<void(unsigned number, const wan::http_request&)>& begin_http) {
    auto step = task.next(now);
    for (; step.is_send(); step = task.next(now)) begin_http(step.number(), step.request());
    return step; // a wait, or the outcome
}
