// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// "Did you mean ...?"
#pragma once

#include <string_view>
#include <vector>

namespace cli {

/// The word that was probably meant: one that differs in at most two letters, or that was cut short. Empty if
/// none is near. The case of letters makes no difference.
std::string_view nearest_word(std::string_view given, const std::vector<std::string_view>& words);

} // namespace cli
