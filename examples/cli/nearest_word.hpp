// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// "Did you mean ...?"
#pragma once

#include <string_view>
#include <vector>

namespace cli {

/// Returns the word that was probably meant: it differs in at most two letters, or was cut short. Empty if
/// there is none. Ignores case.
std::string_view nearest_word(std::string_view given, const std::vector<std::string_view>& words);

} // namespace cli
