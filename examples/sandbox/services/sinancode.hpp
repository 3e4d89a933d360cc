// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/services/service.hpp"

namespace sandbox {

/// SinanCode's API.
class sinancode : public service {
public:
    explicit sinancode(setup parts);

    std::optional<reply> answer(const request& asked) override;

private:
    reply error(const refusal& why) const override;
    boost::json::object submitted(const task* t) const override;
    reply unknown_task(std::string_view id) const override;
    boost::json::object status_of(std::string_view id, std::string_view word) const override;
    boost::json::object describe(const task& t) const override;
};

} // namespace sandbox
