// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Everything but `wan/request/read.hpp`, `wan/run/callback.hpp` and `wan/run/coroutine.hpp`. With
/// `WAN_SEPARATE_COMPILATION` also without what only definitions need, as `wan/image/inspect.hpp` and `wan/json/layout.hpp`.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/bytes.hpp>
#include <wan/cost.hpp>
#include <wan/download.hpp>
#include <wan/http/executor.hpp>
#include <wan/image/inspected.hpp>
#include <wan/image/output_size.hpp>
#include <wan/model/catalog.hpp>
#include <wan/provider/any.hpp>
#include <wan/provider/cancel.hpp>
#include <wan/provider/classify.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/provider/jiekou.hpp>
#include <wan/provider/list.hpp>
#include <wan/provider/query.hpp>
#include <wan/provider/routes.hpp>
#include <wan/provider/sinancode.hpp>
#include <wan/provider/upload.hpp>
#include <wan/provider/validate.hpp>
#include <wan/provider/yutoai.hpp>
#include <wan/reflect.hpp>
#include <wan/request/any.hpp>
#include <wan/request/job.hpp>
#include <wan/run/blocking.hpp>
#include <wan/task/any.hpp>
#include <wan/task/scheduler.hpp>
#include <wan/task/task.hpp>
#include <wan/task/transitions.hpp>
#include <wan/validate.hpp>
#include <wan/version.hpp>

#include <wan/detail/epilogue.hpp>
