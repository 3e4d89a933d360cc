// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/shot_kind.hpp"

#include "cli/files/hash.hpp"

#include <algorithm>
#include <cctype>
#include <variant>

namespace cli {

std::string prompt_in(const wan::any_request& request) {
    return std::visit(
        [](const auto& r) {
            if constexpr (requires { r.prompt.value_or(""); })
                return r.prompt.value_or("");
            else
                return std::string{r.prompt};
        },
        request);
}

std::string kind_of(std::string_view model, const wan::any_request& request) {
    auto prompt = prompt_in(request);
    std::erase_if(prompt, [](unsigned char c) { return std::isspace(c) != 0; });
    return std::string{model} + " " + hexadecimal(hash_of(prompt));
}

} // namespace cli
