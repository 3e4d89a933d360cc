// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The sample request as JSON.
#pragma once

#include "sample.hpp"

#include <string>
#include <string_view>

namespace bench {

inline constexpr std::string_view sample_model = "wan2.2-kf2v-flash";

std::string rapidjson_body();
std::string rapidjson_sse2_body();

/// Whether all encoders give the JSON of the documents; says on stderr which does not.
bool encoders_agree();

} // namespace bench
