// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Everything but `wan/request/json.hpp`, `wan/run/callback.hpp` and `wan/run/coroutine.hpp`. With
/// `WAN_SEPARATE_COMPILATION` also without what only definitions need, as `wan/media/inspect.hpp` and
/// `wan/json/layout.hpp`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/http/executor.hpp>
#include <wan/media/media_info.hpp>
#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/cancel.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/list.hpp>
#include <wan/protocol/query.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/protocol/upload.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/jiekou.hpp>
#include <wan/provider/routes.hpp>
#include <wan/provider/sinancode.hpp>
#include <wan/provider/validate.hpp>
#include <wan/provider/yutoai.hpp>
#include <wan/reflect.hpp>
#include <wan/request/any_request.hpp>
#include <wan/request/job.hpp>
#include <wan/run/blocking.hpp>
#include <wan/scheduler/scheduler.hpp>
#include <wan/task/start.hpp>
#include <wan/task/task.hpp>
#include <wan/task/transitions.hpp>
#include <wan/validation/validate.hpp>
#include <wan/version.hpp>
#include <wan/video/cost.hpp>
#include <wan/video/download.hpp>
#include <wan/video/output_size.hpp>

#include <wan/detail/pop_macros.hpp>
