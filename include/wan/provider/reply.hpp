// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The parsed reply of a provider, and the locations of its values, as data.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/json/detail/pointer_table.hpp>

#include <boost/describe/class.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The values that this library reads from a reply. An empty member was missing from the reply.
struct reply {
    std::string task_id = {}; ///< opaque id, used in queries
    std::string status = {};  ///< the provider's own word, such as "RUNNING"
    /// A signed URL: anyone who has it can fetch the video. Surrounding white space is removed, and
    /// characters that must not occur in a URL are escaped.
    std::string video_url = {};
    std::string query_url = {};      ///< URL for queries of the task
    std::string result_url = {};     ///< URL that reports the video's URL, once the task has succeeded
    std::string code = {};           ///< error code
    std::string error_type = {};     ///< second error code, as in OpenAI's API: "insufficient_quota"
    std::string message = {};        ///< error message, for display
    std::string request_id = {};     ///< the provider's support needs it
    std::string submit_time = {};    ///< DashScope: "2025-04-18 10:36:58.394", UTC+8
    std::string scheduled_time = {}; ///< when the task began to run
    std::string end_time = {};       ///< when the task ended, and the video's lifetime began
    std::string orig_prompt = {};    ///< the prompt of the request
    std::string actual_prompt = {};  ///< as rewritten by the provider
    std::string video_ratio = {};    ///< width to height, "16:9"; "standard" in generation 2.1
    std::string video_size = {};     ///< width and height, "1280*720"
    std::optional<double> video_duration = {}; ///< seconds that are billed
    std::optional<double> video_count = {};    ///< videos that are billed
    std::optional<double> resolution = {};     ///< 480, 720 or 1080
    std::optional<double> progress = {};       ///< percent; may be 0 for a finished task
    std::optional<double> eta = {};            ///< remaining seconds
    std::optional<double> video_url_ttl = {};  ///< seconds that the URL stays valid; 0: not reported
};
BOOST_DESCRIBE_STRUCT(reply, (),
                      (task_id, status, video_url, query_url, result_url, code, error_type, message,
                       request_id, submit_time, scheduled_time, end_time, orig_prompt, actual_prompt,
                       video_ratio, video_size, video_duration, video_count, resolution, progress, eta,
                       video_url_ttl))

/// A location of the value for one member of `reply`. If several rows name the same member, the first row
/// that finds a value is used. Rows with `within` are tried last.
struct reply_path {
    std::string_view pointer; ///< JSON pointer into the reply
    std::string_view within;  ///< if `pointer` locates a string that contains JSON: JSON pointer into it
    std::string reply::* text = nullptr;             ///< the member, if it is a string
    std::optional<double> reply::* number = nullptr; ///< the member, if it is a number

    /// Locates a string, `{&reply::task_id, "/output/task_id"}`.
    constexpr reply_path(std::string reply::* member, std::string_view where, std::string_view inside = {})
        : pointer(where), within(inside), text(member) {}
    /// Locates a number, which may be written as a string.
    constexpr reply_path(std::optional<double> reply::* member, std::string_view where,
                         std::string_view inside = {})
        : pointer(where), within(inside), number(member) {}
};

/// The rows of a provider's replies, prepared for reading: made once, at compile time for a constexpr
/// dialect. The rows must outlive the table.
/// \code
/// inline constexpr wan::reply_path paths[] = {{&wan::reply::task_id, "/id"}};
/// const wan::reply_table table = paths;
/// \endcode
class reply_table {
public:
    constexpr reply_table() noexcept = default;
    /// Accepts an array, a span or any other contiguous range of rows.
    template <class Rows>
        requires std::convertible_to<const Rows&, std::span<const reply_path>>
    constexpr reply_table(const Rows& rows) noexcept // NOLINT: implicit, as a span is
        : rows_(rows),
          table_(
              rows_.size(),
              [this](std::size_t i) { return rows_[i].within.empty() ? &rows_[i].pointer : nullptr; },
              [this](std::size_t i, std::size_t j) {
                  return rows_[i].text == rows_[j].text && rows_[i].number == rows_[j].number;
              }) {}

    /// Returns the rows, in their order.
    constexpr std::span<const reply_path> rows() const noexcept { return rows_; }
    constexpr std::size_t size() const noexcept { return rows_.size(); } ///< the number of rows
    constexpr auto begin() const noexcept { return rows_.begin(); }      ///< the first row
    constexpr auto end() const noexcept { return rows_.end(); }          ///< behind the last row
    /// Returns false if rows are ignored, because there are more than `json::max_picks`, or their pointers
    /// name more than `json::max_nodes` places.
    constexpr bool is_complete() const noexcept { return table_.is_complete(); }
    /// \cond
    const json::detail::pointer_table& prepared() const noexcept { return table_; }
    /// \endcond

private:
    std::span<const reply_path> rows_;
    json::detail::pointer_table table_;
};

/// The result of reading a reply's text. A damaged text may still name a task that is paid for, so complete
/// values before the damage are kept. Invalid UTF-8 and halves of surrogate pairs are not damage: they are
/// read as U+FFFD. An id or a video URL that contains U+FFFD is kept for display only. The remaining URLs and
/// the original prompt are dropped if they contain U+FFFD.
struct reading {
    wan::reply reply = {}; ///< the values; of a damaged text, those before the damage
    /// An error of category `protocol` if the text is not a single JSON value, or is too deeply nested.
    std::optional<error> damage = {};
};

/// Reads a reply; missing members stay empty. Never fails: errors in the text are in `reading::damage`.
WAN_DECL reading read_reply(std::string_view text, const reply_table& shape);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/reply.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
