// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Compiled several times, with different options: what this file finds, and what it makes together with
// another one (PEER) to which it hands its task.
#include <cstddef>
#include <cstring>
#include <string>

#ifdef HOSTILE
#include "headers/hostile.hpp"
#endif

#ifdef REVERSED
#include "headers/all_reversed.hpp"
#endif
#include "headers/all.hpp"

#ifdef HOSTILE
#include "headers/hostile_after.hpp"
#endif

#include "odr/video.hpp"

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

std::string JOIN(report_of_, VARIANT)();
std::string JOIN(names_in_, VARIANT)();
std::string JOIN(block_in_, VARIANT)();
std::string JOIN(finish_in_, VARIANT)(wan::result<wan::task> task);
std::string JOIN(finish_in_, PEER)(wan::result<wan::task> task);

namespace {

template <class T>
void add_type(std::string& report, const char* name) {
    report.append(name).append(": ").append(std::to_string(sizeof(T))).append(" bytes, aligned to ");
    report.append(std::to_string(alignof(T))).append("\n");
}

template <class Class, class Value>
void add_member(std::string& report, const char* name, Value Class::* member) {
    std::size_t offset = 0;
    static_assert(sizeof member == sizeof offset);
    std::memcpy(&offset, &member, sizeof member);
    report.append("  ").append(name).append(" at ").append(std::to_string(offset)).append("\n");
}

template <class T>
void add_described(std::string& report) {
    boost::mp11::mp_for_each<wan::members_of<T>>([&](auto d) { add_member(report, d.name, d.pointer); });
}

template <class T>
const char* name_of() {
    return __PRETTY_FUNCTION__;
}

} // namespace

std::string JOIN(names_in_, VARIANT)() { return name_of<wan::task>(); }

std::string JOIN(block_in_, VARIANT)() { return name_of<wan::json::detail::block>(); }

std::string JOIN(finish_in_, VARIANT)(wan::result<wan::task> task) { return finish_video(std::move(task)); }

std::string JOIN(report_of_, VARIANT)() {
    std::string report;
#define TYPE(name) add_type<wan::name>(report, #name);
#define MEMBER(type, name) add_member(report, #name, &wan::type::name);
    // clang-format off: it would lay out the macros as one expression
    TYPE(account_limits) TYPE(api_key) TYPE(backoff) TYPE(billed_video) TYPE(body_encoding)
    TYPE(borrowed_bytes) TYPE(byte_source) TYPE(cancel_reply) TYPE(cancel_verdict) TYPE(clock_trust)
    TYPE(cost_estimate) TYPE(delivery) TYPE(dialect) TYPE(download_head) TYPE(duration_limit)
    TYPE(error_category) TYPE(error_word) TYPE(extra_field) TYPE(flag_limit) TYPE(frame_size) TYPE(generation_time)
    TYPE(header_rule) TYPE(http_body) TYPE(http_body_reader) TYPE(http_method) TYPE(image_info)
    TYPE(image_limit) TYPE(inspect_error) TYPE(job) TYPE(json::pick) TYPE(json::rows) TYPE(json_text)
    TYPE(known_tasks) TYPE(lane_limits) TYPE(late_transition) TYPE(list_filter) TYPE(list_path) TYPE(list_route) TYPE(listed_task) TYPE(media)
    TYPE(media_format) TYPE(media_kind) TYPE(media_transfer) TYPE(media_route) TYPE(media_support)
    TYPE(model_limits) TYPE(offered_jobs) TYPE(extra_member) TYPE(predicted_output) TYPE(price_row) TYPE(query_reply)
    TYPE(query_verdict) TYPE(range_limit) TYPE(rate_limit) TYPE(reading) TYPE(receipt) TYPE(recording_info)
    TYPE(recording_limit) TYPE(region) TYPE(reply) TYPE(reply_path) TYPE(reply_table) TYPE(resolution) TYPE(resolution_limit)
    TYPE(rule) TYPE(run_options) TYPE(running_task) TYPE(scheduler) TYPE(severity) TYPE(shot_type)
    TYPE(shot_type_limit) TYPE(sibling_tasks) TYPE(status_word) TYPE(steady_timer) TYPE(step) TYPE(step_kind) TYPE(strictness)
    TYPE(submit_reply) TYPE(submit_verdict) TYPE(task) TYPE(task_ending) TYPE(task_event) TYPE(task_list) TYPE(task_route)
    TYPE(task_state) TYPE(task_status) TYPE(task_transition) TYPE(template_limit) TYPE(text_limit) TYPE(token_saver)
    TYPE(transport_error) TYPE(unreadable_body) TYPE(upload_event) TYPE(upload_field) TYPE(upload_file)
    TYPE(upload_policy) TYPE(upload_policy_reply) TYPE(upload_reply) TYPE(upload_route) TYPE(upload_state)
    TYPE(upload_transition) TYPE(url_scheme) TYPE(url_view) TYPE(validation_target) TYPE(video_check) TYPE(wall_clock)
    TYPE(error) MEMBER(error, category) MEMBER(error, message) MEMBER(error, code) MEMBER(error, http_status)
    MEMBER(error, request_id) MEMBER(error, task_id) MEMBER(error, violations) TYPE(http_header)
    MEMBER(http_header, name) MEMBER(http_header, value) MEMBER(http_header, sensitive) TYPE(http_request)
    MEMBER(http_request, method) MEMBER(http_request, url) MEMBER(http_request, headers)
    MEMBER(http_request, body) MEMBER(http_request, timeout) MEMBER(http_request, max_reply_bytes)
    TYPE(http_response) MEMBER(http_response, status) MEMBER(http_response, headers)
    MEMBER(http_response, body) TYPE(outcome) MEMBER(outcome, ending) MEMBER(outcome, task_id)
    MEMBER(outcome, id) MEMBER(outcome, inferred_from) MEMBER(outcome, request_id) MEMBER(outcome, model)
    MEMBER(outcome, status) MEMBER(outcome, video) MEMBER(outcome, error) MEMBER(outcome, candidates)
    MEMBER(outcome, reply) MEMBER(outcome, raw_reply) TYPE(policy) MEMBER(policy, deadline)
    MEMBER(run_options, wall_clock) MEMBER(policy, max_lost_submits) MEMBER(policy, jitter) TYPE(progress)
    MEMBER(progress, state) MEMBER(progress, wake_at) MEMBER(progress, trouble) MEMBER(progress, eta)
    TYPE(provider) MEMBER(provider, dialect) MEMBER(provider, base_url) MEMBER(provider, key)
    MEMBER(provider, region) MEMBER(provider, headers) TYPE(resume_token) MEMBER(resume_token, state)
    MEMBER(resume_token, started_at) MEMBER(resume_token, result_url) TYPE(video) MEMBER(video, url)
    MEMBER(video, expires_at) MEMBER(video, valid_for) TYPE(violation) MEMBER(violation, field)
    MEMBER(violation, path) MEMBER(violation, rule) MEMBER(violation, value) MEMBER(violation, allowed)
    MEMBER(violation, severity) MEMBER(violation, message)
    TYPE(image_to_video) add_described<wan::image_to_video>(report);
    TYPE(keyframe_to_video) add_described<wan::keyframe_to_video>(report);
    TYPE(video_continuation) add_described<wan::video_continuation>(report);
    // clang-format on
#undef MEMBER
#undef TYPE

    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const wan::keyframe_to_video shot{.first_frame_url = "https://x/a.png",
                                      .last_frame_url = "https://x/b.png",
                                      .prompt = "A \"kitten\" of more than sixteen, of more than thirty-two, "
                                                "of more than sixty-four bytes,\nwith a second line."};
    if (const auto submit = wan::make_submit(who, shot)) report += *submit->body.flatten() + "\n";
    report += finish_video(wan::make_task(who, wan::keyframe_to_video{}, wan::no_wall_clock));
    report += "\n" + JOIN(finish_in_, PEER)(begin_video(who));
    return report;
}
