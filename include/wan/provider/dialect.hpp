// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The dialect of a provider: everything in which the providers' APIs differ, as data.
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

/// A header that is sent with every submit, or only with submits whose body contains a certain string.
struct header_rule {
    std::string_view name;  ///< the header's name, such as "X-DashScope-Async"
    std::string_view value; ///< the header's value, such as "enable"
    /// The header is sent only if a string in the body begins with this text, such as "oss://". Empty: the
    /// header is always sent.
    std::string_view only_if_a_string_begins_with = {};
};

/// The path and the body format of submits for some models.
template <class Request>
struct submit_route {
    std::string_view model_contains; ///< what the model's name must contain; empty: matches all models
    /// Begins with "/" or "?", because it is appended to the base URL; "{model}" is replaced by the model.
    std::string_view path;
    /// Writes the body: a `json::layout_of`. Empty: these models have no route.
    json::request_layout<Request> layout;
};

/// The routes of one job. The first route that matches the model is used. Without routes the job is not
/// offered.
template <class Request>
struct job_routes {
    std::string_view default_model;                ///< for requests that name no model
    std::span<const submit_route<Request>> routes; ///< in the order in which they are tried
};

/// The jobs that a provider offers. Each member is named after its request; a job without routes is not
/// offered.
///
/// \code
/// .jobs = {.keyframe_to_video = {"wan2.7-i2v", keyframe_routes}}
/// \endcode
struct offered_jobs {
    /// \cond
#define WAN_JOB(name)                                                                                        \
    job_routes<wan::name> name = {};                                                                         \
    constexpr const job_routes<wan::name>& of(std::type_identity<wan::name>) const noexcept { return name; }
    WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
    /// \endcond
};

/// The route of requests about an existing task.
struct task_route {
    http_method method = http_method::get; ///< HTTP method
    /// Begins with "/" or "?", because it is appended to the base URL; "{task_id}" is replaced by the id.
    /// Empty: only a reply names the URL.
    std::string_view path;
    std::string_view body = {}; ///< JSON body of a POST; "{task_id}" in a string is replaced by the id
    /// True: a reply names the URL to use instead of `path`, as `reply::query_url` for queries or as
    /// `reply::result_url` for results. A URL is used only if it has the base URL's origin, because the
    /// request carries the key.
    bool is_named_by_reply = false;

    /// Returns whether the provider accepts such requests.
    constexpr bool offered() const noexcept { return !path.empty() || is_named_by_reply; }
};

/// The location of the value for one member of `listed_task`, within a task of the list.
struct list_path {
    std::string_view pointer;                              ///< JSON pointer within the task's object
    std::string listed_task::* text = nullptr;             ///< the member, if it is a string
    std::optional<double> listed_task::* number = nullptr; ///< the member, if it is a number

    /// Locates a string: `{&listed_task::status, "/status"}`.
    constexpr list_path(std::string listed_task::* member, std::string_view where)
        : pointer(where), text(member) {}
    /// Locates a number.
    constexpr list_path(std::optional<double> listed_task::* member, std::string_view where)
        : pointer(where), number(member) {}
};

/// The route that lists the account's tasks, one page at a time.
struct list_route {
    /// Begins with "/" or "?", because it is appended to the base URL. Empty: tasks cannot be listed.
    std::string_view path = {};
    // Names of query parameters. A parameter without a name is not sent.
    std::string_view start_time, ///< for `list_filter::from`; sent as yyyymmddhhmmss, UTC+8
        end_time;                ///< for `list_filter::to`, in the same form
    std::string_view model,      ///< for `list_filter::model`
        status,                  ///< for `list_filter::status`
        page,                    ///< for `list_filter::page`
        page_size;               ///< for `list_filter::page_size`
    // Locations of values in the reply.
    std::string_view tasks;               ///< JSON pointer of the array
    std::span<const list_path> task = {}; ///< the members of a task, and their locations
    std::string_view pages;               ///< JSON pointer of the number of pages
    std::chrono::hours reach{24};         ///< maximum age of listed tasks

    constexpr bool offered() const noexcept { return !path.empty(); } ///< whether tasks can be listed
};

/// One field of the form that uploads a file.
struct upload_field {
    std::string_view name; ///< the field's name in the form, such as "policy"
    /// Location of the value in the reply with the policy; empty: `value` is sent.
    std::string_view pointer;
    std::string_view value = {}; ///< the fixed value
    bool is_place = false;       ///< true: the value is the file's path in the store
};

/// The route of uploads to the provider's store. The provider grants an upload policy. Then a form is posted
/// whose fields are the policy's values and, at the end, the file.
struct upload_route {
    /// Path of the request for an upload policy. It begins with "/" or "?", because it is appended to the
    /// base URL; "{model}" is replaced by the model. Empty: the provider has no store.
    std::string_view path = {};
    // Locations of values in the reply: JSON pointers.
    std::string_view host,                   ///< of `upload_policy::host`
        directory,                           ///< of `upload_policy::directory`
        expires_in_seconds,                  ///< of `upload_policy::expires_in`
        max_megabytes;                       ///< of `upload_policy::max_bytes`, in 1024 * 1024 bytes
    std::span<const upload_field> form = {}; ///< the fields, in this order; the file follows them
    std::string_view url_prefix = {};        ///< precedes the file's path in the store, such as "oss://"

    constexpr bool offered() const noexcept { return !path.empty(); } ///< whether files can be uploaded
};

/// The meaning of a provider's error code. A row for `Throttling` also matches `Throttling.RateQuota`, unless
/// the latter has its own row.
struct error_word {
    std::string_view code;   ///< the whole code, or its first parts; case-sensitive
    error_category category; ///< its meaning
};

/// The table that describes a provider's API: routes, formats, words and limits. It must outlive everything
/// that uses it: make it constexpr. \ref custom-gateway shows how to write a dialect. Thread safety: a value;
/// const access from several threads is safe.
struct dialect {
    /// The dialect's name, such as "dashscope". Resume tokens contain the name, so never change it.
    std::string_view name;
    std::string_view auth_header = "Authorization"; ///< the header that carries the key
    std::string_view auth_prefix = "Bearer ";       ///< precedes the key
    /// The path with which base URLs end, such as "/api/v1". A base URL without this path causes a warning.
    /// Empty: base URLs consist of the host alone.
    std::string_view base_path = {};
    std::span<const header_rule> submit_headers = {}; ///< sent in addition to the key and Content-Type
    offered_jobs jobs = {};                           ///< the offered jobs, and their routes
    set_of<url_scheme> media_schemes;                 ///< the URL schemes that media may have
    /// Used only if the provider has a store (`upload`): an image that is given as bytes is sent within the
    /// request up to this size, and uploaded if it is larger. Without a store, images of any size are sent
    /// within the request. In both cases this requires `url_scheme::data` in `media_schemes`. The caller's
    /// `media_transfer` takes precedence. Sounds and clips are never sent within the request.
    std::uint64_t inline_up_to = 0;
    upload_route upload = {}; ///< uploads to the provider's store; not offered by default
    task_route query;         ///< requests the status of a task
    /// Requests the video's URL, if the provider reports it only in response to a separate request.
    task_route result = {};
    task_route cancel = {}; ///< not offered by default
    list_route list = {};   ///< not offered by default
    reply_table reply;      ///< locations of values in its replies
    /// True: if a reply has only a path as the video's URL, such as `/videos/1.mp4`, the path belongs to the
    /// provider's own host and is fetched without the key. False: the error shows such a path, and the task
    /// is queried again.
    bool resolves_video_urls = false;
    /// True: every reply has an id in `reply::task_id`, even the reply to a rejected request. Under a 4xx
    /// status, this id names no task. False: every reply with an id names a task.
    bool refusals_have_ids = false;
    /// The provider's status words. `find_status` also knows some common words; a task with an unknown word
    /// is treated as running.
    std::span<const status_word> statuses;
    /// Known error codes; for an unknown code the HTTP status decides.
    std::span<const error_word> errors = {};
    std::span<const std::string_view> success_codes = {}; ///< values of `reply::code` that mean no error
    /// Known models; unknown models are checked by `general_limits`.
    std::span<const model_limits> models;
    /// How long the provider keeps a task. The library believes `task_status::expired` only for a task that
    /// is older than this; for a newer task, the query is treated as failed. The default is DashScope's time;
    /// it is also meant for providers that document no time.
    std::chrono::hours keeps_tasks_for{24};
    /// Waits between queries, clamped like the waits of a `policy`. A typical task takes 1 to 5 minutes.
    backoff poll{std::chrono::seconds{10}, 1.5, std::chrono::seconds{30}};
    // Limits on the requests per second of one account, separate for each kind of request. The defaults are a
    // quarter of DashScope's limits; they are meant for providers that document no limit.
    double queries_per_second = 5;          ///< queries of tasks and of their results
    double lists_per_second = 5;            ///< pages of the list of tasks
    double cancels_per_second = 5;          ///< requests to cancel
    double upload_policies_per_second = 25; ///< for each model
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
