// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/store/tasks.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace sandbox {

/// The filter of DashScope's list of an account's tasks. An empty text matches all.
struct list_filter {
    std::string task_id = {};
    std::string model = {};
    std::string status = {};
    std::string region = {};
    std::string api_key_id = {};
    std::chrono::system_clock::time_point from = {};
    std::chrono::system_clock::time_point to = {};
    std::size_t page = 1;
    std::size_t page_size = 10;
};

/// Reads the filter of a URL's query, or returns the mistake in it.
std::variant<list_filter, std::string> read_list_filter(std::string_view query);

bool lets_through(const list_filter& filter, const task& t);

/// Returns the filter's page of the tasks, with times by a clock that is ahead by that much.
boost::json::object page_of(const list_filter& filter, std::span<const task* const> found,
                            std::chrono::hours clock_error);

} // namespace sandbox
