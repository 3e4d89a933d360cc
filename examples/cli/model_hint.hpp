// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// "Did you mean wan2.7-i2v?", when the provider does not know a model.
#pragma once

#include <wan/provider/provider.hpp>
#include <wan/request/job.hpp>
#include <wan/task/outcome.hpp>

namespace cli {

/// Adds the known model that was probably meant to the error, if the provider does not know the task's model
/// and the catalog does not either.
void suggest_model(wan::outcome& end, const wan::provider& who, wan::job job);

} // namespace cli
