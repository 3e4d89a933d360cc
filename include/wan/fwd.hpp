// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Forward declarations, for headers that only mention the types.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/request/job_list.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

#define WAN_JOB(name) struct name;
WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB

class media;
class byte_source;

struct dialect;
struct provider;
struct policy;
struct run_options;

class task;
class step;
class scheduler;
class running_task;
struct progress;
struct outcome;
struct video;
struct resume_token;
enum class task_state : std::uint8_t;

struct http_request;
struct http_response;
struct transport_error;

struct error;
struct violation;

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
