// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Collects the violations of a provider.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI::detail {

class provider_report {
public:
    void add(std::string_view field, rule broken, std::string value, std::string allowed) {
        add(field, broken, std::move(value), allowed, "use " + allowed);
    }
    void add(std::string_view field, rule broken, std::string value, std::string allowed,
             std::string_view what_to_do) {
        std::string message{field};
        message.append(": ").append(value).append("; ").append(what_to_do);
        found_.push_back({std::string{field},
                          {},
                          broken,
                          std::move(value),
                          std::move(allowed),
                          severity::error,
                          std::move(message)});
    }
    std::vector<violation> found() && { return std::move(found_); }

private:
    std::vector<violation> found_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
