// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads the media of a body in the form of its model.
#pragma once

#include "sandbox/services/checks.hpp"
#include "sandbox/services/reader.hpp"

#include <wan/model/limits.hpp>

#include <span>

namespace sandbox {

/// Reads the media of a body with an input object: a list `media`, a list of URLs, or one member per medium.
void read_media(reader& input, const wan::model_limits& limits, read_request& read);

/// Reads the media of a body with all members at the top level, by these names.
void read_media(reader& members, const wan::model_limits& limits, std::span<const medium_name> media,
                read_request& read);

} // namespace sandbox
