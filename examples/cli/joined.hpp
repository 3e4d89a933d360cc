// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <string>
#include <string_view>

namespace cli {

/// Returns the words with the separator between them.
std::string joined(const auto& words, std::string_view separator) {
    std::string all;
    for (const auto& word : words) all.append(all.empty() ? std::string_view{} : separator).append(word);
    return all;
}

} // namespace cli
