// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Includes all public headers except `wan/request/json.hpp`, `wan/model/catalog_json.hpp`,
/// `wan/validation/json_schema.hpp`, `wan/run/callback.hpp` and `wan/run/coroutine.hpp`. With
/// `WAN_SEPARATE_COMPILATION`, it also omits headers that only definitions need, such as
/// `wan/media/inspect.hpp`, `wan/json/layout.hpp` and the rows of the models, `wan/model/catalog.hpp`.
#pragma once

#include <wan/detail/push_macros.hpp>

// Types that all rooms share.
#include <wan/byte_source.hpp>
#include <wan/printable.hpp>
#include <wan/reflect.hpp>
#include <wan/utf8.hpp>
#include <wan/version.hpp>

// HTTP as values.
#include <wan/http/executor.hpp>
#include <wan/http/file_url.hpp>
#include <wan/http/retry_after.hpp>

// Images, clips and sounds.
#include <wan/media/frame_size.hpp>
#include <wan/media/media_info.hpp>

// Requests.
#include <wan/request/any_request.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/request/job.hpp>

// The limits of each model, as data.
#include <wan/model/media_kind_of.hpp>

// Checks a request against the limits of its model.
#include <wan/validation/check_medium.hpp>
#include <wan/validation/validate.hpp>

// Providers and dialects.
#include <wan/provider/dashscope.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/jiekou.hpp>
#include <wan/provider/routes.hpp>
#include <wan/provider/sinancode.hpp>
#include <wan/provider/task_status.hpp>
#include <wan/provider/validate.hpp>
#include <wan/provider/yutoai.hpp>

// One file per exchange with a provider.
#include <wan/protocol/cancel.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/list.hpp>
#include <wan/protocol/query.hpp>
#include <wan/protocol/redact_key.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/protocol/upload.hpp>

// The finished video.
#include <wan/video/cost.hpp>
#include <wan/video/download.hpp>
#include <wan/video/output_size.hpp>
#include <wan/video/url_expiry.hpp>
#include <wan/video/video.hpp>
#include <wan/video/video_check.hpp>

// One task from submit to video.
#include <wan/task/start.hpp>
#include <wan/task/task.hpp>
#include <wan/task/transitions.hpp>

// Many tasks within the limits of one account.
#include <wan/scheduler/scheduler.hpp>

// Drivers.
#include <wan/run/blocking.hpp>

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/model/catalog.hpp>
#endif

#include <wan/detail/pop_macros.hpp>
