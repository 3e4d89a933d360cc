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

/// Which of an account's tasks DashScope is asked to list. Empty texts ask for all.
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

/// The filter that a URL's query asks for, or what is wrong with it.
std::variant<list_filter, std::string> read_list_filter(std::string_view query);

bool lets_through(const list_filter& filter, const task& t);

/// The filter's page of those tasks, their times told by a clock that is that much ahead.
boost::json::object page_of(const list_filter& filter, std::span<const task* const> found,
                            std::chrono::hours clock_error);

} // namespace sandbox
