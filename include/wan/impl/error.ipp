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

WAN_DECL error refusal(std::vector<violation> violations) {
    error e{.category = error_category::invalid_request, .message = {}};
    for (const auto& v : violations)
        if (is_error(v))
            e.message.append(e.message.empty() ? "" : "; ")
                .append(printable(v.message, 4 * detail::shown_whole));
    if (e.message.empty()) e.message = violations.empty() ? "refused" : "refused because of warnings";
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
    add(": ", e.message, {}, 4 * detail::shown_whole); // it may show an id or a URL that cannot be used
    add(" [request_id ", e.request_id, "]");
    add(" [task_id ", e.task_id, "]", detail::shown_whole);
    for (const auto& v : e.violations)
        text.append("\n  ")
            .append(to_wire(v.severity))
            .append(": ")
            .append(printable(v.message, 4 * detail::shown_whole));
    return text;
}

[[noreturn]] WAN_DECL void throw_exception_from_error(const error& e) {
    boost::throw_exception(std::runtime_error(to_string(e)));
}

} // namespace wan::inline WAN_ABI
