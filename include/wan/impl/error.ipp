// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/printable.hpp>
#include <wan/wire_name.hpp>

#include <boost/throw_exception.hpp>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

inline std::string joined_errors(const std::vector<violation>& violations) {
    std::string joined;
    for (const auto& v : violations)
        if (is_error(v))
            joined.append(joined.empty() ? "" : "; ").append(printable(v.message, 4 * shown_whole));
    return joined;
}

} // namespace detail

WAN_DECL error refusal(std::vector<violation> violations) {
    error e{.category = error_category::invalid_request, .message = detail::joined_errors(violations)};
    if (e.message.empty())
        e.message = violations.empty() ? "the request is invalid"
                                       : "the request has warnings, and warnings are treated as errors; "
                                         "correct them, or use the standard strictness";
    e.violations = std::move(violations);
    return e;
}

WAN_DECL std::string to_string(const error& e) {
    std::string text{to_wire(e.category)};
    const auto add = [&text](std::string_view before, const std::string& what, std::string_view after = {},
                             std::size_t most = 1000) {
        if (!what.empty()) text.append(before).append(printable(what, most)).append(after);
    };
    add(" ", e.code);
    if (e.http_status != 0) add(" (HTTP ", std::to_string(e.http_status), ")");
    // Avoids a repetition: several violations are listed below.
    const bool is_list = e.violations.size() > 1 && e.message == detail::joined_errors(e.violations);
    // The message may contain the full text of an ID or URL that cannot be used.
    if (!is_list) add(": ", e.message, {}, 4 * detail::shown_whole);
    add(" [request_id ", e.request_id, "]");
    add(" [task_id ", e.task_id, "]", detail::shown_whole);
    for (const auto& v : e.violations) {
        auto message = printable(v.message, 4 * detail::shown_whole);
        if (is_list || message != e.message)
            text.append("\n  ").append(to_wire(v.severity)).append(": ").append(message);
    }
    return text;
}

[[noreturn]] WAN_DECL void throw_exception_from_error(const error& e) {
    boost::throw_exception(std::runtime_error(to_string(e)));
}

} // namespace wan::inline WAN_ABI
