// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Everything in which services differ, as data.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/backoff.hpp>
#include <wan/error.hpp>
#include <wan/http/message.hpp>
#include <wan/json/request_layout.hpp>
#include <wan/model/limits.hpp>
#include <wan/provider/listed_task.hpp>
#include <wan/provider/provider.hpp>
#include <wan/provider/reply.hpp>
#include <wan/provider/task_status.hpp>
#include <wan/request/job.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// A header of every submit, or of those with a certain kind of value.
struct header_rule {
    std::string_view name;  ///< "X-DashScope-Async"
    std::string_view value; ///< "enable"
    /// A string of the body, "oss://"; empty: it is always sent.
    std::string_view only_if_a_string_begins_with = {};
};

/// Where the requests for some models go, and in which form.
template <class Request>
struct submit_route {
    std::string_view model_contains; ///< what the model's name must contain; empty fits all
    std::string_view path;           ///< appended to the base URL; "{model}" stands for the model
    /// How the body is written: a `json::layout_of`. None: these models have no route.
    json::request_layout<Request> layout;
};

/// One job of a service. The first route that fits the model is taken; without any the job is not offered.
template <class Request>
struct job_routes {
    std::string_view default_model;                ///< of requests that name none
    std::span<const submit_route<Request>> routes; ///< in the order in which they are tried
};

/// The jobs that a service offers: a member for each, named as its request. Jobs that are not named are not
/// offered.
///
///     .jobs = {.keyframe_to_video = {"wan2.7-i2v", keyframe_routes}}
struct offered_jobs {
    /// \cond
#define WAN_JOB(name)                                                                                        \
    job_routes<wan::name> name = {};                                                                         \
    constexpr const job_routes<wan::name>& of(std::type_identity<wan::name>) const noexcept { return name; }
    WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
    /// \endcond
};

/// Where the requests about a task that exists go.
struct task_route {
    http_method method = http_method::get; ///< of the request
    /// Appended to the base URL; "{task_id}" stands for the id. Empty: only where a reply names it.
    std::string_view path;
    std::string_view body = {}; ///< of a POST: JSON, in a string of which "{task_id}" stands for the id
    /// A reply names the URL (`reply::query_url` of a query, `reply::result_url` of a result), which then
    /// is used instead of `path`. Followed to the base URL's own origin alone, because the key travels along.
    bool is_named_by_reply = false;

    /// Whether the service accepts such requests.
    constexpr bool offered() const noexcept { return !path.empty() || is_named_by_reply; }
};

/// Where one member of `listed_task` may be, from the task's object on.
struct list_path {
    std::string_view pointer;                              ///< JSON pointer from the task's object on
    std::string listed_task::* text = nullptr;             ///< the member, if it is a text
    std::optional<double> listed_task::* number = nullptr; ///< the member, if it is a number

    /// Where a text is, `{&listed_task::status, "/status"}`.
    constexpr list_path(std::string listed_task::* member, std::string_view where)
        : pointer(where), text(member) {}
    /// Where a number is.
    constexpr list_path(std::optional<double> listed_task::* member, std::string_view where)
        : pointer(where), number(member) {}
};

/// How a service lists the account's tasks, a page at a time.
struct list_route {
    std::string_view path = {}; ///< appended to the base URL; empty: it does not list them
    // Names of query parameters; one that has none is not sent.
    std::string_view start_time, ///< for `list_filter::from`; sent as yyyymmddhhmmss, UTC+8
        end_time;                ///< for `list_filter::to`, in the same form
    std::string_view model,      ///< for `list_filter::model`
        status,                  ///< for `list_filter::status`
        page,                    ///< for `list_filter::page`
        page_size;               ///< for `list_filter::page_size`
    // Where values are in the reply.
    std::string_view tasks;               ///< JSON pointer of the array
    std::span<const list_path> task = {}; ///< what a row says, and where
    std::string_view pages;               ///< JSON pointer of how many there are
    std::chrono::hours reach{24};         ///< how old the tasks are that it shows

    constexpr bool offered() const noexcept { return !path.empty(); } ///< whether the service lists tasks
};

/// One field of the form that uploads a file.
struct upload_field {
    std::string_view name;       ///< as the form has it, "policy"
    std::string_view pointer;    ///< where the policy's reply holds its value; empty: it is `value`
    std::string_view value = {}; ///< of a field that is always the same
    bool is_place = false;       ///< its value is the file's place in the store
};

/// How a service accepts a file into its own store: it grants a form, which is then posted with the file as
/// its last field.
struct upload_route {
    /// Of the upload policy, appended to the base URL; "{model}" stands for the model. Empty: no store.
    std::string_view path = {};
    // Where values are in the reply: JSON pointers.
    std::string_view host,                   ///< of `upload_policy::host`
        directory,                           ///< of `upload_policy::directory`
        expires_in_seconds,                  ///< of `upload_policy::expires_in`
        max_megabytes;                       ///< of `upload_policy::max_bytes`, in 1024 * 1024 bytes
    std::span<const upload_field> form = {}; ///< in order; the file comes after them
    std::string_view url_prefix = {};        ///< before the file's place in the store, "oss://"

    constexpr bool offered() const noexcept { return !path.empty(); } ///< whether the service stores files
};

/// What a service's error code means. `Throttling` also stands for `Throttling.RateQuota`, unless that has a
/// row.
struct error_word {
    std::string_view code;   ///< a whole one, or its first parts; case counts
    error_category category; ///< its meaning
};

/// The form of a service's API. A table that outlives all its uses: make it constexpr. How to write one: \ref
/// custom-gateway.
struct dialect {
    /// "dashscope"; part of resume tokens, so never change it.
    std::string_view name;
    std::string_view auth_header = "Authorization"; ///< the header that carries the key
    std::string_view auth_prefix = "Bearer ";       ///< before the key
    /// What a base URL usually ends with, "/api/v1". One without it gets a warning. Empty: the host alone.
    std::string_view base_path = {};
    std::span<const header_rule> submit_headers = {}; ///< beside the key and Content-Type
    offered_jobs jobs = {};           ///< the jobs it offers: where requests go, and their form
    set_of<url_scheme> media_schemes; ///< how media may be named
    /// Images of at most so many bytes go within the request unless the caller says otherwise. Larger ones
    /// are uploaded, and so are sounds and clips where the service has a store. 0: no medium goes within the
    /// request automatically.
    std::uint64_t inline_up_to = 0;
    upload_route upload = {}; ///< its store of files; not offered by default
    task_route query;         ///< the status of a task
    task_route result = {};   ///< for services that name the video's URL only where they are asked once more
    task_route cancel = {};   ///< not offered by default
    list_route list = {};     ///< not offered by default
    std::span<const reply_path> reply; ///< where values are in its replies
    /// A video URL that is a path, `/videos/1.mp4`, is on the service's own host. It is fetched without the
    /// key. False: such a URL is shown in the error, and the task is asked for again.
    bool resolves_video_urls = false;
    /// The id at `reply::task_id` is that of any request, rejected ones too: under a 4xx it names no task.
    /// False: any reply that names a task is believed.
    bool refusals_have_ids = false;
    /// Of other words `find_status` knows some; the rest mean that the task goes on.
    std::span<const status_word> statuses;
    std::span<const error_word> errors = {};              ///< of other codes the HTTP status decides
    std::span<const std::string_view> success_codes = {}; ///< values of `reply::code` that mean no error
    std::span<const model_limits> models;                 ///< other models are checked by `general_limits`
    /// How long the service knows a task. A word for `task_status::expired` is believed of an older task; of
    /// a younger one it is a query that failed. Where no document says: as DashScope.
    std::chrono::hours keeps_tasks_for{24};
    /// How often to ask for a task, within the bounds of a `policy`. A typical one takes 1 to 5 minutes.
    backoff poll{std::chrono::seconds{10}, 1.5, std::chrono::seconds{30}};
    // How many requests of a kind one account may send, each kind on its own. Where no document gives a
    // limit: a quarter of DashScope's.
    double queries_per_second = 5;          ///< of tasks, and of their results
    double lists_per_second = 5;            ///< pages of the list of tasks
    double cancels_per_second = 5;          ///< requests to cancel
    double upload_policies_per_second = 25; ///< for each model
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
